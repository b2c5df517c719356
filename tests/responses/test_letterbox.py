"""Sends taken in front of Flask: the same answer as Flask gives, and every doubt left to Flask."""

import pytest
from sqlalchemy.exc import DBAPIError

from engage.extensions import db
from engage.responses.actions.prepared import joining, writing
from tests.factories.responses import WHOLE, address, english_round, new_key, responses_of, send

ORIGIN = "http://localhost"


@pytest.fixture
def shelf(app):
    return app.extensions["shelf"]


@pytest.fixture
def no_flask(shelf):
    """Let whatever would reach Flask fail."""

    def refuse(environ, _start):
        pytest.fail(f"{environ['PATH_INFO']} came to Flask")

    def take_away():
        shelf.app = refuse

    return take_away


def said(answer):
    """Return what an answer says, without what the letterbox leaves to the page that follows."""
    headers = [
        (name, value)
        for name, value in answer.headers
        if not value.startswith("language=") and name != "Content-Length"
    ]
    return answer.status_code, answer.json, sorted(headers)


def test_a_good_send_is_stored_without_flask(client, no_flask):
    round_ = english_round()
    no_flask()
    answer = send(client, address(round_, c="poster"), Origin=ORIGIN)
    assert (answer.status_code, answer.json) == (200, {"receipt": "/en/r/here/receipt"})
    [stored] = responses_of(round_)
    assert (stored.language, stored.channel) == ("en", "poster")


@pytest.mark.sqlite_only
def test_it_answers_as_flask_does(client, shelf):
    round_, key = english_round(), new_key()
    quick = said(send(client, address(round_, k=key)))
    shelf.takers.clear()
    assert said(send(client, address(round_, k=key))) == quick
    assert len(responses_of(round_)) == 1


def test_the_receipt_opens_after_it(client):
    round_ = english_round(mode="code")
    answer = send(client, address(round_))
    page = client.get_page(answer.json["receipt"])
    assert "Thank you" in page.text


def test_the_same_send_twice_is_one_and_another_is_refused(client):
    round_ = english_round()
    url = address(round_)
    assert [send(client, url).status_code for _ in range(3)] == [200, 200, 200]
    assert send(client, url, {**WHOLE, "wish": "Other"}).status_code == 409
    [stored] = responses_of(round_)
    assert "More trees" in stored.document


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("form", "headers", "status"),
    [
        ({"children": "yes", "how_many": "400"}, {}, 422),
        ({"children": "maybe"}, {}, 422),
        ({**WHOLE, "version": "987654"}, {}, 409),
        ({**WHOLE, "wish": "x" * 70_000}, {}, 422),
        (WHOLE, {"Origin": "https://elsewhere.example"}, 403),
        (WHOLE, {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}, 403),
        (WHOLE, {"Host": "elsewhere.example"}, 400),
    ],
)
def test_what_is_not_as_it_should_be_is_judged_by_flask(client, form, headers, status):
    round_ = english_round()
    assert send(client, address(round_), form, **headers).status_code == status
    assert not responses_of(round_)


@pytest.mark.sqlite_only
def test_unknown_places_are_not_there(client):
    round_ = english_round()
    for url in ("/en/r/nowhere/answer", "/xx/r/here/answer", address(round_, language="fi")):
        assert send(client, url).status_code == 404
    assert not responses_of(round_)


@pytest.mark.sqlite_only
def test_a_body_cut_off_on_the_way_is_not_stored(client):
    round_ = english_round()
    body = b"do=send&children=yes&how_many=2"
    answer = client.post(
        address(round_),
        data=body,
        content_type="application/x-www-form-urlencoded",
        headers={"Accept": "application/json"},
        environ_overrides={"CONTENT_LENGTH": str(len(body) + 30)},
    )
    assert answer.status_code == 400
    assert not responses_of(round_)


def test_what_fails_half_way_is_taken_back(app):
    english_round()
    db.session.commit()

    def fail_half_way():
        with writing(db.engine) as link:
            link.cursor.execute("UPDATE rounds SET slug = 'other'")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    with writing(db.engine) as link:
        link.cursor.execute("SELECT slug FROM rounds")
        assert link.cursor.fetchall() == [("here",)]


def test_what_the_driver_refuses_is_told_as_an_error_of_the_database_without_values(app):
    with pytest.raises(DBAPIError) as refused, writing(db.engine) as link:
        link.cursor.execute("SELECT secret_of_anna FROM nowhere")
    assert "SELECT" not in str(refused.value.statement)
    with pytest.raises(DBAPIError), joining(db.session.connection()) as link:
        link.cursor.execute("SELECT 1 FROM nowhere")
    db.session.rollback()
