"""X-16: the second factor set up, asked for, each code once, and taken away again."""

import re
import time
from datetime import UTC, datetime, timedelta

import pytest

from engage.accounts.actions.second_factor import enrol, passes_second_factor
from engage.accounts.models import RecoveryCode, User, UserSession
from engage.accounts.totp import hotp, new_seed, secret_of
from tests.factories.accounts import PASSWORD, make_user, sign_in

KEY = "a key of the tests, long enough to be taken for a real one"
NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


def code_of(user, moment, step=0):
    return hotp(secret_of(KEY, user.totp_seed), int(moment) // 30 + step)


def enrolled(now=NOW):
    """Return a person with a second factor, and the recovery codes."""
    user, seed = make_user(), new_seed()
    code = hotp(secret_of(KEY, seed), int(now.timestamp()) // 30 - 1)
    return user, enrol(user, seed, code, key=KEY, now=now)


def passes(user, code, now=NOW):
    return passes_second_factor(user, code, key=KEY, now=now)


def test_a_wrong_first_code_sets_up_nothing(db):
    user = make_user()
    assert enrol(user, new_seed(), "000000", key=KEY, now=NOW) is None
    assert not user.has_second_factor


def test_each_code_is_taken_once(db):
    user, _ = enrolled()
    code = code_of(user, NOW.timestamp())
    assert passes(user, code)
    assert not passes(user, code)
    later = NOW + timedelta(seconds=60)
    assert passes(user, code_of(user, later.timestamp()), later)


def test_the_code_that_set_it_up_does_not_sign_in(db):
    user, _ = enrolled()
    assert not passes(user, code_of(user, NOW.timestamp(), -1))


@pytest.mark.parametrize(
    ("digits", "between"),
    [
        ("0123456789", " "),
        ("٠١٢٣٤٥٦٧٨٩", ""),
        ("۰۱۲۳۴۵۶۷۸۹", "-"),
        ("0123456789", "\u2066"),
    ],
)
def test_digits_of_any_keyboard_are_understood(db, digits, between):
    user, _ = enrolled()
    code = code_of(user, NOW.timestamp())
    assert passes(user, between.join(digits[int(digit)] for digit in code))


def test_a_recovery_code_is_taken_once_and_kept_only_as_a_hash(db):
    user, codes = enrolled()
    assert len(set(codes)) == 10
    assert passes(user, codes[3].upper().replace("-", " "))
    assert not passes(user, codes[3])
    stored = {one.code_hash for one in db.session.query(RecoveryCode)}
    assert len(stored) == 9
    assert not any(code.replace("-", "") in "".join(stored) for code in codes)


def test_nobody_uses_somebody_elses_recovery_code(db):
    _, codes = enrolled()
    thief, _ = enrolled()
    assert not passes(thief, codes[0])


def test_the_secret_is_not_in_the_database(db):
    user, _ = enrolled()
    assert secret_of(KEY, user.totp_seed).hex() not in user.totp_seed


def post(client, url, **data):
    return client.post(url, data=data)


@pytest.mark.sqlite_only
def test_setting_up_shows_the_secret_once_and_ends_other_sessions(app, client, db):
    user = make_user()
    sign_in(client, user)
    sign_in(app.test_client(), user)
    page = client.get_page("/en/account/second-factor")
    secret = page.words(page.find("//main//code")).replace(" ", "")
    assert page.find("//img[@class='qr']").get("src").startswith("data:image/svg+xml")
    with client.session_transaction() as cookie:
        seed = cookie["new_seed"]
    assert len(secret) == 32
    wrong = client.post_page("/en/account/second-factor", {"code": "000000"})
    assert "This code does not fit." in wrong.text
    code = hotp(secret_of(KEY, seed), int(time.time()) // 30)
    done = client.post_page("/en/account/second-factor", {"code": code})
    assert len(done.all("//li/code")) == 10
    db.session.expire_all()
    assert db.session.get(User, user.id).has_second_factor
    assert db.session.query(UserSession).count() == 1
    assert client.get("/en/account/second-factor").status_code == 303


@pytest.mark.sqlite_only
def test_signing_in_asks_for_the_code_after_the_password(client):
    user, _ = enrolled(datetime.now(UTC))
    answer = post(client, "/en/sign-in?next=/en/account", email=user.email, password=PASSWORD)
    assert answer.headers["Location"] == "/en/sign-in/code?next=/en/account"
    assert client.get("/en/account").status_code == 302
    page = client.get_page(answer.headers["Location"])
    assert page.find("//input[@name='code']").get("autocomplete") == "one-time-code"
    wrong = client.post_page(answer.headers["Location"], {"code": "000000"})
    assert "This code does not fit." in wrong.text
    right = post(client, answer.headers["Location"], code=code_of(user, time.time()))
    assert right.headers["Location"] == "/en/account"
    assert client.get("/en/account").status_code == 200


@pytest.mark.sqlite_only
def test_codes_are_throttled_and_the_waiting_ends(client):
    user, _ = enrolled(datetime.now(UTC))
    post(client, "/en/sign-in", email=user.email, password=PASSWORD)
    for _ in range(5):
        assert post(client, "/en/sign-in/code", code="000000").status_code == 200
    right = code_of(user, time.time())
    assert post(client, "/en/sign-in/code", code=right).status_code == 429
    with client.session_transaction() as cookie:
        cookie["second_step"] = {**cookie["second_step"], "until": time.time() - 1}
    assert client.get("/en/sign-in/code").status_code == 303


@pytest.mark.sqlite_only
def test_nobody_comes_to_the_code_without_the_password(client):
    assert client.get("/en/sign-in/code").status_code == 303
    assert re.match(r"/en/sign-in", client.get("/en/sign-in/code").headers["Location"])


@pytest.mark.sqlite_only
def test_taking_it_away_and_new_codes(client, db):
    user, codes = enrolled(datetime.now(UTC))
    sign_in(client, user)
    client.get_page("/en/account/recovery-codes")
    new = client.post_page("/en/account/recovery-codes")
    shown = {new.words(one) for one in new.all("//li/code")}
    assert len(shown) == 10
    assert not shown & set(codes)
    client.get_page("/en/account/second-factor/remove")
    gone = client.post_page("/en/account/second-factor/remove")
    assert "Signing in needs only the password now." in gone.text
    db.session.expire_all()
    assert not db.session.get(User, user.id).has_second_factor
    assert db.session.query(RecoveryCode).count() == 0
    assert client.get("/en/account/second-factor/remove").status_code == 404
