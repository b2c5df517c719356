"""Unsafe requests must come from our own pages; what was typed survives an expired token."""

from functools import lru_cache
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request
from werkzeug.exceptions import HTTPException

from engage.extensions import csrf

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class SendAgain(HTTPException):
    """The form was good but came too late: its values are shown again to be sent once more."""

    code = 400

    def __init__(self, *, signed_out: bool = False) -> None:
        super().__init__()
        self.signed_out = signed_out


@lru_cache(maxsize=64)
def origins_of(base_url: str, asked: str) -> frozenset[str]:
    """Return the origins of an installation: its address, and the host that was asked."""
    base = urlsplit(base_url)
    return frozenset({f"{base.scheme}://{base.netloc}", asked})


def is_own_page(site: str | None, origin: str | None, own: frozenset[str]) -> bool | None:
    """Say whether a request came from our own page; None when the browser hides it.

    `Sec-Fetch-Site` is believed first: a page cannot set it. Neither header means no browser (or
    one from before 2020), where there is no ambient sign-in to abuse, as in Go's `net/http`.
    """
    if site:
        return site in {"same-origin", "none"}
    if origin is None:
        return True
    # Browsers send "null" from a page with `Referrer-Policy: no-referrer`.
    return None if origin == "null" else origin in own


def is_same_origin() -> bool | None:
    """Say whether the request at hand came from our own page, as `is_own_page` does."""
    own = origins_of(current_app.config["BASE_URL"], request.host_url.rstrip("/"))
    return is_own_page(request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin"), own)


def _refuse_other_origins() -> None:
    if request.method in SAFE_METHODS:
        return
    ours = is_same_origin()
    if ours is False:
        abort(403)
    if ours is None:
        csrf.protect()


def init_origins(app: Flask) -> None:
    """Check the origin before anything else, and the token without asking for a referrer."""
    app.config["WTF_CSRF_SSL_STRICT"] = False
    app.before_request_funcs.setdefault(None, []).insert(0, _refuse_other_origins)
