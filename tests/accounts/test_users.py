"""Accounts: made, disabled, and given a new password by a link that works once."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from engage.accounts.actions.users import (
    EmailTakenError,
    create_user,
    disable_user,
    enable_user,
    make_password_link,
    set_password,
    user_with_password,
)
from engage.accounts.models import AuditEntry, PasswordLink, User, UserSession
from engage.accounts.passwords import is_outdated
from engage.accounts.queries import user_of_password_link
from tests.factories.accounts import PASSWORD, make_user, sign_in

NOW = datetime(2027, 3, 1, tzinfo=UTC)


def test_one_address_is_one_account_however_it_is_spelt(db):
    create_user(" Anna@Example.org ", "Anna", "sv", PASSWORD, now=NOW)
    with pytest.raises(EmailTakenError):
        create_user("anna@example.ORG", "Anna", "sv", PASSWORD, now=NOW)
    assert db.session.scalars(select(User.email)).all() == ["anna@example.org"]


def test_an_account_without_password_cannot_sign_in(db):
    create_user("a@example.org", "A", "sv", None, now=NOW)
    assert user_with_password("a@example.org", "") is None


def test_an_old_hash_is_made_anew_at_sign_in(db):
    user = make_user()
    assert is_outdated(user.password_hash)
    assert user_with_password(user.email, PASSWORD) is user
    assert not is_outdated(user.password_hash)


def test_a_link_works_once_and_for_three_days(db):
    user = make_user()
    token = make_password_link(user, who=None, now=NOW)
    assert user_of_password_link(token, NOW + timedelta(days=2, hours=23)) is user
    assert user_of_password_link(token, NOW + timedelta(days=3)) is None
    assert user_of_password_link(token[:-1], NOW) is None
    second = make_password_link(user, who=None, now=NOW)
    assert user_of_password_link(token, NOW) is None
    set_password(user, "seven blue rivers run", who=user, now=NOW)
    assert user_of_password_link(second, NOW) is None


def test_a_link_is_kept_only_as_a_hash(db):
    token = make_password_link(make_user(), who=None, now=NOW)
    assert db.session.scalars(select(PasswordLink.token_hash)).one() != token


def test_a_disabled_account_has_no_way_in_until_it_is_enabled(db):
    user = make_user()
    token = make_password_link(user, who=None, now=NOW)
    disable_user(user, who=None, now=NOW)
    assert user_of_password_link(token, NOW) is None
    assert user_with_password(user.email, PASSWORD) is None
    enable_user(user, who=None, now=NOW)
    assert user_with_password(user.email, PASSWORD) is user


def test_every_change_is_in_the_log_and_no_password_is(db):
    admin, user = make_user(), make_user()
    token = make_password_link(user, who=admin, now=NOW)
    set_password(user, "seven blue rivers run", who=user, now=NOW)
    disable_user(user, who=admin, now=NOW)
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence)).all()
    assert [(entry.action, entry.actor_id) for entry in entries] == [
        ("password_link_made", admin.id),
        ("password_changed", user.id),
        ("account_disabled", admin.id),
    ]
    said = "".join(str(entry.details) + entry.subject for entry in entries)
    assert "rivers" not in said
    assert token not in said


@pytest.mark.sqlite_only
class TestPages:
    """The administrator's pages and the page of a link."""

    @pytest.fixture
    def admin(self, client):
        person = make_user(is_admin=True)
        sign_in(client, person)
        return person

    def test_a_link_is_shown_once_and_leads_to_a_new_password(self, app, client, admin, db):
        user = make_user(password_hash=None)
        assert "No password yet" in client.get_page("/en/accounts").text
        page = client.post_page(f"/en/accounts/{user.id}", {"link": "1"})
        address = page.words(page.find("//main//code"))
        assert address.startswith("http://localhost/en/password/")
        stranger = app.test_client()
        path = address.removeprefix("http://localhost")
        assert user.email in stranger.get_page(path).text
        weak = stranger.post_page(path, {"new_password": "password1234"})
        assert "Many people use this password." in weak.text
        done = stranger.post_page(path, {"new_password": PASSWORD})
        assert "Sign in with it." in done.text
        stranger.get_page(path, status=404)
        db.session.expire_all()
        assert user_with_password(user.email, PASSWORD)

    def test_disabling_ends_sessions_and_enabling_lets_in_again(self, app, client, admin, db):
        user = make_user()
        other = app.test_client()
        sign_in(other, user)
        page = client.post_page(f"/en/accounts/{user.id}", {"disable": "1"})
        assert "cannot sign in any more" in page.text
        assert other.get("/en/account").status_code == 302
        assert db.session.query(UserSession).filter_by(user_id=user.id).count() == 0
        client.post_page(f"/en/accounts/{user.id}", {"enable": "1"})
        db.session.expire_all()
        assert db.session.get(User, user.id).is_active

    def test_an_administrator_cannot_shut_themselves_out(self, client, admin, db):
        page = client.get_page(f"/en/accounts/{admin.id}")
        assert not page.all("//button[@name='disable']")
        client.post(f"/en/accounts/{admin.id}", data={"disable": "1"})
        db.session.expire_all()
        assert db.session.get(User, admin.id).is_active

    def test_a_lost_second_factor_is_removed(self, client, admin, db):
        user = make_user(totp_seed="00" * 20)
        client.post_page(f"/en/accounts/{user.id}", {"remove_factor": "1"})
        db.session.expire_all()
        assert not db.session.get(User, user.id).has_second_factor

    def test_an_unknown_account_does_not_exist(self, client, admin):
        client.get_page("/en/accounts/999999", status=404)
