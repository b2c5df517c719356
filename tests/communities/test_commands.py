"""People and communities on the command line."""

import pytest

from engage.accounts.actions.users import user_with_password
from engage.accounts.models import User
from engage.communities.models import Community
from engage.communities.queries import community_by_slug, memberships_of
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.communities import make_community

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def run(app, db):
    def run_command(*words, **more):
        db.session.commit()
        result = app.test_cli_runner().invoke(args=[*words], **more)
        db.session.expire_all()
        return result

    return run_command


@pytest.fixture
def password_file(tmp_path):
    path = tmp_path / "password"
    path.write_text(f"{PASSWORD}\r\nsecond line\n", encoding="utf-8")
    return str(path)


def test_an_account_with_a_role_can_sign_in(run, password_file):
    make_community(slug="plats")
    result = run(
        *("user", "create", "Anna@example.org", "--name", "Anna", "--community", "plats"),
        *("--role", "analyst", "--password-file", password_file),
    )
    assert result.exit_code == 0
    assert "anna@example.org can sign in (analyst of plats)." in result.output
    user = user_with_password("anna@example.org", PASSWORD)
    assert [one.role for one in memberships_of(user)] == ["analyst"]
    assert not user.is_admin


def test_a_password_is_asked_for_and_not_shown(run):
    result = run(
        *("user", "create", "a@example.org", "--name", "A", "--admin", "--language", "da"),
        input=f"{PASSWORD}\n{PASSWORD}\n",
    )
    assert result.exit_code == 0
    assert PASSWORD not in result.output
    user = user_with_password("a@example.org", PASSWORD)
    assert (user.is_admin, user.language) == (True, "da")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["known@example.org"], "Error: There is an account known@example.org already."),
        (["nobody"], "Error: nobody is no e-mail address."),
        (["a@example.org", "--role", "analyst"], "Error: --community and --role belong together."),
        (
            ["a@example.org", "--role", "analyst", "--community", "x"],
            "Error: There is no community x.",
        ),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(run, db, password_file, words, line):
    make_user(email="known@example.org")
    result = run("user", "create", *words, "--name", "A", "--password-file", password_file)
    assert result.exit_code != 0
    assert line in result.output
    assert db.session.query(User).count() == 1


def test_a_weak_password_is_refused(run, db, tmp_path):
    path = tmp_path / "weak"
    path.write_text("password1234")
    result = run(*("user", "create", "a@example.org", "--name", "A", "--password-file", str(path)))
    assert result.exit_code != 0
    assert "Many people use this password." in result.output
    assert db.session.query(User).count() == 0


def test_communities_are_made_and_listed(run, db):
    run("community", "create", "staden", "--name", "Staden", "--kind", "city")
    result = run("community", "create", "plats", "--name", "Platsen", "--parent", "staden")
    assert result.exit_code == 0
    assert community_by_slug("plats").parent.slug == "staden"
    assert "plats\tneighbourhood\tPlatsen" in run("community", "list").output
    for wrong in (["plats", "--name", "x"], ["ÅÄ", "--name", "x"]):
        assert run("community", "create", *wrong).exit_code != 0
    assert run("community", "create", "c", "--name", "x", "--parent", "no").exit_code != 0
    assert db.session.query(Community).count() == 2
