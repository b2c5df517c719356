"""Errors as programs read them: every address under `/api/` answers in JSON (RFC 9457)."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from flask import Response, json, request
from werkzeug.exceptions import HTTPException

#: How the addresses for programs begin.
API = "/api/"
#: Headers of an error that the program needs.
_KEPT_HEADERS = {"Allow", "Retry-After", "WWW-Authenticate"}


class Problem(HTTPException):
    """An error with a sentence for whoever writes the program, and what is wrong field by field."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        *,
        errors: Mapping[str, Sequence[str]] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.code = int(status)
        self.errors = errors or {}
        self.more_headers = dict(headers or {})


def is_for_programs() -> bool:
    """Say whether the request at hand is for an address that programs use."""
    return request.path.startswith(API)


def problem(error: HTTPException) -> Response:
    """Return an error as a problem document; what a library says about it is left out."""
    status = HTTPStatus(error.code or 500)
    said: dict[str, object] = {
        "type": "about:blank",
        "title": status.phrase,
        "status": int(status),
    }
    headers = {name: value for name, value in error.get_headers() if name in _KEPT_HEADERS}
    if isinstance(error, Problem):
        said["detail"] = str(error.description)
        said |= {"errors": error.errors} if error.errors else {}
        headers |= error.more_headers
    return Response(json.dumps(said), int(status), headers, mimetype="application/problem+json")
