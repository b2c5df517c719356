"""S-01: how many texts wait for a person: those nobody decided on as they are now."""

import json
from datetime import UTC, datetime

import pytest
from flask import current_app

from engage.extensions import db
from engage.questionnaires.entry import Entry
from engage.responses.actions.correcting import correct_response, delete_response
from engage.responses.models import Response
from engage.results.actions import decide_text
from engage.results.texts import TextPlace
from engage.results.waiting import waiting_texts
from tests.factories.accounts import make_user
from tests.factories.communities import make_community
from tests.factories.results import make_responses
from tests.results.rounds import forms, make_answered_round

NOW = datetime(2027, 3, 3, tzinfo=UTC)


@pytest.fixture
def round_(db):
    return make_answered_round(make_community(), number=0)


def waiting(round_):
    return waiting_texts(round_, current_app.config["INSTANCE_FOLDER"]).get("wish", 0)


def written(round_, number):
    wanted = [{**form, "wish": f"Bänk {at}"} for at, form in enumerate(forms(number))]
    return make_responses(round_, wanted)


def decide(round_, key, release):
    place, who = TextPlace(key, "wish"), make_user()
    db.session.refresh(who)
    assert decide_text(round_, place, release=release, who=who, now=NOW)
    db.session.commit()


def test_texts_wait_until_they_are_released_or_withheld(round_):
    keys = written(round_, 12)
    assert waiting(round_) == 12
    decide(round_, keys[0], release=True)
    decide(round_, keys[1], release=False)
    assert waiting(round_) == 10
    for key in keys[2:]:
        decide(round_, key, release=True)
    assert waiting(round_) == 0


def test_a_corrected_text_waits_again_and_a_deleted_one_no_more(round_):
    keys = written(round_, 12)
    for key in keys:
        decide(round_, key, release=True)
    response = db.session.get_one(Response, keys[0])
    entry = Entry.from_json(json.loads(response.document.replace("Bänk", "Bord")))
    assert correct_response(round_, response, entry, NOW)
    db.session.commit()
    assert waiting(round_) == 1
    delete_response(response)
    db.session.commit()
    assert waiting(round_) == 0


def test_few_answers_tell_nothing_and_new_ones_count_when_there_are_enough(round_):
    written(round_, 4)
    assert waiting(round_) == 0
    written(round_, 6)
    assert waiting(round_) == 10
    written(round_, 4)
    assert waiting(round_) == 10
    written(round_, 1)
    assert waiting(round_) == 15
