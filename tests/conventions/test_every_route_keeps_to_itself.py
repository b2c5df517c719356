"""Whatever any address answers, even broken: headers, cookies, and no word of what was typed."""

import pytest
from flask import request

from engage.web.access import public
from engage.web.headers import CONTENT_SECURITY_POLICY
from tests.conventions.sources import nothing
from tests.pages import PageClient

pytestmark = pytest.mark.sqlite_only

SECURE = {
    "SESSION_COOKIE_SECURE": True,
    "SESSION_COOKIE_NAME": "__Host-session",
    "PROPAGATE_EXCEPTIONS": False,
}
ONCE = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}
MARKER = "LEAKTEST-of-what-was-typed"


def addresses(app):
    """Yield (method, address) for every route, with something made up in each place."""
    made_up = {"language": "en", "filename": "engage.css", "kind": "svg"}
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        numbers = [name for name, kind in rule._converters.items() if kind.regex == r"\d+"]
        values = {name: made_up.get(name, "nothing") for name in rule.arguments}
        values.update(dict.fromkeys(numbers, 1))
        for method in sorted(rule.methods & {"GET", "POST"}):
            yield rule, method, adapter.build(rule.endpoint, values, method=method)


def problems_of(answer):
    """Say what is wrong with the headers and cookies of an answer."""
    for name, value in ONCE.items():
        said = answer.headers.getlist(name)
        if said != [value]:
            yield f"{name}: {said}"
    for name in ("Referrer-Policy", "Permissions-Policy", "Cache-Control"):
        if len(answer.headers.getlist(name)) != 1:
            yield f"{name}: {answer.headers.getlist(name)}"
    if "Server" in answer.headers or "X-Powered-By" in answer.headers:
        yield "it names its server"
    for cookie in answer.headers.getlist("Set-Cookie"):
        parts = {part.strip() for part in cookie.split(";")}
        wanted = {"Secure", "HttpOnly", "Path=/"}
        if not (cookie.startswith("__Host-") and wanted <= parts and "Domain" not in cookie):
            yield f"cookie: {cookie}"
        if not parts & {"SameSite=Lax", "SameSite=Strict"} or len(cookie) > 4096:
            yield f"cookie: {cookie}"


def test_t40_every_route_answers_with_all_headers_and_safe_cookies(make_app):
    """X-08, X-09, X-11: strangers ask every address, in every way it can be asked."""
    app = make_app(**SECURE)
    found = []
    for rule, method, address in addresses(app):
        client = app.test_client()
        answer = client.open(address, method=method, base_url="https://localhost", data={"x": "y"})
        # A database of the tests has no migrations, so it is never ready.
        is_broken = answer.status_code >= 500 and rule.endpoint != "web.readyz"
        told = [*problems_of(answer), *([answer.status] if is_broken else [])]
        found += [f"{method} {rule}: {problem}" for problem in told]
    nothing(found, "Every answer carries the headers, every cookie is safe:")


def test_p23_whatever_breaks_in_whichever_handler_no_typed_word_is_written_down(make_app, capfd):
    """An exception with what was typed in it, raised in place of every handler of a form."""
    app = make_app(PROPAGATE_EXCEPTIONS=False)
    told = []
    for rule, method, address in addresses(app):
        if method == "POST":
            app.view_functions[rule.endpoint] = public(_breaks)
            client: PageClient = app.test_client()
            client.set_cookie("session", MARKER)
            answer = client.post(address, data={"note": MARKER}, headers={"User-Agent": MARKER})
            told.append((rule, answer.status_code, MARKER in answer.text))
    written = "".join(capfd.readouterr())
    assert len(told) > 50
    nothing([str(one) for one in told if one[1] not in {404, 500} or one[2]], "It tells too much:")
    assert written.count('"error": "ValueError"') > 50
    assert MARKER not in written


def _breaks(**_values):
    typed = request.form["note"]
    raise ValueError(f"cannot do {typed} with {request.cookies}")
