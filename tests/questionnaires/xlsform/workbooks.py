"""Workbooks for tests, made of plain rows."""

import io
from collections.abc import Mapping, Sequence

import xlsxwriter
import xlwt

from engage.questionnaires.xlsform import Imported, read_xlsform

Sheets = Mapping[str, Sequence[Sequence[object]]]
SURVEY = [["type", "name", "label"], ["text", "street", "Your street"]]


def xlsx(sheets: Sheets) -> bytes:
    """Return an .xlsx workbook with these sheets."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value is not None and value != "":
                        sheet.write(number, column, value)
    return made.getvalue()


def xls(sheets: Sheets) -> bytes:
    """Return an .xls workbook with these sheets."""
    book = xlwt.Workbook()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(number, column, value)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def imported(
    survey: Sequence[Sequence[object]],
    choices: Sequence[Sequence[object]] = (),
    settings: Sequence[Sequence[object]] = (),
    language: str = "en",
) -> Imported:
    """Return what comes out of a form with these sheets."""
    sheets = {"survey": survey, "choices": choices, "settings": settings}
    content = xlsx({name: rows for name, rows in sheets.items() if rows})
    return read_xlsform(content, "form.xlsx", language)


def one(cells: Mapping[str, object], *before: Mapping[str, object], **sheets: object) -> Imported:
    """Return what comes out of a form with these rows, written as cells by heading."""
    rows = [*before, cells]
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    made = [headings, *([row.get(heading, "") for heading in headings] for row in rows)]
    return imported(made, **sheets)


def told(found: Sequence[object]) -> list[str]:
    """Return losses, notes or problems as `sheet row column: what | reason`."""
    return [f"{loss.sheet} {loss.row} {loss.column}: {loss.what} | {loss.reason}" for loss in found]


def large_form(questions: int) -> bytes:
    """Return a form of so many questions, a cascade and 3,000 choices in three languages."""
    words = ["label::English (en)", "label::Français (fr)", "label:Arabic"]
    survey: list[list[object]] = [
        ["type", "name", *words, "relevant", "calculation", "choice_filter"]
    ]
    said = ["What?", "Quoi ?", "ماذا؟"]
    survey.append(["select_one part", "q0", *said])
    survey.append(["select_one village", "q1", *said, "", "", "part=${q0}"])
    for number in range(2, questions):
        relevant = f"${{q{number - 1}}} != '' or selected(${{q0}}, 'p1')"
        word = ("integer", "text", "select_multiple part", "calculate")[number % 4]
        rule = f"if(${{q{number - 1}}} > 5, 1, 0)" if word == "calculate" else ""
        survey.append([word, f"q{number}", *said, relevant, rule])
    choices: list[list[object]] = [["list name", "value", *words, "part"]]
    choices += [["part", f"p{number}", *said] for number in range(10)]
    choices += [["village", number, *said, f"p{number % 10}"] for number in range(3_000)]
    return xlsx({"Survey ": survey, "CHOICES": choices})
