"""Once a day the traces of when somebody answered get coarser."""

from datetime import date, timedelta

from sqlalchemy import select, text

from engage.extensions import db as database
from engage.extensions import jobs
from engage.responses.actions.tidying import (
    forget_used_keys,
    hide_order_of_arrival,
    merge_thin_days,
)
from engage.responses.jobs import tidy
from engage.responses.models import CollectionDay, Response, Submission
from tests.factories import saved
from tests.factories.responses import english_round
from tests.factories.results import make_stored_responses

TODAY = date(2027, 3, 17)  # a Wednesday
LAST_WEDNESDAY = date(2027, 3, 10)
LAST_MONDAY = date(2027, 3, 8)
ONE = {"answers": {"children": "no"}}


def answers_on(round_, day, number, **given):
    make_stored_responses(round_, [ONE] * number, day=day, **given)


def days_of(round_, db):
    return sorted(db.session.scalars(select(Response.day).where(Response.round_id == round_.id)))


def test_used_keys_are_forgotten_after_two_days_p06(db):
    round_ = english_round()
    for age in range(5):
        saved(
            Submission(
                key_hash=bytes([age]) * 32,
                round_id=round_.id,
                content_mac=b"m" * 32,
                day=TODAY - timedelta(days=age),
            )
        )
    assert forget_used_keys(TODAY) == 2
    left = db.session.scalars(select(Submission.day)).all()
    assert sorted(left) == [TODAY - timedelta(days=age) for age in (2, 1, 0)]


def test_a_day_with_few_answers_becomes_its_week_when_that_is_over_p02(db):
    round_ = english_round()
    answers_on(round_, LAST_WEDNESDAY, 3)
    answers_on(round_, LAST_WEDNESDAY + timedelta(days=1), 6)
    answers_on(round_, TODAY, 1)
    assert merge_thin_days(TODAY) == 1
    assert days_of(round_, db) == [LAST_MONDAY] * 3 + [date(2027, 3, 11)] * 6 + [TODAY]


def test_the_counts_move_along_and_show_the_change(db):
    round_ = english_round()
    answers_on(round_, LAST_MONDAY, 2)
    answers_on(round_, LAST_WEDNESDAY, 3)
    answers_on(round_, LAST_WEDNESDAY, 1, language="ar")
    merge_thin_days(TODAY)
    db.session.commit()
    counted = db.session.execute(
        select(CollectionDay.day, CollectionDay.language, CollectionDay.answers)
    ).all()
    assert sorted(map(tuple, counted)) == [(LAST_MONDAY, "ar", 1), (LAST_MONDAY, "en", 5)]
    assert merge_thin_days(TODAY) == 0


def test_more_people_are_asked_for_where_k_is_higher(db):
    round_ = english_round(profile="minors", k=10)
    answers_on(round_, LAST_WEDNESDAY, 9)
    assert merge_thin_days(TODAY) == 1


def test_rows_lie_in_the_order_of_their_random_keys(db):
    round_ = english_round()
    answers_on(round_, TODAY, 50)
    order = "ORDER BY ctid" if hide_order_of_arrival(TODAY) else ""
    db.session.commit()
    lying = db.session.execute(text(f"SELECT id FROM responses {order}")).scalars().all()
    assert [bytes(one) for one in lying] == sorted(bytes(one) for one in lying)


def test_the_worker_does_it_all_every_night(app):
    round_ = english_round()
    old = Submission(
        key_hash=b"k" * 32, round_id=round_.id, content_mac=b"m" * 32, day=date(2020, 1, 1)
    )
    saved(old)
    tidy.call_local()
    assert database.session.scalars(select(Submission)).all() == []
    assert any(task.name == "tidy" for task in jobs._registry.periodic_tasks)
