"""Accounts and the log on the command line."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from engage.accounts.audit import record
from engage.accounts.models import AuditEntry, User
from tests.factories.accounts import make_user

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def run(app, db):
    def run_command(*words):
        db.session.commit()
        return app.test_cli_runner().invoke(args=[*words])

    return run_command


def test_accounts_are_listed_with_what_is_special(run):
    make_user(email="a@example.org", name="A", is_admin=True)
    make_user(email="b@example.org", name="B", is_active=False, password_hash=None)
    output = run("user", "list").output
    assert "a@example.org\tA\tadministrator" in output
    assert "b@example.org\tB\tno password yet, disabled" in output


def test_an_account_is_disabled_and_enabled(run, db):
    user = make_user()
    assert "cannot sign in" in run("user", "disable", user.email).output
    db.session.expire_all()
    assert not db.session.get(User, user.id).is_active
    assert "can sign in again" in run("user", "enable", user.email.upper()).output


def test_a_link_is_printed(run):
    user = make_user(language="da")
    assert "http://localhost/da/password/" in run("user", "link", user.email).output


@pytest.mark.parametrize("command", ["disable", "enable", "link"])
def test_an_unknown_account_is_one_clear_line(run, command):
    result = run("user", command, "nobody@example.org")
    assert result.exit_code != 0
    assert "Error: There is no account nobody@example.org." in result.output


def test_the_log_is_verified(run, db):
    for number in range(3):
        record(None, "tried", f"thing:{number}", {}, datetime.now(UTC))
    result = run("audit", "verify")
    assert result.exit_code == 0
    assert "3 entries, unbroken." in result.output
    db.session.execute(update(AuditEntry).values(subject="thing:9"))
    broken = run("audit", "verify")
    assert broken.exit_code != 0
    assert "Error: Entry 1 was changed." in broken.output
