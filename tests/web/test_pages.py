"""The language is in the address: read from it, written into links, and kept on every page."""

import pytest
from flask import url_for

from engage.i18n.current import current_language, use_language
from engage.web.access import mark, public
from engage.web.pages import page_blueprint, page_in

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def paged(app):
    """Return the app with a blueprint of pages, open ones and one for staff."""
    blueprint = page_blueprint("paged", __name__, "/rooms")

    @blueprint.get("/<slug>")
    @public
    def room(slug):
        return f"{current_language().code} {slug} {url_for('paged.room', slug='b')} {page_in('ar')}"

    blueprint.add_url_rule("/desk", "desk", mark(lambda: current_language().code, "some role"))
    app.register_blueprint(blueprint)
    return app


def test_a_view_gets_no_language_and_links_keep_it(paged):
    answer = paged.test_client().get("/fi/rooms/a")
    assert answer.text == "fi a /fi/rooms/b /ar/rooms/a"


def test_every_known_language_has_an_address_and_no_other(paged):
    client = paged.test_client()
    assert client.get("/fa-AF/rooms/a").text.startswith("fa-AF a")
    assert client.get("/ti/rooms/a").status_code == 200
    for other in ("xx", "SV", "sv-SE", "en-XA", "%D8%A7"):
        assert client.get(f"/{other}/rooms/a").status_code == 404


def test_links_outside_of_a_page_are_in_the_language_spoken(paged):
    with paged.test_request_context("/healthz"):
        assert url_for("paged.room", slug="a") == "/sv/rooms/a"
        with use_language("so"):
            assert url_for("paged.room", slug="a") == "/so/rooms/a"
        assert url_for("paged.room", slug="a", language="da") == "/da/rooms/a"


def test_a_page_that_no_address_answers_leads_to_the_front_page(paged):
    with paged.test_request_context("/sv/no-such"):
        assert page_in("ar") == "/ar/"
