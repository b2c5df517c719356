"""Exports of all rounds of a questionnaire: the same in every form, the strictest rule for all."""

import csv
import io
import json
import zipfile
from collections import Counter
from datetime import date

import duckdb
import openpyxl
import pyreadstat
import pytest

from engage.exports.contents import Options
from engage.exports.formats import FORMATS
from engage.exports.making import make_export
from engage.extensions import db
from tests.factories.communities import make_community
from tests.factories.questionnaires import NOW, make_round, small_document
from tests.factories.results import make_responses, make_stored_responses
from tests.factories.versions import make_rounds, make_versions
from tests.results.rounds import LISTS
from tests.results.two_versions import earlier, earlier_forms, later, later_forms, question

TODAY = date(2027, 3, 9)
COLUMNS = {"round", "years", "new_trams", "needs_trams", "needs_work"}
HEADINGS = {
    "Omgång": "round",
    "Fråga years?": "years",
    "Ny – Spårvagn": "new_trams",
    "Fråga needs? – Spårvagn": "needs_trams",
    "Fråga needs? – Work": "needs_work",
}


@pytest.fixture
def rounds(app):
    made = make_rounds(earlier(), later(), name={"sv": "Våren", "ar": "الربيع"})
    make_responses(made[0], earlier_forms(6))
    make_responses(made[1], later_forms(7))
    return made


def export(round_, folder, name, **given):
    options = Options("sv", **{"all_rounds": True, **given})
    home, target = folder / "home", folder / f"out.{name}"
    return make_export(round_, name, options, home, target, TODAY, lambda *_: None)


def packed(made, ending):
    """Return the bytes of the answers, which lie beside the entries of the repeat."""
    with zipfile.ZipFile(made.file) as folder:
        assert f"kids.{ending}" in folder.namelist()
        return folder.read(f"answers.{ending}")


def from_csv(made):
    text = packed(made, "csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def from_labels(made):
    return [{HEADINGS.get(key, key): v for key, v in row.items()} for row in from_csv(made)]


def from_workbook(made):
    head, *rows = openpyxl.load_workbook(made.file)["data"].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def from_statistics(made):
    ending = made.file.suffix.removeprefix(".").replace("stata", "dta")
    inside = made.file.with_name(f"read.{ending}")
    inside.write_bytes(packed(made, ending))
    read = {"sav": pyreadstat.read_sav, "dta": pyreadstat.read_dta}[ending]
    cells, meta = read(str(inside), output_format="dict")
    assert meta.column_names[0] == "round"
    assert meta.column_names_to_labels["round"] == "Omgång"
    assert "round" not in meta.variable_value_labels
    return [dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)]


def from_parquet(made):
    inside = made.file.with_name("read.parquet")
    inside.write_bytes(packed(made, "parquet"))
    found = duckdb.sql(f"FROM read_parquet('{inside}')")
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def from_lines(made):
    for line in made.file.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        answers = told["answers"]
        needs = answers.get("needs")
        yield {
            "round": told["round"],
            "years": answers.get("years"),
            "new_trams": "trams" in answers["new"] if "new" in answers else None,
            "needs_trams": "trams" in needs if needs is not None else None,
            "needs_work": "work" in needs if needs is not None else None,
        }


READERS = {
    "csv": from_csv,
    "csv_labels": from_labels,
    "xlsx": from_workbook,
    "sav": from_statistics,
    "stata": from_statistics,
    "parquet": from_parquet,
    "data_package": from_csv,
    "ddi": from_csv,
    "jsonl": from_lines,
}


def test_every_form_of_answers_is_read_back_here():
    assert {name for name, one in FORMATS.items() if one.carries_answers} == {*READERS, "geojson"}


def plain(cell):
    """Return a cell as a number or None, however a format writes it."""
    if cell in (None, "") or cell != cell:
        return None
    return {"Ja": 1, "Nej": 0}[cell] if cell in ("Ja", "Nej") else int(cell)


@pytest.mark.parametrize("name", READERS)
def test_every_form_holds_the_answers_of_all_rounds(rounds, tmp_path, name):
    first, second = rounds
    made = export(second, tmp_path, name)
    assert made.rows == 13
    found = list(READERS[name](made))
    assert all(row.keys() >= COLUMNS for row in found)
    assert Counter(row["round"] for row in found) == {first.slug: 6, second.slug: 7}
    for row in found:
        told = {key: plain(row[key]) for key in COLUMNS - {"round"}}
        is_first = row["round"] == first.slug
        assert (told["years"] is not None) == is_first
        assert told["new_trams"] == (None if is_first else 1)
        assert told["needs_trams"] == 0
        assert told["needs_work"] in {0, 1}


def test_what_a_round_did_not_ask_is_a_declared_missing_value(rounds, tmp_path):
    made = export(rounds[0], tmp_path, "sav")
    inside = tmp_path / "read.sav"
    inside.write_bytes(packed(made, "sav"))
    cells, meta = pyreadstat.read_sav(str(inside), output_format="dict", user_missing=True)
    years = dict(zip(cells["round"], cells["years"], strict=True))
    assert meta.variable_value_labels["years"][years[rounds[1].slug]] == "Frågan ställdes inte"
    assert meta.variable_value_labels["first"][4.0] == "Spårvagn"
    assert meta.column_names_to_labels["mood"] == "Hur mår du nu?"
    assert meta.column_names_to_labels["years"] == "Fråga years?"


def test_entries_of_a_repeat_and_typed_words_come_from_all_rounds(rounds, tmp_path):
    with zipfile.ZipFile(export(rounds[0], tmp_path, "csv", free_text="apart").file) as folder:
        read = {
            key: list(csv.DictReader(io.StringIO(folder.read(f"{key}.csv").decode("utf-8-sig"))))
            for key in ("answers", "kids", "texts")
        }
    second = {row["response"] for row in read["answers"] if row["round"] == rounds[1].slug}
    assert {row["response"] for row in read["kids"]} == second
    assert len(read["kids"]) == 14
    assert len(read["texts"]) == 2
    assert read["texts"][0].keys() == {"question", "text"}
    assert "070-123" not in str(read["texts"])


def test_marks_on_the_map_come_from_all_rounds_and_tell_of_none(app, tmp_path):
    where = question("where", "place", "Var?", choice_list="places")
    document = small_document(items=[where], choice_lists=LISTS)
    rounds = make_rounds(document, small_document(items=[where], choice_lists=LISTS, minutes=4))
    for number, round_ in enumerate(rounds):
        mark = {"answers": {"where": {"point": [59.5 + number, 16.5]}}}
        make_stored_responses(round_, [mark] * 5)
    made = export(rounds[0], tmp_path, "geojson", places=True)
    found = json.loads(made.file.read_text(encoding="utf-8"))["features"]
    assert Counter(one["geometry"]["coordinates"][1] for one in found) == {59.5: 5, 60.5: 5}
    assert {tuple(one["properties"]) for one in found} == {("question", "label")}


def test_the_file_is_called_after_the_questionnaire_and_the_strictest_rule(app, tmp_path):
    before, after = make_versions(earlier(), later())
    rounds = [make_round(version=before), make_round(version=after, profile="minors", k=10)]
    make_responses(rounds[0], earlier_forms(7), day=date(2027, 3, 2))
    make_responses(rounds[1], later_forms(12), day=date(2027, 3, 2))
    made = export(rounds[0], tmp_path, "csv")
    assert made.name == f"{rounds[0].questionnaire.key}_k10_2027-03-09.zip"
    days = {row["round"]: row["day"] for row in from_csv(made)}
    # Seven on a day are enough for the first round alone, not beside one of the protected.
    assert days == {rounds[0].slug: "2027-W09", rounds[1].slug: "2027-03-02"}
    lines = list(export(rounds[0], tmp_path, "jsonl").file.read_text().splitlines())
    assert {(one["round"], one["day"]) for one in map(json.loads, lines)} == set(days.items())


def test_rounds_left_out_are_named_and_not_in_it(rounds, tmp_path):
    few = make_round(version=rounds[1].version)
    make_responses(few, later_forms(4))
    made = export(rounds[0], tmp_path, "xlsx")
    assert (made.rounds, made.left_out) == (tuple(one.slug for one in rounds), (few.slug,))
    book = openpyxl.load_workbook(made.file)
    said = [row[1] for row in book["about"].iter_rows(values_only=True)]
    assert said[:2] == [rounds[0].slug, rounds[1].slug]
    assert few.slug in said[2]
    assert few.slug not in {row["round"] for row in from_workbook(made)}
    codes = [
        row for row in book["codebook"].iter_rows(values_only=True) if row[5] == rounds[0].slug
    ]
    assert [row[6] for row in codes] == ["Våren"]
    with zipfile.ZipFile(export(rounds[0], tmp_path, "data_package").file) as folder:
        told = json.loads(folder.read("datapackage.json"))
    assert (told["rounds"], told["roundsLeftOut"]) == ([one.slug for one in rounds], [few.slug])
    with zipfile.ZipFile(export(rounds[0], tmp_path, "ddi").file) as folder:
        described = folder.read("ddi.xml").decode()
    assert f'cycle="{rounds[1].slug}"' in described
    assert few.slug in described


def test_a_round_of_another_community_or_not_yet_opened_is_never_in_it(rounds, tmp_path):
    elsewhere = make_round(version=rounds[0].version, opened_at=None)
    elsewhere.community_id = make_community().id
    db.session.commit()
    elsewhere.opened_at = NOW
    make_round(version=rounds[0].version, opened_at=None)
    db.session.commit()
    make_responses(elsewhere, earlier_forms(9))
    made = export(rounds[0], tmp_path, "csv")
    assert made.rounds + made.left_out == tuple(one.slug for one in rounds)


@pytest.mark.parametrize("name", READERS)
def test_a_question_that_became_another_kind_is_a_text_in_every_form(app, tmp_path, name):
    number = question("q", "number", "Antal")
    choice = question("q", "single_choice", "Val", choice_list="needs")
    rounds = make_rounds(
        small_document(items=[number], choice_lists=LISTS),
        small_document(items=[choice], choice_lists=LISTS),
    )
    make_responses(rounds[0], [{"q": "3"}] * 5)
    make_responses(rounds[1], [{"q": "park"}] * 5)
    made = export(rounds[0], tmp_path, name)
    if name in {"sav", "stata"}:
        read = pyreadstat.read_sav if name == "sav" else pyreadstat.read_dta
        cells, _meta = read(str(made.file), output_format="dict")
        assert set(cells["q"]) == {"3", "park"}
    assert made.rows == 10


def test_it_is_the_same_file_when_asked_twice(rounds, tmp_path):
    first = export(rounds[0], tmp_path, "csv", codebook=True)
    content = packed(first, "csv")
    assert packed(export(rounds[0], tmp_path, "csv", codebook=True), "csv") == content
