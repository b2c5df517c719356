"""The table of several rounds: what one round would say if it had had all their versions."""

from datetime import timedelta

import pytest

from engage.responses.actions.correcting import delete_response
from engage.responses.models import Response
from engage.results.table.engine import connection
from engage.results.table.layout import Version, layout_of
from engage.results.table.rounds import rounds_table
from engage.results.table.store import response_table
from tests.factories.questionnaires import make_round, small_document
from tests.factories.results import (
    DAY,
    make_responses,
    make_round_of,
    make_stored_responses,
    stored_answers,
)
from tests.factories.versions import make_rounds, make_versions
from tests.results.rounds import LISTS
from tests.results.two_versions import earlier, earlier_forms, later, later_forms, question


def rows_of(table, home, key=""):
    """Return the rows of a table without what tells one answer from another."""
    with connection(home) as engine:
        result = engine.execute(f"FROM {table.source(key)}")
        names = [column[0] for column in result.description]
        found = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    return names, found


def alike(rows):
    return sorted(
        sorted((key, repr(cell)) for key, cell in row.items() if key not in {"response", "round"})
        for row in rows
    )


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


def test_rounds_together_say_what_one_round_of_both_versions_says(db, home):
    before, after = make_versions(earlier(), later())
    rounds = [make_round(version=version) for version in (before, after)]
    both = make_round(version=after)
    for round_, answers in zip(rounds, (earlier_forms(30), later_forms(30)), strict=True):
        stored = [stored_answers(round_.version.document, form) for form in answers]
        make_stored_responses(round_, stored)
        make_stored_responses(both, stored, version_id=round_.version_id)
    with rounds_table(rounds, home) as several, response_table(both, home) as one:
        assert several.answers == one.answers == 60
        assert several.layout == one.layout
        for key in several.layout.tables:
            names, found = rows_of(several, home, key)
            _names, expected = rows_of(one, home, key)
            assert alike(found) == alike(expected), key
            assert names[0] == ("response" if key else "round")


def test_what_a_round_did_not_ask_is_told_as_not_asked(db, home):
    first, second = make_rounds(earlier(), later())
    make_responses(first, earlier_forms(6))
    make_responses(second, later_forms(6))
    with rounds_table([first, second], home) as table:
        _names, rows = rows_of(table, home)
    by_round = {slug: [r for r in rows if r["round"] == slug] for slug in (first.slug, second.slug)}
    assert {row["new_missing"] for row in by_round[first.slug]} == {"not_asked"}
    assert {row["years_missing"] for row in by_round[second.slug]} == {"not_asked"}
    assert {row["years"] for row in by_round[second.slug]} == {None}
    assert {row["kids"] for row in by_round[first.slug]} == {0}
    assert {row["version"] for row in by_round[first.slug]} == {1}


def test_entries_of_a_repeat_too_have_what_was_not_asked_in_them(db, home):
    rounds = make_rounds(earlier(), later())
    make_responses(rounds[0], earlier_forms(6))
    make_responses(rounds[1], later_forms(6))
    with rounds_table(rounds, home) as table:
        _names, rows = rows_of(table, home, "pets")
    told = {(row["colour"], row["colour_missing"], row["toys"]) for row in rows}
    assert told == {(None, "not_asked", 0), ("young", None, 1)}


def test_words_are_those_of_the_newest_version_that_has_them(db, home):
    first, second = make_rounds(earlier(), later())
    make_responses(first, earlier_forms(6))
    make_responses(second, later_forms(6))
    with rounds_table([first, second], home) as table:
        columns = {column.name: column for column in table.layout.tables[""]}
    assert columns["mood"].label["sv"] == "Hur mår du nu?"
    assert columns["years"].label["sv"] == "Fråga years?"
    assert [code.value for code in columns["first"].codes] == ["work", "safety", "park", "trams"]


COLLIDING = [
    (question("q", "number", "Antal"), "3", "3"),
    (question("q", "number", "Antal", settings={"decimals": 1}), "2,5", "2.5"),
    (question("q", "short_text", "Ord"), "=1+1", "=1+1"),
]


@pytest.mark.parametrize(("asked", "typed", "told"), COLLIDING, ids=["whole", "decimal", "text"])
def test_a_question_that_became_another_kind_keeps_all_its_answers(db, home, asked, typed, told):
    choice = question("q", "single_choice", "Val", choice_list="needs")
    first, second = make_rounds(
        small_document(items=[asked], choice_lists=LISTS),
        small_document(items=[choice], choice_lists=LISTS),
    )
    make_responses(first, [{"q": typed}] * 5)
    make_responses(second, [{"q": "park"}] * 5)
    with rounds_table([first, second], home) as table:
        _names, rows = rows_of(table, home)
        column = table.layout.tables[""][0]
    assert {row["q"] for row in rows} == {told, "park"}
    assert column.kind == "text"
    assert column.held_back == ("text" if asked["type"] == "short_text" else "")


def test_typed_words_stay_held_back_when_their_question_becomes_a_choice():
    """The question may have been away for a version in between, so publishing allows it."""
    typed = small_document(items=[question("q", "short_text", "Ord")])
    choice = question("q", "single_choice", "Val", choice_list="yes_no")
    versions = make_versions_of(typed, small_document(items=[choice]))
    assert layout_of(versions).tables[""][0].held_back == "text"


def make_versions_of(*documents):
    return [Version(at, at, document) for at, document in enumerate(documents, start=1)]


def test_a_round_with_too_few_answers_is_left_out(db, home):
    before, after = make_versions(earlier(), later())
    first, second = (make_round(version=before) for _ in range(2))
    third = make_round(version=after, k=10)
    make_responses(first, earlier_forms(5))
    make_responses(second, earlier_forms(4))
    make_responses(third, later_forms(9))
    with rounds_table([first, second, third], home) as table:
        _names, rows = rows_of(table, home)
        assert table.rounds == (first,)
        assert [one.slug for one, _table in table.left_out] == [second.slug, third.slug]
        assert "new" not in {column.question for column in table.layout.tables[""]}
    assert {row["round"] for row in rows} == {first.slug}
    assert len(rows) == table.answers == 5


def test_rounds_that_all_have_too_few_make_an_empty_table(db, home):
    rounds = make_rounds(earlier(), later())
    make_responses(rounds[1], later_forms(2))
    with rounds_table(rounds, home) as table:
        for key in table.layout.tables:
            names, rows = rows_of(table, home, key)
            assert rows == []
            assert "response" in names


def test_a_deletion_in_any_round_is_noticed_also_in_one_left_out(db, home):
    rounds = make_rounds(earlier(), later())
    keys = make_responses(rounds[0], earlier_forms(6))
    few = make_responses(rounds[1], later_forms(2), day=DAY + timedelta(days=1))
    seen = []
    for key in (keys[0], few[0]):
        with rounds_table(rounds, home) as table:
            seen.append(table.removals)
        delete_response(db.session.get(Response, key))
        db.session.commit()
    with rounds_table(rounds, home) as table:
        seen.append(table.removals)
        assert table.answers == 5
    assert seen == sorted(set(seen))


def test_a_round_alone_reads_like_its_own_table(db, home):
    round_ = make_round_of(earlier())
    make_responses(round_, earlier_forms(7))
    with rounds_table([round_], home) as several, response_table(round_, home) as own:
        assert alike(rows_of(several, home)[1]) == alike(rows_of(own, home)[1])
