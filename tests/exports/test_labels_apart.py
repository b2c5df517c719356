"""Z-06 and Z-12: answers are kept by key in every language, and each value has its own words."""

import csv
import io
import json
from datetime import date

import pyreadstat
import pytest
from sqlalchemy import select

from engage.exports.contents import Options
from engage.exports.making import make_export
from engage.extensions import db
from engage.responses.models import Response
from tests.factories.questionnaires import make_round, small_document
from tests.factories.results import make_responses

pytestmark = pytest.mark.sqlite_only

EQUAL = {"sv": "Lika, ord", "ar": "كلمات"}
LISTS = {
    "first": {
        "choices": [
            {"key": "1", "label": {"sv": "Aldrig, eller sällan", "ar": "أبدًا"}},
            {"key": "2", "label": EQUAL},
        ]
    },
    "second": {
        "choices": [
            {"key": "1", "label": {"sv": "Mycket nöjd", "ar": "راضٍ"}},
            {"key": "2", "label": EQUAL},
            {"key": "3", "label": EQUAL},
        ]
    },
}
ITEMS = [
    {"key": "often", "type": "single_choice", "label": EQUAL, "choice_list": "first"},
    {"key": "pleased", "type": "single_choice", "label": EQUAL, "choice_list": "second"},
    {"key": "several", "type": "multiple_choice", "label": EQUAL, "choice_list": "second"},
]
FORMS = [
    {"often": "1", "pleased": "1", "several": ["1", "3"]},
    {"often": "2", "pleased": "3", "several": ["2"]},
]


@pytest.fixture
def round_(app):
    made = make_round(document=small_document(items=ITEMS, choice_lists=LISTS))
    for form, language in zip(FORMS, ("sv", "ar"), strict=True):
        make_responses(made, [form], language=language)
    return made


def export(round_, folder, name):
    target = folder / f"out.{name}"
    options = Options(language="sv")
    return make_export(
        round_, name, options, folder / "home", target, date(2027, 3, 9), lambda *_: None
    ).file


def rows_of(round_, folder, name):
    return list(csv.DictReader(io.StringIO(export(round_, folder, name).read_text("utf-8-sig"))))


def test_z06_answers_are_stored_by_the_keys_of_choices_in_every_language(round_):
    stored = {
        one.language: json.loads(one.document)["answers"]
        for one in db.session.scalars(select(Response))
    }
    assert stored == dict(zip(("sv", "ar"), FORMS, strict=True))


def test_z06_several_answers_are_columns_of_their_own_and_never_joined(round_, tmp_path):
    rows = {row["language"]: row for row in rows_of(round_, tmp_path, "csv")}
    assert [rows["sv"][f"several_{key}"] for key in "123"] == ["1", "0", "1"]
    assert [rows["ar"][f"several_{key}"] for key in "123"] == ["0", "1", "0"]


def test_z12_the_same_value_in_two_questions_has_the_words_of_each(round_, tmp_path):
    text = export(round_, tmp_path, "csv_labels").read_text("utf-8-sig")
    said = next(row for row in csv.reader(io.StringIO(text)) if "Mycket nöjd" in row)
    assert "Aldrig, eller sällan" in said


def test_z12_equal_words_stay_columns_and_values_of_their_own(round_, tmp_path):
    text = export(round_, tmp_path, "csv_labels").read_text("utf-8-sig")
    heads = next(csv.reader(io.StringIO(text)))
    assert heads.count("Lika, ord") == 2
    assert heads.count("Lika, ord – Lika, ord") == 2
    _rows, meta = pyreadstat.read_sav(export(round_, tmp_path, "sav"), output_format="dict")
    assert meta.variable_value_labels["often"][1.0] == "Aldrig, eller sällan"
    assert meta.variable_value_labels["pleased"][1.0] == "Mycket nöjd"
    assert [meta.variable_value_labels["pleased"][at] for at in (2.0, 3.0)] == ["Lika, ord"] * 2
    assert len(set(meta.column_names)) == len(meta.column_names)
