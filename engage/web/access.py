"""Who may open a page: every view carries a mark, and one without a mark is refused."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import Flask, abort, current_app, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from engage.extensions import login
from engage.web.origins import SAFE_METHODS, SendAgain

P = ParamSpec("P")
R = TypeVar("R")

#: Values of `view.__access__` set here; a room with permissions sets its own.
PUBLIC = "public"
SIGNED_IN = "signed in"


def mark(view: Callable[P, R], access: str) -> Callable[P, R]:
    """Write on a view who may open it."""
    view.__access__ = access  # type: ignore[attr-defined]
    return view


def access_of(view: Callable[..., Any]) -> str | None:
    """Return the mark of a view, or None where somebody forgot it."""
    return getattr(view, "__access__", None)


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Let everybody open this page."""
    return mark(view, PUBLIC)


def sign_in_first() -> ResponseReturnValue:
    """Send a stranger to the sign-in page; one who was typing keeps what was typed."""
    if request.method not in SAFE_METHODS:
        raise SendAgain(signed_out=True)
    answer: ResponseReturnValue = login.unauthorized()
    return answer


def signed_in(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Let only people with an account open this page."""

    @wraps(view)
    def checked(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if not current_user.is_authenticated:
            return sign_in_first()
        return view(*args, **kwargs)

    return mark(checked, SIGNED_IN)


def _refuse_unmarked() -> None:
    # No address of ours has the character that PostgreSQL cannot be asked for.
    if "\0" in request.path:
        abort(404)
    endpoint = request.endpoint
    if endpoint and access_of(current_app.view_functions[endpoint]) is None:
        abort(403)


def init_access(app: Flask) -> None:
    """Check the mark before every request."""
    app.before_request(_refuse_unmarked)
