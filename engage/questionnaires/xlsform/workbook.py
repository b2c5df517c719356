"""Opens workbooks of any kind people send, judged by content, within limits, running nothing."""

import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from xml.parsers import expat

import openpyxl
import xlrd

from engage.i18n.gettext import s_lazy
from engage.questionnaires.xlsform.cells import cell_text
from engage.questionnaires.xlsform.report import UnreadableError
from engage.questionnaires.xlsform.unworked import unworked_cells, with_unworked

MAX_BYTES = 16 * 1024**2
MAX_UNPACKED = 64 * 1024**2
MAX_PARTS = 2_000
MAX_SHEETS = 100
MAX_CELLS = 500_000
MAX_COLUMNS = 2_000
#: After so many empty rows a sheet is at its end, whatever size it says it has.
EMPTY_ROWS = 10_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
#: BIFF 2 to 4: worksheets older than the container that .xls files use since 1993.
_OLD_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_VBA = "_VBA_PROJECT".encode("utf-16-le")
#: What a form is made of; the other sheets of a form are people's own and may be huge.
SURVEY = ("survey",)
CHOICES = ("choices", "choice")
SETTINGS = ("settings", "setting")
EXTERNAL = ("external_choices", "external choices")
_OF_A_FORM = {*SURVEY, *CHOICES, *SETTINGS, *EXTERNAL}

_NOT_EXCEL = s_lazy("This is not an Excel workbook. Save the form as .xlsx and try again.")
_BROKEN = s_lazy("The file is damaged and cannot be read. Save it again as .xlsx and try again.")
_LOCKED = s_lazy("The file is locked with a password. Save it without a password and try again.")
_TOO_LARGE = s_lazy("The file is too large. A form may have at most 16 MB, or 64 MB unpacked.")
_TOO_MANY = s_lazy("The sheets of this file hold too many cells. Take out what is no part of it.")
_EMPTY = s_lazy("The file is empty.")


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, and the rows that hold anything, by number, as texts."""

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Workbook:
    """The sheets of a file; macros in it are never looked at."""

    sheets: tuple[Sheet, ...]
    has_macros: bool = False


def read_workbook(content: bytes) -> Workbook:
    """Return the sheets of an .xlsx, .xlsm or .xls file; raises UnreadableError for others."""
    if not content:
        raise UnreadableError(_EMPTY)
    if len(content) > MAX_BYTES:
        raise UnreadableError(_TOO_LARGE)
    if content.startswith(_ZIP):
        return _opened(content, _read_zip)
    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise UnreadableError(_LOCKED)
    if content.startswith((_OLE, *_OLD_EXCEL)):
        return _opened(content, _read_xls)
    raise UnreadableError(_NOT_EXCEL)


def _opened(content: bytes, reader: Any) -> Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles, headers and charts nobody asked for
            workbook: Workbook = reader(content)
    except UnreadableError:
        raise
    except Exception as error:
        # Both libraries raise nearly anything on a damaged file: KeyError, struct.error, TypeError.
        raise UnreadableError(_LOCKED if "encrypted" in str(error).lower() else _BROKEN) from error
    return workbook


def _read_zip(content: bytes) -> Workbook:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = _checked_names(archive)
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
    try:
        made = []
        for sheet in book.worksheets:
            # The size a sheet says it has may be a million rows of nothing.
            sheet.reset_dimensions()
            made.append((sheet.title, _xlsx_rows(content, sheet)))
        return Workbook(_sheets(made), has_macros="xl/vbaproject.bin" in names)
    finally:
        book.close()


def _xlsx_rows(content: bytes, sheet: Any) -> Iterator[list[Any]]:
    """Yield the rows of a sheet; formulas without a result are marked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        missing = unworked_cells(archive.read(sheet._worksheet_path.lstrip("/")))
    yield from with_unworked(sheet.iter_rows(values_only=True), missing)


def _checked_names(archive: zipfile.ZipFile) -> set[str]:
    """Return the parts of the file in small letters; raises where it is no workbook or a bomb."""
    parts = archive.infolist()
    names = {part.filename.lower() for part in parts}
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise UnreadableError(_TOO_LARGE)
    if any(part.flag_bits & 0x1 for part in parts):
        raise UnreadableError(_LOCKED)
    if "xl/workbook.xml" not in names:
        raise UnreadableError(_NOT_EXCEL)
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            with archive.open(part) as source:
                _refuse_entities(source)
    return names


class _RootReachedError(Exception):
    """The part that can declare entities is over."""


def _refuse_entities(source: Any) -> None:
    """Raise where a part declares a document type: no spreadsheet does, entity bombs do."""

    def doctype(*_declared: Any) -> None:
        raise UnreadableError(_BROKEN)

    def root(*_element: Any) -> None:
        raise _RootReachedError

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = root
    try:
        while chunk := source.read(4096):
            parser.Parse(chunk, False)
    except _RootReachedError:
        return


def _read_xls(content: bytes) -> Workbook:
    book = xlrd.open_workbook(
        file_contents=content, logfile=io.StringIO(), on_demand=True, ragged_rows=True
    )
    try:
        names = book.sheet_names()
        made = [(name, _xls_rows(book, book.sheet_by_name(name))) for name in names[:MAX_SHEETS]]
        return Workbook(_sheets(made), has_macros=_VBA in content)
    finally:
        book.release_resources()


def _xls_rows(book: Any, sheet: Any) -> Iterator[list[Any]]:
    for number in range(sheet.nrows):
        yield [_xls_value(cell, book.datemode) for cell in sheet.row(number)]


def _xls_value(cell: Any, datemode: int) -> Any:
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#N/A")
    if cell.ctype != xlrd.XL_CELL_DATE:
        return cell.value
    try:
        year, month, day, hour, minute, second = xlrd.xldate_as_tuple(cell.value, datemode)
    except (xlrd.xldate.XLDateError, ValueError):
        return cell.value
    if (year, month, day) == (0, 0, 0):
        return time(hour, minute, second)
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - a cell has no zone


def _sheets(made: Iterable[tuple[str, Iterable[Iterable[Any]]]]) -> tuple[Sheet, ...]:
    """Return the sheets; only those of a form are read where it names them as usual."""
    named = [(plain_name(title), title, values) for title, values in list(made)[:MAX_SHEETS]]
    is_usual = any(name in SURVEY for name, _title, _values in named)
    sheets: list[Sheet] = []
    left = MAX_CELLS
    for name, title, values in named:
        is_wanted = not is_usual or name in _OF_A_FORM
        rows = tuple(_rows(values, left)) if is_wanted else ()
        left -= sum(len(row) for _number, row in rows)
        sheets.append(Sheet(str(title), rows))
    return tuple(sheets)


def plain_name(title: Any) -> str:
    """Return the name of a sheet in small letters, without spaces around it."""
    return cell_text(title).lower()


def _rows(values: Iterable[Iterable[Any]], most: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the rows that hold anything with their numbers; raises where there are too many."""
    empty = 0
    for number, row in enumerate(values, start=1):
        texts = [cell_text(value) for value in row] if any(v is not None for v in row) else []
        while texts and not texts[-1]:
            texts.pop()
        empty = 0 if texts else empty + 1
        if empty > EMPTY_ROWS:
            return
        most -= len(texts)
        if most < 0 or len(texts) > MAX_COLUMNS:
            raise UnreadableError(_TOO_MANY)
        if texts:
            yield number, tuple(texts)
