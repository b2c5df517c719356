"""`engage check` tells a healthy and safe installation from one that needs attention (X-01)."""

import pytest
from alembic.script import ScriptDirectory
from flask import Flask

from engage.cli.installation import check, examine, unsafe_settings
from tests.conventions.sources import ROOT

SAFE = {
    "SECRET_KEY": "0123456789abcdef0123456789abcdef",
    "DEBUG": False,
    "BASE_URL": "https://engage.example.org",
    "LANGUAGES": ["sv", "ar"],
    "DEFAULT_LANGUAGE": "ar",
    "TIME_ZONE": "Europe/Stockholm",
}


def _words(state):
    return [finding.words for finding in examine() if finding.state == state]


def test_safe_settings_are_safe():
    assert unsafe_settings(SAFE) == []


@pytest.mark.parametrize("here", ["http://127.0.0.1:8000", "http://localhost", "http://[::1]:8000"])
def test_this_machine_may_be_asked_without_https(here):
    assert unsafe_settings({**SAFE, "BASE_URL": here}) == []


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("SECRET_KEY", "short", "32 random bytes"),
        ("SECRET_KEY", "", "32 random bytes"),
        ("DEBUG", True, "debug"),
        ("BASE_URL", "http://engage.example.org", "https://"),
        ("LANGUAGES", ["sv", "ar", "xx"], "xx"),
        ("DEFAULT_LANGUAGE", "da", "ENGAGE_DEFAULT_LANGUAGE"),
        ("TIME_ZONE", "Mars/Olympus", "Mars/Olympus"),
    ],
)
def test_an_unsafe_setting_is_told(setting, value, told):
    problems = unsafe_settings({**SAFE, setting: value})
    assert len(problems) == 1
    assert told in problems[0]


def test_a_database_without_its_migrations_is_told(app: Flask):
    if ScriptDirectory(str(ROOT / "migrations")).get_heads():
        assert any("engage db upgrade" in words for words in _words("failed"))


@pytest.mark.sqlite_only
def test_files_that_others_can_read_are_told(app: Flask):
    folder = app.config["INSTANCE_FOLDER"]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "secret_key").touch(mode=0o644)
    assert any("can be read by others" in words for words in _words("failed"))
    (folder / "secret_key").chmod(0o600)
    assert not any("can be read by others" in words for words in _words("failed"))


@pytest.mark.sqlite_only
def test_a_database_that_does_not_answer_is_told_in_one_line(make_app):
    app = make_app(SQLALCHEMY_DATABASE_URI="postgresql+psycopg://127.0.0.1:1/nothing")
    with app.app_context():
        told = [words for words in _words("failed") if words.startswith("database")]
    assert len(told) == 1
    assert "\n" not in told[0]


@pytest.mark.sqlite_only
def test_redis_is_asked_whether_it_answers(make_app, redis_url):
    app = make_app(REDIS_URL=redis_url, TESTING=False)
    with app.app_context():
        assert "Redis answers" in _words("ok")


@pytest.mark.sqlite_only
def test_redis_that_does_not_answer_is_told(make_app):
    app = make_app(REDIS_URL="redis://127.0.0.1:1/0", TESTING=False)
    with app.app_context():
        assert any(words.startswith("redis") for words in _words("failed"))


@pytest.mark.sqlite_only
def test_the_command_fails_when_something_failed(make_app):
    app = make_app(TIME_ZONE="Mars/Olympus")
    result = app.test_cli_runner().invoke(check)
    assert result.exit_code == 1
    assert "failed   ENGAGE_TIME_ZONE is unknown" in result.output
    assert "needs attention" in result.output
