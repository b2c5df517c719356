"""Every answer carries the headers; a view may only say more, never less (X-08, X-09, X-10)."""

import pytest
from flask import Response

from engage.web.access import public
from engage.web.headers import asks_for_location, no_referrer

pytestmark = pytest.mark.sqlite_only

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "media-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
    "frame-ancestors 'none'"
)


@pytest.fixture
def views(app):
    """Return a client of an app with views that are marked or speak for themselves."""

    @app.get("/plain")
    @public
    def plain():
        return "plain"

    @app.get("/code")
    @no_referrer
    @public
    def code():
        return "code"

    @app.get("/place")
    @asks_for_location
    @public
    def place():
        return "place"

    @app.get("/kept")
    @public
    def kept():
        return Response("kept", headers={"Cache-Control": "max-age=5"})

    return app.test_client()


@pytest.mark.parametrize("path", ["/plain", "/missing", "/static/engage.css", "/healthz", "/sv/x"])
def test_every_answer_has_the_headers(views, path):
    headers = views.get(path).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Permissions-Policy"].startswith("geolocation=(), camera=()")
    assert len(headers.getlist("Content-Security-Policy")) == 1


def test_nothing_is_kept_unless_the_view_says_so(views):
    assert views.get("/plain").headers["Cache-Control"] == "no-store"
    assert views.get("/kept").headers["Cache-Control"] == "max-age=5"


def test_a_page_with_a_code_tells_no_referrer(views):
    assert views.get("/code").headers.getlist("Referrer-Policy") == ["no-referrer"]


def test_only_the_place_page_may_ask_where_the_phone_is(views):
    policy = views.get("/place").headers.getlist("Permissions-Policy")
    assert len(policy) == 1
    assert policy[0].startswith("geolocation=(self), camera=()")


def test_transport_is_strict_where_it_is_secure(views):
    assert "Strict-Transport-Security" not in views.get("/plain").headers
    secure = views.get("/plain", base_url="https://localhost").headers
    assert secure["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_a_refused_host_gets_the_headers_too(views):
    answer = views.get("/plain", base_url="http://evil.example")
    assert answer.status_code == 400
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert "evil" not in answer.text
