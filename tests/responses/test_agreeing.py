"""P-44: a yes is an action of its own, counted by text and language, and never for one person."""

import pytest
from sqlalchemy.exc import OperationalError

from engage.extensions import db
from engage.responses.models import YesCount
from tests.factories.accounts import sign_in
from tests.factories.communities import make_member
from tests.factories.responses import address, english_round, responses_of


@pytest.fixture
def round_(app):
    return english_round(basis="consent")


def counted(round_):
    db.session.rollback()
    rows = db.session.scalars(db.select(YesCount).filter_by(round_id=round_.id))
    return {(row.version_id, row.language): row.given for row in rows}


def say(client, round_, language="en", **said):
    return client.post(address(round_, "start", language), data=said or {"take": "yes"})


def test_p44_a_yes_counts_for_the_text_and_the_language_it_was_said_to(client, round_):
    for language in ("en", "en", "ar"):
        assert "k=" in say(client, round_, language).location
    assert counted(round_) == {(round_.version_id, "en"): 2, (round_.version_id, "ar"): 1}
    assert not responses_of(round_)


def test_p44_the_table_tells_of_no_person_no_day_and_no_order(app):
    columns = {column.name for column in YesCount.__table__.columns}
    assert columns == {"round_id", "version_id", "language", "given"}


def test_p44_a_yes_on_a_borrowed_phone_counts_and_a_no_does_not(client, round_):
    assert "/no" in say(client, round_, take="no").location
    assert say(client, round_, other="1").status_code == 303
    assert counted(round_) == {}
    assert "b=1" in say(client, round_, borrowed="1").location
    assert counted(round_) == {(round_.version_id, "en"): 1}


@pytest.mark.sqlite_only
def test_p44_nothing_is_counted_where_the_round_does_not_rest_on_consent(client, app):
    round_ = english_round()
    say(client, round_)
    assert counted(round_) == {}


@pytest.mark.sqlite_only
def test_p44_who_says_yes_goes_on_also_where_nothing_can_be_written(client, round_, monkeypatch):
    monkeypatch.setattr("engage.responses.routes.landing.count_yes", _refused)
    assert "k=" in say(client, round_).location


def _refused(*_args):
    raise OperationalError("INSERT …", None, Exception("database is read-only"))


def test_p44_staff_see_it_in_bands(client, round_):
    for language, given in (("en", 23), ("ar", 2)):
        row = {"round_id": round_.id, "version_id": round_.version_id, "language": language}
        db.session.add(YesCount(**row, given=given))
    db.session.commit()
    sign_in(client, make_member(round_.community))
    page = client.get_page(f"/en/c/{round_.community.slug}/rounds/{round_.slug}")
    told = [page.words(one) for one in page.all("//dl/div[contains(., 'people')]")]
    assert "about 20 people" in " ".join(told)
    assert "fewer than 5 people" in " ".join(told)
    assert "23" not in " ".join(told)
