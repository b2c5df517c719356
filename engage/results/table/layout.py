"""What columns the table of a round has: those of all its versions, merged by question and part.

A column that a later version no longer has stays, with its codes: no answer loses its place.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from engage.questionnaires.columns import tables_of
from engage.questionnaires.document import Document
from engage.questionnaires.question_types.base import Code, Column, ColumnKind

#: Kind of a column → type in the table. Times are kept as written: nobody calculates with them.
SQL_TYPES: dict[ColumnKind, str] = {
    "choice": "VARCHAR",
    "flag": "BOOLEAN",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "text": "VARCHAR",
    "date": "DATE",
    "time": "VARCHAR",
    "datetime": "VARCHAR",
}
#: Columns every table has besides those of the questionnaire, with their types.
RESPONSE = "response"
#: Stands before them where there are several rounds.
ROUND = "round"
BASE_COLUMNS = {
    RESPONSE: "UUID",
    "version": "INTEGER",
    "language": "VARCHAR",
    "channel": "VARCHAR",
    "day": "DATE",
}
#: Grows when the way tables are made changes; what was made before is then made anew.
_FORMAT = 3
Place = tuple[str, str]


@dataclass(frozen=True)
class Version:
    """One published version as the table sees it."""

    id: int
    number: int
    document: Document


@dataclass(frozen=True)
class Layout:
    """The tables of a round: "" for one row a response, and one a repeat by its key."""

    versions: tuple[Version, ...]
    tables: dict[str, tuple[Column, ...]]

    @property
    def newest(self) -> Document:
        """Return the document whose words and order count."""
        return self.versions[0].document

    @cached_property
    def digest(self) -> str:
        """Return what changes when tables made by this layout no longer fit."""
        parts = [str(_FORMAT), *(f"{v.number} {v.document.digest}" for v in self.versions)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    @cached_property
    def _places(self) -> dict[str, tuple[str, tuple[Column, ...]]]:
        """Return question → its table and columns."""
        found: dict[str, tuple[str, tuple[Column, ...]]] = {}
        for key, columns in self.tables.items():
            for column in columns:
                table, known = found.get(column.question, (key, ()))
                if table == key:
                    found[column.question] = (key, (*known, column))
        return found

    def table_of(self, question: str) -> str:
        """Return the table a question's columns are in."""
        return self._places.get(question, ("", ()))[0]

    def columns_of(self, question: str) -> tuple[Column, ...]:
        """Return the columns of one question, in order."""
        return self._places.get(question, ("", ()))[1]

    def documents(self) -> Iterator[Document]:
        """Return the documents, the newest first."""
        for version in self.versions:
            yield version.document


def layout_of(versions: Sequence[Version]) -> Layout:
    """Return the merged tables of some versions of one questionnaire."""
    ordered = tuple(sorted(versions, key=lambda version: version.number, reverse=True))
    merged: dict[str, dict[Place, Column]] = {}
    for version in ordered:
        for key, columns in tables_of(version.document).items():
            known = merged.setdefault(key, {})
            for column in columns:
                place = (column.question, column.part)
                older = known.get(place)
                known[place] = column if older is None else _joined(older, column)
    return Layout(ordered, _named(merged))


def _joined(newer: Column, older: Column) -> Column:
    """Return one column for two versions: all codes, and a kind that both fit in."""
    codes = {code.value: code for code in (*newer.codes, *older.codes)}
    for code in newer.codes:
        codes[code.value] = Code(code.value, {**codes[code.value].label, **code.label}, code.house)
    kind = _common(newer.kind, older.kind)
    # What was typed once stays held back, whatever the question became.
    held_back = newer.held_back or older.held_back
    return replace(newer, codes=tuple(codes.values()), kind=kind, held_back=held_back)


def _common(one: ColumnKind, other: ColumnKind) -> ColumnKind:
    if one == other:
        return one
    return "number" if {one, other} == {"integer", "number"} else "text"


def _named(merged: dict[str, dict[Place, Column]]) -> dict[str, tuple[Column, ...]]:
    """Keep names apart that two versions gave to different columns; a number of an entry is shared.

    Numbers of entries have one name in every table that needs them.
    """
    taken: dict[str, Place] = {}
    tables: dict[str, tuple[Column, ...]] = {}
    for key, columns in merged.items():
        named = []
        for place, column in columns.items():
            name, number = column.name, 2
            while taken.setdefault(name.lower(), place) != place:
                name, number = f"{column.name[:60]}_{number}", number + 1
            named.append(replace(column, name=name))
        tables[key] = tuple(named)
    return tables
