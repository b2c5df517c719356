"""Nothing about a person is written down: no address, query, agent or typed word (P-18…P-23)."""

import json
import logging

import pytest
from flask import request

from engage.web.access import public
from engage.web.logs import JsonLines, _NoTraces

pytestmark = pytest.mark.sqlite_only

TRACES = {"User-Agent": "LEAKTEST", "Referer": "http://localhost/?LEAKTEST"}
ADDRESS = "203.0.113.77"


@pytest.fixture
def views(make_app):
    """Return a client of an app with a view that works and one that breaks."""
    app = make_app(PROPAGATE_EXCEPTIONS=False)

    @app.route("/<language:language>/r/<slug>", methods=["GET", "POST"])
    @public
    def answer(slug):
        return f"ok {slug}"

    @app.post("/<language:language>/break/<slug>")
    @public
    def broken(slug):
        raise ValueError(f"could not use {request.form['note']} of {slug}")

    return app.test_client()


def _lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().err.splitlines() if line[:1] == "{"]


def test_a_request_is_one_line_with_the_page_and_not_the_address(views, capsys):
    views.post("/sv/r/backby?k=KEYLEAK", data={"note": "WORDLEAK"}, headers=TRACES)
    (line,) = _lines(capsys)
    assert line.pop("ms") >= 0
    assert line.pop("timestamp")
    assert line == {
        "event": "request",
        "level": "info",
        "page": "answer",
        "method": "POST",
        "status": 200,
    }


def test_a_broken_view_leaves_its_place_and_no_words(views, capsys):
    views.post(
        "/sv/break/backby?k=KEYLEAK",
        data={"note": "WORDLEAK"},
        headers=TRACES,
        environ_base={"REMOTE_ADDR": ADDRESS},
    )
    written = capsys.readouterr().err
    for secret in ("LEAK", ADDRESS, "backby"):
        assert secret not in written
    error = next(json.loads(line) for line in written.splitlines() if '"error"' in line)
    assert error["error"] == "ValueError"
    assert error["where"][-1].endswith("broken")


def test_static_files_fill_no_log(views, capsys):
    views.get("/static/engage.css")
    views.get("/healthz")
    assert _lines(capsys) == []
    views.get("/static/missing.css")
    assert [line["status"] for line in _lines(capsys)] == [404]


def test_a_line_break_in_a_value_starts_no_new_line_x42():
    record = logging.makeLogRecord({"msg": "a\nb\u2028c", "name": "x", "levelname": "INFO"})
    assert len(JsonLines().format(record).splitlines()) == 1


def _record(message, *values, error=None):
    made = logging.LogRecord("gunicorn.error", logging.ERROR, "", 0, message, values, None)
    made.exc_info = (type(error), error, error.__traceback__) if error else None
    return made


def test_gunicorn_names_no_address_and_no_query():
    quiet = _NoTraces()
    assert not quiet.filter(_record(f"Invalid request from ip={ADDRESS}: bad line"))
    record = _record("Error handling request %s", "/sv/x?k=LEAK", error=ValueError("LEAK"))
    assert quiet.filter(record)
    assert record.getMessage() == "error ValueError: "
    assert quiet.filter(_record("Worker exited"))
