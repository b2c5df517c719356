"""Single answers leave with their weights, where the population figures can be met."""

import csv
import io
import json
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import duckdb
import openpyxl
import pyreadstat
import pytest
from lxml.etree import fromstring

from engage.results.models import PopulationFigures
from tests.exports.test_making import made
from tests.factories import saved
from tests.factories.questionnaires import make_round, make_version, small_document
from tests.factories.results import make_responses

pytestmark = pytest.mark.sqlite_only
ORACLE = json.loads((Path(__file__).parents[1] / "results/oracles/expected.json").read_text())
RAKED = ORACLE["raking"][0]
GROUPS = {"area": ("norra", "sodra", "skalby"), "age": ("young", "middle", "old")}
LISTS = {
    key: {"choices": [{"key": group, "label": {"sv": group, "ar": group}} for group in groups]}
    for key, groups in GROUPS.items()
}


def background(key):
    labels = {"sv": f"Fråga {key}?", "ar": f"سؤال {key}"}
    return {
        "key": key,
        "type": "single_choice",
        "label": labels,
        "choice_list": key,
        "background": True,
    }


@pytest.fixture
def round_(app):
    weight = {"key": "weight", "type": "number", "label": {"sv": "Din vikt?", "ar": "وزن"}}
    items = [background("area"), background("age"), weight]
    round_ = make_round(version=make_version(None, small_document(items=items, choice_lists=LISTS)))
    forms = [{"area": area, "age": age, "weight": "70"} for area, age in RAKED["rows"]]
    make_responses(round_, forms)
    return round_


def put_in_figures(round_, people=None):
    people = people or dict(zip(("area", "age"), RAKED["people"], strict=True))
    given = {"source": "Registret", "as_of": date(2027, 1, 1)}
    saved(PopulationFigures(community_id=round_.community_id, people=people, **given))


def expected():
    """Return how often each weight is there, by the numbers that samplics recorded."""
    weights = RAKED["weights"]
    return Counter((*row, round(weights["|".join(row)], 4)) for row in RAKED["rows"])


def found(rows):
    return Counter((row["area"], row["age"], round(float(row["weight"]), 4)) for row in rows)


def test_every_answer_has_the_weight_of_samplics(round_, tmp_path):
    put_in_figures(round_)
    lines = made(round_, tmp_path, "csv").file.read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(lines)))
    assert list(rows[0])[:6] == ["response", "version", "language", "channel", "day", "weight"]
    assert found(rows) == expected()
    assert sum(float(row["weight"]) for row in rows) == pytest.approx(len(rows))
    assert [row["response"] for row in rows] == sorted(row["response"] for row in rows)
    # A question of that name keeps its answers, in a column of another one.
    own = [name for name in rows[0] if "weight" in name and not name.endswith("missing")]
    assert own == ["weight", "q_weight"]
    assert {row["q_weight"] for row in rows} == {"70"}


def test_json_lines_have_the_same_weights_and_load_again(app, db, round_, tmp_path):
    put_in_figures(round_)
    file = made(round_, tmp_path, "jsonl").file
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert found([{**one["answers"], "weight": one["weight"]} for one in lines]) == expected()
    again = make_round(version=round_.version)
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["responses", "load", again.slug, str(file)])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("language", ["sv", "ar"])
def test_statistics_programs_read_a_number_with_its_label(round_, tmp_path, language):
    put_in_figures(round_)
    for name, read in (("sav", pyreadstat.read_sav), ("stata", pyreadstat.read_dta)):
        cells, meta = read(
            made(round_, tmp_path, name, language=language).file, output_format="dict"
        )
        assert sorted(round(one, 4) for one in cells["weight"]) == sorted(
            weight for *_row, weight in expected().elements()
        )
        assert meta.column_names_to_labels["weight"] == {"sv": "Vikt", "ar": "الوزن"}[language]
        assert meta.readstat_variable_types["weight"] == "double"
    _cells, meta = pyreadstat.read_sav(made(round_, tmp_path, "sav").file, output_format="dict")
    assert meta.variable_measure["weight"] == "scale"


def test_tables_of_every_kind_hold_it_as_a_number(round_, tmp_path):
    put_in_figures(round_)
    columns = duckdb.read_parquet(str(made(round_, tmp_path, "parquet").file))
    assert dict(zip(columns.columns, columns.types, strict=True))["weight"] == "DOUBLE"
    rows = [dict(zip(columns.columns, row, strict=True)) for row in columns.fetchall()]
    assert found(rows) == expected()
    book = openpyxl.load_workbook(made(round_, tmp_path, "xlsx").file)
    heads, *rows = book["data"].iter_rows(values_only=True)
    assert found([dict(zip(heads, row, strict=True)) for row in rows]) == expected()
    about = {row[0]: row[1] for row in book["about"].iter_rows(values_only=True)}
    assert "Fråga area?" in about["Vikt"]


def test_descriptions_say_what_the_weights_are_made_of(round_, tmp_path):
    put_in_figures(round_)
    packed = zipfile.ZipFile(made(round_, tmp_path, "data_package").file)
    fields = json.loads(packed.read("datapackage.json"))["resources"][0]["schema"]["fields"]
    field = next(one for one in fields if one["name"] == "weight")
    assert field["type"] == "number"
    assert "Fråga age?" in field["description"]
    described = fromstring(zipfile.ZipFile(made(round_, tmp_path, "ddi").file).read("ddi.xml"))
    [variable] = described.findall(".//{*}var[@wgt='wgt']")
    assert variable.get("name") == "weight"
    assert "Fråga area?" in variable.findtext("{*}txt")


@pytest.mark.parametrize(
    "people",
    [
        None,
        {"gender": {"woman": 500, "man": 500}},
        {"age": {"young": 400, "middle": 400, "old": 10}},
        {"age": {"young": 40, "middle": 400, "old": 400}, "area": {"norra": 10, "sodra": 830}},
    ],
)
def test_without_figures_that_can_be_met_there_is_no_column(round_, tmp_path, people):
    if people:
        put_in_figures(round_, people)
    assert b"weight," not in made(round_, tmp_path, "csv").file.read_bytes().split(b"q_weight")[0]
    lines = made(round_, tmp_path, "jsonl").file.read_text().splitlines()
    assert "weight" not in json.loads(lines[0])


def test_margins_that_contradict_the_answers_give_no_column_and_no_failure(round_, tmp_path):
    others = make_round(version=round_.version)
    make_responses(others, [{"area": "norra", "age": "old"}] * 20)
    make_responses(others, [{"area": "sodra", "age": "young"}] * 20)
    put_in_figures(
        others, {"area": {"norra": 600, "sodra": 400}, "age": {"young": 700, "old": 300}}
    )
    for name in ("csv", "sav", "xlsx"):
        assert made(others, tmp_path, name).rows == 40
    assert "weight" not in made(others, tmp_path, "csv").file.read_text("utf-8-sig").split("q_")[0]


def test_rows_stay_in_the_order_of_their_keys_when_days_were_added(round_, tmp_path):
    put_in_figures(round_)
    made(round_, tmp_path, "csv")
    make_responses(round_, [{"area": "norra", "age": "old"}] * 30, day=date(2027, 3, 4))
    lines = made(round_, tmp_path, "csv").file.read_text("utf-8-sig")
    keys = [row["response"] for row in csv.DictReader(io.StringIO(lines))]
    assert len(keys) == 90
    assert keys == sorted(keys)
