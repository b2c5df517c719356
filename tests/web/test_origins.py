"""Unsafe requests come from our own pages, and a late one loses nothing (X-12, X-13, Z-10)."""

import pytest
from flask import render_template_string
from wtforms import StringField

from engage.extensions import csrf
from engage.web.access import public, signed_in
from engage.web.forms import Form

pytestmark = pytest.mark.sqlite_only

OURS = "http://localhost"


class _Note(Form):
    note = StringField("Note")


@pytest.fixture
def views(make_app):
    """Return a client of an app with a form that has a token, and a send that has none."""
    app = make_app(WTF_CSRF_ENABLED=True, DEFAULT_LANGUAGE="en")

    @app.route("/<language:language>/note", methods=["GET", "POST"])
    @public
    def note():
        form = _Note()
        if form.validate_on_submit():
            return f"saved {form.note.data}"
        return render_template_string("{{ form.hidden_tag() }}", form=form)

    @app.post("/send")
    @csrf.exempt
    @public
    def send():
        return "sent"

    @app.post("/<language:language>/desk")
    @csrf.exempt
    @signed_in
    def desk():
        return "done"

    return app.test_client()


def _token(client):
    page = client.get("/sv/note").text
    return page.split('value="')[1].split('"')[0]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Origin": OURS},
        {},
    ],
)
def test_our_own_pages_may_send(views, headers):
    assert views.post("/send", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": OURS},
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "https://localhost"},
        {"Origin": "http://localhost:81"},
        {"Origin": ""},
    ],
)
def test_other_pages_may_not(views, headers):
    answer = views.post("/send", headers=headers)
    assert answer.status_code == 403
    assert views.checked(answer, 403).h1 == "This page is not open to you"


def test_a_hidden_origin_needs_a_token(views):
    token = _token(views)
    hidden = {"Origin": "null"}
    assert views.post("/send", headers=hidden).status_code == 400
    assert views.post("/send", data={"csrf_token": token}, headers=hidden).text == "sent"


def test_reading_needs_no_origin(views):
    assert views.get("/sv/note", headers={"Origin": "https://evil.example"}).status_code == 200


def test_a_good_token_saves(views):
    token = _token(views)
    assert views.post("/sv/note", data={"csrf_token": token, "note": "x"}).text == "saved x"


def test_no_referrer_is_asked_for_on_https(views):
    """Flask-WTF would refuse a page that sends no referrer; the origin is checked instead."""
    page = views.get("/sv/note", base_url="https://localhost").text
    token = page.split('value="')[1].split('"')[0]
    answer = views.post(
        "/sv/note",
        data={"csrf_token": token, "note": "x"},
        base_url="https://localhost",
        headers={"Origin": "https://localhost"},
    )
    assert answer.text == "saved x"


def test_an_expired_token_comes_back_with_what_was_typed(views):
    typed = {"note": 'å "quoted" <b>\nsecond line', "csrf_token": "old"}
    page = views.checked(views.post("/sv/note", data=typed), 400)
    kept = page.fields("//main//form")
    assert kept["note"] == typed["note"]
    assert kept["csrf_token"] not in {"", "old"}
    assert views.post("/sv/note", data=kept).text == f"saved {typed['note']}"


def test_values_of_the_same_name_are_all_kept_and_passwords_are_not(views):
    typed = {"day": ["mon", "tue"], "password": "secret", "new_password": "secret"}
    page = views.checked(views.post("/sv/note", data=typed), 400)
    assert page.all("//input[@name='day']/@value") == ["mon", "tue"]
    assert "secret" not in page.response.text


def test_one_who_was_signed_out_while_writing_keeps_the_words(views):
    page = views.checked(views.post("/en/desk", data={"note": "long work"}), 400)
    assert page.all("//input[@name='note']/@value") == ["long work"]
    assert "You have been signed out" in page.text
