"""Data packages, checked by the program that the standard comes with."""

import json
import zipfile
from datetime import date

import pytest
from frictionless import Package, system

from engage.exports.contents import Options
from engage.exports.making import make_export

pytestmark = pytest.mark.sqlite_only


def made(round_, folder, **given):
    target, day = folder / "out.zip", date(2027, 3, 9)
    options = Options("ar", **given)
    make_export(round_, "data_package", options, folder / "home", target, day, lambda *_: None)
    zipfile.ZipFile(target).extractall(folder / "package")
    return folder / "package" / "datapackage.json"


@pytest.mark.parametrize(
    "given",
    [{}, {"free_text": "apart"}, {"free_text": "beside", "mask": False}, {"what": "tables"}],
    ids=str,
)
def test_frictionless_finds_every_row_as_described(round_, tmp_path, given):
    described = made(round_, tmp_path, codebook=True, **given)
    with system.use_context(trusted=True):
        report = Package(str(described)).validate()
    assert report.valid, report.flatten(["type", "note"])
    assert report.stats["tasks"] >= 1


def test_rows_are_those_of_the_round(round_, tmp_path):
    with system.use_context(trusted=True):
        answers = Package(str(made(round_, tmp_path))).get_resource("answers").read_rows()
    found = sorted((row["children"] or "", row["cold"] or 0, row["likes_bad"]) for row in answers)
    assert found == [("", 0, None), ("no", 100_000, None), ("yes", -12, 1)]
    assert date(2019, 5, 4) in {row["since"] for row in answers}


def test_words_are_there_in_every_language(round_, tmp_path):
    schema = json.loads(made(round_, tmp_path).read_text())["resources"][0]["schema"]
    children = next(field for field in schema["fields"] if field["name"] == "children")
    assert children["title"] == "هل لديك أطفال؟"
    assert children["labels"]["sv"] == "Har du barn?"
    assert children["constraints"]["enum"] == ["yes", "no"]
