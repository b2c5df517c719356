"""Signing in: the same answer for everybody, a new session each time, out again everywhere."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from flask import current_app

from engage.accounts.actions.users import disable_user, set_password
from engage.accounts.models import UserSession
from engage.accounts.passwords import hash_password
from engage.accounts.tokens import token_hash
from tests.factories.accounts import PASSWORD, make_user, sign_in

pytestmark = pytest.mark.sqlite_only

WRONG = "The e-mail address or the password is wrong. Check both and try again."


def post(client, email, password=PASSWORD, **more):
    return client.post("/en/sign-in", data={"email": email, "password": password}, **more)


def cookie_of(client):
    with client.session_transaction() as cookie:
        return dict(cookie)


def test_the_right_password_opens_the_account(client):
    user = make_user()
    answer = post(client, f"  {user.email.upper()} ")
    assert answer.status_code == 303
    page = client.get_page("/en/account")
    assert user.name in page.text


def test_unknown_wrong_and_disabled_get_the_same_page_x18(client):
    user, disabled = make_user(), make_user(is_active=False)
    pages = [
        post(client, email, password)
        for email, password in (
            ("nobody@example.org", PASSWORD),
            (user.email, "not the right password"),
            (disabled.email, PASSWORD),
        )
    ]
    texts = [
        page.get_data(as_text=True).replace(email, "").replace("nobody@example.org", "")
        for page, email in zip(pages, ("", user.email, disabled.email), strict=True)
    ]
    assert WRONG in client.checked(pages[0]).text
    assert texts[0] == texts[1] == texts[2]
    assert {page.status_code for page in pages} == {200}
    assert all("Set-Cookie" not in page.headers for page in pages[1:])


def test_unknown_and_known_accounts_take_the_same_time_x18(app):
    user = make_user(password_hash=hash_password(PASSWORD))

    def seconds(email):
        """Measure the processor's time: other programs on the machine do not count."""
        client = app.test_client()
        start = time.process_time()
        post(client, email, "not the right password", environ_base={"REMOTE_ADDR": "192.0.2.9"})
        return time.process_time() - start

    seconds("first@example.org")
    pairs = [(seconds(user.email), seconds(f"nobody{number}@example.org")) for number in range(5)]
    known, unknown = (min(times) for times in zip(*pairs, strict=True))
    assert abs(known - unknown) < 0.05


def test_five_wrong_tries_stop_this_network_and_nobody_else_x17(client):
    user = make_user()
    for _ in range(5):
        assert post(client, user.email, "not the right password").status_code == 200
    stopped = post(client, user.email)
    assert stopped.status_code == 429
    assert "Too many tries." in client.checked(stopped, 429).text
    elsewhere = post(client, user.email, environ_base={"REMOTE_ADDR": "192.0.2.77"})
    assert elsewhere.status_code == 303


def test_an_unknown_account_is_stopped_in_the_same_way(client):
    for _ in range(5):
        post(client, "nobody@example.org")
    assert post(client, "nobody@example.org").status_code == 429


def test_every_sign_in_has_a_new_session_and_forgets_the_old_cookie_x19(client, db):
    user = make_user()
    with client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
    post(client, user.email)
    first = cookie_of(client)
    client.post("/en/sign-out")
    post(client, user.email)
    second = cookie_of(client)
    assert "planted" not in first
    assert first["sign_in"]["token"] != second["sign_in"]["token"]
    assert len(first["sign_in"]["token"]) >= 43
    stored = db.session.query(UserSession).all()
    assert [one.token_hash for one in stored] == [token_hash(second["sign_in"]["token"])]


def test_signing_out_ends_the_session_also_for_a_copied_cookie_x10(app, client):
    user = make_user()
    sign_in(client, user)
    copied = cookie_of(client)
    answer = client.post("/en/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    thief = app.test_client()
    with thief.session_transaction() as cookie:
        cookie.update(copied)
    assert thief.get("/en/account").status_code == 302


def test_x11_the_cookie_of_a_session_is_for_our_own_pages_only(make_app):
    with make_app(SESSION_COOKIE_SECURE=True, SESSION_COOKIE_NAME="__Host-session").app_context():
        client = current_app.test_client()
        [cookie] = [
            one
            for one in post(client, make_user().email).headers.getlist("Set-Cookie")
            if "session=" in one
        ]
        parts = {part.strip() for part in cookie.split(";")}
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= parts
        assert cookie.startswith("__Host-session=")
        assert "Domain" not in cookie
        assert len(cookie) < 4096


def test_x11_a_link_in_a_mail_leads_to_the_page_all_the_same(client):
    """The browser left the cookie at home; asked by our own page it takes it along."""
    sign_in(client, make_user())
    from_a_mail = {"Sec-Fetch-Site": "cross-site"}
    with client.session_transaction() as cookie:
        kept = cookie.pop("sign_in")
    answer = client.get("/en/account", headers=from_a_mail)
    assert (answer.status_code, answer.headers["Refresh"], answer.data) == (200, "0", b"")
    with client.session_transaction() as cookie:
        cookie["sign_in"] = kept
    assert client.get("/en/account", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_a_session_ends_after_half_an_hour_without_use_x19(client):
    sign_in(client, make_user())
    with client.session_transaction() as cookie:
        kept = cookie["sign_in"]
        cookie["sign_in"] = {**kept, "seen": kept["seen"] - 29 * 60}
    assert client.get("/en/account").status_code == 200
    renewed = cookie_of(client)["sign_in"]["seen"]
    assert renewed >= kept["seen"]
    with client.session_transaction() as cookie:
        cookie["sign_in"] = {**kept, "seen": kept["seen"] - 31 * 60}
    assert client.get("/en/account").status_code == 302


def test_e15_a_clock_that_jumps_back_signs_nobody_out(client):
    """The browser was then seen in the future; test_steady.py tells of clocks that jump ahead."""
    sign_in(client, make_user())
    with client.session_transaction() as cookie:
        kept = cookie["sign_in"]
        cookie["sign_in"] = {**kept, "seen": kept["seen"] + 2 * 3600}
    assert client.get("/en/account").status_code == 200


def test_a_session_ends_after_twelve_hours_whatever_happens_x19(client, db):
    sign_in(client, make_user())
    one = db.session.query(UserSession).one()
    assert one.expires_at - one.started_at == timedelta(hours=12)
    one.expires_at = datetime.now(UTC)
    assert client.get("/en/account").status_code == 302


@pytest.mark.parametrize("change", ["disabled", "password"])
def test_sessions_end_everywhere_when_the_account_changes_x19(app, db, change):
    user = make_user()
    phone, desk = app.test_client(), app.test_client()
    sign_in(phone, user)
    sign_in(desk, user)
    now = datetime.now(UTC)
    if change == "disabled":
        disable_user(user, who=None, now=now)
    else:
        set_password(user, "seven blue rivers run", who=None, now=now)
    assert phone.get("/en/account").status_code == 302
    assert desk.get("/en/account").status_code == 302


@pytest.mark.parametrize(
    ("asked", "reached"),
    [
        ("/sv/account/password", "/sv/account/password"),
        ("https://evil.example/x", "/en/account"),
        ("//evil.example/x", "/en/account"),
        ("/\\evil.example", "/en/account"),
        ("/\t/evil.example", "/en/account"),
        ("javascript:alert(1)", "/en/account"),
    ],
)
def test_signing_in_leads_to_a_page_of_ours_x14(client, asked, reached):
    user = make_user()
    answer = client.post(
        "/en/sign-in",
        query_string={"next": asked},
        data={"email": user.email, "password": PASSWORD},
    )
    assert answer.headers["Location"] in {reached, "/en/staff"}
    assert "evil" not in answer.headers["Location"]


def test_a_stranger_is_asked_to_sign_in_and_comes_back(client):
    answer = client.get("/en/account/password")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/en/sign-in?next=%2Fen%2Faccount%2Fpassword"


def test_reading_pages_writes_nothing(client, db):
    sign_in(client, make_user())
    before = [(one.token_hash, one.confirmed_at) for one in db.session.query(UserSession)]
    client.get_page("/en/account")
    assert [(one.token_hash, one.confirmed_at) for one in db.session.query(UserSession)] == before


@pytest.mark.parametrize("language", ["sv", "en", "da", "fi", "ar"])
def test_the_sign_in_page_is_sound_in_every_language(client, language):
    page = client.get_page(f"/{language}/sign-in")
    assert page.find("//input[@name='email']").get("autocomplete") == "username"
    assert page.find("//input[@name='password']").get("autocomplete") == "current-password"
