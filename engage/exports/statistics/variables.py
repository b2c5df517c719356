"""Turns the columns of a sheet into what statistics programs call variables.

Choices become numbers with labels. Why there is no answer goes into the variable itself, as a
declared missing value, wherever all columns of the question hold numbers; beside texts and days
the column of its own stays. Types, widths and numbers come from the questionnaire alone (Z-13).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from engage.exports.contents import Cells, Contents, Sheet
from engage.i18n.gettext import lazy_gettext as _
from engage.questionnaires.column import Column
from engage.questionnaires.columns import MISSING_PART, MISSING_WORDS, tables_of
from engage.results.table.engine import literal, name

Measure = Literal["nominal", "ordinal", "scale"]
#: Reasons for no answer, in the order of their missing values.
REASONS = tuple(MISSING_WORDS)
#: What a number may be without being taken for a reason: -99 to -96 are.
_RESERVED = range(-100, -95)
#: Bytes of columns that the questionnaire does not bound.
_WIDTHS = {"response": 36, "language": 35, "round": 60, "channel": 16, "day": 10, "question": 64}
_CLOCK = 32
_LONGEST = 32_767
_LONGEST_LABEL = 120
#: The engine takes an expression of up to a thousand steps.
_DEEP = 500
_FLAGS = ((1, _("Yes")), (0, _("No")))


@dataclass(frozen=True)
class Variable:
    """One variable: its value in SQL, NULL where there is none, and the reason for that in SQL."""

    name: str
    label: str
    kind: Literal["code", "number", "date", "text"]
    value: str
    measure: Measure
    labels: tuple[tuple[int, str], ...] = ()
    reason: str = ""
    #: Most bytes of a text.
    width: int = 0
    whole: bool = False
    #: Typed words, which are looked through before they leave.
    is_typed: bool = False


@dataclass(frozen=True)
class ChoiceSet:
    """The variables of a question that allows several answers; 1 means chosen."""

    name: str
    label: str
    variables: tuple[str, ...]


@dataclass(frozen=True)
class Variables:
    """Everything a program is told about one sheet, and the statement that gives its rows."""

    all: tuple[Variable, ...]
    sets: tuple[ChoiceSet, ...]
    source: str


def variables_of(contents: Contents, sheet: Sheet) -> Variables:
    """Return the variables of a sheet, in the chosen language."""
    numbers = _numbers(contents, sheet)
    kinds: dict[str, set[str]] = {}
    reasons = {c.question: name(c.name) for c in sheet.columns if c.part == MISSING_PART}
    for column in sheet.columns:
        if column.part != MISSING_PART:
            kinds.setdefault(column.question, set()).add(_kind(column))
    folded = {key for key in reasons if kinds.get(key, {"text"}) <= {"code", "number"}}
    made = [
        _variable(contents, column, numbers, reasons.get(column.question, ""), folded)
        for column in sheet.columns
        if not (column.part == MISSING_PART and column.question in folded)
    ]
    source = f"({sheet.select(Cells(contents, plain=True))})"
    return Variables(tuple(made), tuple(_sets(contents, sheet.columns)), source)


def _kind(column: Column) -> Literal["code", "number", "date", "text"]:
    if column.kind in {"choice", "flag"}:
        return "code"
    if column.kind in {"integer", "number"}:
        return "number"
    return "date" if column.kind == "date" else "text"


def _variable(
    contents: Contents,
    column: Column,
    numbers: dict[str, dict[str, int]],
    reason: str,
    folded: set[str],
) -> Variable:
    kind, cell = _kind(column), name(column.name)
    measure: Measure = "scale" if kind in {"number", "date"} else "nominal"
    if column.kind == "choice":
        cell = _numbered_cell(cell, numbers[column.name])
        measure = "ordinal" if column.ordered else "nominal"
    return Variable(
        column.name,
        contents.heading(column),
        kind,
        cell,
        measure,
        _labels(contents, column, numbers[column.name]),
        reason if column.question in folded else "",
        _width(column) if kind == "text" else 0,
        column.kind == "integer",
        column.held_back == "text",
    )


def _numbered_cell(cell: str, known: dict[str, int]) -> str:
    whens = " ".join(f"WHEN {literal(code)} THEN {number}" for code, number in known.items())
    return f"CASE {cell} {whens} END" if whens else "NULL"


def _labels(
    contents: Contents, column: Column, known: dict[str, int]
) -> tuple[tuple[int, str], ...]:
    if column.kind == "flag":
        return tuple((number, str(words)) for number, words in _FLAGS)
    if column.kind != "choice":
        return ()
    words = {code.value: contents.words(code) for code in column.codes}
    return tuple((number, shortened(words[code])) for code, number in known.items())


def _width(column: Column) -> int:
    if not column.question and column.name in _WIDTHS:
        return _WIDTHS[column.name]
    if column.kind in {"time", "datetime"}:
        return _CLOCK
    # A character has up to four bytes.
    return min(4 * (column.longest or _LONGEST), _LONGEST)


def _numbers(contents: Contents, sheet: Sheet) -> dict[str, dict[str, int]]:
    """Return column → code → its number.

    Codes that are numbers keep them. Others are counted as versions brought them, so that a choice
    put in later moves none; steps of a scale keep their order instead.
    """
    places: dict[tuple[str, str], list[str]] = {}
    for version in reversed(contents.table.layout.versions):
        for column in tables_of(version.document).get(sheet.key, ()):
            known = places.setdefault((column.question, column.part), [])
            known += [code.value for code in column.codes if code.value not in known]
    found = {}
    for column in sheet.columns:
        present = [code.value for code in column.codes]
        counted = [] if column.ordered else places.get((column.question, column.part), [])
        order = [code for code in counted if code in present]
        order += [code for code in present if code not in order]
        found[column.name] = _numbered(order)
    return found


def _numbered(codes: list[str]) -> dict[str, int]:
    try:
        own = {code: int(code) for code in codes}
    except ValueError:
        own = {}
    plain = all(str(number) == code for code, number in own.items())
    if own and plain and all(-1000 < n < 1_000_000 and n not in _RESERVED for n in own.values()):
        return own
    return {code: number for number, code in enumerate(codes, start=1)}


def _sets(contents: Contents, columns: Iterable[Column]) -> Iterator[ChoiceSet]:
    several: dict[str, list[Column]] = {}
    for column in columns:
        if column.kind == "flag":
            several.setdefault(column.question, []).append(column)
    for flags in several.values():
        if len(flags) > 1:
            label = contents.label(flags[0])
            yield ChoiceSet(flags[0].question, label, tuple(flag.name for flag in flags))


def reason_words() -> list[str]:
    """Return what each reason is called in the language spoken now, in order."""
    return [str(MISSING_WORDS[reason]) for reason in REASONS]


def shortened(text: str, most: int = _LONGEST_LABEL) -> str:
    """Return a text of at most so many bytes; a cut one ends with an ellipsis."""
    return fitting(text.encode(), most).decode()


def fitting(text: bytes, most: int) -> bytes:
    """Return so many bytes of a text in UTF-8, no character cut in two."""
    if len(text) <= most:
        return text
    return text[: most - 3].decode(errors="ignore").encode() + "…".encode()


def joined(cells: Sequence[str]) -> str:
    """Return the SQL of a row's bytes, in as few columns as an expression may be deep."""
    runs = [cells[start : start + _DEEP] for start in range(0, len(cells), _DEEP)]
    return ", ".join(" || ".join(run) for run in runs)
