"""The table of a round holds what its question types say, whatever way it was made."""

import json
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from sqlalchemy import delete, select

from engage.extensions import db
from engage.questionnaires.columns import cells_of, tables_of
from engage.questionnaires.document import Document
from engage.questionnaires.entry import Entry
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.responses.actions.correcting import delete_response
from engage.responses.actions.tidying import merge_thin_days
from engage.responses.models import Response
from engage.results import queries
from engage.results.queries import raw_rows
from engage.results.table import building
from engage.results.table.cells import Taking
from engage.results.table.engine import connection
from engage.results.table.layout import BASE_COLUMNS, Version, layout_of
from engage.results.table.parts import read_parts
from engage.results.table.store import is_stale, response_table, table_folder
from tests.factories.questionnaires import make_round, make_version, small_document
from tests.factories.results import DAY, make_responses, make_round_of, make_stored_responses
from tests.questionnaires.question_types.samples import KNOWN, document_of

FORMS = [
    {"children": "yes", "how_many": "2", "wish": "En bänk"},
    {"children": "no", "wish": "=1+1 \"citat\" och 'apostrof'"},
    {"children": "~prefer_not"},
]


def rows_of(round_, home, key="", least_changes=1):
    """Read a whole table as a list of dicts."""
    with response_table(round_, home, least_changes) as table, connection(home) as engine:
        result = engine.execute(f"SELECT * FROM {table.source(key)} ORDER BY ALL")
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def round_(db):
    return make_round()


def stored_samples(sample):
    """Return stored forms of one question: every good answer, and every way of having none."""
    rows = [{"answers": {"q": value}} for _form, value in sample.good]
    rows += [{"missing": {"q": "dont_know"}}, {"missing": {"q": "skipped"}}, {}]
    if sample.question.other and sample.good:
        rows.append({"answers": {"q": sample.good[0][1]}, "words": {"q": "Eget\nsvar"}})
    return rows


@pytest.mark.sqlite_only
@pytest.mark.parametrize("sample", KNOWN, ids=str)
def test_every_type_has_in_the_table_what_its_cells_say(db, home, sample):
    document = document_of(sample.question)
    round_ = make_round_of(document)
    stored = stored_samples(sample)
    keys = make_stored_responses(round_, stored)
    columns = tables_of(document)[""]
    found = {row["response"].bytes: row for row in rows_of(round_, home)}
    for key, one in zip(keys, stored, strict=True):
        [cells] = cells_of(document, Entry.from_json(one))[""]
        for column, cell in zip(columns, cells, strict=True):
            assert plain(found[key][column.name]) == cell, column.name


def plain(value):
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("name", sorted(QUESTION_TYPES))
def test_plain_shapes_are_read_by_the_engine_itself(name):
    """Python is asked cell by cell only where it has to be: calculations, marks on the map."""
    for sample in (one for one in KNOWN if one.type == name):
        taking = Taking(layout_of([Version(1, 1, document_of(sample.question))]))
        kind = QUESTION_TYPES[name]
        slow = {column.part for column in taking.slow}
        assert kind.is_calculated or slow <= {"lat", "lon"}, slow


def test_answers_reasons_and_base_columns_stand_beside_each_other(round_, home):
    make_responses(round_, FORMS, channel="poster")
    rows = {row["children"] or row["children_missing"]: row for row in rows_of(round_, home)}
    assert rows["yes"]["how_many"] == 2
    assert rows["yes"]["how_many_missing"] is None
    assert rows["no"]["how_many"] is None
    assert rows["no"]["how_many_missing"] == "not_asked"
    assert rows["no"]["wish"] == "=1+1 \"citat\" och 'apostrof'"
    assert rows["prefer_not"]["wish_missing"] == "skipped"
    assert rows["yes"]["day"] == DAY
    assert rows["yes"]["channel"] == "poster"
    assert rows["yes"]["version"] == 1


def test_rows_come_in_the_order_of_their_random_keys(round_, home):
    make_responses(round_, FORMS * 40, day=DAY)
    make_responses(round_, FORMS * 40, day=DAY + timedelta(days=1))
    with response_table(round_, home) as table, connection(home) as engine:
        assert table.is_in_key_order
        keys = [row[0].bytes for row in engine.execute(f"FROM {table.source()}").fetchall()]
    assert keys == sorted(keys)
    assert keys == list(db.session.scalars(select(Response.id).order_by(Response.id)))


def test_many_answers_are_made_in_pieces_that_follow_each_other(round_, home, monkeypatch):
    monkeypatch.setattr(building, "_PIECE", 2)
    keys = make_responses(round_, FORMS + FORMS[:1])
    with response_table(round_, home) as table, connection(home) as engine:
        assert table.parts.parts[0].pieces == 2
        found = [row[0].bytes for row in engine.execute(f"FROM {table.source()}").fetchall()]
    assert found == sorted(keys)
    make_responses(round_, FORMS, day=DAY + timedelta(days=1))
    assert len(rows_of(round_, home)) == 7


def test_a_round_without_answers_has_an_empty_table(round_, home):
    assert rows_of(round_, home) == []


def test_only_days_that_changed_are_read_again(round_, home, monkeypatch):
    days = [DAY + timedelta(days=number) for number in range(3)]
    for day in days:
        make_responses(round_, FORMS, day=day)
    rows_of(round_, home)
    read = []

    def noting(connection, round_id, wanted=None):
        read.append(wanted)
        return raw_rows(connection, round_id, wanted)

    monkeypatch.setattr(queries, "raw_rows", noting)
    assert len(rows_of(round_, home)) == 9
    assert read == []
    make_responses(round_, FORMS, day=days[1])
    assert len(rows_of(round_, home)) == 12
    assert read == [[days[1]]]


def test_a_deleted_answer_is_gone_from_the_table_and_from_its_files(round_, home):
    keys = make_responses(round_, FORMS)
    make_responses(round_, FORMS, day=DAY + timedelta(days=1))
    rows_of(round_, home)
    delete_response(db.session.get(Response, keys[0]))
    db.session.commit()
    found = {row["response"].bytes for row in rows_of(round_, home)}
    assert keys[0] not in found
    assert len(found) == 5
    for file in table_folder(home, round_.id).rglob("*.parquet"):
        left = duckdb.sql(f"SELECT response FROM '{file}'").fetchall()
        assert keys[0] not in {row[0].bytes for row in left}


def test_new_answers_wait_until_there_are_enough_but_deletions_do_not(round_, home):
    keys = make_responses(round_, FORMS)
    rows_of(round_, home, least_changes=5)
    make_responses(round_, FORMS)
    assert len(rows_of(round_, home, least_changes=5)) == 3
    make_responses(round_, FORMS)
    assert len(rows_of(round_, home, least_changes=5)) == 9
    make_responses(round_, FORMS[:1])
    delete_response(db.session.get(Response, keys[0]))
    db.session.commit()
    assert len(rows_of(round_, home, least_changes=5)) == 9


def test_days_that_were_merged_are_merged_in_the_table_too(round_, home):
    make_responses(round_, FORMS, day=date(2027, 3, 1))
    make_responses(round_, FORMS, day=date(2027, 3, 3))
    rows_of(round_, home)
    assert merge_thin_days(date(2027, 3, 20)) == 1
    db.session.commit()
    assert {row["day"] for row in rows_of(round_, home)} == {date(2027, 3, 1)}


def test_a_damaged_cache_is_made_anew(round_, home):
    make_responses(round_, FORMS)
    rows_of(round_, home)
    folder = table_folder(home, round_.id)
    (folder / "parts.json").write_text("{")
    assert len(rows_of(round_, home)) == 3
    for file in folder.glob("*.parquet"):
        file.unlink()
    assert len(rows_of(round_, home)) == 3


def test_many_parts_become_one_in_key_order(round_, home):
    for number in range(23):
        make_responses(round_, FORMS, day=DAY + timedelta(days=number))
        rows_of(round_, home)
    assert len(read_parts(table_folder(home, round_.id)).parts) < 20
    assert len(rows_of(round_, home)) == 69


def test_versions_merge_by_question_and_keep_removed_choices(db, home):
    first = make_version()
    round_ = make_round(version=first)
    make_responses(round_, FORMS)
    changed = json.loads(first.document.to_json())
    changed["choice_lists"]["yes_no"]["choices"][1]["key"] = "none"
    changed["items"][2]["key"] = "dream"
    later = Version(99, 2, Document.model_validate(changed))
    layout = layout_of([Version(first.id, 1, first.document), later])
    children = next(c for c in layout.tables[""] if c.name == "children")
    assert [code.value for code in children.codes] == ["yes", "none", "no"]
    names = [column.name for column in layout.tables[""]]
    assert names.index("dream") < names.index("wish")
    assert len(names) == len({name.lower() for name in names})


def test_keys_that_differ_in_capitals_only_are_kept_apart(db, home):
    items = [
        {"key": key, "type": "short_text", "label": {"sv": key, "ar": key}} for key in ("a", "A")
    ]
    round_ = make_round(document=small_document(items=items, choice_lists={}))
    make_responses(round_, [{"a": "liten", "A": "stor"}])
    [row] = rows_of(round_, home)
    assert sorted(v for v in row.values() if v in {"liten", "stor"}) == ["liten", "stor"]
    layout = layout_of([Version(1, 1, round_.version.document)])
    by_question = {c.question: c.name for c in layout.tables[""] if not c.part}
    assert (row[by_question["a"]], row[by_question["A"]]) == ("liten", "stor")


REPEAT = {
    "kind": "repeat",
    "key": "child",
    "title": {"sv": "Barn", "ar": "طفل"},
    "items": [
        {"key": "age", "type": "number", "label": {"sv": "Ålder", "ar": "عمر"}},
        {"key": "likes", "type": "short_text", "label": {"sv": "Gillar", "ar": "يحب"}},
    ],
}


def test_a_repeat_is_a_table_of_its_own_with_its_response_and_number(db, home):
    round_ = make_round(document=small_document(items=[*small_document().items, REPEAT]))
    forms = [
        {"children": "yes", "child.1.age": "3", "child.2.age": "7", "child.2.likes": "Cyklar"},
        {"children": "no"},
    ]
    keys = make_responses(round_, forms)
    main = {row["response"].bytes: row for row in rows_of(round_, home)}
    assert [main[key]["child"] for key in keys] == [2, 0]
    inside = rows_of(round_, home, "child")
    told = [(row["child_number"], row["age"], row["likes"]) for row in inside]
    assert told == [(1, 3, None), (2, 7, "Cyklar")]
    assert {row["response"].bytes for row in inside} == {keys[0]}
    assert inside[0]["likes_missing"] == "skipped"


def test_entries_go_with_their_response_when_a_day_is_copied(db, home):
    round_ = make_round(document=small_document(items=[*small_document().items, REPEAT]))
    form = {"children": "yes", "child.1.age": "3"}
    make_responses(round_, [form])
    keys = make_responses(round_, [form], day=DAY + timedelta(days=1))
    rows_of(round_, home)
    db.session.execute(delete(Response).where(Response.id == keys[0]))
    make_responses(round_, [form, form], day=DAY + timedelta(days=1))
    assert len(rows_of(round_, home, "child")) == 3


def test_base_columns_never_collide_with_questions():
    items = [
        {"key": key, "type": "short_text", "label": {"sv": key}} for key in (*BASE_COLUMNS, "Day")
    ]
    names = [c.name.lower() for c in tables_of(small_document(items=items, languages=["sv"]))[""]]
    assert not set(names) & set(BASE_COLUMNS)


def test_a_table_made_by_another_layout_is_stale():
    layout = layout_of([Version(1, 1, small_document())])
    parts = read_parts(table_folder(Path("/nonexistent"), 1))
    assert is_stale(parts, layout, {}, least_changes=5)


def test_answers_of_an_unexpected_shape_are_read_by_their_type(round_, home):
    make_stored_responses(round_, [{"answers": {"children": ["yes"], "wish": {"a": 1}}}])
    make_responses(round_, FORMS[:1])
    assert len(rows_of(round_, home)) == 2
