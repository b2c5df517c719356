"""The columns of our own: exact while nothing was changed, and never stronger than the author."""

import io

import openpyxl
import pytest

from engage.questionnaires.document import Document
from engage.questionnaires.rebuilding import remade
from engage.questionnaires.xlsform import read_xlsform, write_xlsform
from tests.questionnaires.xlsform.workbooks import imported, told

DOCUMENT = Document.model_validate(
    {
        "title": {"sv": "Enkät"},
        "languages": ["sv"],
        "choice_lists": {"l": {"choices": [{"key": "a", "label": {"sv": " A "}}]}},
        "items": [
            {
                "key": "q",
                "type": "single_choice",
                "choice_list": "l",
                "label": {"sv": "**Fråga**"},
                "why": {"sv": "Därför"},
                "easy": {"sv": "Lätt"},
                "prefer_not": True,
                "background": True,
                "export_name": "Q1",
            }
        ],
    }
)


def _cells(content, sheet):
    rows = list(openpyxl.load_workbook(io.BytesIO(content))[sheet].iter_rows(values_only=True))
    return [dict(zip(rows[0], row, strict=False)) for row in rows[1:]]


def _changed(content, sheet, heading, value, row=2):
    book = openpyxl.load_workbook(io.BytesIO(content))
    headings = [cell.value for cell in book[sheet][1]]
    book[sheet].cell(row, headings.index(heading) + 1).value = value
    made = io.BytesIO()
    book.save(made)
    return read_xlsform(made.getvalue(), "form.xlsx", "sv")


def test_what_xlsform_lacks_has_columns_people_can_read():
    (row,) = _cells(write_xlsform(DOCUMENT), "survey")
    assert row["type"] == "select_one l"
    assert row["engage::why::Svenska (sv)"] == "Därför"
    assert row["engage::easy::Svenska (sv)"] == "Lätt"
    assert row["engage::prefer_not"] == "yes"
    assert row["engage::export_name"] == "Q1"
    assert "engage::type" not in row


def test_what_comes_back_the_same_anyway_has_no_exact_form():
    plain = remade(DOCUMENT, choice_lists={}, items=())
    assert "engage::exact" not in _cells(write_xlsform(plain), "settings")[0]


def test_who_changes_the_form_is_believed_over_the_exact_form():
    content = write_xlsform(DOCUMENT)
    assert read_xlsform(content, "f.xlsx", "sv").document == DOCUMENT
    found = _changed(content, "survey", "label::Svenska (sv)", "En ny fråga")
    assert found.document.questions["q"].label == {"sv": "En ny fråga"}
    assert "It was changed here" in " ".join(told(found.notes))
    found = _changed(content, "choices", "label::Svenska (sv)", "B")
    assert found.document.choice_lists["l"].choices[0].label == {"sv": "B"}


@pytest.mark.parametrize(
    "exact",
    [
        "nonsense",
        "[]",
        '{"label": 5}',
        '{"label": ["x", {}]}',
        '{"key": ["5feceb66ffc8", "no key!"]}',
        '{"__class__": ["x", 1]}',
        "[" * 5_000,
    ],
)
def test_what_is_no_exact_form_is_passed_over(exact):
    rows = [["type", "name", "label", "engage::exact"], ["text", "a", "A", exact]]
    assert imported(rows).document.questions["a"].label == {"en": "A"}


def test_an_empty_draft_comes_back():
    empty = remade(DOCUMENT, choice_lists={}, items=())
    assert read_xlsform(write_xlsform(empty), "f.xlsx", "sv").document == empty


def test_types_and_settings_may_be_written_by_hand():
    rows = [
        ["type", "name", "label", "engage::type", "engage::settings", "engage::dont_know"],
        ["text", "a", "A", "number", '{"decimals": 2}', "yes"],
        ["text", "b", "B", "no such type", "", ""],
    ]
    found = imported(rows[:2])
    assert found.document.questions["a"].type == "number"
    assert found.document.questions["a"].settings == {"decimals": 2}
    assert found.document.questions["a"].dont_know
    assert "no type of question called “no such type”" in told(imported(rows).problems)[0]


def test_pictures_are_kept_by_name_and_left_out_where_they_are_not():
    picture = "a" * 64
    document = remade(DOCUMENT, items=(remade(DOCUMENT.items[0], image=picture),))
    assert read_xlsform(write_xlsform(document), "f.xlsx", "sv").document == document
