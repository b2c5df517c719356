"""The pages of tokens: made after the password, shown once, listed, revoked, and noted."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from engage.accounts.actions.sessions import end_sessions
from engage.accounts.models import AuditEntry, UserSession
from engage.accounts.tokens import new_api_token, token_hash
from engage.api.actions import make_token
from engage.api.models import ANSWERS_TOO, TABLES_ALONE, ApiToken
from engage.communities.queries import membership_of
from engage.communities.roles import Role
from engage.extensions import db
from tests.factories.accounts import PASSWORD, sign_in
from tests.factories.api import make_program
from tests.factories.communities import make_community, make_member

PAGE = "/en/account/tokens"
NOW = datetime.now(UTC)


@pytest.fixture
def community(app):
    return make_community()


@pytest.fixture
def analyst(client, community):
    """Return a member who is signed in in the client."""
    person = make_member(community, Role.ANALYST)
    sign_in(client, person)
    return person


def wish(community, **given):
    start = {"name": "Nightly copy", "community": community.slug, "scope": TABLES_ALONE}
    return {**start, "days": "30", **given}


def test_a_token_is_256_random_bits_that_leak_scanners_know():
    made = {new_api_token() for _ in range(50)}
    assert len(made) == 50
    assert all(re.fullmatch("engage_[0-9A-Za-z]{43}", one) for one in made)
    assert 62**43 > 2**256


@pytest.mark.sqlite_only
def test_a_token_is_made_shown_once_and_kept_as_a_hash(client, community, analyst):
    page = client.post_page(f"{PAGE}/new", data=wish(community))
    secret = page.words(page.find("//main//code"))
    made = db.session.scalars(db.select(ApiToken)).one()
    assert made.token_hash == token_hash(secret)
    assert timedelta(days=29) < made.expires_at - NOW < timedelta(days=31)
    assert secret not in str(db.session.execute(text("SELECT * FROM api_tokens")).all())
    listed = client.get_page(PAGE)
    assert secret not in listed.text
    for words in ("Nightly copy", "Works", "Tables of figures", "Never", made.mark):
        assert words in listed.text
    program = client.application.test_client(use_cookies=False)
    bearer = {"Authorization": f"Bearer {secret}"}
    rounds = f"/api/v1/communities/{community.slug}/rounds"
    assert program.get(rounds, headers=bearer).status_code == 200
    assert "Never" not in client.get_page(PAGE).text


@pytest.mark.sqlite_only
def test_x20_making_one_asks_for_the_password_again(client, community, analyst):
    db.session.scalars(db.select(UserSession)).one().confirmed_at -= timedelta(hours=1)
    for reply in (client.get(f"{PAGE}/new"), client.post(f"{PAGE}/new", data=wish(community))):
        assert reply.status_code == 303
        assert "/account/confirm" in reply.location
    assert db.session.scalars(db.select(ApiToken)).all() == []
    client.post(reply.location, data={"password": PASSWORD})
    client.post_page(f"{PAGE}/new", data=wish(community))
    assert len(db.session.scalars(db.select(ApiToken)).all()) == 1


@pytest.mark.sqlite_only
def test_making_and_revoking_are_in_the_log_of_the_community(client, community, analyst):
    client.post_page(f"{PAGE}/new", data=wish(community, scope=ANSWERS_TOO))
    made = db.session.scalars(db.select(ApiToken)).one()
    mark = made.mark
    client.post_page(f"{PAGE}/{made.token_hash}/revoke")
    latest = db.select(AuditEntry).order_by(AuditEntry.sequence.desc()).limit(2)
    revoked, noted = db.session.scalars(latest).all()
    assert (noted.action, revoked.action) == ("api_token_made", "api_token_revoked")
    assert (noted.subject, revoked.subject) == (mark, mark)
    assert {noted.community, revoked.community} == {community.slug}
    assert noted.details == {"name": "Nightly copy", "scope": ANSWERS_TOO, "days": 30}
    assert noted.actor_id == revoked.actor_id == analyst.id
    assert db.session.scalars(db.select(ApiToken)).all() == []


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("name", ""), ("name", "x" * 81), ("days", "9999"), ("days", "0"), ("days", "")),
        *(("scope", "export:raw"), ("scope", ""), ("community", "elsewhere")),
    ],
)
def test_what_is_not_offered_makes_no_token(client, community, analyst, field, value):
    page = client.post_page(f"{PAGE}/new", data=wish(community) | {field: value})
    assert page.all("//*[@role='alert']")
    assert db.session.scalars(db.select(ApiToken)).all() == []


@pytest.mark.sqlite_only
def test_only_communities_whose_data_one_may_take_are_offered(client, community, analyst):
    other = make_community()
    make_member(other, Role.PARTNER, user=analyst)
    page = client.get_page(f"{PAGE}/new")
    offered = page.all("//select[@name='community']/option/@value")
    assert offered == [community.slug]
    client.post_page(f"{PAGE}/new", data=wish(other))
    assert db.session.scalars(db.select(ApiToken)).all() == []


@pytest.mark.sqlite_only
@pytest.mark.parametrize("role", [Role.PARTNER, Role.FACILITATOR, Role.TRANSLATOR])
def test_who_may_not_export_makes_no_token(client, community, role):
    sign_in(client, make_member(community, role))
    assert "may export data" in client.get_page(PAGE).text
    assert client.get(f"{PAGE}/new").status_code == 403
    assert client.post(f"{PAGE}/new", data=wish(community)).status_code == 403


@pytest.mark.sqlite_only
def test_nobody_revokes_the_token_of_another(client, community, analyst):
    program = make_program(client.application, community)
    assert client.post(f"{PAGE}/{program.token.token_hash}/revoke").status_code == 404
    assert client.post(f"{PAGE}/nothing/revoke").status_code == 404
    assert db.session.scalars(db.select(ApiToken)).one() == program.token
    assert "Nightly copy" not in client.get_page(PAGE).text


@pytest.mark.sqlite_only
def test_the_list_says_why_a_token_does_not_work(client, community, analyst):
    token = make_program(client.application, community, owner=analyst).token
    token.expires_at = NOW
    assert "Too old" in client.get_page(PAGE).text
    token.expires_at = NOW + timedelta(days=1)
    end_sessions(analyst)
    sign_in(client, analyst)
    assert "Ended with your sessions" in client.get_page(PAGE).text
    token.epoch = db.session.get(type(analyst), analyst.id, populate_existing=True).epoch
    membership_of(analyst, community).role = Role.PARTNER
    assert "You may not export there any more" in client.get_page(PAGE).text


def test_old_tokens_of_the_same_person_are_cleared_away(app, community):
    first = make_program(app, community)
    stranger = make_program(app, community)
    for one in (first, stranger):
        one.token.expires_at = NOW - timedelta(days=1)
    db.session.commit()
    membership = membership_of(first.owner, community)
    made, _secret = make_token(membership, "Next", TABLES_ALONE, 30, now=NOW)
    db.session.commit()
    left = {one.token_hash for one in db.session.scalars(db.select(ApiToken))}
    assert left == {made.token_hash, stranger.token.token_hash}


def test_a_token_lasts_as_long_as_is_offered_and_no_longer(app, community):
    membership = membership_of(make_member(community), community)
    with pytest.raises(ValueError, match="9999"):
        make_token(membership, "Forever", TABLES_ALONE, 9999, now=NOW)


def test_a_token_goes_with_the_membership_and_with_the_community(app, community):
    program = make_program(app, community)
    db.session.delete(membership_of(program.owner, community))
    db.session.commit()
    assert db.session.scalars(db.select(ApiToken.token_hash)).all() == []
    make_program(app, community)
    db.session.delete(community)
    db.session.commit()
    assert db.session.scalars(db.select(ApiToken.token_hash)).all() == []
