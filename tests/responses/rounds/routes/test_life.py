"""Rounds are closed, prolonged and deleted by people who know what they do."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from engage.accounts.models import AuditEntry
from engage.extensions import db
from engage.responses.models import CollectionDay
from engage.responses.rounds.queries import round_in
from tests.factories.communities import make_community
from tests.factories.questionnaires import make_round

pytestmark = pytest.mark.sqlite_only


def answered(found, number):
    db.session.add(
        CollectionDay(
            round_id=found.id,
            day=datetime.now(UTC).date(),
            language="sv",
            channel="link",
            answers=number,
            changes=number,
        )
    )
    db.session.commit()


@pytest.mark.parametrize(
    ("number", "told"),
    [(0, "fewer than 5 answers"), (4, "fewer than 5"), (5, "about 5"), (243, "about 240 answers")],
)
def test_s15_closing_names_what_it_affects_in_bands(desk, number, told):
    found = make_round(desk.version, slug="open")
    answered(found, number)
    assert told in desk.get("/open/close").text
    assert told in desk.get("/open").text


@pytest.mark.parametrize(("number", "noted"), [(3, "<5"), (243, "240+")])
def test_s06_not_even_the_log_tells_how_many_answers_a_round_had(desk, number, noted):
    answered(make_round(desk.version, slug="open"), number)
    desk.post("/open/close", {"typed": "open"})
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence)).all()[-1]
    assert (entry.action, entry.details) == ("round_closed", {"answers": noted})


def test_s15_closing_needs_the_short_name(desk):
    make_round(desk.version, slug="open")
    page = desk.post("/open/close", {"typed": "opne"})
    assert "Write “open”." in page.text
    assert round_in(desk.community, "open").closes_at is None
    page = desk.post("/open/close", {"typed": "open"})
    assert "For 7 days it can be opened again." in page.text
    assert round_in(desk.community, "open").state(datetime.now(UTC)) == "closed"


def test_a_closing_time_can_be_moved_and_taken_away(desk):
    make_round(desk.version, slug="open")
    later = datetime.now() + timedelta(days=40)  # noqa: DTZ005 - as typed, on the local clock
    desk.post("/open/closing", {"closes_at": later.strftime("%Y-%m-%dT%H:%M")})
    assert round_in(desk.community, "open").closes_at is not None
    desk.post("/open/closing", {"closes_at": ""})
    assert round_in(desk.community, "open").closes_at is None
    page = desk.post("/open/closing", {"closes_at": "2020-01-01T00:00"})
    assert "Choose a time to come" in page.text
    assert page.fields("//main//form")["closes_at"] == "2020-01-01T00:00"


def test_a_round_long_closed_stays_closed(desk):
    make_round(desk.version, slug="over", closes_at=datetime(2020, 1, 1, tzinfo=UTC))
    page = desk.post("/over/closing", {"closes_at": ""})
    assert "Prepare a new round" in page.text


def test_s15_a_round_in_preparation_is_deleted_by_its_name(desk):
    desk.post("/spring/delete", {"typed": "winter"})
    assert round_in(desk.community, "spring") is not None
    desk.post("/spring/delete", {"typed": "spring"})
    assert round_in(desk.community, "spring") is None


def test_a_round_that_was_opened_is_not_deleted(desk):
    make_round(desk.version, slug="open")
    page = desk.post("/open/delete", {"typed": "open"})
    assert "can be closed, not deleted" in page.text
    assert round_in(desk.community, "open") is not None


def test_rounds_of_others_are_not_here(desk):
    make_round(community=make_community(), slug="theirs")
    for end in ("", "/edit", "/close", "/closing", "/poster", "/cards", "/preview", "/delete"):
        assert desk.client.get(f"{desk.address}/theirs{end}").status_code == 404
