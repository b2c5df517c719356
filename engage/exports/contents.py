"""What an export holds: the tables of a round as statements, with what each column is called.

Typed words are left out, or stand in a table of their own in an order that says nothing, unless
somebody with the right to raw answers asks for them beside the rest (P-36). Days with fewer
answers than may be shown are told as weeks (P-02).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Literal

import duckdb

from engage.exports.base_columns import base_columns
from engage.exports.neutral import told, without_formula, without_formula_sql
from engage.exports.weights import WEIGHT, AnswerWeights
from engage.i18n.gettext import lazy_gettext as _
from engage.i18n.text import with_fallback
from engage.questionnaires.column import Code, Column
from engage.questionnaires.document import Document
from engage.responses.models import Round
from engage.results.queries import names_to_mask
from engage.results.table.engine import literal, name, select
from engage.results.table.layout import RESPONSE, ROUND
from engage.results.table.rounds import RoundsTable
from engage.results.table.store import ResponseTable

FreeText = Literal["none", "apart", "beside"]
#: Disclosed figures of everybody, or single answers.
What = Literal["tables", "answers"]
TEXTS = "texts"
_AT_A_TIME = 2000
_YES, _NO = _("Yes"), _("No")


@dataclass(frozen=True)
class Options:
    """What was asked for: language of labels, typed words, places on the map, numbers masked.

    `codebook` puts the data dictionary beside tables in formats that have no place for it inside.
    `all_rounds` takes the answers of all rounds of the questionnaire instead of one.
    """

    language: str
    free_text: FreeText = "none"
    places: bool = False
    mask: bool = True
    what: What = "answers"
    codebook: bool = False
    all_rounds: bool = False


@dataclass(frozen=True)
class Sheet:
    """One table of an export. `key` is "" for the answers, a repeat's key, or `texts`."""

    key: str
    columns: tuple[Column, ...]
    #: Table to select from, and in which order.
    source: str
    order: str
    rows: int
    #: Statement to use instead, where the table is no table of the round.
    statement: str = ""

    @property
    def has_words(self) -> bool:
        """Say whether typed words are in it, which are looked through before they leave."""
        return any(column.held_back == "text" for column in self.columns)

    def select(self, cells: "Cells") -> str:
        """Return the statement that gives its rows."""
        if self.statement:
            return self.statement
        wanted = ", ".join(f"{cells(one)} AS {name(one.name)}" for one in self.columns)
        return select(wanted, self.source, more=self.order)


@dataclass(frozen=True)
class Contents:
    """Everything an export needs, while the table of the round is held."""

    round: Round
    table: ResponseTable
    options: Options
    sheets: tuple[Sheet, ...]
    #: Short name of a round → its days with enough answers to be told as days.
    days: Mapping[str, frozenset[date]]
    #: The day it is made.
    today: date
    weights: AnswerWeights | None = None

    @property
    def document(self) -> Document:
        """Return the newest version's document."""
        return self.table.layout.newest

    @property
    def rounds(self) -> tuple[Round, ...]:
        """Return the rounds whose answers are in it."""
        return self.table.rounds if isinstance(self.table, RoundsTable) else (self.round,)

    @property
    def called(self) -> tuple[str, ...]:
        """Return what it is called after: round and questionnaire, or the questionnaire alone."""
        key = self.round.questionnaire.key
        return (key,) if self.options.all_rounds else (self.round.slug, key)

    @property
    def left_out(self) -> tuple[Round, ...]:
        """Return the rounds of the questionnaire that have too few answers to be in it."""
        held = self.table.left_out if isinstance(self.table, RoundsTable) else ()
        return tuple(round_ for round_, _table in held)

    @property
    def k(self) -> int:
        """Return the smallest number of people that may be told of: the strictest of its rounds."""
        return max((one.k for one in self.rounds), default=self.round.k)

    def label(self, column: Column) -> str:
        """Return the words of the question of a column in the chosen language."""
        return with_fallback(column.label, self.options.language, self.document.languages).text

    def heading(self, column: Column) -> str:
        """Return what a column is called in the chosen language."""
        part = column.part_words(self.options.language)
        return " – ".join(word for word in (self.label(column), part) if word) or column.name

    def description(self, column: Column) -> str:
        """Return what has to be known of a column besides what it is called, "" for most."""
        is_weight = self.weights is not None and not column.question and column.name == WEIGHT
        return self.weights.description if self.weights and is_weight else ""

    def words(self, code: Code) -> str:
        """Return what a code is called in the chosen language."""
        found = with_fallback(code.label, self.options.language, self.document.languages)
        return found.text or code.words(self.options.language)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return names_to_mask(self.round.community_id)

    def told(self, text: str) -> str:
        """Return typed words as they may leave: masked, unless that was asked not to be."""
        country, mask = self.round.community.country, self.options.mask
        return told(text, country, mask=mask, names=self._names)

    def rows(
        self, engine: duckdb.DuckDBPyConnection, sheet: Sheet, cells: "Cells"
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a sheet, typed words looked through."""
        words = [n for n, column in enumerate(sheet.columns) if column.held_back == "text"]
        cursor = engine.execute(sheet.select(cells))
        while batch := cursor.fetchmany(_AT_A_TIME):
            for row in batch:
                if not words:
                    yield row
                    continue
                made = list(row)
                for at in words:
                    if made[at] is not None:
                        made[at] = self.told(str(made[at]))
                yield tuple(made)


@dataclass(frozen=True)
class Cells:
    """How a column is written: codes or labels, with or without care for spreadsheet formulas."""

    contents: Contents
    labels: bool = False
    plain: bool = False

    def __call__(self, column: Column) -> str:
        """Return the SQL expression of a column's cells."""
        cell = name(column.name)
        if column.name == "day" and not column.question:
            return self._day(cell)
        if column.kind == "flag" and not self.labels:
            return f"CAST({cell} AS TINYINT)"
        if self.labels and column.kind in {"choice", "flag"}:
            # Words are looked at once each here, not once an answer.
            return self._label(column, cell)
        if column.kind == "choice" and all(map(_is_harmless, column.codes)):
            return cell
        if column.kind not in {"choice", "text", "time", "datetime"} or not column.question:
            return f"CAST({cell} AS VARCHAR)" if column.name == RESPONSE else cell
        return cell if self.plain else without_formula_sql(cell)

    def _day(self, cell: str) -> str:
        week, enough = f"strftime({cell}, '%G-W%V')", []
        for slug, full in self.contents.days.items():
            days = ", ".join(literal(day.isoformat()) for day in sorted(full)) or "NULL"
            mine = f"{name(ROUND)} = {literal(slug)} AND " if len(self.contents.days) > 1 else ""
            enough.append(f"WHEN {mine}{cell} IN ({days}) THEN CAST({cell} AS VARCHAR)")
        return f"CASE {' '.join(enough)} ELSE {week} END" if enough else week

    def _label(self, column: Column, cell: str) -> str:
        if column.kind == "flag":
            yes, no = literal(str(_YES)), literal(str(_NO))
            return f"CASE {cell} WHEN true THEN {yes} WHEN false THEN {no} END"
        whens = " ".join(
            f"WHEN {literal(code.value)} THEN {literal(self._told(self.contents.words(code)))}"
            for code in column.codes
        )
        otherwise = cell if self.plain else without_formula_sql(cell)
        return f"CASE {cell} {whens} ELSE {otherwise} END" if whens else otherwise

    def _told(self, words: str) -> str:
        return words if self.plain else without_formula(words)


def _is_harmless(code: Code) -> bool:
    return without_formula(code.value) == code.value


def contents_of(
    round_: Round,
    table: ResponseTable,
    options: Options,
    days: Mapping[str, frozenset[date]],
    today: date,
    count: Any,
    weights: AnswerWeights | None = None,
) -> Contents:
    """Return the sheets of an export; `count(source)` says how many rows a table has."""
    keys = table.layout.tables
    sheets = [
        Sheet(
            key,
            (*_base_of(table, key), *(one for one in columns if _may_leave(one, options))),
            table.source(key),
            _order(table, key, columns),
            count(table.source(key)),
        )
        for key, columns in keys.items()
    ]
    if weights is not None:
        sheets[0] = _weighted(sheets[0], table, weights)
    if options.free_text == "apart":
        sheets.append(_texts(table, count))
    return Contents(round_, table, options, tuple(sheets), days, today, weights)


def _weighted(sheet: Sheet, table: ResponseTable, weights: AnswerWeights) -> Sheet:
    """Return the answers with their weights after what every answer has; joining moves rows."""
    place = len(base_columns(table))
    columns = (*sheet.columns[:place], weights.column, *sheet.columns[place:])
    order = f"ORDER BY {name(RESPONSE)}"
    return replace(sheet, columns=columns, source=weights.source(table), order=order)


def _base_of(table: ResponseTable, key: str) -> tuple[Column, ...]:
    base = base_columns(table)
    return base if key == "" else tuple(one for one in base if one.name == RESPONSE)


def _order(table: ResponseTable, key: str, columns: tuple[Column, ...]) -> str:
    """Rows go by their random keys, which a table of one part does already."""
    if key == "":
        return "" if table.is_in_key_order else f"ORDER BY {name(RESPONSE)}"
    numbers = [name(one.name) for one in columns if one.part == "~number"]
    return f"ORDER BY {', '.join([name(RESPONSE), *numbers])}"


def _may_leave(column: Column, options: Options) -> bool:
    if column.held_back == "text":
        return options.free_text == "beside"
    return options.places or column.held_back != "point"


def _texts(table: ResponseTable, count: Any) -> Sheet:
    """Return typed words by question, in an order of chance, with nothing else beside them."""
    parts = [
        select(
            f"{literal(one.name)} AS question, {name(one.name)} AS text",
            table.source(key),
            f"{name(one.name)} IS NOT NULL",
        )
        for key, columns in table.layout.tables.items()
        for one in columns
        if one.held_back == "text"
    ]
    nothing = "SELECT '' AS question, '' AS text WHERE false"
    everything = f"({' UNION ALL '.join(parts) or nothing})"
    columns = (
        Column("question", "", "text", {}, part_house=_("Question")),
        Column("text", "", "text", {}, part_house=_("Words"), held_back="text"),
    )
    shuffled = select("question, text", everything, more="ORDER BY random()")
    return Sheet(TEXTS, columns, everything, "", count(everything), shuffled)
