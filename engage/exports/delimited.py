"""Writes tables as CSV that spreadsheet programs open as it is meant: UTF-8, and no formulas.

Tables without typed words are written by the database engine itself; words are looked through
first, row by row. Several tables make a ZIP file with one CSV file each.
"""

import csv
import io
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from engage.exports.codebook import codebook
from engage.exports.contents import Cells, Contents, Sheet
from engage.exports.formats.base import Progress
from engage.exports.neutral import without_formula
from engage.exports.packing import put_each
from engage.questionnaires.column import Column
from engage.results.table.engine import literal

#: Excel takes a file without it for another character set.
_MARK = b"\xef\xbb\xbf"
Heading = Callable[[Column], str]


def is_several(contents: Contents) -> bool:
    """Say whether there is more than one table, or a codebook beside the only one."""
    return len(contents.sheets) > 1 or contents.options.codebook


@dataclass(frozen=True)
class Delimited:
    """The tables of an export as CSV: which cells they hold, under which titles."""

    contents: Contents
    engine: duckdb.DuckDBPyConnection
    cells: Cells
    heading: Heading

    def write(self, file: Path, progress: Progress) -> None:
        """Write one CSV file, or a ZIP file of several."""
        if not is_several(self.contents):
            self._write_table(self.contents.sheets[0], file, progress)
            return
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as folder:
            self.put_into(folder, file, progress)

    def put_into(self, folder: zipfile.ZipFile, file: Path, progress: Progress) -> None:
        """Put a CSV file for each table into a ZIP file, and the codebook where it is wanted."""
        put_each(folder, self.contents, file, progress, "csv", self._write_table)
        if self.contents.options.codebook:
            write_codebook(self.contents, folder)

    def _write_table(self, sheet: Sheet, file: Path, progress: Progress) -> None:
        titles = [without_formula(self.heading(column)) for column in sheet.columns]
        if sheet.has_words:
            self._write_rows(sheet, file, progress, titles)
        else:
            _copy(self.engine, sheet.select(self.cells), file, titles)
        progress(sheet.rows)

    def _write_rows(self, sheet: Sheet, file: Path, progress: Progress, titles: list[str]) -> None:
        words = [n for n, column in enumerate(sheet.columns) if column.held_back == "text"]
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            out.write(_line(titles).decode())
            writer = csv.writer(out, lineterminator="\n")
            found = self.contents.rows(self.engine, sheet, self.cells)
            for number, row in enumerate(found, start=1):
                # Blacking out may have uncovered a sign that stood behind a number.
                writer.writerow(
                    [
                        without_formula(cell) if at in words and cell is not None else cell
                        for at, cell in enumerate(row)
                    ]
                )
                if number % 1000 == 0:
                    progress(number)


def write_codebook(contents: Contents, folder: zipfile.ZipFile) -> None:
    """Put the data dictionary into a ZIP file, as a table like the others."""
    with folder.open("codebook.csv", "w") as raw, io.TextIOWrapper(raw, "utf-8", newline="") as out:
        out.write("\ufeff")
        writer = csv.writer(out, lineterminator="\n")
        for row in codebook(contents):
            cells = (without_formula(cell) if isinstance(cell, str) else cell for cell in row)
            writer.writerow(list(cells))


def _copy(engine: duckdb.DuckDBPyConnection, selected: str, file: Path, titles: list[str]) -> None:
    """Let the engine write the rows, behind a first line of our own: titles need not differ."""
    rows = file.with_name(f"{file.name}.rows")
    options = "FORMAT csv, HEADER false, DELIMITER ',', QUOTE '\"', ESCAPE '\"'"
    try:
        engine.execute(f"COPY ({selected}) TO {literal(str(rows))} ({options})")
        with file.open("wb") as out:
            out.write(_MARK)
            out.write(_line(titles))
            with rows.open("rb") as made:
                shutil.copyfileobj(made, out, 1 << 20)
    finally:
        rows.unlink(missing_ok=True)


def _line(titles: list[str]) -> bytes:
    quoted = (title.replace('"', '""') for title in titles)
    return (",".join(f'"{title}"' for title in quoted) + "\n").encode()
