"""Pages made per request travel compressed, and what must not be touched is not."""

import gzip

import brotli
import pytest
from flask import Response

from engage.web.access import public

pytestmark = pytest.mark.sqlite_only

LONG = "åäö – سلام " * 200


@pytest.fixture
def views(app):
    """Return a client of an app with long, short, binary and streamed answers."""
    answers = {
        "long": lambda: LONG,
        "short": lambda: "short",
        "binary": lambda: Response(LONG.encode(), mimetype="application/zip"),
        "stream": lambda: Response(iter([LONG]), mimetype="text/csv"),
        "done": lambda: Response(LONG.encode(), headers={"Content-Encoding": "x-own"}),
        "tagged": lambda: Response(LONG, headers={"ETag": '"abc"'}),
    }
    for name, answer in answers.items():
        app.add_url_rule(f"/{name}", name, public(answer))
    return app.test_client()


def test_long_text_is_compressed(views):
    small = views.get("/long", headers={"Accept-Encoding": "br, gzip"})
    assert brotli.decompress(small.data).decode() == LONG
    assert int(small.headers["Content-Length"]) == len(small.data)
    assert "Accept-Encoding" in small.headers["Vary"]
    middle = views.get("/long", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(middle.data).decode() == LONG


def test_a_browser_that_takes_nothing_gets_text(views):
    plain = views.get("/long")
    assert plain.text == LONG
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]


@pytest.mark.parametrize("name", ["short", "binary", "stream", "done"])
def test_the_rest_is_left_alone(views, name):
    answer = views.get(f"/{name}", headers={"Accept-Encoding": "br"})
    assert answer.headers.get("Content-Encoding") in {None, "x-own"}
    assert len(answer.data) in {5, len(LONG.encode())}


def test_a_compressed_answer_has_a_tag_of_its_own(views):
    assert views.get("/tagged").headers["ETag"] == '"abc"'
    small = views.get("/tagged", headers={"Accept-Encoding": "br"})
    assert small.headers["ETag"] == 'W/"abc-br"'
