"""Parquet: codes in typed columns, small and quick to read, with the codebook inside."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from engage.exports.contents import Cells, Contents, Sheet
from engage.exports.formats.base import Format, Progress
from engage.exports.packing import write_each
from engage.exports.schema import table_schema
from engage.i18n.gettext import s_lazy
from engage.questionnaires.column import ColumnKind
from engage.results.table.engine import literal, name, select

_TYPES: dict[ColumnKind, str] = {
    "integer": "BIGINT",
    "number": "DOUBLE",
    "flag": "TINYINT",
    "date": "DATE",
}
#: Rows of a group: each group is written by one thread, so a large one would keep the others idle.
_GROUP = 30_720


class Parquet(Format):
    """One Parquet file, or a ZIP file of several; the engine writes them in groups of rows."""

    name = "parquet"
    label = s_lazy("Parquet")
    help = s_lazy(
        "The answers with codes and typed columns, small and quick to read for R, Python and "
        "DuckDB. The codebook is inside."
    )
    extension = "parquet"
    media_type = "application/vnd.apache.parquet"
    group = "programs"

    def extension_for(self, contents: Contents) -> str:
        """Return `zip` where there is a table for each repeat or one of words."""
        return "zip" if len(contents.sheets) > 1 else self.extension

    def write(
        self, contents: Contents, engine: duckdb.DuckDBPyConnection, file: Path, progress: Progress
    ) -> None:
        """Write one file for each sheet."""

        def write_one(sheet: Sheet, one: Path, tell: Progress) -> None:
            if not sheet.has_words:
                source = f"({sheet.select(Cells(contents, plain=True))})"
                names = [name(column.name) for column in sheet.columns]
                _copy(engine, contents, sheet, _typed(sheet, names, source), one)
                return
            # Words are looked through first, row by row.
            lines = one.with_name(f"{one.name}.lines")
            try:
                _write_lines(engine, contents, sheet, lines, tell)
                _copy(engine, contents, sheet, _reading(sheet, lines), one)
            finally:
                lines.unlink(missing_ok=True)

        write_each(contents, file, progress, self.extension, write_one)


def _copy(
    engine: duckdb.DuckDBPyConnection, contents: Contents, sheet: Sheet, source: str, file: Path
) -> None:
    schema = json.dumps(table_schema(contents, sheet, plain=True), ensure_ascii=False)
    told = f"KV_METADATA {{codebook: {literal(schema)}}}"
    how = f"COMPRESSION zstd, DICTIONARY_SIZE_LIMIT 1000, ROW_GROUP_SIZE {_GROUP}"
    options = f"FORMAT parquet, {how}, {told}"
    engine.execute(f"COPY ({source}) TO {literal(str(file))} ({options})")


def _write_lines(
    engine: duckdb.DuckDBPyConnection, contents: Contents, sheet: Sheet, file: Path, tell: Progress
) -> None:
    cells = Cells(contents, plain=True)
    with file.open("w", encoding="utf-8") as out:
        for number, row in enumerate(contents.rows(engine, sheet, cells), start=1):
            named = {f"c{at}": _plain(cell) for at, cell in enumerate(row)}
            out.write(json.dumps(named, ensure_ascii=False) + "\n")
            if number % 1000 == 0:
                tell(number)


def _plain(cell: Any) -> Any:
    return cell.isoformat() if isinstance(cell, date) else cell


def _reading(sheet: Sheet, file: Path) -> str:
    """Return the statement that reads the lines again."""
    names = [f"c{at}" for at, _column in enumerate(sheet.columns)]
    types = ", ".join(f"{one}: 'VARCHAR'" for one in names)
    lines = f"format = 'newline_delimited', columns = {{{types}}}, maximum_object_size = 67108864"
    return _typed(sheet, names, f"read_json({literal(str(file))}, {lines})")


def _typed(sheet: Sheet, names: list[str], source: str) -> str:
    """Return the statement that gives every column the type of its kind, also without rows."""
    pairs = zip(names, sheet.columns, strict=True)
    wanted = (
        f"CAST({cell} AS {_TYPES.get(column.kind, 'VARCHAR')}) AS {name(column.name)}"
        for cell, column in pairs
    )
    return select(", ".join(wanted), source)
