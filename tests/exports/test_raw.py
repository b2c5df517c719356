"""Raw answers need a second person (X-21, S-06); deleted answers are not handed out (P-12)."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from engage.accounts.models import AuditEntry, UserSession
from engage.communities.roles import Role
from engage.exports.actions import file_of
from engage.exports.models import WAITING, Export
from engage.extensions import db
from engage.responses.actions.correcting import delete_response
from engage.responses.models import Response
from tests.factories.accounts import PASSWORD, sign_in
from tests.factories.communities import make_community, make_member
from tests.factories.questionnaires import make_round
from tests.factories.results import make_responses

pytestmark = pytest.mark.sqlite_only
WISH = {"purpose": "research", "note": "", "what": "raw", "format": "jsonl", "language": "sv"}
TYPED = "Ring 070-123 45 67"


@pytest.fixture
def round_(app):
    found = make_round()
    make_responses(found, [{"children": "no", "wish": TYPED}] * 7)
    return found


def address(found, more=""):
    return f"/en/c/{found.community.slug}/rounds/{found.slug}/export{more}"


def member(client, found, role=Role.SECRETARIAT):
    """Return a browser in which a new member is signed in."""
    own = client.application.test_client()
    sign_in(own, make_member(found.community, role))
    return own


def asked(browser, found, **given):
    assert browser.post(address(found), data={**WISH, **given}).status_code == 303
    return db.session.scalars(db.select(Export)).one()


def test_raw_answers_wait_for_a_second_person(client, round_):
    first, second = member(client, round_), member(client, round_)
    made = asked(first, round_)
    assert "Waiting for a second person" in first.get_page(address(round_, f"/{made.id}")).text
    assert not file_of(client.application.config["INSTANCE_FOLDER"], made.id).exists()
    assert first.post(address(round_, f"/{made.id}/file")).status_code == 404
    assert first.post(address(round_, f"/{made.id}/approve")).status_code == 403
    second.post_page(address(round_, f"/{made.id}/approve"))
    reply = first.post(address(round_, f"/{made.id}/file"))
    lines = [json.loads(line) for line in reply.data.decode().splitlines()]
    assert [line["answers"]["wish"] for line in lines] == [TYPED] * 7
    assert "_raw_" in reply.headers["Content-Disposition"]
    reply.close()
    actions = [entry.action for entry in db.session.scalars(db.select(AuditEntry))]
    assert actions[-3:] == ["export_asked_for", "export_approved", "export_fetched"]


def test_x20_agreeing_and_fetching_ask_for_the_password_again(client, round_):
    first, second = member(client, round_), member(client, round_)
    made = asked(first, round_)
    page = address(round_, f"/{made.id}")
    confirm = f"/en/account/confirm?next={page}"
    _a_while_ago()
    assert second.post(f"{page}/approve").location == confirm
    assert made.approved_at is None
    assert second.post(confirm, data={"password": PASSWORD}).location == page
    assert second.post(f"{page}/approve").location == page
    _a_while_ago()
    assert first.post(f"{page}/file").location == confirm
    first.post(confirm, data={"password": PASSWORD})
    reply = first.post(f"{page}/file")
    assert reply.status_code == 200
    reply.close()


def _a_while_ago():
    """Let a quarter of an hour pass since anybody showed their password."""
    for one in db.session.scalars(db.select(UserSession)):
        one.confirmed_at -= timedelta(minutes=15)
    db.session.commit()


def test_after_a_day_nobody_can_agree_any_more(client, round_):
    made = asked(member(client, round_), round_)
    made.asked_at = datetime.now(UTC) - WAITING - timedelta(minutes=1)
    db.session.commit()
    second = member(client, round_)
    assert second.post(address(round_, f"/{made.id}/approve")).status_code == 403
    assert "Nobody agreed within a day" in second.get_page(address(round_, f"/{made.id}")).text


@pytest.mark.parametrize("role", [Role.ANALYST, Role.PARTNER])
def test_who_may_not_have_raw_answers_can_neither_ask_nor_agree(client, round_, role):
    other = member(client, round_, role)
    other.post(address(round_), data=WISH)
    assert db.session.scalars(db.select(Export)).all() == []
    made = asked(member(client, round_), round_)
    assert other.post(address(round_, f"/{made.id}/approve")).status_code == 403


def test_nobody_agrees_through_another_community(client, round_):
    made = asked(member(client, round_), round_)
    elsewhere = make_round(community=make_community())
    stranger = member(client, elsewhere)
    assert stranger.post(address(elsewhere, f"/{made.id}/approve")).status_code == 404
    assert stranger.post(address(round_, f"/{made.id}/approve")).status_code == 403


def test_a_file_with_deleted_answers_is_not_handed_out(client, round_):
    browser = member(client, round_)
    made = asked(browser, round_, what="answers")
    delete_response(db.session.scalars(db.select(Response)).first())
    db.session.commit()
    page = browser.get_page(address(round_, f"/{made.id}"))
    assert "corrected or deleted their answers" in page.text
    assert browser.post(address(round_, f"/{made.id}/file")).status_code == 404
    assert not file_of(client.application.config["INSTANCE_FOLDER"], made.id).exists()
    browser.get_page(address(round_, f"/{made.id}"))


def test_a_file_stays_when_answers_come(client, round_):
    browser = member(client, round_)
    made = asked(browser, round_, what="answers")
    make_responses(round_, [{"children": "no"}])
    reply = browser.post(address(round_, f"/{made.id}/file"))
    assert reply.status_code == 200
    reply.close()


def test_typed_words_and_marks_leave_with_answers_only(client, round_):
    made = asked(member(client, round_), round_, what="tables", free_text="y", places="y")
    assert (made.free_text, made.places, made.codebook) == (False, False, False)
