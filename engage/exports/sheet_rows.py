"""The rows of a big table in a workbook: the database engine writes their XML, millions of cells.

The workbook is made without them; then its parts are packed anew, with the rows where they belong.
Cells are as ECMA-376 part 1, 18.3.1.4 has them: words `inlineStr`, days as numbers with a format.
"""

import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import duckdb
from xlsxwriter.utility import xl_col_to_name

from engage.exports.contents import Cells, Sheet
from engage.exports.formats.base import Progress
from engage.results.table.engine import literal, name, select

#: More characters than this no cell can hold.
LONGEST_CELL = 32_767
#: Rows take at most so many bytes a cell; a part of more than 2 GiB has to be announced.
_BYTES_A_CELL, _LARGE = 100, 1 << 31
_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "DECIMAL", "HUGEINT")
#: A day as the number of days since the first one that workbooks know.
_DAYS = {
    "DATE": "({} - DATE '1899-12-30')",
    "TIMESTAMP": "(epoch({} - TIMESTAMP '1899-12-30') / 86400)",
}
_DIMENSION = re.compile(r'<dimension ref="[^"]*"/>')
_SECOND_ROW = re.compile(r'<row r="2".*?</row>', re.DOTALL)
_STYLE = re.compile(r' s="(\d+)"')
#: No column can be called so.
_LINE = name("~line")
#: Spreadsheets read this as the sign with that number, unless its first stroke is written so.
_CODED = "_(x[0-9A-Fa-f]{4}_)"
_PLAIN = "[A-Za-z0-9_.-]{0,200}"
#: What XML cannot hold.
_CONTROLS = r"[\x00-\x08\x0B\x0C\x0E-\x1F]"


@dataclass(frozen=True)
class Rows:
    """The rows of one sheet, from the second line of its page on."""

    engine: duckdb.DuckDBPyConnection
    sheet: Sheet
    cells: Cells
    progress: Progress

    def kinds(self) -> list[str]:
        """Return the engine's type of each column."""
        described = self.engine.execute(f"DESCRIBE {self.sheet.select(self.cells)}").fetchall()
        return [str(one[1]) for one in described]

    def write_xml(self, file: Path, day_style: str) -> None:
        """Write the rows as XML; `day_style` is the number of the format of days."""
        columns = zip(self.sheet.columns, self.kinds(), strict=True)
        made = [
            _cell(name(column.name), kind, xl_col_to_name(at), day_style)
            for at, (column, kind) in enumerate(columns)
        ]
        row = _joined(literal('<row r="'), _LINE, literal('">'), *made, literal("</row>"))
        table = f"({self.sheet.select(self.cells)})"
        numbered = f"({select(f'row_number() OVER () + 1 AS {_LINE}, *', table)})"
        # A result of statements is kept whole in memory, a file is not.
        options = "FORMAT csv, HEADER false, DELIMITER '\x01', QUOTE '', ESCAPE ''"
        self.engine.execute(f"COPY ({select(row, numbered)}) TO {literal(str(file))} ({options})")


def _cell(cell: str, kind: str, letters: str, day_style: str) -> str:
    """Return the SQL of one cell's XML, "" for an empty one."""
    opened, value, closed, is_told = '"><v>', cell, "</v></c>", f"{cell} IS NOT NULL"
    if kind in _DAYS:
        opened, value = f'" s="{day_style}"><v>', _DAYS[kind].format(cell)
    elif kind == "BOOLEAN":
        value = f"CAST({cell} AS TINYINT)"
    elif kind in {"DOUBLE", "FLOAT"}:
        is_told = f"isfinite({cell})"
    elif not kind.lstrip("U").startswith(_WHOLE):
        opened, closed = '" t="inlineStr"><is><t', "</t></is></c>"
        value = _words(f"CAST({cell} AS VARCHAR)")
    place = literal(f'<c r="{letters}')
    made = _joined(place, _LINE, literal(opened), value, literal(closed))
    return f"CASE WHEN {is_told} THEN {made} ELSE '' END"


def _joined(*parts: str) -> str:
    """Return the SQL of all parts in one, which needs no memory for what is in between."""
    return f"concat({', '.join(parts)})"


def _words(cell: str) -> str:
    """Return the SQL of words as XML holds them behind `<t`, cut where a cell is full."""
    cut = f"left({cell}, {LONGEST_CELL - 1}) || '…'"
    made = f"CASE WHEN length({cell}) > {LONGEST_CELL} THEN {cut} ELSE {cell} END"
    made = f"regexp_replace({made}, {literal(_CONTROLS)}, '', 'g')"
    made = f"regexp_replace({made}, {literal(_CODED)}, '_x005F_\\1', 'g')"
    for sign, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        made = f"replace({made}, {literal(sign)}, {literal(written)})"
    # Nearly all cells hold keys, which need none of it.
    kept = _joined(literal(' xml:space="preserve">'), made)
    return (
        f"CASE WHEN regexp_full_match({cell}, {literal(_PLAIN)}) AND NOT contains({cell}, '_x')"
        f" THEN {_joined(literal('>'), cell)} ELSE {kept} END"
    )


def fill(plain: Path, file: Path, rows: Mapping[str, Rows]) -> None:
    """Pack a workbook anew, with the rows of the pages that are named by their parts.

    A page stands there with its heads; a second line shows the format of days and is left out.
    """
    with (
        zipfile.ZipFile(plain) as made,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as filled,
    ):
        for part in made.infolist():
            mine = rows.get(part.filename)
            if mine is None:
                filled.writestr(part, made.read(part))
                continue
            head, end, tail = made.read(part).decode().partition("</sheetData>")
            sample = _SECOND_ROW.search(head)
            style = _STYLE.search(sample[0]) if sample else None
            sheet = mine.sheet
            last = f"{xl_col_to_name(len(sheet.columns) - 1)}{sheet.rows + 1}"
            head = _DIMENSION.sub(f'<dimension ref="A1:{last}"/>', _SECOND_ROW.sub("", head), 1)
            size = sheet.rows * len(sheet.columns) * _BYTES_A_CELL
            fresh = zipfile.ZipInfo(part.filename, part.date_time)
            fresh.compress_type = zipfile.ZIP_DEFLATED
            with filled.open(fresh, "w", force_zip64=size > _LARGE) as out:
                out.write(head.encode())
                with _rows(mine, file, style[1] if style else "0") as some:
                    shutil.copyfileobj(some, out, 1 << 20)
                out.write((end + tail).encode())


@contextmanager
def _rows(rows: Rows, file: Path, day_style: str) -> Iterator[IO[bytes]]:
    """Open the rows of a page, as the engine writes them beside the workbook."""
    beside = file.with_name(f"{file.name}.rows")
    try:
        rows.write_xml(beside, day_style)
        with beside.open("rb") as opened:
            yield opened
    finally:
        beside.unlink(missing_ok=True)
    rows.progress(rows.sheet.rows)
