"""Takes sends in front of Flask, since hundreds may come at once and everybody waits.

Only what is as it should be is taken here: sent by the script of our own page, for the version that
is asked now, every answer in order. Everything else, and every doubt, is left to Flask, which
judges it from the beginning; a key counts once, so nothing can be stored twice.
"""

import io
import json
import time
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

import regex
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from engage.i18n.languages import LANGUAGES
from engage.responses.actions.submitting import Outcome, local_day
from engage.responses.checking import check_form
from engage.responses.meeting import now
from engage.responses.offered import offered_rounds
from engage.responses.reading import SentForm, TooManyFieldsError, read_form
from engage.responses.storing import store
from engage.responses.visits import Visit, keep_receipt, visit_of
from engage.web.headers import marked_headers
from engage.web.origins import is_own_page, origins_of
from engage.web.requests import note
from engage.web.shelf import Answer

_ADDRESS = regex.compile(r"/([a-z]{2,3}(?:-[A-Za-z]+)?)/r/([^/]+)/answer")
_FORM = "application/x-www-form-urlencoded"
#: Longer sends take longer than Flask does, and are few.
_MOST_BYTES = 64 * 1024
_ENDPOINT = "answering.send"


class Letterbox:
    """Answers one send, or leaves it to Flask by returning None; holds nothing of anybody."""

    def __init__(self, app: Flask) -> None:
        """Stand in front of an app."""
        self._app = app
        self._address_of = lru_cache(maxsize=1000)(self._receipt_of)

    def __call__(self, environ: dict[str, Any]) -> Answer | None:
        """Return the answer to a send that was stored."""
        found = _ADDRESS.fullmatch(environ["PATH_INFO"])
        if found is None or found[1] not in LANGUAGES or not self._is_plain(environ):
            return None
        began = time.perf_counter()
        sent = _form_of(environ)
        if sent is None:
            return None
        # Where a page has two values for one name, Flask takes the first.
        arguments = dict(reversed(parse_qsl(environ.get("QUERY_STRING", ""))))
        with self._app.app_context():
            visit = visit_of(arguments, sent.one("k"))
            if not _take(found[1], found[2], sent, visit):
                return None
            answer = self._receipt(found[1], found[2], visit)
        note(_ENDPOINT, 200, time.perf_counter() - began)
        return answer

    def _is_plain(self, environ: dict[str, Any]) -> bool:
        if "application/json" not in environ.get("HTTP_ACCEPT", ""):
            return False
        if environ.get("CONTENT_TYPE") != _FORM:
            return False
        site, origin = environ.get("HTTP_SEC_FETCH_SITE"), environ.get("HTTP_ORIGIN")
        asked = f"{environ['wsgi.url_scheme']}://{environ.get('HTTP_HOST', '')}"
        return is_own_page(site, origin, origins_of(self._app.config["BASE_URL"], asked)) is True

    def _receipt(self, language: str, slug: str, visit: Visit) -> Answer:
        body = json.dumps({"receipt": self._address_of(language, slug)}).encode()
        response = Response(body, mimetype="application/json")
        keep_receipt(response, slug, visit)
        own = marked_headers(self._app.view_functions[_ENDPOINT])
        return [*response.headers.to_wsgi_list(), *own], body

    def _receipt_of(self, language: str, slug: str) -> str:
        values = {"language": language, "slug": slug}
        return self._app.url_map.bind("").build("receipts.receipt", values)


def _form_of(environ: dict[str, Any]) -> SentForm | None:
    """Read the form, leaving it to be read again."""
    length = environ.get("CONTENT_LENGTH", "")
    if not (length.isascii() and length.isdigit() and 0 < int(length) <= _MOST_BYTES):
        return None
    body = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = io.BytesIO(body)
    try:
        return read_form(body) if len(body) == int(length) else None
    except TooManyFieldsError:
        return None


def _take(language: str, slug: str, sent: SentForm, visit: Visit) -> bool:
    """Store a send if there is nothing to say about it; say whether it is stored."""
    if sent.one("do") != "send" or "to" in sent.fields:
        return False
    try:
        offered = offered_rounds().get(slug)
        if offered is None or language not in offered.round.languages:
            return False
        if sent.one("version") not in {"", str(offered.round.version_id)}:
            return False
        day = local_day(offered.round, now())
        checked = check_form(offered.document, sent, language, day)
        if checked.errors or checked.walked.is_empty:
            return False
        entry = checked.walked.entry
        outcome = store(offered, visit, offered.round.version_id, language, entry)
    except SQLAlchemyError:
        return False
    return outcome in {Outcome.STORED, Outcome.REPEATED}


def init_letterbox(app: Flask) -> None:
    """Hang it up in front of the app."""
    app.extensions["shelf"].takers.append(Letterbox(app))
