"""Results are read from editions: no two of them tell what one person said (P-12, P-28, P-30)."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from engage.extensions import db
from engage.responses.actions.correcting import delete_response
from engage.responses.models import Response
from engage.results.editions import edition_folder, shown_table
from engage.results.jobs import forget_what_was_deleted
from engage.results.table.engine import reading, select
from engage.results.table.store import response_table
from tests.factories.communities import make_community
from tests.factories.results import DAY, make_stored_responses
from tests.results.rounds import make_answered_round

K = 5


def answers(*ages):
    return [{"answers": {"age": age, "first": "work"}} for age in ages]


@pytest.fixture
def home(app):
    return app.config["INSTANCE_FOLDER"]


@pytest.fixture
def round_(db):
    made = make_answered_round(make_community(), number=0)
    make_stored_responses(made, answers(*["young"] * 20, *["middle"] * 12, *["old"] * 8))
    return made


@pytest.fixture
def people(round_, home):
    """Return a function: who is in the edition that is shown, by key, with their age."""

    def read():
        db.session.rollback()
        with shown_table(round_, home, K) as table:
            rows = reading(home).execute(select("response, age", table.source())).fetchall()
            assert table.answers == len(rows)
        return {key.bytes: age for key, age in rows}

    return read


def come(round_, *ages):
    make_stored_responses(round_, answers(*ages), day=DAY + timedelta(days=1))


def one_of(age, people):
    return next(key for key, mine in people.items() if mine == age)


def test_new_answers_come_in_by_k_of_each_group_p30(round_, people):
    before = people()
    come(round_, *["young"] * 4)
    assert people() == before
    come(round_, "old", "young")
    assert Counter(people().values()) - Counter(before.values()) == {"young": 5}
    come(round_, *["old"] * 4, "middle")
    assert Counter(people().values()) - Counter(before.values()) == {"young": 5, "old": 5}


def test_looking_at_all_answers_moves_no_results(round_, people, home):
    before = people()
    come(round_, "old")
    with response_table(round_, home) as table:
        assert table.answers == len(before) + 1
    assert people() == before


def test_z16_a_deleted_answer_is_gone_at_once_and_no_group_shows_whose_it_was_p12(round_, people):
    before = people()
    gone = one_of("middle", before)
    delete_response(db.session.get(Response, gone))
    db.session.commit()
    after = people()
    assert gone not in after
    moved = Counter(age for key, age in before.items() if key not in after)
    assert moved == {"middle": K}
    assert people() == after


def test_the_file_of_an_edition_forgets_a_deleted_answer_within_minutes_p12(round_, people, home):
    gone = one_of("young", people())
    files = set(edition_folder(home, round_.id).glob("*.parquet"))
    delete_response(db.session.get(Response, gone))
    db.session.commit()
    forget_what_was_deleted.call_local()
    assert not files & set(edition_folder(home, round_.id).glob("*.parquet"))


def test_when_the_round_has_closed_everybody_who_answered_is_in_p30(round_, people):
    before = people()
    come(round_, "old")
    assert people() == before
    round_.closes_at = datetime.now(UTC) - timedelta(days=3)
    db.session.commit()
    assert len(people()) == len(before) + 1


def test_a_damaged_edition_is_made_anew(round_, people, home):
    before = people()
    (edition_folder(home, round_.id) / "edition.json").write_text("{")
    assert people() == before
    for file in edition_folder(home, round_.id).glob("*.parquet"):
        file.unlink()
    assert people() == before


def test_what_was_not_shown_is_no_edition_to_compare_with(db, home):
    made = make_answered_round(make_community(), number=0)
    make_stored_responses(made, answers("young", "old", "old"))
    for total in (3, 5):
        with shown_table(made, home, K) as table:
            assert table.answers == total
        come(made, "young", "middle")
        db.session.commit()
