"""X-24, T-40: who may open what, every page of these rooms, every role and strangers."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from engage.accounts.actions.users import make_password_link
from engage.accounts.models import UserSession
from engage.communities.actions.members import invite
from engage.communities.models import Community
from engage.communities.permissions import PERMISSIONS, Permission
from engage.communities.queries import membership_of
from engage.communities.roles import Role
from engage.web.access import PUBLIC, access_of
from tests.factories.accounts import make_user, sign_in
from tests.factories.communities import make_area, make_community, make_member, make_partner

pytestmark = pytest.mark.sqlite_only

NOW = datetime.now(UTC)
ROOMS = ("accounts.", "communities.")
#: Endpoint → who may open it, besides the pages that a permission guards.
FOR_EVERYBODY = {
    "accounts.sign_in",
    "accounts.second_step",
    "accounts.choose_password",
    "communities.accept",
}
FOR_ADMINISTRATORS = {"accounts.users", "accounts.user", "communities.index", "communities.new"}


def rules(app: Flask) -> list:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(ROOMS)]


def address(app: Flask, rule, **values) -> str:
    wanted = {name: values[name] for name in rule.arguments}
    with app.test_request_context():
        return app.url_for(rule.endpoint, **wanted)


@pytest.fixture
def place(app):
    """Return what addresses need: a community with one of everything, and one more person."""
    community = make_community()
    other = make_member(community, Role.SECRETARIAT)
    invitation, token = invite(
        community, "new@example.org", "New", Role.ANALYST, who=other, now=NOW
    )
    return {
        "language": "en",
        "community": community.slug,
        "partner_id": make_partner(community).id,
        "membership_id": membership_of(other, community).id,
        "invitation_id": invitation.id,
        "key": make_area(community).key,
        "token": token,
        "user_id": other.id,
        "hashed": "0" * 64,
    }


def statuses(app: Flask, client, place) -> dict[tuple[str, str], int]:
    """Return what every page answers to an empty request, by endpoint and method."""
    found = {}
    for rule in rules(app):
        for method in sorted(rule.methods & {"GET", "POST"}, reverse=True):
            if rule.endpoint in {"accounts.sign_out"}:
                continue
            answer = client.open(address(app, rule, **place), method=method)
            found[rule.endpoint, method] = answer.status_code
            if method == "POST" and answer.status_code >= 500:
                pytest.fail(f"{rule.endpoint} broke")
    return found


def is_refused(status: int) -> bool:
    return status == 403


@pytest.mark.parametrize("role", [*Role])
def test_a_role_opens_what_its_permissions_say_and_nothing_else(app, client, place, role, db):
    community = db.session.query(Community).one()
    sign_in(client, make_member(community, role))
    wrong = []
    for (endpoint, method), status in statuses(app, client, place).items():
        access = access_of(app.view_functions[endpoint])
        if endpoint in FOR_ADMINISTRATORS:
            allowed = False
        elif access in set(Permission):
            allowed = Permission(access) in PERMISSIONS[role]
        else:
            allowed = True
        if is_refused(status) == allowed:
            wrong.append(f"{method} {endpoint}: {status}, though allowed is {allowed}")
    assert not wrong


def test_an_administrator_has_no_way_into_a_community(app, client, place):
    sign_in(client, make_user(is_admin=True))
    for (endpoint, method), status in statuses(app, client, place).items():
        inside = access_of(app.view_functions[endpoint]) in set(Permission)
        assert is_refused(status) == inside, f"{method} {endpoint}: {status}"


def test_the_secretariat_of_a_parent_has_no_way_into_a_child(app, client, place, db):
    parent = make_community(kind="network")
    child = db.session.query(Community).filter_by(slug=place["community"]).one()
    child.parent = parent
    sign_in(client, make_member(parent, Role.SECRETARIAT))
    for (endpoint, method), status in statuses(app, client, place).items():
        if access_of(app.view_functions[endpoint]) in set(Permission):
            assert is_refused(status), f"{method} {endpoint}: {status}"


def test_a_stranger_reads_nothing_and_changes_nothing(app, client, place):
    for (endpoint, method), status in statuses(app, client, place).items():
        if endpoint in FOR_EVERYBODY:
            assert access_of(app.view_functions[endpoint]) == PUBLIC
        else:
            assert status == (302 if method == "GET" else 400), f"{method} {endpoint}: {status}"


def test_an_unknown_community_does_not_exist(app, client, place, db):
    community = db.session.query(Community).one()
    sign_in(client, make_member(community))
    for rule in rules(app):
        if "community" in rule.arguments:
            method = "GET" if "GET" in rule.methods else "POST"
            url = address(app, rule, **{**place, "community": "elsewhere"})
            assert client.open(url, method=method).status_code == 404


SCOPED = ("partner_id", "membership_id", "invitation_id", "key")


def test_things_of_another_community_do_not_exist_here(app, client, place):
    """The same person runs both; still an id of the one opens nothing under the other."""
    mine = make_community()
    sign_in(client, make_member(mine))
    tried = []
    for rule in rules(app):
        if "community" in rule.arguments and rule.arguments & set(SCOPED):
            url = address(app, rule, **{**place, "community": mine.slug})
            for method in rule.methods & {"GET", "POST"}:
                tried.append(rule.endpoint)
                data = {"direction": "up", "role": "analyst"}
                answer = client.open(url, method=method, data=data)
                assert answer.status_code == 404, f"{method} {rule.endpoint}"
    assert len(set(tried)) >= 6


def test_nobody_ends_somebody_elses_session(app, client, db):
    victim, thief = make_user(), make_user()
    sign_in(app.test_client(), victim)
    hashed = db.session.query(UserSession).filter_by(user_id=victim.id).one().token_hash
    sign_in(client, thief)
    assert client.post(f"/en/account/sessions/{hashed}/end").status_code == 404
    assert db.session.query(UserSession).filter_by(user_id=victim.id).count() == 1


def test_every_page_is_sound(app, client, place, db):
    community = db.session.query(Community).one()
    user = make_member(community, user=make_user(is_admin=True))
    sign_in(client, user)
    link = make_password_link(user, who=None, now=NOW)
    for rule in rules(app):
        if "GET" not in rule.methods or rule.endpoint in {
            "accounts.sign_in",
            "accounts.second_step",
            "accounts.remove_factor",
            "accounts.recovery_codes",
            "communities.check_areas",
        }:
            continue
        token = link if rule.endpoint == "accounts.choose_password" else place["token"]
        for language in ("sv", "da", "ar"):
            client.get_page(address(app, rule, **{**place, "language": language, "token": token}))


@pytest.mark.parametrize("endpoint", ["accounts.choose_password", "communities.accept"])
def test_a_link_that_is_over_says_so_and_is_told_to_nobody(app, client, endpoint):
    with app.test_request_context():
        url = app.url_for(endpoint, token="made-up", language="en")
    page = client.get_page(url, status=404)
    assert page.h1 == "This link does not work any more"
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
