"""A send counts once, whatever happens to its reply; with its code it is changed or deleted."""

import json
import threading
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from engage.extensions import db as database
from engage.questionnaires.entry import Entry
from engage.responses.actions.correcting import correct_response, delete_response
from engage.responses.actions.prepared import joining
from engage.responses.actions.submitting import (
    Outcome,
    Sending,
    local_day,
    make_ready,
    submit_response,
)
from engage.responses.models import CollectionDay, Receipt, Response, Submission
from engage.responses.queries import response_of_code
from engage.responses.receipts import receipt_code
from tests.factories.communities import make_community
from tests.factories.responses import english_round, new_key, responses_of

SECRET = "a secret of the instance, long enough"
NOW = datetime.now(UTC)


def sending(key="", **given):
    values = {
        "key": key or new_key(),
        "version_id": given.pop("version_id"),
        "entry": Entry({"children": "no"}),
        "language": "en",
        "channel": "link",
    }
    return Sending(**{**values, **given})


@pytest.fixture
def send(db):
    def send_(round_, key="", now=NOW, **given):
        one = sending(key, version_id=round_.version_id, **given)
        ready = make_ready(round_, one, now, SECRET)
        with joining(db.session.connection()) as link:
            outcome = submit_response(link, ready) if ready else None
        db.session.commit()
        return outcome

    return send_


def number_of(model):
    return database.session.scalar(select(func.count()).select_from(model))


def test_the_first_send_is_stored(send):
    round_ = english_round()
    assert send(round_) is Outcome.STORED
    [stored] = responses_of(round_)
    assert json.loads(stored.document) == {"answers": {"children": "no"}}
    assert len(stored.id) == 16
    assert (stored.language, stored.channel) == ("en", "link")
    assert stored.day == local_day(round_, NOW)


def test_the_same_send_again_gives_the_same_and_writes_nothing_e01(send):
    round_, key = english_round(), new_key()
    outcomes = [send(round_, key) for _ in range(3)]
    assert outcomes == [Outcome.STORED, Outcome.REPEATED, Outcome.REPEATED]
    assert (number_of(Response), number_of(Submission)) == (1, 1)
    assert database.session.scalars(select(CollectionDay.answers)).all() == [1]


def test_other_answers_with_a_used_key_change_nothing_e02(send):
    round_, key = english_round(), new_key()
    send(round_, key)
    assert send(round_, key, entry=Entry({"children": "yes"})) is Outcome.OTHER_CONTENT
    assert json.loads(responses_of(round_)[0].document)["answers"] == {"children": "no"}


def test_a_key_belongs_to_one_round(send):
    key = new_key()
    first, second = english_round(), english_round(slug="there")
    assert send(first, key) is Outcome.STORED
    assert send(second, key) is Outcome.OTHER_CONTENT
    assert not responses_of(second)


def test_a_closed_round_takes_nothing(send):
    round_ = english_round(closes_at=NOW - timedelta(minutes=16))
    assert send(round_) is None
    assert number_of(Submission) == 0


def test_each_day_language_and_channel_is_counted(send):
    round_ = english_round()
    for language, channel in (("en", "link"), ("en", "link"), ("ar", "poster")):
        send(round_, language=language, channel=channel)
    send(round_, now=NOW + timedelta(days=2))
    counted = database.session.execute(
        select(CollectionDay.language, CollectionDay.channel, CollectionDay.answers)
    )
    assert Counter(map(tuple, counted)) == {
        ("en", "link", 2): 1,
        ("ar", "poster", 1): 1,
        ("en", "link", 1): 1,
    }


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("Europe/Stockholm", datetime(2027, 3, 1, 23, 30, tzinfo=UTC), date(2027, 3, 2)),
        ("America/Vancouver", datetime(2027, 3, 1, 3, 0, tzinfo=UTC), date(2027, 2, 28)),
    ],
)
def test_the_day_is_that_of_the_neighbourhood(db, zone, moment, day):
    assert local_day(english_round(community=make_community(time_zone=zone)), moment) == day


def test_anonymous_mode_gives_no_receipt_and_code_mode_one(send):
    send(english_round())
    assert number_of(Receipt) == 0
    key = new_key()
    send(english_round(slug="code", mode="code"), key)
    assert number_of(Receipt) == 1
    found = response_of_code(receipt_code(SECRET, key), SECRET)
    assert found is not None
    assert response_of_code("1234567890123456", SECRET) is None


def test_the_code_is_sixteen_digits_and_stands_nowhere_p09(send):
    key = new_key()
    code = receipt_code(SECRET, key)
    assert len(code) == 16
    assert code.isdigit()
    send(english_round(mode="code"), key)
    [stored] = database.session.scalars(select(Receipt.code_hash))
    assert code.encode() not in stored
    assert len(stored) == 32
    assert len({receipt_code(SECRET, new_key()) for _ in range(200)}) == 200


def test_correcting_keeps_all_but_the_answers(send, db):
    round_, key = english_round(mode="code"), new_key()
    send(round_, key)
    response = response_of_code(receipt_code(SECRET, key), SECRET)
    before = (response.id, response.day, response.language)
    assert correct_response(round_, response, Entry({"children": "yes"}), NOW)
    db.session.commit()
    [after] = responses_of(round_)
    assert json.loads(after.document) == {"answers": {"children": "yes"}}
    assert (after.id, after.day, after.language) == before
    [counted] = db.session.scalars(select(CollectionDay))
    assert (counted.answers, counted.changes) == (1, 2)


def test_nothing_is_corrected_after_closing(send, db):
    round_, key = english_round(mode="code"), new_key()
    send(round_, key)
    response = response_of_code(receipt_code(SECRET, key), SECRET)
    round_.closes_at = NOW - timedelta(hours=1)
    assert not correct_response(round_, response, Entry({}), NOW)


def test_deleting_takes_the_receipt_along_and_counts_down(send, db):
    round_, key = english_round(mode="code"), new_key()
    send(round_, key)
    send(round_)
    delete_response(response_of_code(receipt_code(SECRET, key), SECRET))
    db.session.commit()
    assert response_of_code(receipt_code(SECRET, key), SECRET) is None
    assert (number_of(Response), number_of(Receipt)) == (1, 1)
    [counted] = db.session.scalars(select(CollectionDay))
    assert (counted.answers, counted.changes) == (1, 3)


def test_who_deleted_may_send_anew_and_is_not_told_it_arrived_before(send, db):
    round_, key = english_round(mode="code"), new_key()
    send(round_, key)
    delete_response(response_of_code(receipt_code(SECRET, key), SECRET))
    db.session.commit()
    assert send(round_, key) is Outcome.STORED
    assert len(responses_of(round_)) == 1


@pytest.mark.parametrize("mode", ["anonymous", "code"])
def test_the_same_key_at_once_is_one_answer_e03(app, db, mode):
    round_ = english_round(mode=mode)
    threads, each = 16, 4
    keys = [new_key() for _ in range(each)]
    url, outcomes, barrier = f"/en/r/{round_.slug}/answer", [], threading.Barrier(threads)

    def answer():
        client = app.test_client()
        for key in keys:
            barrier.wait()
            form = {"children": "no", "do": "send"}
            reply = client.post(f"{url}?k={key}", data=form, headers={"Accept": "application/json"})
            outcomes.append((key, reply.status_code, reply.json))

    run = [threading.Thread(target=answer) for _ in range(threads)]
    db.session.commit()
    for thread in run:
        thread.start()
    for thread in run:
        thread.join()
    assert Counter(status for _key, status, _json in outcomes) == {200: threads * each}
    assert len(responses_of(round_)) == each
    assert number_of(Submission) == each
    assert db.session.scalar(select(func.sum(CollectionDay.answers))) == each
