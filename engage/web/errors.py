"""Error pages in the reader's language that say what to do and nothing about the machine."""

from importlib import import_module

import structlog
from flask import Flask, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, SecurityError, ServiceUnavailable

from engage.i18n.current import chosen_language, set_language
from engage.i18n.gettext import lazy_gettext
from engage.web.access import PUBLIC, access_of
from engage.web.origins import SendAgain
from engage.web.pages import speak_language_of_path
from engage.web.preferences import remembered_language
from engage.web.problems import is_for_programs, problem

log = structlog.get_logger("errors")
#: Status → (heading, what to do).
WORDS = {
    400: (lazy_gettext("We could not read this"), lazy_gettext("Go back and try again.")),
    401: (lazy_gettext("Sign in first"), lazy_gettext("This page is for people who work here.")),
    403: (
        lazy_gettext("This page is not open to you"),
        lazy_gettext("Go back, or open the page from the start again."),
    ),
    404: (
        lazy_gettext("This page does not exist"),
        lazy_gettext("Check the address, or scan the code again."),
    ),
    405: (lazy_gettext("This cannot be done here"), lazy_gettext("Go back and try again.")),
    409: (
        lazy_gettext("Somebody else changed this"),
        lazy_gettext("Open the page again and look at what is new. Then try again."),
    ),
    413: (
        lazy_gettext("This is too big to send"),
        lazy_gettext("Go back and send less text or a smaller file."),
    ),
    429: (lazy_gettext("Too many tries"), lazy_gettext("Wait a few minutes. Then try again.")),
    500: (
        lazy_gettext("Something broke here"),
        lazy_gettext("It is not your fault. Wait a moment and try again."),
    ),
    503: (
        lazy_gettext("We cannot receive anything right now"),
        lazy_gettext("What you wrote is still on the page before. Try again in a few minutes."),
    ),
}
#: Headers of an error that the reader's browser needs.
_KEPT_HEADERS = {"Allow", "Retry-After"}


def _speak() -> None:
    """Find the reader's language where no page answered: from the address, else the cookie."""
    if chosen_language() is None:
        speak_language_of_path()
    if chosen_language() is None:
        remembered = remembered_language()
        if remembered is not None:
            set_language(remembered)


def _layout(status: int) -> str:
    """Return the staff layout for people at work; a broken machine must not look them up."""
    view = current_app.view_functions.get(request.endpoint or "")
    at_work = view is not None and access_of(view) not in {PUBLIC, None}
    if status < 500 and at_work and current_user.is_authenticated:
        return "web/staff.html"
    return "web/public.html"


def _page(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.get_response()
    if is_for_programs():
        return problem(error)
    status = error.code or 500
    if isinstance(error, SecurityError):
        # Another host than ours: no link on a page could be right.
        return Response("Bad request\n", status, mimetype="text/plain")
    _speak()
    title, advice = WORDS.get(status, WORDS[500 if status >= 500 else 400])
    page = render_template(
        "web/errors/error.html", layout_file=_layout(status), title=title, advice=advice
    )
    return page, status, [one for one in error.get_headers() if one[0] in _KEPT_HEADERS]


def _send_again(error: SendAgain) -> ResponseReturnValue:
    if is_for_programs():
        return problem(error)
    _speak()
    values = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name != "csrf_token" and "password" not in name
    ]
    page = render_template("web/errors/send_again.html", values=values, signed_out=error.signed_out)
    return page, 400


def _expired(_error: CSRFError) -> ResponseReturnValue:
    return _send_again(SendAgain())


def _database_is_away(error: OperationalError) -> ResponseReturnValue:
    """Say that we are closed for a moment: locked, read-only, disk full, server gone."""
    cause = error.orig
    code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)
    log.error("database is away", error=type(cause).__name__, code=code, page=request.endpoint)
    return _page(ServiceUnavailable(retry_after=120))


def _redis_is_away(error: Exception) -> ResponseReturnValue:
    """Say the same where tries cannot be counted or jobs not queued: nobody is let in instead."""
    log.error("redis is away", error=type(error).__name__, page=request.endpoint)
    return _page(ServiceUnavailable(retry_after=120))


def init_errors(app: Flask) -> None:
    """Answer every error with a page of ours."""
    if app.config["REDIS_URL"]:
        app.register_error_handler(import_module("redis").RedisError, _redis_is_away)
    app.register_error_handler(SendAgain, _send_again)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(OperationalError, _database_is_away)
    app.register_error_handler(HTTPException, _page)
