"""R-14: how long answering takes is told before, counted for all, and never kept for one person."""

import json

import pytest

from engage.extensions import db
from engage.responses.actions.timing import STEPS, minutes_since
from engage.responses.models import AnsweringTime, Response
from engage.responses.rounds.queries import median_minutes, takes_other_time
from tests.factories.accounts import sign_in
from tests.factories.communities import make_member
from tests.factories.responses import address, english_round, send


def times(round_):
    db.session.rollback()
    rows = db.session.scalars(db.select(AnsweringTime).filter_by(round_id=round_.id))
    return {row.minutes: row.answers for row in rows}


def store(round_, **by_step):
    for step, answers in by_step.items():
        row = AnsweringTime(round_id=round_.id, minutes=int(step[1:]), answers=answers)
        db.session.add(row)
    db.session.commit()


@pytest.mark.parametrize(
    ("began", "now", "step"),
    [(10, 10, 1), (10, 11, 1), (10, 17, 6), (58, 3, 5), (0, 59, 50), (30, 29, 50)],
)
def test_r14_only_the_minute_of_the_hour_is_known(began, now, step):
    assert minutes_since(began, now) == step
    assert step in STEPS


def test_r14_an_answer_adds_one_to_a_step_and_tells_nothing_more(client, app):
    round_ = english_round()
    for _ in range(2):
        begun = client.post(f"/en/r/{round_.slug}/start", data={"take": "yes"}).location
        assert "t=" in begun
        send(client, begun)
    assert sum(times(round_).values()) == 2
    assert {column.name for column in AnsweringTime.__table__.columns} == {
        "round_id",
        "minutes",
        "answers",
    }
    stored = db.session.scalars(db.select(Response)).all()
    assert not any("t" in json.loads(one.document) for one in stored)


@pytest.mark.sqlite_only
@pytest.mark.parametrize("minute", ["", "60", "-1", "x", "1e1", "٣", "007"])
def test_a_minute_that_is_none_is_not_counted(client, app, minute):
    round_ = english_round()
    assert send(client, address(round_, t=minute)).status_code == 200
    assert times(round_) == {}


@pytest.mark.sqlite_only
@pytest.mark.parametrize("profile", ["sensitive", "minors"])
def test_r14_nothing_is_counted_where_people_need_more_protection(client, app, profile):
    round_ = english_round(profile=profile, k=10)
    assert send(client, address(round_, t="5")).status_code == 200
    assert times(round_) == {}


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("steps", "median", "is_off"),
    [
        ({"m3": 19}, None, False),
        ({"m3": 20}, 3, False),
        ({"m2": 5, "m3": 11, "m50": 4}, 3, False),
        ({"m2": 9, "m5": 11}, 5, True),
        ({"m1": 30}, 1, True),
    ],
)
def test_r14_staff_are_warned_when_it_takes_longer_or_less(client, app, steps, median, is_off):
    round_ = english_round()
    store(round_, **steps)
    assert median_minutes(round_) == median
    assert takes_other_time(round_, median) == is_off
    sign_in(client, make_member(round_.community))
    page = client.get_page(f"/en/c/{round_.community.slug}/rounds/{round_.slug}")
    assert ("but answering takes about" in page.text) == is_off


@pytest.mark.sqlite_only
def test_r14_residents_are_told_the_minutes_before_they_start(client, app):
    page = client.get_page(address(english_round(), ""))
    assert "About 3 minutes" in page.text
