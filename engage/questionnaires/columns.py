"""The table of answers of a questionnaire: its columns, and a stored entry as rows of it.

Columns come from the document alone. Repeats are tables of their own, with the number of the entry.
Names are the same in every export and fit for statistics programs: a letter first, letters, digits
and `_`, at most 64 bytes, no two alike when case is left out of account. A name depends on its own
question and part as far as it can, so that another choice or question does not rename it.
"""

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import regex

from engage.i18n.gettext import lazy_gettext as _
from engage.questionnaires.document import Document, Group, Item, Question, Repeat
from engage.questionnaires.entry import Entry
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.question_types.base import (
    MISSING,
    Code,
    Column,
    QuestionType,
    export_name,
)
from engage.questionnaires.values import Value

#: Parts of columns that hold no answer: why there is none, one's own words, and of repeats how many
#: entries there are and which one a row is.
MISSING_PART, WORDS_PART, COUNT_PART, NUMBER_PART = "~missing", "~words", "~count", "~number"
MISSING_WORDS = {
    "not_asked": _("Not asked"),
    "skipped": _("Not answered"),
    "dont_know": _("I do not know"),
    "prefer_not": _("I do not want to answer"),
}
_MISSING_CODES = tuple(Code(reason, {}, MISSING_WORDS[reason]) for reason in MISSING)
_LONGEST_NAME = 64
_LONGEST_WORDS = 200
_HASH_LENGTH = 6
#: Words that SPSS keeps for itself, and the columns that every export has.
_RESERVED = {
    *("all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"),
    *("response", "round", "version", "language", "channel", "day", "weight"),
}


@dataclass(frozen=True)
class _Cells:
    """The columns of one question: where they begin, and how its answers fill them."""

    question: Question
    kind: QuestionType
    columns: tuple[Column, ...]
    #: Columns that the type fills itself; after them come words and missing, if there are any.
    own: int

    def of(self, entry: Entry, document: Document) -> Iterator[Value]:
        key = self.question.key
        value = entry.answers.get(key)
        if value is None:
            yield from [None] * self.own
        else:
            yield from self.kind.cells(self.question, document, value)
        if self.question.other and self.kind.may_have_other:
            yield entry.words.get(key)
        if self.kind.is_asked:
            yield None if value is not None else entry.missing.get(key, MISSING[0])


@dataclass
class _Table:
    """One table: the repeats its rows lie in, and what fills each row in order."""

    within: tuple[Repeat, ...]
    parts: list["_Cells | Column"] = field(default_factory=list)

    @property
    def columns(self) -> list[Column]:
        found: list[Column] = []
        for part in self.parts:
            found += part.columns if isinstance(part, _Cells) else [part]
        return found


class ResponseTables:
    """All tables of a questionnaire: "" for one row a response, and one a repeat by its key."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._tables: dict[str, _Table] = {"": _Table(())}
        self._collect(document.items, ())
        self._name_columns()
        self.columns = {key: table.columns for key, table in self._tables.items()}

    def _collect(self, items: Sequence[Item], within: tuple[Repeat, ...]) -> None:
        table = self._tables[within[-1].key if within else ""]
        for item in items:
            if isinstance(item, Question):
                table.parts.append(self._cells(item))
            elif isinstance(item, Group):
                self._collect(item.items, within)
            else:
                table.parts.append(_column_of_repeat(item, item.key, COUNT_PART))
                inner = (*within, item)
                self._tables[item.key] = _Table(inner, [_number_column(each) for each in inner])
                self._collect(item.items, inner)

    def _cells(self, question: Question) -> _Cells:
        kind, name = QUESTION_TYPES[question.type], export_name(question)
        columns = kind.columns(question, self.document)
        own = len(columns)
        if question.other and kind.may_have_other:
            columns.append(_words_column(question, name))
        if kind.is_asked:
            columns.append(_missing_column(question, name))
        return _Cells(question, kind, tuple(columns), own)

    def _name_columns(self) -> None:
        """Give every column its name, none twice over the tables but the numbers of entries."""
        taken: set[str] = set()
        known: dict[tuple[str, str], str] = {}

        def named(column: Column) -> Column:
            place = (column.question, column.part)
            if place not in known:
                known[place] = _free_name(column, taken)
            return replace(column, name=known[place])

        for table in self._tables.values():
            table.parts = [
                replace(part, columns=tuple(map(named, part.columns)))
                if isinstance(part, _Cells)
                else named(part)
                for part in table.parts
            ]

    def rows(self, entry: Entry) -> dict[str, list[list[Value]]]:
        """Return the rows of one stored entry in each table; the first table has one."""
        made: dict[str, list[list[Value]]] = {key: [] for key in self._tables}
        self._fill("", entry, (), made)
        return made

    def _fill(
        self, key: str, entry: Entry, numbers: tuple[int, ...], made: dict[str, list[list[Value]]]
    ) -> None:
        row: list[Value] = []
        made[key].append(row)
        at = 0
        for part in self._tables[key].parts:
            if isinstance(part, _Cells):
                row += part.of(entry, self.document)
            elif part.part == NUMBER_PART:
                row.append(numbers[at])
                at += 1
            else:
                inside = [_as_entry(one) for one in entry.answers.get(part.question, ())]
                row.append(len(inside))
                for number, one in enumerate(inside, start=1):
                    self._fill(part.question, one, (*numbers, number), made)


def _as_entry(stored: Any) -> Entry:
    return stored if isinstance(stored, Entry) else Entry.from_json(stored)


def _column_of_repeat(repeat: Repeat, name: str, part: str) -> Column:
    # Translators: over how many times a group of questions was answered, such as children
    words = _("How many") if part == COUNT_PART else _("Number")
    return Column(name, repeat.key, "integer", repeat.title, part, part_house=words)


def _number_column(repeat: Repeat) -> Column:
    return _column_of_repeat(repeat, f"{repeat.key}_number", NUMBER_PART)


def _words_column(question: Question, name: str) -> Column:
    return Column(
        f"{name}_other",
        question.key,
        "text",
        question.label,
        WORDS_PART,
        part_house=_("Something else, in their own words"),
        held_back="text",
        longest=_LONGEST_WORDS,
    )


def _missing_column(question: Question, name: str) -> Column:
    return Column(
        f"{name}_missing",
        question.key,
        "choice",
        question.label,
        MISSING_PART,
        codes=_MISSING_CODES,
        part_house=_("Why there is no answer"),
    )


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:_HASH_LENGTH]


def _free_name(column: Column, taken: set[str]) -> str:
    """Return a legal name not yet taken; one that had to be bent carries a mark of its origin."""
    plain = unicodedata.normalize("NFKD", column.name).encode("ascii", "ignore").decode()
    plain = regex.sub(r"[^A-Za-z0-9_]", "_", plain)
    plain = plain if plain[:1].isalpha() and plain.lower() not in _RESERVED else f"q_{plain}"
    name = plain
    if not name.endswith(column.name) or len(name) > _LONGEST_NAME:
        name = _with_mark(plain, _hash(column.name))
    if name.lower() in taken:
        name = _with_mark(plain, _hash(column.question, column.part))
    taken.add(name.lower())
    return name


def _with_mark(plain: str, mark: str) -> str:
    return f"{plain[: _LONGEST_NAME - _HASH_LENGTH - 1]}_{mark}"


@dataclass(frozen=True)
class _ByDigest:
    """A document that is found again by its digest: documents themselves have no hash."""

    digest: str
    document: Document = field(compare=False)


@lru_cache(maxsize=32)
def _tables(wanted: _ByDigest) -> ResponseTables:
    return ResponseTables(wanted.document)


def response_tables(document: Document) -> ResponseTables:
    """Return the tables of a questionnaire, worked out once."""
    return _tables(_ByDigest(document.digest, document))


def columns_of(document: Document) -> list[Column]:
    """Return the columns of the table with one row a response."""
    return list(response_tables(document).columns[""])


def tables_of(document: Document) -> Mapping[str, list[Column]]:
    """Return the columns of every table: "" and the keys of repeats."""
    return {key: list(columns) for key, columns in response_tables(document).columns.items()}


def cells_of(document: Document, entry: Entry) -> dict[str, list[list[Value]]]:
    """Return the rows of one entry by table; each row has a cell for each column."""
    return response_tables(document).rows(entry)
