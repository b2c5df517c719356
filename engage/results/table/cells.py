"""How the cells of a column are taken out of stored answers: in SQL where their shape says how.

What one value, a list of keys, a ranking or parts hold is read by DuckDB from the stored form,
which costs hardly more than parsing. Everything else (calculated values, shapes this file does not
know) goes through the faces of its question type, answer by answer.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engage.questionnaires.columns import COUNT_PART, MISSING_PART, WORDS_PART
from engage.questionnaires.document import Document, Question
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.question_types.base import MISSING, Column
from engage.results.table.engine import literal, name
from engage.results.table.layout import SQL_TYPES, Layout

#: Shape of the stored answer → how JSON is read.
_RAW = {
    "one": "VARCHAR",
    "number": "VARCHAR",
    "text": "VARCHAR",
    "date": "VARCHAR",
    "many": "VARCHAR[]",
    "ranks": "VARCHAR[]",
    "parts": "MAP(VARCHAR, VARCHAR)",
}
_ENTRIES = "JSON[]"


@dataclass(frozen=True)
class Taking:
    """How the main table of a layout is filled: raw fields to read, and an expression a column.

    `trusting` relies on the shape in which types store; without, types give every cell.
    """

    layout: Layout
    trusting: bool = True

    @cached_property
    def raw_types(self) -> dict[str, str]:
        """Return question key → how its stored answer is read, where SQL can read it."""
        if not self.trusting:
            return {}
        types: dict[str, str] = {}
        shapes: dict[str, set[str]] = {}
        for document in self.layout.documents():
            for column in self.layout.tables[""]:
                shape = _raw_type(document, column)
                if shape is not None:
                    shapes.setdefault(column.question, set()).add(shape)
        # Fields of a struct do not tell capitals from small letters, and one field has one type.
        alike = Counter(key.lower() for key in shapes)
        for key, found in shapes.items():
            if len(found) == 1 and alike[key.lower()] == 1:
                types[key] = found.pop()
        return {key: kind for key, kind in types.items() if kind}

    @cached_property
    def slow(self) -> tuple[Column, ...]:
        """Return the columns whose cells their question type has to give."""
        return tuple(c for c in self.layout.tables[""] if self._expression(c) is None)

    @cached_property
    def select(self) -> list[str]:
        """Return the expression of each column of the main table, named."""
        slow = {column.name: f'x."c{at}"' for at, column in enumerate(self.slow)}
        return [
            f"{slow.get(column.name) or self._expression(column)} AS {name(column.name)}"
            for column in self.layout.tables[""]
        ]

    def _expression(self, column: Column) -> str | None:
        raw = self.raw_types.get(column.question)
        if raw is None:
            return None
        field = name(column.question)
        value = f"r.answers.{field}"
        if column.part == COUNT_PART:
            return f"coalesce(len({value}), 0)"
        if column.part == MISSING_PART:
            reason = f"coalesce(r.missing.{field}, {literal(MISSING[0])})"
            return f"CASE WHEN {value} IS NULL THEN {reason} END"
        if column.part == WORDS_PART:
            return f"r.words.{field}"
        if raw.startswith("MAP") and not self._is_part(column):
            return None
        return _taken(raw, value, column)

    def _is_part(self, column: Column) -> bool:
        """Say whether a column holds a part of the answer as it is stored, in every version."""
        asked = [(d, d.questions.get(column.question)) for d in self.layout.documents()]
        return all(
            column.part in QUESTION_TYPES[question.type].parts(question, document)
            for document, question in asked
            if question is not None
        )

    @property
    def read_columns(self) -> dict[str, str]:
        """Return what `read_json` is told of each line: its fields and their types."""
        answers = ", ".join(f"{name(key)} {kind}" for key, kind in self.raw_types.items())
        parts = {
            "answers": answers,
            "missing": self._texts_beside(MISSING_PART),
            "words": self._texts_beside(WORDS_PART),
        }
        fields = ", ".join(f"{part} STRUCT({inside})" for part, inside in parts.items() if inside)
        columns = {"i": "UUID", "v": "INTEGER", "l": "VARCHAR", "c": "VARCHAR", "d": "DATE"}
        if fields:
            columns["r"] = f"STRUCT({fields})"
        if self.slow:
            slow = (f'"c{at}" {SQL_TYPES[c.kind]}' for at, c in enumerate(self.slow))
            columns["x"] = f"STRUCT({', '.join(slow)})"
        return columns

    def _texts_beside(self, part: str) -> str:
        """Return the questions that have something beside the answer, as fields of a struct."""
        keys = {c.question for c in self.layout.tables[""] if c.part == part}
        return ", ".join(f"{name(key)} VARCHAR" for key in self.raw_types if key in keys)


def _raw_type(document: Document, column: Column) -> str | None:
    """Return how the answer is read, "" where SQL cannot, None where this version has no answer."""
    question = document.questions.get(column.question)
    if question is None:
        return _ENTRIES if column.part == COUNT_PART else None
    kind = QUESTION_TYPES[question.type]
    return "" if kind.is_calculated else _RAW.get(kind.shape_of(question), "")


def _taken(raw: str, value: str, column: Column) -> str | None:
    wanted = SQL_TYPES[column.kind]
    if raw == "VARCHAR" and not column.part and column.kind != "flag":
        return value if wanted == "VARCHAR" else f"TRY_CAST({value} AS {wanted})"
    if raw == "VARCHAR[]" and column.kind == "flag":
        return f"list_contains({value}, {literal(column.part)})"
    if raw == "VARCHAR[]" and column.kind == "integer":
        return f"nullif(list_position({value}, {literal(column.part)}), 0)"
    if raw.startswith("MAP") and column.part:
        part = f"{value}[{literal(column.part)}]"
        return part if wanted == "VARCHAR" else f"TRY_CAST({part} AS {wanted})"
    return None


@dataclass(frozen=True)
class SlowCells:
    """The cells of one version that its question types give, for the slow columns of a layout."""

    document: Document
    slow: tuple[Column, ...]

    @cached_property
    def _by_question(self) -> list[tuple[Question, list[tuple[int, int]], bool]]:
        """Return (question, [(cell of the type, slow column)], whether parts beside are needed)."""
        places = {(c.question, c.part): at for at, c in enumerate(self.slow)}
        found = []
        for key in dict.fromkeys(column.question for column in self.slow):
            question = self.document.questions.get(key)
            if question is None:
                continue
            own = QUESTION_TYPES[question.type].columns(question, self.document)
            cells = [
                (at, places[key, column.part])
                for at, column in enumerate(own)
                if (key, column.part) in places
            ]
            beside = any((key, part) in places for part in (MISSING_PART, WORDS_PART))
            found.append((question, cells, beside))
        return found

    def of(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """Return slow column → cell for one stored response."""
        answers = stored.get("answers", {})
        cells: dict[str, Any] = {}
        for question, places, beside in self._by_question:
            value = answers.get(question.key)
            if value is not None:
                given = QUESTION_TYPES[question.type].cells(question, self.document, value)
                cells |= {f"c{at}": given[own] for own, at in places}
            if beside:
                cells |= dict(self._beside(question.key, value, stored))
        for at, column in enumerate(self.slow):
            if column.part == COUNT_PART:
                cells[f"c{at}"] = len(answers.get(column.question, ()))
            elif column.part == MISSING_PART and column.question not in self.document.questions:
                cells[f"c{at}"] = MISSING[0]
        return cells

    def _beside(self, key: str, value: Any, stored: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for at, column in enumerate(self.slow):
            if column.question != key:
                continue
            if column.part == WORDS_PART:
                yield f"c{at}", stored.get("words", {}).get(key)
            elif column.part == MISSING_PART and value is None:
                yield f"c{at}", stored.get("missing", {}).get(key, MISSING[0])
