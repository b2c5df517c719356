"""How often a sign-in may be tried, and that nobody is shut out for long (X-17, P-22)."""

import pytest

from engage.accounts.counters import SharedCounters
from engage.accounts.throttle import Throttle, network_of
from tests.factories.accounts import PASSWORD, make_user


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def throttle(clock):
    return Throttle(SharedCounters(clock))


def admitted(throttle, account, address, times):
    return [throttle.admits(account, address) for _ in range(times)].count(True)


def test_five_tries_in_a_quarter_of_an_hour(throttle, clock):
    assert admitted(throttle, "a", "192.0.2.1", 8) == 5
    clock.now += 15 * 60 + 1
    assert admitted(throttle, "a", "192.0.2.1", 8) == 5


def test_after_ten_in_a_day_one_an_hour(throttle, clock):
    admitted(throttle, "a", "192.0.2.1", 5)
    clock.now += 16 * 60
    admitted(throttle, "a", "192.0.2.1", 5)
    clock.now += 16 * 60
    assert admitted(throttle, "a", "192.0.2.1", 5) == 1
    clock.now += 16 * 60
    assert admitted(throttle, "a", "192.0.2.1", 5) == 0
    clock.now += 60 * 60
    assert admitted(throttle, "a", "192.0.2.1", 5) == 1


def test_a_stranger_with_many_addresses_cannot_shut_the_owner_out(throttle):
    for number in range(200):
        throttle.admits("owner", f"198.51.100.{number}")
    assert throttle.admits("owner", "192.0.2.1")


def test_a_right_password_forgives_the_wrong_ones_before_it(throttle):
    for _ in range(30):
        assert admitted(throttle, "a", "192.0.2.1", 2) == 2
        throttle.forgive("a", "192.0.2.1")


def test_one_network_cannot_try_many_accounts(throttle):
    tried = [throttle.admits(f"account {number}", "192.0.2.1") for number in range(100)]
    assert tried.count(True) == 60
    assert throttle.admits("account 1", "192.0.2.2")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
        ("2001:db8:1:2::9", "2001:0db8:0001:0002"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", "unknown"),
        ("no address", "unknown"),
    ],
)
def test_a_home_with_many_addresses_is_one_network(address, network):
    assert network_of(address) == network


@pytest.mark.sqlite_only
def test_x43_nobody_gets_in_while_tries_cannot_be_counted(make_app):
    """A Redis that is away is told plainly, on the sign-in page and where codes are asked for."""
    app = make_app(REDIS_URL="redis://127.0.0.1:1/0", PROPAGATE_EXCEPTIONS=False)
    with app.app_context():
        user = make_user()
        client = app.test_client()
        form = {"email": user.email, "password": PASSWORD}
        page = client.post_page("/sv/sign-in", form, status=503)
        assert "Försök igen om några minuter" in page.text
        assert client.get("/sv/account").status_code == 302
        client.post_page("/sv/code", {"code": "1111222233334444"}, status=503)
