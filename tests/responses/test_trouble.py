"""The database cannot take it: a clear page that keeps the answers and the key, nothing by half."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from engage.extensions import db
from engage.responses.models import Round
from tests.factories.accounts import sign_in
from tests.factories.communities import make_member
from tests.factories.responses import WHOLE, address, english_round, new_key, responses_of, send
from tests.factories.results import make_responses

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def full_disk(app):
    """Let the database grow no more, as on a full disk; SQLite itself refuses."""

    def stop_growing(connection, _record):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    round_ = english_round()
    db.session.commit()
    event.listen(db.engine, "connect", stop_growing)
    db.engine.dispose()
    # Pages that other tests gave back would be room to write in.
    with closing(sqlite3.connect(db.engine.url.database)) as connection:
        connection.execute("VACUUM")
    yield round_
    event.remove(db.engine, "connect", stop_growing)
    db.session.rollback()
    db.engine.dispose()


def in_trouble(client, url, text_):
    page = client.post_page(url, {**WHOLE, "wish": text_, "do": "send"}, status=503)
    assert page.title.startswith("Error: ")
    assert "We cannot receive answers right now" in page.text
    assert page.fields()["wish"] == text_
    assert page.words(page.find("//button[@value='send']")) == "Try again"
    assert page.response.headers["Retry-After"]
    answer = send(client, url, {**WHOLE, "wish": text_})
    assert answer.status_code == 503
    assert "Your answers are kept" in answer.json["message"]
    return page


def test_a_full_disk_keeps_the_answers_on_the_page_e06(client, full_disk):
    in_trouble(client, address(full_disk), "x" * 4900)
    assert not responses_of(full_disk)


@pytest.fixture
def read_only(make_app, database):
    """Return an app whose database may only be read, and a round in it."""
    writing = make_app()
    with writing.app_context():
        round_ = english_round(mode="code")
        yield (
            make_app(
                SQLALCHEMY_DATABASE_URI=f"{database.url}?mode=ro&uri=true".replace(
                    ":///", ":///file:"
                )
            ),
            round_,
        )


def test_a_database_that_may_only_be_read_keeps_them_too_e18(read_only):
    app, round_ = read_only
    client, url = app.test_client(), address(round_)
    assert client.get(url).status_code == 200
    page = in_trouble(client, url, "kept")
    assert not responses_of(round_)
    assert "Try again" in page.text


def test_e18_results_are_read_while_nothing_can_be_written(read_only, tmp_path):
    app, round_ = read_only
    make_responses(round_, [{"children": "no"}, {"children": "~prefer_not"}] * 20)
    make_responses(round_, [{"children": "yes", "how_many": "2"}] * 12)
    person = make_member(round_.community)
    client = app.test_client()
    sign_in(client, person)
    with app.app_context():
        page = client.get_page(f"/en/c/{round_.community.slug}/rounds/{round_.slug}/results")
    assert page.all("//section[@id='q-children']//table")


def test_e07_a_visit_survives_a_restart_of_the_server(make_app):
    """Its answers are on the phone and on its pages; nothing of it waits in a process."""
    before, after = make_app(), make_app()
    with before.app_context():
        round_ = english_round()
        client = before.test_client()
        url = client.post(address(round_, "start")).location
        review = client.post_page(url, WHOLE)
        answer = after.test_client().post(url, data={**review.fields(), "do": "send"})
        assert answer.status_code == 303
        assert len(responses_of(round_)) == 1


def test_the_questions_are_still_shown_when_the_database_is_gone(make_app, monkeypatch):
    app = make_app(ROUND_SECONDS=0.0)
    with app.app_context():
        round_ = english_round()
        client = app.test_client()
        assert client.get(address(round_)).status_code == 200
        monkeypatch.setattr("engage.responses.offered._read", broken)
        assert client.get(address(round_)).status_code == 200
        client.get_page("/en/r/elsewhere", status=503)


def broken(_slug):
    raise OperationalError("SELECT …", None, Exception("unable to open database file"))


def test_what_is_sent_while_no_round_can_be_read_is_kept(make_app, monkeypatch):
    app = make_app()
    with app.app_context():
        round_ = english_round()
        monkeypatch.setattr("engage.responses.offered._read", broken)
        key = new_key()
        url = address(round_, k=key)
        page = app.test_client().post_page(url, {**WHOLE, "do": "send"}, status=503)
        fields = page.fields()
        assert (fields["wish"], fields["do"]) == ("More trees", "send")
        monkeypatch.undo()
        answer = app.test_client().post(url, data=fields)
        assert answer.status_code == 303
        assert len(responses_of(round_)) == 1


def test_a_round_that_vanished_meanwhile_is_said(client, app):
    round_ = english_round()
    url = address(round_)
    db.session.delete(db.session.get_one(Round, round_.id))
    db.session.commit()
    client.post_page(url, WHOLE, status=404)
