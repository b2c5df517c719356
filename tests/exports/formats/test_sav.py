"""SPSS files, read back by pyreadstat and by PSPP as a statistician would open them."""

import os
import re
import shutil
import subprocess
import zipfile
from datetime import date

import pyreadstat
import pytest

from engage.exports.contents import Options
from engage.exports.making import make_export
from engage.exports.statistics.sav_dictionary import eights, segments
from tests.factories.results import make_round_of

pytestmark = pytest.mark.sqlite_only


def made(round_, folder, language="sv", **given):
    options = Options(language, **given)
    target = folder / f"out-{language}.sav"
    day = date(2027, 3, 9)
    return make_export(round_, "sav", options, folder / "home", target, day, lambda *_: None)


def read(file, **more):
    return pyreadstat.read_sav(file, output_format="dict", **more)


def by_cold(round_, folder, **more):
    """Return name → cells, of the cold, the silent and the warm."""
    cells, meta = read(made(round_, folder).file, **more)
    order = sorted(range(3), key=lambda at: cells["cold"][at] or 0)
    return {name: [values[at] for at in order] for name, values in cells.items()}, meta


def test_choices_are_numbers_with_words_in_the_language_asked_for(round_, tmp_path):
    for language, yes, step in (("sv", "Ja", "Steg good"), ("ar", "نعم", "خطوة good")):
        _cells, meta = read(made(round_, tmp_path, language).file)
        assert meta.variable_value_labels["children"][1.0] == yes
        assert meta.variable_value_labels["well"][3.0] == step
    assert meta.column_names_to_labels["children"] == "هل لديك أطفال؟"


def test_every_reason_for_no_answer_is_a_declared_missing_value(round_, tmp_path):
    cells, meta = by_cold(round_, tmp_path, user_missing=True)
    silent = cells["cold"].index(-999_999_999_996)
    assert cells["children"][silent] == -96
    assert meta.variable_value_labels["children"][-96.0] == "Vill inte svara"
    assert cells["how_many"][silent] == -999_999_999_999
    assert cells["likes_bad"][silent] == cells["likes_good"][silent] == -97
    assert cells["well"][silent] == -98
    assert meta.missing_ranges["children"] == [{"lo": -99.0, "hi": -96.0}]
    assert "children_missing" not in cells
    assert "since_missing" in cells


def test_without_them_only_answers_are_left(round_, tmp_path):
    cells, _meta = by_cold(round_, tmp_path)
    assert sorted(cells["cold"], key=lambda one: one or 0) == [-12, None, 100_000]
    assert {str(one) for one in cells["since"]} == {"2019-05-04", "None"}
    assert sorted(cells["likes_bad"], key=str) == [1, None, None]


def test_measures_follow_from_the_questionnaire(round_, tmp_path):
    _cells, meta = read(made(round_, tmp_path).file)
    levels = [meta.variable_measure[one] for one in ("children", "well", "cold", "since")]
    assert levels == ["nominal", "ordinal", "scale", "scale"]


def test_several_choices_are_a_multiple_response_set(round_, tmp_path):
    _cells, meta = read(made(round_, tmp_path).file)
    found = meta.mr_sets["likes"]
    assert (found["counted_value"], found["label"]) == (1, "Vad är bra på torget?")
    assert found["variable_list"] == ["likes_bad", "likes_so_so", "likes_good"]


def test_typed_words_are_whole_up_to_what_spss_holds(round_, tmp_path):
    """32,768 characters are twice what fits: the cut is seen, and no character is halved."""
    packed = zipfile.ZipFile(made(round_, tmp_path, free_text="apart").file)
    assert packed.namelist() == ["answers.sav", "texts.sav"]
    (tmp_path / "texts.sav").write_bytes(packed.read("texts.sav"))
    cells, _meta = read(tmp_path / "texts.sav")
    short, long = sorted(cells["text"], key=len)
    assert short == "=1+1 åäö نعم"
    assert long == "å" * ((32_767 - 3) // 2) + "…"


def test_z13_types_and_widths_are_those_of_the_questionnaire(round_, tmp_path):
    _cells, full = read(made(round_, tmp_path).file)
    empty = make_round_of(round_.version.document)
    _cells, none = read(made(empty, tmp_path, "ar").file)
    assert none.original_variable_types == full.original_variable_types
    assert none.variable_measure == full.variable_measure


def test_the_pieces_of_a_long_text_are_those_that_pspp_knows():
    assert segments(255) == [255]
    assert segments(256) == [255, 4]
    assert len(segments(32_767)) == 131
    assert eights(256) == 33


def pspp(*lines):
    program = shutil.which("pspp")
    if program is None:
        assert not os.environ.get("CI"), "PSPP is missing: apt-get install pspp"
        pytest.skip("PSPP is not installed")
    done = subprocess.run(
        [program, "-b", "-O", "format=csv", "-"],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "warning" not in (done.stdout + done.stderr).lower()
    return done.stdout


def test_pspp_counts_what_was_answered(round_, tmp_path):
    file = made(round_, tmp_path, "sv", free_text="beside", mask=False).file
    told = pspp(
        f"GET FILE='{file}'.",
        "FREQUENCIES /VARIABLES=children likes_good.",
        "DESCRIPTIVES /VARIABLES=cold.",
        "MRSETS /DISPLAY NAME=ALL.",
        "LIST /VARIABLES=wish since.",
    )
    assert "Har du barn?" in told
    assert "Vill inte svara" in told
    assert "Vad är bra på torget?" in told
    assert "=1+1 åäö نعم" in told
    assert "2019/05/04" in told
    assert re.search(r"Hur kallt\?,2,.*-12.*,100000", told)
