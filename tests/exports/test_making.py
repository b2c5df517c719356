"""What export files hold, read back with other programs than those that wrote them."""

import csv
import io
import json
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.exports.contents import Options
from engage.exports.making import Made, make_export
from engage.exports.neutral import without_formula
from engage.questionnaires.document import Document
from engage.responses.models import Round
from engage.results.table.engine import literal
from tests.factories.questionnaires import SMALL, make_round, small_document
from tests.factories.results import make_response, make_responses, make_round_of

FORMULA = '=HYPERLINK("#Sheet1","click")'
TODAY = date(2027, 3, 9)
#: What may stand unseen before the sign that begins a formula.
BEFORE = ("", " ", "\u00a0", "\ufeff", "\u200b \ufeff", "\n")


def made(round_: Round, folder: Path, format_name: str, **given: Any) -> Made:
    options = Options(**{"language": round_.languages[0], **given})
    home, target = folder / "home", folder / f"out.{format_name}"
    return make_export(round_, format_name, options, home, target, TODAY, lambda *_: None)


def rows_of(text: bytes) -> list[list[str]]:
    assert text.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))


def with_family() -> Document:
    family = {
        "kind": "repeat",
        "key": "kids",
        "title": {"sv": "Barn", "ar": "طفل"},
        "items": [{"key": "age", "type": "number", "label": {"sv": "Ålder", "ar": "العمر"}}],
    }
    several = {
        "key": "likes",
        "type": "multiple_choice",
        "label": {"sv": "Vad är bra?", "ar": "ما الجيد؟"},
        "choice_list": "yes_no",
        "dont_know": True,
    }
    return Document.model_validate({**SMALL, "items": [*SMALL["items"], several, family]})


@pytest.fixture
def round_(app: object) -> Round:
    return make_round()


def test_codes_are_choice_keys_and_reasons_stand_apart(round_: Round, tmp_path: Path) -> None:
    make_response(round_, {"children": "yes", "how_many": "2"})
    make_response(round_, {"children": "~prefer_not"})
    heading, *rows = rows_of(made(round_, tmp_path, "csv").file.read_bytes())
    found = [dict(zip(heading, row, strict=True)) for row in rows]
    told = sorted(
        (one["children"], one["children_missing"], one["how_many_missing"]) for one in found
    )
    assert told == [("", "prefer_not", "not_asked"), ("yes", "", "")]
    assert [row["response"] for row in found] == sorted(row["response"] for row in found)


def test_labels_are_in_the_language_asked_for(round_: Round, tmp_path: Path) -> None:
    make_response(round_, {"children": "no"})
    heading, row = rows_of(made(round_, tmp_path, "csv_labels", language="ar").file.read_bytes())
    assert row[heading.index("هل لديك أطفال؟")] == "لا"


def test_a_formula_is_text_everywhere_s11_x29(round_: Round, tmp_path: Path) -> None:
    """Z-05."""
    for typed in (FORMULA, "\u200b+1+1", "＝1+1", "@SUM(A1)", "-2+3"):
        make_response(round_, {"children": "no", "wish": typed})
    packed = zipfile.ZipFile(made(round_, tmp_path, "csv", free_text="apart").file)
    texts = [row[1] for row in rows_of(packed.read("texts.csv"))[1:]]
    assert len(texts) == 5
    assert all(text.startswith("'") for text in texts)
    book = openpyxl.load_workbook(made(round_, tmp_path, "xlsx", free_text="apart").file)
    cells = [cell for row in book["texts"].iter_rows(min_row=2) for cell in row]
    assert FORMULA in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} == {"s"}


@given(st.sampled_from("=+-@\t\r＝＋－＠\u2212"), st.text(max_size=8), st.sampled_from(BEFORE))
def test_x29_nothing_that_begins_a_formula_is_left_to_calculate(sign, rest, before):
    """Also after spaces and marks that are not seen; what is a number stays one."""
    text = f"{before}{sign}{rest}"
    made = without_formula(text)
    assert made == f"'{text}" or re.fullmatch(r"-[0-9]+([.,][0-9]+)?\n?", text)
    assert without_formula(made) == made


def test_x29_the_workbook_has_no_formula_in_any_sheet(app: object, tmp_path: Path) -> None:
    """Looked for in the file itself, as a spreadsheet program reads it."""
    document = small_document(title={"sv": FORMULA, "ar": "=1+1"})
    round_ = make_round_of(document, name={"sv": "=2+2", "ar": "@x"})
    make_response(round_, {"children": "no", "wish": "=3+3"})
    book = zipfile.ZipFile(made(round_, tmp_path, "xlsx", free_text="apart").file)
    sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/")]
    assert len(sheets) > 3
    assert not [name for name in sheets if re.search(rb"<f[ >]", book.read(name))]


@pytest.mark.parametrize("name", ["csv", "csv_labels", "xlsx", "jsonl"])
def test_x28_marks_that_turn_text_round_are_put_out_of_action(
    round_: Round, tmp_path: Path, name: str
) -> None:
    """Trojan-source tricks end at the door; what Persian needs between letters stays."""
    make_response(round_, {"children": "no", "wish": "abc\u202egnp\u2066 می\u200cخواهم"})
    told = made(round_, tmp_path, name, free_text="apart").file.read_bytes()
    packed = zipfile.ZipFile(io.BytesIO(told))
    text = "".join(packed.read(one).decode("utf-8", "replace") for one in packed.namelist())
    text = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)
    assert "\u202e" not in text
    assert "\u2066" not in text
    assert "می\u200cخواهم" in text


def test_negative_numbers_stay_numbers_x29(app: object, tmp_path: Path) -> None:
    cold = {"key": "cold", "type": "number", "label": {"sv": "Kallt", "ar": "برد"}}
    round_ = make_round_of(small_document(items=[cold]))
    make_response(round_, {"cold": "-12"})
    heading, row = rows_of(made(round_, tmp_path, "csv").file.read_bytes())
    assert row[heading.index("cold")] == "-12"
    book = openpyxl.load_workbook(made(round_, tmp_path, "xlsx").file)
    assert book["data"].cell(2, heading.index("cold") + 1).value == -12


def test_typed_words_are_left_out_unless_asked_for_s10(round_: Round, tmp_path: Path) -> None:
    make_response(round_, {"children": "no", "wish": "En park"})
    for name in ("csv", "csv_labels", "jsonl"):
        assert "En park" not in made(round_, tmp_path, name).file.read_text("utf-8-sig")


def test_typed_words_stand_apart_and_say_nothing_else_p36(round_: Round, tmp_path: Path) -> None:
    make_response(round_, {"children": "yes", "how_many": "3", "wish": "En park"})
    packed = zipfile.ZipFile(made(round_, tmp_path, "jsonl", free_text="apart").file)
    assert b"En park" not in packed.read("answers.jsonl")
    assert json.loads(packed.read("texts.jsonl")) == {"question": "wish", "text": "En park"}


def test_identity_numbers_are_blacked_out_p35(round_: Round, tmp_path: Path) -> None:
    make_response(round_, {"children": "no", "wish": "Ring 070-123 45 67, 811228-9874"})
    packed = zipfile.ZipFile(made(round_, tmp_path, "csv", free_text="apart").file)
    text = packed.read("texts.csv").decode()
    assert "070-123" not in text
    assert "811228" not in text
    assert "█" in text


def test_several_choices_are_a_column_each_and_entries_a_table(app: object, tmp_path: Path) -> None:
    round_ = make_round_of(with_family())
    make_response(
        round_, {"children": "no", "likes": ["yes"], "kids.1.age": "4", "kids.2.age": "9"}
    )
    packed = zipfile.ZipFile(made(round_, tmp_path, "csv").file)
    heading, row = rows_of(packed.read("answers.csv"))
    assert (row[heading.index("likes_yes")], row[heading.index("likes_no")]) == ("1", "0")
    _, *entries = rows_of(packed.read("kids.csv"))
    assert [(entry[0], entry[1], entry[2]) for entry in entries] == [
        (row[0], "1", "4"),
        (row[0], "2", "9"),
    ]


def test_the_workbook_explains_itself_s12(app: object, tmp_path: Path) -> None:
    round_ = make_round_of(with_family())
    make_response(round_, {"children": "no"})
    book = openpyxl.load_workbook(made(round_, tmp_path, "xlsx").file)
    assert book.sheetnames == ["data", "kids", "about", "codebook", "translations"]
    codes = [[cell.value for cell in row] for row in book["codebook"].iter_rows(min_row=2)]
    assert ["", "children", None, None, None, "yes", "Ja", "نعم"] in [
        [value if value is not None or at else "" for at, value in enumerate(row)] for row in codes
    ]
    texts = [[cell.value for cell in row] for row in book["translations"].iter_rows()]
    assert ["question.children.label", "Har du barn?", "هل لديك أطفال؟"] in texts


def test_a_day_with_few_answers_is_told_as_its_week(round_: Round, tmp_path: Path) -> None:
    make_responses(round_, [{"children": "no"}] * 5, day=date(2027, 3, 2))
    make_response(round_, {"children": "no"}, day=date(2027, 3, 3))
    heading, *rows = rows_of(made(round_, tmp_path, "csv").file.read_bytes())
    days = sorted({row[heading.index("day")] for row in rows})
    assert days == ["2027-03-02", "2027-W09"]


def test_json_lines_are_what_is_stored(app: object, tmp_path: Path) -> None:
    round_ = make_round_of(with_family())
    make_response(round_, {"children": "yes", "how_many": "2", "kids.1.age": "4"})
    line = json.loads(made(round_, tmp_path, "jsonl").file.read_text())
    assert line["answers"]["kids"] == [{"answers": {"age": 4}}]
    assert line["missing"] == {"wish": "skipped", "likes": "skipped"}
    assert line["version"] == 1


def test_nothing_half_written_is_left(
    round_: Round, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_response(round_, {"children": "no"})

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("engage.exports.delimited._copy", full)
    with pytest.raises(OSError, match="No space"):
        made(round_, tmp_path, "csv")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["home", "instance"]


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_a_disk_the_engine_cannot_write_is_told_like_one_we_cannot(
    round_: Round, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    make_response(round_, {"children": "no"})
    for module in ("delimited", "sheet_rows"):
        monkeypatch.setattr(f"engage.exports.{module}.literal", _into_no_folder)
    with pytest.raises(OSError, match="Cannot open"):
        made(round_, tmp_path, name)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["home", "instance"]


def _into_no_folder(words: str) -> str:
    return literal(f"{words}/nowhere" if words.endswith(".rows") else words)


def test_the_name_of_the_file_says_the_rule_s10(round_: Round, tmp_path: Path) -> None:
    make_response(round_, {"children": "no"})
    name = made(round_, tmp_path, "csv").name
    assert name == f"{round_.slug}_{round_.questionnaire.key}_k5_2027-03-09.csv"
