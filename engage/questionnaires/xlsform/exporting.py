"""Writes a document as a workbook in XLSForm's manner, from which the same document is read."""

import io
from collections.abc import Iterable, Iterator

import xlsxwriter
from pydantic import BaseModel

from engage.questionnaires.document import Document, Item, Question, walk
from engage.questionnaires.xlsform.build import Builder
from engage.questionnaires.xlsform.cells import words
from engage.questionnaires.xlsform.exact import differing
from engage.questionnaires.xlsform.extras import LONGEST_CELL
from engage.questionnaires.xlsform.form import read_form
from engage.questionnaires.xlsform.headings import OWN
from engage.questionnaires.xlsform.names import walk_drafts
from engage.questionnaires.xlsform.reading import read_rows
from engage.questionnaires.xlsform.report import Report
from engage.questionnaires.xlsform.rows import Cells, Rows, Written, as_json
from engage.questionnaires.xlsform.workbook import read_workbook

#: Columns in the order people know them; the others follow as they come.
_USUAL = ("type", "name", "label", "hint", "required", "relevant", "constraint", "calculation")
_ALWAYS = {"type", "name", "list_name"}
_USUAL_OF_CHOICES = ("list_name", "name", "label")


def write_xlsform(document: Document, form_id: str = "questionnaire") -> bytes:
    """Return the workbook; reading it gives an equal document.

    It is read once to see what the usual columns alone would give; what comes out differently is
    put beside it exactly.
    """
    rows = Rows(document, form_id, as_is=not document.items)
    builder = _read_back(_workbook(rows))
    if not _is_same_shape(rows, builder):
        rows = Rows(document, form_id, as_is=True)
        builder = _read_back(_workbook(rows))
    _add_exact(rows, builder)
    return _workbook(rows)


def _read_back(content: bytes) -> Builder:
    report = Report()
    form = read_form(read_workbook(content), report, "en", {})
    return read_rows(form, report, "")


def _is_same_shape(rows: Rows, builder: Builder) -> bool:
    """Say whether every row came back in its place."""
    drafts = walk_drafts(builder.tree.drafts)
    items = list(_numbered(rows.survey))
    if [draft.row.number for draft in drafts] != [number for number, _of in items]:
        return False
    if [len(draft.around()) for draft in drafts] != list(_depths(rows.document.items)):
        return False
    lists = {name: len(listed.choices) for name, listed in rows.document.choice_lists.items()}
    return lists == {name: len(listed.choices) for name, listed in builder.lists.items()}


def _depths(items: Iterable[Item], depth: int = 0) -> Iterator[int]:
    """Yield in how many parts each item stands, in order."""
    for item in items:
        yield depth
        if not isinstance(item, Question):
            yield from _depths(item.items, depth + 1)


def _numbered(written: Iterable[Written]) -> Iterator[tuple[int, BaseModel]]:
    """Yield the rows that are of something, by the number they have in the sheet."""
    for number, row in enumerate(written, start=2):
        if row.of is not None:
            yield number, row.of


def _add_exact(rows: Rows, builder: Builder) -> None:
    """Put into each row what reading it would get otherwise."""
    document = builder.document()
    read = [item for item, _repeats in walk(document.items)]
    own = [row for row in rows.survey if row.of is not None]
    for row, got in zip(own, read, strict=True):
        _put_exact(row.cells, "::", got, row.of)
    by_list = [choice for listed in document.choice_lists.values() for choice in listed.choices]
    own = [row for row in rows.choices if row.of is not None]
    for row, choice in zip(own, by_list, strict=True):
        _put_exact(row.cells, "_", choice, row.of)
    _put_exact(rows.settings.cells, "::", document, rows.document)


def _put_exact(cells: Cells, sign: str, got: BaseModel, real: BaseModel | None) -> None:
    found = differing(got, real) if real is not None else {}
    if not found:
        return
    content = as_json(found)
    for number, start in enumerate(range(0, len(content), LONGEST_CELL), start=1):
        heading = f"{OWN}{sign}exact{number if number > 1 else ''}"
        cells[heading] = content[start : start + LONGEST_CELL]


def _workbook(rows: Rows) -> bytes:
    made = io.BytesIO()
    settings = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(made, settings) as book:
        _sheet(book, "survey", [row.cells for row in rows.survey], _USUAL)
        _sheet(book, "choices", [row.cells for row in rows.choices], _USUAL_OF_CHOICES)
        _sheet(book, "settings", [rows.settings.cells], ("form_title", "form_id"))
    return made.getvalue()


def _sheet(book: xlsxwriter.Workbook, name: str, rows: list[Cells], usual: tuple[str, ...]) -> None:
    """Write one sheet: headings that stay in sight, columns that hold any, every cell a text."""
    used = {heading for cells in rows for heading, content in cells.items() if content}
    used |= set(usual) & _ALWAYS
    order = {heading: index for index, heading in enumerate(usual)}
    come = dict.fromkeys([*usual, *(heading for cells in rows for heading in cells)])
    headings = [heading for heading in come if heading in used]
    headings.sort(key=lambda heading: order.get(heading.split("::")[0], len(usual)))
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    for column, heading in enumerate(headings):
        is_words = "label" in heading or "hint" in heading
        sheet.set_column(column, column, 40 if is_words else 18, wrapped if is_words else None)
        sheet.write_string(0, column, heading, bold)
        for number, cells in enumerate(rows, start=1):
            content = words(cells.get(heading, ""))[:LONGEST_CELL]
            if content:
                sheet.write_string(number, column, content)
