"""Errors speak the reader's language, say what to do, and say nothing about the machine (X-05)."""

import pytest
from flask import abort, request
from sqlalchemy.exc import OperationalError

from engage.i18n.current import use_language
from engage.web.access import public
from engage.web.errors import WORDS

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def views(make_app):
    """Return a client of an app whose views fail in every way."""
    app = make_app(PROPAGATE_EXCEPTIONS=False, MAX_CONTENT_LENGTH=1000)

    @app.get("/<language:language>/fail/<int:status>")
    @public
    def fail(status):
        abort(status)

    @app.post("/<language:language>/break")
    @public
    def break_it():
        raise ValueError("MARKER of what was typed")

    @app.post("/<language:language>/read")
    @public
    def read():
        return request.form["note"]

    @app.get("/<language:language>/locked")
    @public
    def locked():
        raise OperationalError("INSERT MARKER", {}, Exception("database is locked"))

    return app.test_client()


def words(views, status, language="sv"):
    """Return what an error is called in a language."""
    with views.application.test_request_context(), use_language(language):
        return str(WORDS[status][0])


@pytest.mark.parametrize("status", sorted(WORDS))
@pytest.mark.parametrize("language", ["sv", "ar"])
def test_each_error_has_a_page(views, status, language):
    page = views.get_page(f"/{language}/fail/{status}", status=status)
    assert page.h1 == words(views, status, language)
    assert page.find("/html").get("lang") == language
    assert "Traceback" not in page.response.text
    assert "Werkzeug" not in page.response.text


@pytest.mark.parametrize(("status", "like"), [(410, 400), (418, 400), (502, 500)])
def test_another_error_is_worded_as_its_family(views, status, like):
    assert views.get_page(f"/sv/fail/{status}", status=status).h1 == words(views, like)


def test_an_unknown_address_speaks_the_language_it_begins_with(views):
    page = views.get_page("/fa/no/such/page", status=404)
    assert page.find("/html").get("lang") == "fa"


def test_an_address_without_a_language_speaks_the_one_used_last(views):
    views.set_cookie("language", "fi")
    assert views.get_page("/no-such-page", status=404).find("/html").get("lang") == "fi"


def test_an_unknown_language_is_no_page(views):
    assert views.get("/xx/fail/404").status_code == 404
    assert views.get("/SV/fail/403").status_code == 404


def test_a_wrong_method_tells_the_right_ones(views):
    answer = views.get("/sv/break")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_a_broken_view_tells_nothing(views, capsys):
    answer = views.post("/sv/break", data={"note": "MARKER"})
    assert answer.status_code == 500
    assert "MARKER" not in answer.text
    assert "MARKER" not in capsys.readouterr().err


def test_a_body_that_is_too_big_is_refused_x03(views):
    page = views.checked(views.post("/sv/read", data={"note": "x" * 2000}), 413)
    assert page.h1 == words(views, 413)


def test_a_locked_database_means_closed_for_a_moment(views, capsys):
    answer = views.get("/sv/locked")
    page = views.checked(answer, 503)
    assert page.h1 == words(views, 503)
    assert answer.headers["Retry-After"] == "120"
    assert "MARKER" not in capsys.readouterr().err
