"""Reads answers from JSON Lines as they are exported: all of them, or none with reasons."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engage.questionnaires.document import Document
from engage.questionnaires.entry import Entry
from engage.questionnaires.path import form_of, walk_answers
from engage.responses.loading import Answered

_MOST_PROBLEMS = 50


@dataclass(frozen=True)
class LineProblem:
    """What is wrong with one line, counted from 1."""

    line: int
    reason: str


@dataclass(frozen=True)
class ReadLines:
    """Either every line as answers, or what is wrong."""

    answered: list[Answered]
    problems: list[LineProblem]


class _LineError(Exception):
    """One line cannot be taken; says why."""


def read_lines(
    lines: Iterable[str], versions: Mapping[int, tuple[int, Document]], languages: list[str]
) -> ReadLines:
    """Return the answers of a file; `versions` maps a version's number to its row and document."""
    found = ReadLines([], [])
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found.answered.append(_answered(line, versions, languages))
        except _LineError as error:
            found.problems.append(LineProblem(number, str(error)))
        if len(found.problems) >= _MOST_PROBLEMS:
            break
    return found


def _answered(
    line: str, versions: Mapping[int, tuple[int, Document]], languages: list[str]
) -> Answered:
    try:
        stored = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _LineError("it is no JSON") from error
    if not isinstance(stored, dict):
        raise _LineError("it is no JSON object")
    known = versions.get(stored.get("version", 0)) if _is_number(stored) else None
    if known is None:
        raise _LineError(f"there is no version {stored.get('version')!r} of the questionnaire")
    language = stored.get("language")
    if language not in languages:
        raise _LineError(f"the round is not in the language {language!r}")
    day = _day(stored.get("day"))
    entry = _valid(stored, known[1], str(language), day)
    channel = str(stored.get("channel", "other"))[:20]
    return Answered(entry, known[0], str(language), channel, day)


def _is_number(stored: Mapping[str, Any]) -> bool:
    return type(stored.get("version")) is int


def _day(given: Any) -> date:
    """Return the day; a week, as days with few answers are told, counts as its Monday."""
    text = str(given)
    try:
        return date.fromisoformat(f"{text}-1" if "W" in text else text)
    except ValueError:
        raise _LineError(f"{given!r} is no day like 2027-03-09 or week like 2027-W10") from None


def _valid(stored: Mapping[str, Any], document: Document, language: str, day: date) -> Entry:
    """Return the entry as walking it gives it; answers nobody could have sent are refused."""
    try:
        form = form_of(document, Entry.from_json(stored))
        walked = walk_answers(document, form, language, day)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _LineError("its answers are not in the form of an export") from error
    for name, message in walked.errors.items():
        raise _LineError(f"{name}: {message}")
    unknown = set(stored.get("answers", {})) - set(walked.entry.answers)
    if unknown:
        raise _LineError(f"{min(unknown)}: is not asked with these answers")
    return walked.entry
