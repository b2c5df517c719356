"""Stata files, read back by pyreadstat."""

import zipfile
from datetime import date

import pyreadstat
import pytest

from engage.exports.contents import Options
from engage.exports.making import make_export

pytestmark = pytest.mark.sqlite_only


def made(round_, folder, language="sv", **given):
    target, day = folder / "out.dta", date(2027, 3, 9)
    options = Options(language, **given)
    return make_export(round_, "stata", options, folder / "home", target, day, lambda *_: None)


def read(file, **more):
    return pyreadstat.read_dta(file, output_format="dict", **more)


def test_choices_are_numbers_with_words_in_the_language_asked_for(round_, tmp_path):
    for language, question, yes in (("sv", "Har du barn?", "Ja"), ("ar", "هل لديك أطفال؟", "نعم")):
        _cells, meta = read(made(round_, tmp_path, language).file)
        assert meta.column_names_to_labels["children"] == question
        assert meta.variable_value_labels["children"][1] == yes


def test_answers_are_those_of_the_round(round_, tmp_path):
    cells, meta = read(made(round_, tmp_path).file)
    assert sorted(cells["cold"], key=str) == [-12, 100_000, None]
    assert sorted(cells["likes_bad"], key=str) == [1, None, None]
    assert {str(day) for day in cells["since"]} == {"2019-05-04", "None"}
    assert meta.number_rows == 3
    assert all(len(response) == 36 for response in cells["response"])


def test_every_reason_for_no_answer_is_a_missing_value_of_its_own(round_, tmp_path):
    cells, meta = read(made(round_, tmp_path).file, user_missing=True)
    assert sorted(map(str, cells["children"])) == ["1", "2", "d"]
    assert sorted(map(str, cells["likes_bad"])) == ["1", "b", "c"]
    assert "d" in {str(one) for one in cells["cold"]}
    assert meta.variable_value_labels["children"]["d"] == "Vill inte svara"


def test_typed_words_are_cut_where_stata_ends(round_, tmp_path):
    packed = zipfile.ZipFile(made(round_, tmp_path, free_text="apart").file)
    (tmp_path / "texts.dta").write_bytes(packed.read("texts.dta"))
    cells, _meta = read(tmp_path / "texts.dta")
    short, long = sorted(cells["text"], key=len)
    assert short == "=1+1 åäö نعم"
    assert long == "å" * 1_021 + "…"
