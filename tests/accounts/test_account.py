"""One's own account: name, password, sessions (S-16), and being asked again (X-20)."""

from datetime import UTC, datetime, timedelta

import pytest

from engage.accounts.models import User, UserSession
from engage.accounts.passwords import is_right
from tests.factories.accounts import PASSWORD, make_user, sign_in

pytestmark = pytest.mark.sqlite_only

NEW = "seven blue rivers run"


@pytest.fixture
def user(client):
    person = make_user(language="sv")
    sign_in(client, person)
    return person


def test_the_page_lists_ones_sessions_and_ends_them(app, client, user, db):
    for _ in range(2):
        sign_in(app.test_client(), user)
    sign_in(app.test_client(), make_user())
    page = client.get_page("/en/account")
    assert page.text.count("Firefox, Linux") == 3
    assert page.text.count("This device") == 1
    ends = page.all("//form[contains(@action, '/end')]/@action")
    client.post_page(next(one for one in ends if one.endswith("/end")))
    assert db.session.query(UserSession).count() == 3
    client.post_page("/en/account/sessions/end-others")
    assert db.session.query(UserSession).filter_by(user_id=user.id).count() == 1
    assert client.get("/en/account").status_code == 200


def test_name_and_language_are_changed_and_the_next_page_speaks_it(client, user, db):
    answer = client.post("/en/account", data={"name": " Ny\u202e \x00 namn ", "language": "da"})
    assert answer.headers["Location"] == "/da/account"
    db.session.expire_all()
    changed = db.session.get(User, user.id)
    assert (changed.name, changed.language) == ("Ny namn", "da")


@pytest.mark.parametrize(
    "data",
    [{"name": "", "language": "sv"}, {"name": "x" * 121, "language": "sv"}],
)
def test_wrong_profiles_come_back_with_what_was_typed(client, user, data):
    page = client.post_page("/en/account", data)
    assert page.find("//div[@class='error-summary']") is not None
    assert page.find("//input[@name='name']").get("value") == data["name"]
    assert page.title.startswith("Error:")


def test_no_other_column_can_be_sent_along_x25(client, user, db):
    """Mass assignment: every column of the table, with a value that would matter."""
    before = {c.key: getattr(user, c.key) for c in User.__table__.columns}
    sent = {**dict.fromkeys(before, "1"), "name": "Name", "language": "en"}
    client.post("/en/account", data=sent)
    db.session.expire_all()
    after = {c.key: getattr(db.session.get(User, user.id), c.key) for c in User.__table__.columns}
    assert {key for key in before if before[key] != after[key]} == {"name", "language"}


def test_a_new_password_needs_the_old_one_and_signs_out_elsewhere(app, client, user, db):
    other = app.test_client()
    sign_in(other, user)
    wrong = client.post_page("/en/account/password", {"password": "no", "new_password": NEW})
    assert "The password is wrong." in wrong.text
    assert NEW not in wrong.response.get_data(as_text=True)
    done = client.post_page("/en/account/password", {"password": PASSWORD, "new_password": NEW})
    assert "You have a new password." in done.text
    db.session.expire_all()
    assert is_right(db.session.get(User, user.id).password_hash, NEW)
    assert other.get("/en/account").status_code == 302


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short", "Write at least 12 characters."),
        ("password1234", "Many people use this password."),
        ("x" * 1025, "Write at most 1024 characters."),
        ("", "Fill in this field."),
    ],
)
def test_a_bad_new_password_is_told_why(client, user, password, words):
    page = client.post_page(
        "/en/account/password", {"password": PASSWORD, "new_password": password}
    )
    assert words in page.text


def test_the_old_password_cannot_be_guessed_here_either(client, user):
    for _ in range(5):
        client.post("/en/account/password", data={"password": "no", "new_password": NEW})
    answer = client.post("/en/account/password", data={"password": PASSWORD, "new_password": NEW})
    assert answer.status_code == 429


def grow_old(db, minutes):
    one = db.session.query(UserSession).one()
    one.confirmed_at = datetime.now(UTC) - timedelta(minutes=minutes)


def test_something_sensitive_asks_again_after_ten_minutes(client, user, db):
    grow_old(db, 9)
    assert client.get("/en/account/second-factor").status_code == 200
    grow_old(db, 11)
    asked = client.get("/en/account/second-factor")
    assert asked.headers["Location"].startswith("/en/account/confirm?next=/en/account/second")
    wrong = client.post_page(asked.headers["Location"], {"password": "no"})
    assert "The password is wrong." in wrong.text
    right = client.post(asked.headers["Location"], data={"password": PASSWORD})
    assert right.headers["Location"].startswith("/en/account/second-factor")
    assert client.get("/en/account/second-factor").status_code == 200


def test_a_form_opened_in_time_can_still_be_sent(client, user, db):
    grow_old(db, 35)
    sent = client.post("/en/account/second-factor", data={"code": "000000"})
    assert sent.status_code == 200
    grow_old(db, 41)
    late = client.post("/en/account/second-factor", data={"code": "000000"})
    assert late.headers["Location"].startswith("/en/account/confirm")


def test_confirming_is_throttled(client, user):
    for _ in range(5):
        client.post("/en/account/confirm", data={"password": "no"})
    assert client.post("/en/account/confirm", data={"password": PASSWORD}).status_code == 429
