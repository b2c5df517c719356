"""Reads a CSV file of how many people are in each group, and finds every line to put right."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

#: Question → answer → people.
People = dict[str, dict[str, int]]
COLUMNS = ("question", "answer", "people")
LARGEST_FILE = 1_000_000
_MOST_PEOPLE = 100_000_000
_MOST_PROBLEMS = 50
#: How far what the questions add up to may lie apart: registers differ a little.
_APART = 0.02
_SPACES = re.compile(r"[\s\u00a0\u202f]")


class Fault(StrEnum):
    """What can be wrong with a file."""

    TOO_BIG = auto()
    NOT_TEXT = auto()
    EMPTY = auto()
    NO_COLUMN = auto()
    UNKNOWN_QUESTION = auto()
    UNKNOWN_ANSWER = auto()
    NOT_A_NUMBER = auto()
    TWICE = auto()
    ONE_GROUP = auto()
    SUMS_DIFFER = auto()
    MORE = auto()


@dataclass(frozen=True)
class Problem:
    """One thing to put right: in which line (0 is the file as a whole), and what stands there."""

    fault: Fault
    line: int = 0
    value: str = ""
    other: str = ""


class PopulationFileError(Exception):
    """A file cannot be taken in; nothing of it was."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = list(problems)


@dataclass(frozen=True)
class KnownQuestion:
    """A background question: its answers, by key and by everything they are called."""

    key: str
    answers: tuple[str, ...]
    called: Mapping[str, str]


def read_population(data: bytes, known: Mapping[str, KnownQuestion]) -> People:
    """Return the people of each group; answers may be named by key or as residents read them."""
    people: People = {}
    problems: list[Problem] = []
    for number, cells in _lines(data):
        problem = _take(number, cells, known, people)
        if problem:
            problems.append(problem)
    problems = problems or list(_of_the_whole(people))
    if len(problems) > _MOST_PROBLEMS:
        left = str(len(problems) - _MOST_PROBLEMS)
        problems = [*problems[:_MOST_PROBLEMS], Problem(Fault.MORE, value=left)]
    if problems:
        raise PopulationFileError(problems)
    return people


def _lines(data: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each line with its number in the file, by the names of the columns."""
    if len(data) > LARGEST_FILE:
        raise PopulationFileError([Problem(Fault.TOO_BIG, value=str(LARGEST_FILE // 1_000_000))])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PopulationFileError([Problem(Fault.NOT_TEXT)]) from error
    if "\0" in text:
        raise PopulationFileError([Problem(Fault.NOT_TEXT)])
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    rows = csv.reader(text.splitlines(keepends=True), delimiter=separator)
    try:
        names = [cell.strip().casefold() for cell in next(rows, [])]
        lacking = [name for name in COLUMNS if name not in names]
        if lacking:
            fault = Fault.EMPTY if not text.strip() else Fault.NO_COLUMN
            raise PopulationFileError([Problem(fault, value=", ".join(lacking))])
        for cells in rows:
            if any(cell.strip() for cell in cells):
                filled = [*cells, *[""] * len(names)]
                yield rows.line_num, dict(zip(names, filled, strict=False))
    except csv.Error as error:
        raise PopulationFileError([Problem(Fault.NOT_TEXT)]) from error


def _take(
    line: int, cells: Mapping[str, str], known: Mapping[str, KnownQuestion], people: People
) -> Problem | None:
    """Take in one line, or return what is wrong with it."""
    question, answer = cells["question"].strip(), cells["answer"].strip()
    found = known.get(question)
    if found is None:
        return Problem(Fault.UNKNOWN_QUESTION, line, question, ", ".join(known))
    key = answer if answer in found.answers else found.called.get(answer.casefold(), "")
    if not key:
        return Problem(Fault.UNKNOWN_ANSWER, line, answer, question)
    typed = _SPACES.sub("", cells["people"])
    if not re.fullmatch(r"[0-9]{1,9}", typed) or int(typed) > _MOST_PEOPLE:
        return Problem(Fault.NOT_A_NUMBER, line, cells["people"].strip())
    groups = people.setdefault(question, {})
    if key in groups:
        return Problem(Fault.TWICE, line, answer, question)
    groups[key] = int(typed)
    return None


def _of_the_whole(people: People) -> Iterator[Problem]:
    if not people:
        yield Problem(Fault.EMPTY)
        return
    for question, groups in people.items():
        if sum(count > 0 for count in groups.values()) < 2:
            yield Problem(Fault.ONE_GROUP, value=question)
    sums = {question: sum(groups.values()) for question, groups in people.items()}
    least, most = min(sums.values()), max(sums.values())
    if most - least > _APART * most:
        told = (f"{question}: {total}" for question, total in sums.items())
        yield Problem(Fault.SUMS_DIFFER, value="; ".join(told))
