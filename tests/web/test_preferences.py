"""The browser remembers two things, kindly: the language, and light or dark (L-06, L-07)."""

import pytest
from flask import request

from engage.i18n.languages import LANGUAGES, languages_for
from engage.web.access import public
from engage.web.bytes import RenderedPage
from engage.web.preferences import in_suggested_order, keep_nothing, local_path

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def views(app):
    """Return a client of an app with a page for one reader and a page for all."""
    app.add_url_rule("/<language:language>/mine", "mine", public(lambda: "mine"))
    page = RenderedPage.of(b"shared")
    app.add_url_rule("/<language:language>/ours", "ours", public(lambda: page.respond(request)))
    return app.test_client()


def _order(app, codes, header="", cookie=""):
    headers = {"Accept-Language": header, "Cookie": f"language={cookie}"}
    with app.test_request_context("/", headers=headers):
        return [one.code for one in in_suggested_order(languages_for(codes))]


@pytest.mark.parametrize(
    ("header", "cookie", "first"),
    [
        ("ar-SY,en;q=0.5", "", "ar"),
        ("xx, so;q=0.3", "", "so"),
        ("", "", "sv"),
        ("ar", "so", "so"),
        ("ar", "klingon", "ar"),
        ("*", "", "sv"),
        (";;;q=,", "", "sv"),
    ],
)
def test_the_likely_language_comes_first_and_the_rest_keep_their_order(app, header, cookie, first):
    codes = ["sv", "en", "ar", "so"]
    rest = [code for code in codes if code != first]
    assert _order(app, codes, header, cookie) == [first, *rest]


def test_a_language_that_is_not_offered_changes_nothing(app):
    assert _order(app, ["sv", "en"], cookie="ar") == ["sv", "en"]


def test_nobody_is_sent_to_another_language(client):
    answer = client.get("/sv/no-such-page", headers={"Accept-Language": "ar"})
    assert answer.status_code == 404
    assert 'lang="sv"' in answer.text


def test_the_language_of_a_page_is_remembered_by_a_small_cookie(views):
    cookie = views.get("/fa/mine").headers["Set-Cookie"]
    assert cookie.startswith("language=fa;")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Set-Cookie" not in views.get("/fa/mine").headers


def test_a_page_for_all_sets_no_cookie(views):
    assert "Set-Cookie" not in views.get("/fa/ours").headers


def test_a_borrowed_phone_keeps_nothing(app):
    @app.get("/<language:language>/borrowed")
    @public
    def borrowed():
        keep_nothing()
        return "borrowed"

    assert "Set-Cookie" not in app.test_client().get("/fa/borrowed").headers


def test_cookies_are_pinned_to_the_host_where_it_is_secure(make_app):
    client = make_app(SESSION_COOKIE_SECURE=True).test_client()
    cookie = client.post("/theme", data={"theme": "dark"}).headers["Set-Cookie"]
    assert cookie.startswith("__Host-theme=dark;")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


def test_dark_is_chosen_by_a_button_and_kept(client):
    answer = client.post(
        "/theme", data={"theme": "dark"}, headers={"Referer": "http://localhost/sv/x?a=1"}
    )
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/sv/x?a=1"
    assert client.get_page("/sv/x", status=404).find("/html").get("data-theme") == "dark"
    client.post("/theme", data={"theme": ""})
    assert client.get_page("/sv/x", status=404).find("/html").get("data-theme") is None


@pytest.mark.parametrize(
    ("chosen", "offered"),
    [("", ["dark", "light"]), ("dark", ["light", ""]), ("light", ["dark", ""])],
)
def test_the_other_colours_are_offered(client, chosen, offered):
    client.post("/theme", data={"theme": chosen})
    page = client.get_page("/sv/")
    assert [button.get("value") for button in page.all("//button[@name='theme']")] == offered


def test_another_theme_is_no_theme(client):
    client.set_cookie("theme", '"><script>')
    assert client.get_page("/sv/x", status=404).find("/html").get("data-theme") is None


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/sv/",
        "//evil.example/sv/",
        "http://localhost//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "",
        None,
        "sv/x",
    ],
)
def test_the_way_back_stays_on_this_host(app, address):
    with app.test_request_context("/"):
        assert local_path(address, "/start") == "/start"


def test_a_path_of_ours_is_a_way_back(app):
    with app.test_request_context("/"):
        assert local_path("/sv/r/x?k=1", "/start") == "/sv/r/x?k=1"
        assert local_path("http://localhost/sv/", "/start") == "/sv/"


def test_every_language_code_fits_a_cookie():
    assert all(code.isascii() and len(code) < 12 for code in LANGUAGES)
