"""E-15: a clock that jumps logs nobody out: time without use counts from the machine's start."""

from datetime import datetime, timedelta

import pytest

from engage.accounts import steady
from tests.factories.accounts import PASSWORD, make_user

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def signed_in(client):
    """Return a client that signed in on the page."""
    user = make_user()
    client.post("/en/sign-in", data={"email": user.email, "password": PASSWORD})
    return client


def jump(monkeypatch, hours):
    """Let the clock that says what time it is jump."""

    class Jumped(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(hours=hours)

    monkeypatch.setattr("engage.accounts.current.datetime", Jumped)


def pass_by(monkeypatch, minutes):
    """Let the time since the machine's start go on while the clock stands still."""
    real = steady.steady_moment

    def later(key):
        start, seconds = real(key)
        return [start, seconds + minutes * 60]

    monkeypatch.setattr("engage.accounts.current.steady_moment", later)


@pytest.mark.parametrize("hours", [2, -2])
def test_e15_a_clock_that_jumps_two_hours_logs_nobody_out(signed_in, monkeypatch, hours):
    jump(monkeypatch, hours)
    for _ in range(2):
        assert signed_in.get("/en/account").status_code == 200
    monkeypatch.undo()
    assert signed_in.get("/en/account").status_code == 200


def test_e15_half_an_hour_without_use_ends_the_session_though_the_clock_stands(
    signed_in, monkeypatch
):
    pass_by(monkeypatch, 29)
    assert signed_in.get("/en/account").status_code == 200
    monkeypatch.undo()
    pass_by(monkeypatch, 29 + 31)
    assert signed_in.get("/en/account").status_code == 302


@pytest.mark.parametrize("kept", [None, "x", ["another start", 5], [5], ["a", "b"], {}])
def test_e15_after_another_start_the_clock_counts(signed_in, monkeypatch, kept):
    with signed_in.session_transaction() as cookie:
        cookie["sign_in"] = {**cookie["sign_in"], "steady": kept}
    assert signed_in.get("/en/account").status_code == 200
    with signed_in.session_transaction() as cookie:
        cookie["sign_in"] = {**cookie["sign_in"], "steady": kept}
    jump(monkeypatch, 2)
    assert signed_in.get("/en/account").status_code == 302


def test_e15_where_the_machine_does_not_tell_the_clock_counts(tmp_path, monkeypatch):
    monkeypatch.setattr(steady, "_BOOT", tmp_path / "nothing")
    assert steady.steady_moment("another key") is None


def test_the_cookie_does_not_tell_how_long_the_machine_has_run():
    one, other = steady.steady_moment("one key"), steady.steady_moment("other key")
    assert one[0] != other[0]
    assert abs(one[1] - other[1]) > 1000
