"""A page without a mark is refused, and strangers are sent to sign in."""

import pytest

from engage.web.access import public, signed_in

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def views(app):
    """Return a client of an app with an open page, a page for staff, and a forgotten one."""
    app.add_url_rule("/open", "open", public(lambda: "open"))
    app.add_url_rule("/<language:language>/staff-only", "desk", signed_in(lambda: "desk"))
    app.add_url_rule("/forgotten", "forgotten", lambda: "forgotten")
    return app.test_client()


def test_a_public_page_is_open(views):
    assert views.get("/open").text == "open"


def test_a_page_without_a_mark_is_refused(views):
    assert views.get("/forgotten").status_code == 403


def test_a_stranger_is_sent_to_sign_in_and_back(views):
    answer = views.get("/sv/staff-only")
    assert answer.status_code in {302, 303}
    assert answer.headers["Location"].startswith("/sv/sign-in?next=")
