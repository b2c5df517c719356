"""Tables of figures leave through the same door as the pages of results."""

import csv
import io
import json
from datetime import date

import openpyxl
import pytest

from engage.exports.contents import Options
from engage.exports.figures import protection
from engage.exports.making import make_export
from tests.factories.communities import make_community
from tests.factories.results import make_stored_responses
from tests.results.rounds import make_answered_round

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def round_(app):
    made = make_answered_round(make_community(), number=0)
    rows = [{"answers": {"first": "work"}}] * 50 + [{"answers": {"first": "safety"}}] * 30
    make_stored_responses(made, rows + [{"answers": {"first": "park"}}] * 3)
    return made


def tables(round_, folder, name):
    options = Options("sv", what="tables")
    home, target = folder / "home", folder / "out"
    make_export(round_, name, options, home, target, date(2027, 3, 9), lambda *_: None)
    return target


def as_rows(file):
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))


def test_small_numbers_are_in_no_file_of_tables(round_, tmp_path):
    rows = [r for r in as_rows(tables(round_, tmp_path, "csv")) if r["question"] == "first"]
    told = {(r["row"], r["measure"]): (r["value"], bool(r["hidden"])) for r in rows}
    assert told["work", "percent"] == ("60.0", False)
    assert told["work", "people_about"] == ("50.0", False)
    assert told["park", "people_about"] == told["safety", "people_about"] == ("", True)
    assert told["park", "percent"] == ("", True)


def test_no_single_answer_is_in_a_file_of_tables(round_, tmp_path):
    for name in ("csv", "csv_labels", "jsonl", "xlsx"):
        made = tables(round_, tmp_path, name)
        if name == "xlsx":
            book = openpyxl.load_workbook(io.BytesIO(made.read_bytes()))
            assert book.sheetnames[0] == "tables"
            assert book["tables"].max_row < 200
        else:
            assert b"2027-" not in made.read_bytes()


def test_json_lines_of_tables_are_one_figure_each(round_, tmp_path):
    lines = tables(round_, tmp_path, "jsonl").read_text(encoding="utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    assert {"question", "row", "measure", "value", "hidden"} <= found[0].keys()
    hidden = [one for one in found if one["row"] == "park"]
    assert all(one["value"] is None and one["hidden"] for one in hidden)


def test_the_page_says_what_tables_would_hold(round_, tmp_path):
    found = protection(round_, tmp_path / "home")
    assert found.smallest == 50
    assert found.hidden >= 2


def test_too_few_answers_give_a_table_of_nothing(app, tmp_path):
    made = make_answered_round(make_community(), number=3)
    assert as_rows(tables(made, tmp_path, "csv")) == []
