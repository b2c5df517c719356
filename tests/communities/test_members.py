"""Who belongs: roles, invitations, and always somebody who can let others in."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from engage.accounts.models import AuditEntry, User, UserSession
from engage.communities.actions.members import (
    LastSecretariatError,
    accept_invitation,
    add_member,
    change_role,
    invite,
    remove_member,
    withdraw_invitation,
)
from engage.communities.models import Invitation, Membership
from engage.communities.queries import (
    communities_of,
    invitation_of_token,
    members,
    membership_of,
    open_invitations,
)
from engage.communities.roles import PERMISSIONS, Permission, Role
from tests.factories.accounts import PASSWORD, make_user, sign_in
from tests.factories.communities import make_community, make_member

NOW = datetime(2027, 3, 1, tzinfo=UTC)


def test_the_table_of_roles_is_what_was_agreed():
    """Written out once more, so that a change here is made on purpose."""
    assert PERMISSIONS[Role.SECRETARIAT] == set(Permission)
    assert PERMISSIONS[Role.ANALYST] == {
        "view_community",
        "view_results",
        "release_texts",
        "manage_population",
        "export_data",
    }
    assert PERMISSIONS[Role.FACILITATOR] == {"view_community"}
    assert PERMISSIONS[Role.TRANSLATOR] == {"view_community", "translate"}
    assert PERMISSIONS[Role.PARTNER] == {"view_community", "view_results"}


def test_a_person_has_one_role_in_each_of_several_communities(db):
    one, other, user = make_community(slug="b"), make_community(slug="a"), make_user()
    add_member(one, user, Role.ANALYST, who=None, now=NOW)
    add_member(other, user, Role.PARTNER, who=None, now=NOW)
    add_member(one, user, Role.TRANSLATOR, who=None, now=NOW)
    db.session.commit()
    assert [community.slug for community in communities_of(user)] == ["a", "b"]
    assert membership_of(user, one).role is Role.TRANSLATOR
    assert membership_of(user, one).may(Permission.TRANSLATE)
    assert not membership_of(user, other).may(Permission.TRANSLATE)


def test_another_role_signs_the_person_out_everywhere_x19(app, db):
    community = make_community()
    make_member(community)
    user = make_member(community, Role.ANALYST)
    sign_in(app.test_client(), user)
    change_role(community, membership_of(user, community), Role.ANALYST, who=None, now=NOW)
    assert db.session.query(UserSession).count() == 1
    change_role(community, membership_of(user, community), Role.PARTNER, who=None, now=NOW)
    assert db.session.query(UserSession).count() == 0


def test_the_last_of_the_secretariat_stays(db):
    community = make_community()
    boss = make_member(community)
    make_member(community, Role.SECRETARIAT, make_user(is_active=False))
    make_member(make_community(), Role.SECRETARIAT)
    membership = membership_of(boss, community)
    with pytest.raises(LastSecretariatError):
        change_role(community, membership, Role.ANALYST, who=boss, now=NOW)
    with pytest.raises(LastSecretariatError):
        remove_member(community, membership, who=boss, now=NOW)
    make_member(community)
    remove_member(community, membership, who=boss, now=NOW)
    db.session.commit()
    assert membership_of(boss, community) is None
    assert db.session.get(User, boss.id)


def test_an_invitation_is_kept_as_a_hash_and_works_once_for_two_weeks(db):
    community, user = make_community(), make_user()
    invitation, token = invite(community, " New@Example.org", "N", Role.ANALYST, who=None, now=NOW)
    assert invitation.email == "new@example.org"
    assert token not in invitation.token_hash
    assert invitation_of_token(token, NOW + timedelta(days=13)) is invitation
    assert invitation_of_token(token, NOW + timedelta(days=14)) is None
    accept_invitation(invitation, user, now=NOW)
    assert invitation_of_token(token, NOW) is None
    assert membership_of(user, community).role is Role.ANALYST


def test_a_second_invitation_takes_the_place_of_the_first(db):
    community, other = make_community(), make_community()
    _, first = invite(community, "n@example.org", "N", Role.ANALYST, who=None, now=NOW)
    _, elsewhere = invite(other, "n@example.org", "N", Role.ANALYST, who=None, now=NOW)
    second, token = invite(community, "N@example.org", "N", Role.PARTNER, who=None, now=NOW)
    assert invitation_of_token(first, NOW) is None
    assert invitation_of_token(elsewhere, NOW)
    assert [one.id for one in open_invitations(community)] == [second.id]
    withdraw_invitation(community, second, who=None, now=NOW)
    db.session.flush()
    assert invitation_of_token(token, NOW) is None


def test_changes_are_in_the_log_of_the_community_without_addresses(db):
    community = make_community()
    boss = make_member(community)
    invite(community, "n@example.org", "N", Role.ANALYST, who=boss, now=NOW)
    add_member(community, make_user(), Role.PARTNER, who=boss, now=NOW)
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence)).all()
    assert [entry.action for entry in entries] == ["member_invited", "member_added"]
    assert {(entry.community, entry.actor_id) for entry in entries} == {(community.slug, boss.id)}
    assert "example.org" not in "".join(f"{one.subject}{one.details}" for one in entries)


@pytest.mark.sqlite_only
class TestPages:
    """The pages of the people of a community, and the page of an invitation."""

    @pytest.fixture
    def community(self):
        return make_community(slug="plats")

    @pytest.fixture
    def boss(self, client, community):
        user = make_member(community)
        sign_in(client, user)
        return user

    def invited(self, client, email, role="analyst"):
        sent = {"name": "Ny <b>Person</b>", "email": email, "role": role}
        page = client.post_page("/en/c/plats/members/invite", sent)
        return page, page.words(page.find("//main//code")).removeprefix("http://localhost")

    def test_a_new_person_gets_an_account_and_comes_in(self, app, client, boss, community, db):
        page, path = self.invited(client, "ny@example.org")
        assert page.h1 == "A link for Ny <b>Person</b>"
        assert path.startswith("/en/invitation/")
        stranger = app.test_client()
        assert "ny@example.org" in stranger.get_page(path).text
        weak = stranger.post_page(path, {"name": "Ny", "new_password": "ny@example.org1"})
        assert "too close to your name" in weak.text
        done = stranger.post_page(path, {"name": "Ny", "new_password": PASSWORD})
        assert "Your account is ready." in done.text
        stranger.get_page(path, status=404)
        answer = stranger.post(
            "/en/sign-in", data={"email": "ny@example.org", "password": PASSWORD}
        )
        assert answer.status_code == 303
        stranger.get_page("/en/c/plats")

    def test_the_answer_is_the_same_whether_there_is_an_account(self, client, boss, db):
        user = make_user(email="known@example.org")
        known, _ = self.invited(client, user.email)
        unknown, _ = self.invited(client, "other@example.org")
        texts = [
            page.response.get_data(as_text=True).split("/invitation/")[0]
            for page in (known, unknown)
        ]
        # The token of the forms tells the second in which a page was made, and nothing else.
        token = re.compile(r'(name="csrf_token"[^>]*value=")[^"]+')
        assert all(token.search(text) for text in texts)
        assert token.sub(r"\1", texts[0]) == token.sub(r"\1", texts[1])

    def test_somebody_with_an_account_signs_in_and_accepts(self, app, client, boss, db):
        user = make_user(email="known@example.org")
        _, path = self.invited(client, user.email, "partner")
        other = app.test_client()
        page = other.get_page(path)
        assert "Sign in, and then come in." in page.text
        assert page.find("//a[contains(@href, 'next=')]") is not None
        assert other.post(path).status_code == 200
        assert db.session.query(Membership).count() == 1
        assert "You are signed in with another address." in client.get_page(path).text
        client.post(path)
        sign_in(other, user)
        assert "Become a member" in other.get_page(path).text
        other.post_page(path)
        db.session.expire_all()
        assert db.session.query(Membership).count() == 2
        assert not db.session.query(Invitation).filter_by(accepted_at=None).count()

    def test_a_role_is_changed_and_a_person_taken_out(self, client, boss, community, db):
        user = make_member(community, Role.ANALYST)
        one = membership_of(user, community)
        page = client.get_page("/en/c/plats/members")
        assert user.email in page.text
        url = f"/en/c/plats/members/{one.id}"
        chosen = client.get_page(url).find("//input[@name='role' and @checked]")
        assert chosen.get("value") == "analyst"
        client.post_page(url, {"role": "translator"})
        db.session.expire_all()
        assert one.role is Role.TRANSLATOR
        wrong = client.post_page(url, {"role": "king"})
        assert wrong.title.startswith("Error:")
        client.get_page(f"{url}/remove")
        client.post_page(f"{url}/remove")
        assert len(members(community)) == 1

    def test_the_last_of_the_secretariat_is_told(self, client, boss, community):
        url = f"/en/c/plats/members/{membership_of(boss, community).id}"
        for page in (client.post_page(url, {"role": "partner"}), client.post_page(f"{url}/remove")):
            assert "Nobody else is left in the secretariat." in page.text

    def test_the_last_of_the_secretariat_cannot_step_down_by_an_invitation(
        self, client, boss, community, db
    ):
        _, path = self.invited(client, boss.email, "partner")
        page = client.post_page(path)
        assert "your role stays as it is" in page.text
        db.session.expire_all()
        assert membership_of(boss, community).role is Role.SECRETARIAT

    def test_an_invitation_is_withdrawn(self, client, boss, community, app):
        _, path = self.invited(client, "ny@example.org")
        page = client.get_page("/en/c/plats/members")
        client.post_page(page.find("//main//form/@action"))
        app.test_client().get_page(path, status=404)

    def test_bad_invitations_come_back_with_what_was_typed(self, client, boss):
        sent = {"name": "N", "email": "not an address", "role": "analyst"}
        page = client.post_page("/en/c/plats/members/invite", sent)
        assert "Write an e-mail address" in page.text
        assert page.find("//input[@name='email']").get("value") == "not an address"
        assert page.find("//input[@name='role' and @checked]").get("value") == "analyst"
