"""Headers that keep every answer to itself: nothing from elsewhere, nothing kept."""

from collections.abc import Callable, Iterable
from typing import Any, ParamSpec, TypeVar

from flask import Flask, Response, request

P = ParamSpec("P")
R = TypeVar("R")
Header = tuple[str, str]

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "media-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
    )
)
#: On a page that shows pages of ours beside each other; and on those, which nobody else may frame.
WITH_FRAMES = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"
IN_OUR_FRAMES = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
_NOBODY = ("camera", "microphone", "payment", "usb", "display-capture", "browsing-topics")
_PERMISSIONS = ", ".join(f"{feature}=()" for feature in _NOBODY)
#: What an answer says unless its view said otherwise.
DEFAULTS: tuple[Header, ...] = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", f"geolocation=(), {_PERMISSIONS}"),
    ("Cache-Control", "no-store"),
)
STRICT_TRANSPORT: Header = (
    "Strict-Transport-Security",
    "max-age=31536000; includeSubDomains",
)


def no_referrer(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a page whose address or content holds a code: links from it tell nothing."""
    view.__no_referrer__ = True  # type: ignore[attr-defined]
    return view


def asks_for_location(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a page that may ask the phone where it is (after a tap)."""
    view.__asks_for_location__ = True  # type: ignore[attr-defined]
    return view


def marked_headers(view: object) -> list[Header]:
    """Return the headers that a view was marked with."""
    said = []
    if hasattr(view, "__no_referrer__"):
        said.append(("Referrer-Policy", "no-referrer"))
    if hasattr(view, "__asks_for_location__"):
        said.append(("Permissions-Policy", f"geolocation=(self), {_PERMISSIONS}"))
    return said


def with_defaults(headers: Iterable[Header], *, secure: bool) -> list[Header]:
    """Return the headers of an answer with those added that it does not have."""
    said = list(headers)
    names = {name.lower() for name, _value in said}
    defaults = (*DEFAULTS, STRICT_TRANSPORT) if secure else DEFAULTS
    return said + [header for header in defaults if header[0].lower() not in names]


class DefaultHeaders:
    """Adds the defaults to whatever leaves the app: outside of Flask, so that nothing escapes."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        """Wrap a WSGI app."""
        self.app = app

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer with the defaults added."""

        def start(status: str, headers: list[Header], error: Any = None) -> Any:
            secure = environ["wsgi.url_scheme"] == "https"
            return start_response(status, with_defaults(headers, secure=secure), error)

        return self.app(environ, start)


def init_headers(app: Flask) -> None:
    """Add the headers to every answer, and what a view was marked with before them."""

    def add_marked(response: Response) -> Response:
        for name, value in marked_headers(app.view_functions.get(request.endpoint or "")):
            response.headers.setdefault(name, value)
        return response

    app.after_request(add_marked)
    app.wsgi_app = DefaultHeaders(app.wsgi_app)  # type: ignore[method-assign]
