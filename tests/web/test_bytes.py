"""Pages for everybody: made once, sent as they are, kept in front of Flask for a moment."""

import brotli
import pytest
from flask import render_template_string, request

from engage.i18n.current import use_language
from engage.web.access import public
from engage.web.bytes import RenderedPage, render_for_all
from engage.web.headers import CONTENT_SECURITY_POLICY

pytestmark = pytest.mark.sqlite_only

BODY = b"<p>the same for all</p>" * 100


@pytest.fixture
def served(make_app):
    """Return a client, and a list with one entry for each time Flask was asked."""
    app = make_app(SHELF=True)
    page, asked = RenderedPage.of(BODY), []

    @app.get("/<language:language>/shared")
    @public
    def shared():
        asked.append(request.path)
        return page.respond(request, shelf_seconds=float(request.args.get("seconds", 0)))

    return app.test_client(), asked


def test_the_bytes_travel_compressed_and_are_the_same(served):
    client, _ = served
    answer = client.get("/sv/shared", headers={"Accept-Encoding": "br"})
    assert brotli.decompress(answer.data) == BODY
    assert answer.headers["Content-Encoding"] == "br"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert client.get("/sv/shared").data == BODY


def test_no_cookie_comes_with_them(served):
    client, _ = served
    client.set_cookie("session", "nonsense")
    assert "Set-Cookie" not in client.get("/sv/shared").headers


@pytest.mark.parametrize("seconds", [0, 5])
def test_who_has_them_already_gets_none(served, seconds):
    client, _ = served
    client.get(f"/sv/shared?seconds={seconds}")
    for encoding in ("br", "gzip", "identity"):
        accepting = {"Accept-Encoding": encoding}
        etag = client.get("/sv/shared", headers=accepting).headers["ETag"]
        again = client.get("/sv/shared", headers={**accepting, "If-None-Match": etag})
        assert again.status_code == 304
        assert again.data == b""
        assert again.headers["ETag"] == etag
        assert "Content-Encoding" not in again.headers


def test_a_shelved_page_is_answered_without_flask(served):
    client, asked = served
    first = client.get("/sv/shared?seconds=30&k=one")
    second = client.get("/sv/shared?k=two")
    assert second.data == first.data == BODY
    assert len(asked) == 1
    assert second.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert dict(second.headers) == dict(first.headers)


def test_the_shelf_forgets_soon(served, monkeypatch):
    client, asked = served
    client.get("/sv/shared?seconds=30")
    monkeypatch.setattr("engage.web.shelf.time.monotonic", lambda: 1e12)
    client.get("/sv/shared?seconds=30")
    assert len(asked) == 2


def test_the_shelf_answers_reading_only_and_our_own_hosts_only(served):
    client, asked = served
    client.get("/sv/shared?seconds=30")
    assert client.post("/sv/shared").status_code == 405
    assert client.get("/sv/shared", base_url="http://evil.example").status_code == 400
    assert client.get("/fa/shared").status_code == 200
    assert asked == ["/sv/shared", "/fa/shared"]


def test_the_shelf_does_not_grow_without_end(served, app):
    client, _ = served
    shelf = client.application.extensions["shelf"]
    for number in range(2500):
        shelf.put(f"/{number}", RenderedPage({"identity": b""}, "x"), 30, secure=False)
    assert len(shelf._pages) <= 2000


def test_a_page_for_all_is_rendered_without_a_reader(app):
    with app.test_request_context("/", headers={"Cookie": "theme=dark"}):
        with use_language("ar"):
            page = render_for_all("web/errors/error.html", **_error_words())
        assert "data-theme" not in page.encodings["identity"].decode()
        assert "data-theme" in render_template_string(
            "{% extends 'web/public.html' %}{% block title %}{% endblock %}"
        )


def _error_words():
    return {"layout_file": "web/public.html", "title": "t", "advice": "a"}
