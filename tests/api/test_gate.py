"""Who may come in with a token, for how long, and how often; cookies open nothing here."""

from datetime import UTC, datetime, timedelta

import pytest

from engage.accounts.actions.sessions import end_sessions
from engage.accounts.actions.users import disable_user, set_password
from engage.api.throttle import EXPORTS_PER_TOKEN, PER_TOKEN, WRONG_PER_NETWORK, api_throttle
from engage.communities.actions.members import change_role, remove_member
from engage.communities.models import Membership
from engage.communities.queries import membership_of
from engage.communities.roles import Role
from engage.extensions import db
from tests.factories.accounts import sign_in
from tests.factories.api import make_program
from tests.factories.communities import make_community, make_member

NOW = datetime.now(UTC)


@pytest.fixture
def community(app):
    found = make_community()
    make_member(found)
    return found


@pytest.fixture
def program(app, community):
    return make_program(app, community)


def rounds(community):
    return f"/communities/{community.slug}/rounds"


def test_a_token_opens_what_its_owner_may_open(program, community):
    reply = program.get(rounds(community))
    assert (reply.status_code, reply.json) == (200, {"rounds": []})
    assert "Set-Cookie" not in reply.headers
    assert "Cookie" not in reply.headers.get("Vary", "")


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Bearer engage_x", "Basic YTpi", "Bearer é\x7f", "Token {}", "{}"],
)
def test_without_a_right_token_nothing_is_told(program, community, header):
    headers = {"Authorization": header.format(program.secret)} if header else {}
    for where in (rounds(community), rounds(community) + "/x/exports/y", "/communities/z/rounds"):
        reply = program.get(where, headers=headers)
        assert reply.status_code == 401
        assert reply.mimetype == "application/problem+json"
        assert reply.headers["WWW-Authenticate"].startswith('Bearer realm="engage"')


def test_a_token_in_the_address_opens_nothing(program, community):
    reply = program.get(f"{rounds(community)}?access_token={program.secret}", headers={})
    assert reply.status_code == 401


def test_a_session_opens_no_address_for_programs(client, program, community):
    sign_in(client, program.owner)
    reply = client.get(f"/api/v1{rounds(community)}")
    assert reply.status_code == 401
    assert "Set-Cookie" not in reply.headers


def test_a_token_opens_no_page(program, community):
    client = program._client
    reply = client.get(
        f"/en/c/{community.slug}", headers={"Authorization": f"Bearer {program.secret}"}
    )
    assert reply.status_code in {302, 303}


def _over(program):
    program.token.expires_at = NOW - timedelta(seconds=1)


def _disabled(program):
    disable_user(program.owner, who=None, now=NOW)


def _new_password(program):
    set_password(program.owner, "nine green kettles hum", who=program.owner, now=NOW)


def _signed_out_everywhere(program):
    end_sessions(program.owner, keep="this one")


def _another_role(program):
    membership = membership_of(program.owner, program.token.membership.community)
    role = {"role": Role.PARTNER, "who": None, "now": NOW}
    change_role(membership.community, membership, **role)


def _taken_out(program):
    membership = program.token.membership
    remove_member(membership.community, membership, who=None, now=NOW)


def _revoked(program):
    db.session.delete(program.token)


@pytest.mark.parametrize(
    "end",
    [
        _over,
        _disabled,
        _new_password,
        _signed_out_everywhere,
        _another_role,
        _taken_out,
        _revoked,
    ],
)
def test_a_token_opens_nothing_any_more(program, community, end):
    assert program.get(rounds(community)).status_code == 200
    end(program)
    db.session.commit()
    assert program.get(rounds(community)).status_code == 401


def test_a_token_never_allows_more_than_its_owner_may(program, community):
    db.session.scalars(
        db.select(Membership).filter_by(user_id=program.owner.id)
    ).one().role = Role.PARTNER
    reply = program.get(rounds(community))
    assert reply.status_code == 403
    assert reply.mimetype == "application/problem+json"


def test_only_the_day_of_the_last_use_is_kept(program, community):
    assert program.token.last_used_on is None
    program.get(rounds(community))
    db.session.refresh(program.token)
    assert program.token.last_used_on == datetime.now(UTC).date()


def _is_too_many(reply, seconds):
    assert reply.status_code == 429
    assert reply.mimetype == "application/problem+json"
    assert reply.headers["Retry-After"] == str(seconds)


def test_a_program_that_asks_too_often_waits(app, program, community):
    other = make_program(app, community)
    for _ in range(PER_TOKEN.tries):
        api_throttle().wait_after_request(program.token.token_hash)
    _is_too_many(program.get(rounds(community)), PER_TOKEN.seconds)
    assert other.get(rounds(community)).status_code == 200


def test_x35_wrong_tokens_are_counted_and_never_in_the_way_of_a_right_one(program, community):
    wrong = {"Authorization": "Bearer engage_wrong"}
    for _ in range(WRONG_PER_NETWORK.tries):
        assert program.get(rounds(community), headers=wrong).status_code == 401
    _is_too_many(program.get(rounds(community), headers=wrong), WRONG_PER_NETWORK.seconds)
    assert program.get(rounds(community)).status_code == 200


def test_exports_are_counted_per_token(app, program):
    for _ in range(EXPORTS_PER_TOKEN.tries):
        assert api_throttle().wait_after_export(program.token.token_hash) == 0
    wait = api_throttle().wait_after_export(program.token.token_hash)
    assert wait == EXPORTS_PER_TOKEN.seconds


@pytest.mark.parametrize(
    ("method", "where", "status"),
    [("GET", "/nothing", 404), ("PUT", "/openapi.json", 405), ("DELETE", "/nothing/at/all", 404)],
)
def test_errors_outside_of_every_view_are_json_too(program, method, where, status):
    reply = program.ask(method, where, headers={})
    assert (reply.status_code, reply.mimetype) == (status, "application/problem+json")
    assert reply.json["status"] == status
    assert ("Allow" in reply.headers) == (status == 405)


def test_no_token_of_a_form_is_asked_for_but_other_sites_are_refused(make_app):
    app = make_app(WTF_CSRF_ENABLED=True)
    with app.app_context():
        community = make_community()
        program = make_program(app, community)
        where = f"{rounds(community)}/x/exports"
        assert program.post(where, json={}).status_code == 404
        bearer = {"Authorization": f"Bearer {program.secret}"}
        for more in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://other.example"}):
            reply = program.post(where, json={}, headers={**bearer, **more})
            assert (reply.status_code, reply.mimetype) == (403, "application/problem+json")
        reply = program.post(where, json={}, headers={**bearer, "Origin": "null"})
        assert (reply.status_code, reply.mimetype) == (400, "application/problem+json")
        reply = program.get(rounds(community), headers={"Sec-Fetch-Site": "cross-site"})
        assert reply.status_code == 401


def test_what_breaks_inside_is_told_as_json_without_a_word_of_it(make_app):
    app = make_app(PROPAGATE_EXCEPTIONS=False)
    with app.app_context():
        community = make_community()
        program = make_program(app, community)
        app.view_functions["api.rounds"] = _breaks
        reply = program.get(rounds(community))
        assert (reply.status_code, reply.mimetype) == (500, "application/problem+json")
        assert "secret" not in reply.text


def _breaks(**_values):
    raise RuntimeError("secret")


_breaks.__access__ = "public"
