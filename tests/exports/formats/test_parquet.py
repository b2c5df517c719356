"""Parquet files: typed, explained inside, and no larger than they must be."""

import json
import zipfile
from datetime import date

import duckdb
import pytest

from engage.exports.contents import Options
from engage.exports.making import make_export

pytestmark = pytest.mark.sqlite_only


def made(round_, folder, **given):
    target, day = folder / "out.parquet", date(2027, 3, 9)
    options = Options("sv", **given)
    return make_export(round_, "parquet", options, folder / "home", target, day, lambda *_: None)


def rows(file, what="*"):
    return duckdb.sql(f"SELECT {what} FROM read_parquet('{file}')").fetchall()


def types(file):
    return {
        row[0]: row[1] for row in duckdb.sql(f"DESCRIBE FROM read_parquet('{file}')").fetchall()
    }


def test_columns_have_the_types_of_the_questionnaire(round_, tmp_path):
    """Z-13."""
    found = types(made(round_, tmp_path).file)
    wanted = {"children": "VARCHAR", "cold": "BIGINT", "since": "DATE", "likes_bad": "TINYINT"}
    assert {name: found[name] for name in wanted} == wanted
    assert "wish" not in found


def test_answers_and_reasons_stand_apart(round_, tmp_path):
    file = made(round_, tmp_path).file
    told = rows(file, "children, children_missing, cold, CAST(since AS VARCHAR)")
    assert sorted(told, key=str) == [
        ("no", None, 100_000, None),
        ("yes", None, -12, "2019-05-04"),
        (None, "prefer_not", None, None),
    ]


def test_the_codebook_is_inside(round_, tmp_path):
    file = made(round_, tmp_path).file
    found = duckdb.sql(f"SELECT value FROM parquet_kv_metadata('{file}')").fetchall()
    schema = json.loads(found[0][0])
    children = next(one for one in schema["fields"] if one["name"] == "children")
    assert children["labels"]["ar"] == "هل لديك أطفال؟"
    assert children["categories"][0] == {
        "value": "yes",
        "label": "Ja",
        "labels": {"sv": "Ja", "ar": "نعم"},
    }


@pytest.mark.parametrize("free_text", ["apart", "beside"])
def test_typed_words_are_whole_and_looked_through(round_, tmp_path, free_text):
    file = made(round_, tmp_path, free_text=free_text).file
    if free_text == "apart":
        zipfile.ZipFile(file).extractall(tmp_path)
        found = [text for _question, text in rows(tmp_path / "texts.parquet")]
    else:
        assert types(file)["cold"] == "BIGINT"
        found = [text for row in rows(file, "wish, story") for text in row if text]
    assert sorted(map(len, found)) == [12, 32_768]


def test_tables_of_figures_fit_too(round_, tmp_path):
    found = types(made(round_, tmp_path, what="tables").file)
    assert found["value"] == "DOUBLE"
