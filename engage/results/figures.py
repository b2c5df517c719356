"""All disclosed figures of a round as plain rows: what leaves in a file of tables."""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from engage.results.looking import Wanted
from engage.results.page import every_block
from engage.results.table.store import ResponseTable
from engage.results.wording import Reader, too_few


@dataclass(frozen=True)
class FigureRow:
    """One figure: of which question and row, measured how; `hidden` says why there is none."""

    question: str
    question_label: str
    row: str
    label: str
    measure: str
    value: float | None
    hidden: str = ""


#: What the columns of a file of tables are called.
COLUMNS = ("question", "question_label", "row", "label", "measure", "value", "hidden")


def disclosed_figures(
    table: ResponseTable, engine: duckdb.DuckDBPyConnection, wanted: Wanted
) -> Iterator[FigureRow]:
    """Yield every figure that the pages of results show of everybody, question by question."""
    for block in every_block(table, engine, wanted):
        label = block.label.text
        if not block.told.data:
            yield FigureRow(block.key, label, "", "", "people_about", None, too_few())
        for one in block.told.data:
            hidden = too_few() if one.value is None and not one.is_told else ""
            yield FigureRow(block.key, label, one.row, one.label, one.measure, one.value, hidden)


def reader_in(language: str, order: tuple[str, ...]) -> Reader:
    """Return a reader of files in one language."""
    return Reader(language, order)
