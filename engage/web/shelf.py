"""Stands in front of Flask: keeps pages that are the same for everybody, and hands on sends."""

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from engage.web.assets import smallest_of
from engage.web.bytes import RenderedPage
from engage.web.headers import Header, with_defaults
from engage.web.requests import count

#: Headers and body of an answer that all is well.
Answer = tuple[list[Header], bytes]
#: Beyond this many pages the shelf is emptied: no visitor can fill the memory with addresses.
_MOST = 2000


class Shelf:
    """A WSGI app that answers GET of a shelved path itself and leaves the rest to Flask.

    A page stays for some seconds only, then Flask decides anew (is the round still open?), so
    nobody needs to take pages down. The query string does not matter: only pages that are a
    function of their path are put here. Hosts are checked as Flask would.
    """

    def __init__(self, app: Callable[..., Iterable[bytes]], hosts: list[str]) -> None:
        """Stand in front of a WSGI app that answers to these hosts."""
        self.app = app
        self.hosts = frozenset(hosts)
        #: Asked in turn about each POST; what none of them answers goes to Flask.
        self.takers: list[Callable[[dict[str, Any]], Answer | None]] = []
        self._pages: dict[str, tuple[float, dict[str, tuple[list[Header], bytes]]]] = {}

    def put(
        self,
        path: str,
        page: RenderedPage,
        seconds: float,
        headers: Sequence[Header] = (),
        *,
        secure: bool,
    ) -> None:
        """Keep a page for some seconds, with headers of its own."""
        if len(self._pages) >= _MOST:
            self._pages.clear()
        ready = {
            encoding: (with_defaults([*page.headers(encoding), *headers], secure=secure), body)
            for encoding, body in page.encodings.items()
        }
        self._pages[path] = time.monotonic() + seconds, ready

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer from the shelf, or let Flask answer."""
        if environ["REQUEST_METHOD"] == "POST":
            return self._taken(environ, start_response)
        kept = self._pages.get(environ["PATH_INFO"])
        if kept is None or kept[0] < time.monotonic() or not self._may_answer(environ):
            return self.app(environ, start_response)
        encoding = smallest_of(environ.get("HTTP_ACCEPT_ENCODING", ""), kept[1])
        headers, body = kept[1][encoding]
        etag = next(value for name, value in headers if name == "ETag")
        if etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            count("shelf", 304)
            empty = {"Content-Type", "Content-Length", "Content-Encoding"}
            start_response("304 NOT MODIFIED", [one for one in headers if one[0] not in empty])
            return [b""]
        count("shelf", 200)
        start_response("200 OK", list(headers))
        return [body]

    def _taken(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        for taker in self.takers if self._is_asked(environ) else ():
            answer = taker(environ)
            if answer is not None:
                headers, body = answer
                secure = environ["wsgi.url_scheme"] == "https"
                start_response("200 OK", with_defaults(headers, secure=secure))
                return [body]
        return self.app(environ, start_response)

    def _is_asked(self, environ: dict[str, Any]) -> bool:
        return environ.get("HTTP_HOST", "").rsplit(":", 1)[0].lower() in self.hosts

    def _may_answer(self, environ: dict[str, Any]) -> bool:
        return environ["REQUEST_METHOD"] == "GET" and self._is_asked(environ)
