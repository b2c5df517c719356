"""Pages that are the same for every reader: rendered, compressed and named once, then only sent."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from flask import Request, Response, current_app, g, render_template

from engage.web.assets import best_encoding, encoded
from engage.web.headers import marked_headers

HTML = "text/html; charset=utf-8"
_INDENT = re.compile(r"\n[ \t]+")


@dataclass(frozen=True)
class RenderedPage:
    """The bytes of one page in every encoding, with an ETag for each."""

    encodings: dict[str, bytes]
    digest: str
    content_type: str = HTML
    cache_control: str = "no-cache"

    @classmethod
    def of(
        cls, body: bytes, content_type: str = HTML, cache_control: str = "no-cache"
    ) -> "RenderedPage":
        """Compress a body; browsers keep it and ask each time whether it is still the same."""
        digest = hashlib.sha256(body).hexdigest()[:20]
        return cls(encoded(body), digest, content_type, cache_control)

    def headers(self, encoding: str) -> list[tuple[str, str]]:
        """Return the headers that go with the bytes in one encoding."""
        said = [
            ("Content-Type", self.content_type),
            ("Content-Length", str(len(self.encodings[encoding]))),
            ("Cache-Control", self.cache_control),
            ("ETag", f'"{self.digest}-{encoding}"'),
            ("Vary", "Accept-Encoding"),
        ]
        return said if encoding == "identity" else [*said, ("Content-Encoding", encoding)]

    def respond(self, request: Request, status: int = 200, shelf_seconds: float = 0) -> Response:
        """Answer with the bytes in the encoding the browser takes, or 304 if it has them.

        With `shelf_seconds` the path is answered in front of Flask for that long, whoever asks
        and whatever the query string: only for pages that are a function of their path. Not in
        tests, where a page changes the moment its data does, unless they set `SHELF`.
        """
        g.same_for_all = True
        if shelf_seconds and status == 200 and _has_shelf():
            marked = marked_headers(current_app.view_functions[request.endpoint or ""])
            shelf = current_app.extensions["shelf"]
            shelf.put(request.path, self, shelf_seconds, marked, secure=request.is_secure)
        encoding = best_encoding(self.encodings)
        headers = self.headers(encoding)
        if status == 200 and f'"{self.digest}-{encoding}"' in request.headers.get(
            "If-None-Match", ""
        ):
            return Response(status=304, headers=headers[2:5])
        return Response(self.encodings[encoding], status, headers)


def _has_shelf() -> bool:
    return bool(current_app.config.get("SHELF", not current_app.testing))


def _without_indents(html: str) -> str:
    """Return a page without the indents of its templates, about a twentieth of it on the wire.

    Line breaks stay, since texts may be shown with theirs.
    """
    return _INDENT.sub("\n", html)


def render_for_all(template: str, **values: Any) -> RenderedPage:
    """Render a template that depends on its values and the language only (no reader, no cookie)."""
    before = g.get("same_for_all", False)
    g.same_for_all = True
    try:
        return RenderedPage.of(_without_indents(render_template(template, **values)).encode())
    finally:
        g.same_for_all = before
