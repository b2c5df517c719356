"""XLSX: the answers, the codebook and all translations in one workbook."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from engage.exports.codebook import about, codebook
from engage.exports.contents import Cells, Contents
from engage.exports.formats.base import Format, Progress, TooManyRowsError
from engage.exports.packing import further
from engage.exports.sheet_rows import LONGEST_CELL, Rows, fill
from engage.i18n.gettext import s_lazy
from engage.questionnaires.texts import texts_of

_MOST_ROWS = 1_048_576
_LONGEST_NAME = 31
_ANSWERS, _ABOUT, _CODEBOOK, _TRANSLATIONS = "data", "about", "codebook", "translations"


class Xlsx(Format):
    """A workbook with codes; typed words are strings, never formulas or links."""

    name = "xlsx"
    label = s_lazy("Excel workbook")
    help = s_lazy("The answers with codes, a codebook, and all texts in every language.")
    extension = "xlsx"
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    group = "sheets"

    def write(
        self, contents: Contents, engine: duckdb.DuckDBPyConnection, file: Path, progress: Progress
    ) -> None:
        """Write every sheet; raises TooManyRowsError where a sheet of a workbook is too short."""
        if any(sheet.rows >= _MOST_ROWS for sheet in contents.sheets):
            raise TooManyRowsError(
                s_lazy("A workbook holds at most 1,048,575 rows. Choose CSV for so many answers.")
            )
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": True,
            "default_date_format": "yyyy-mm-dd",
        }
        plain = file.with_name(f"{file.name}.plain")
        try:
            with xlsxwriter.Workbook(str(plain), options) as book:
                bold = book.add_format({"bold": True})
                rows = self._data(book, bold, contents, engine, progress)
                for title, lines in ((_ABOUT, about(contents)), (_CODEBOOK, codebook(contents))):
                    page = book.add_worksheet(title)
                    for number, row in enumerate(lines):
                        style = bold if number == 0 and title == _CODEBOOK else None
                        _put(page, number, row, style)
                _translations(book.add_worksheet(_TRANSLATIONS), bold, contents)
            fill(plain, file, rows)
        finally:
            plain.unlink(missing_ok=True)

    def _data(
        self,
        book: Any,
        bold: Any,
        contents: Contents,
        engine: duckdb.DuckDBPyConnection,
        progress: Progress,
    ) -> dict[str, Rows]:
        """Write the pages of the tables; return the rows of those the engine writes itself."""
        cells, done, taken = Cells(contents, plain=True), 0, {_ABOUT, _CODEBOOK, _TRANSLATIONS}
        left: dict[str, Rows] = {}
        for at, sheet in enumerate(contents.sheets, start=1):
            page = book.add_worksheet(_free(sheet.key or _ANSWERS, taken))
            _put(page, 0, [column.name for column in sheet.columns], bold)
            page.freeze_panes(1, 0)
            so_far = further(progress, done)
            if sheet.has_words:
                for number, row in enumerate(contents.rows(engine, sheet, cells), start=1):
                    _put(page, number, row)
                    if number % 1000 == 0:
                        so_far(number)
            else:
                # Shows which number the format of days has here.
                page.write_datetime(1, 0, date(2000, 1, 1))
                left[f"xl/worksheets/sheet{at}.xml"] = Rows(engine, sheet, cells, so_far)
            done += sheet.rows
        return left


def _free(title: str, taken: set[str]) -> str:
    """Return a name for a sheet that no other has, whatever its case."""
    plain, number = title[:_LONGEST_NAME], 2
    made = plain
    while made.lower() in taken:
        made = f"{plain[: _LONGEST_NAME - 3]}_{number}"
        number += 1
    taken.add(made.lower())
    return made


def fitting(text: str) -> str:
    """Return what of a text a cell can hold; a cut one ends with an ellipsis."""
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def _put(page: Worksheet, number: int, row: Any, style: Any = None) -> None:
    """Write a row. A workbook has millions of cells: each goes straight to the writer of its kind.

    What the worksheet finds out about a cell by itself takes it longer than writing it.
    """
    for at, cell in enumerate(row):
        if cell is None:
            continue
        if isinstance(cell, str):
            words = cell if len(cell) <= LONGEST_CELL else fitting(cell)
            page.write_string(number, at, words, style)
        elif isinstance(cell, date):
            page.write_datetime(number, at, cell, style)
        else:
            page.write_number(number, at, cell, style)


def _translations(page: Worksheet, bold: Any, contents: Contents) -> None:
    languages = contents.document.languages
    _put(page, 0, ["text", *languages], bold)
    for number, (place, text) in enumerate(texts_of(contents.document).items(), start=1):
        _put(page, number, [place, *(text.get(language, "") for language in languages)])
