"""The gate of the addresses for programs: a token in the header, and what its owner may do now.

No cookie is read here, so there is nothing another site could abuse; and a token opens no page.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from http import HTTPStatus
from typing import Any

from flask import abort, g, request

from engage.api.actions import note_use
from engage.api.models import ApiToken
from engage.api.queries import token_of_secret
from engage.api.throttle import api_throttle
from engage.communities.roles import Permission
from engage.extensions import db, writing
from engage.i18n.current import use_language
from engage.web.access import mark
from engage.web.problems import Problem


def by_token(permission: Permission) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let only programs in whose owner's role is this permission, in the community of the address.

    The view gets the `Community` as `community`. Another community than that of the token is not
    found, whether it exists or not. Programs are spoken to in English.
    """

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(community: str, **values: Any) -> Any:
            membership = _token_of_request(datetime.now(UTC)).membership
            if membership.community.slug != community:
                abort(404)
            if not membership.may(permission):
                words = "The owner of this token may not do this any more."
                raise Problem(HTTPStatus.FORBIDDEN, words)
            with use_language("en", for_staff=True):
                return view(community=membership.community, **values)

        return mark(guarded, permission)

    return decorate


def current_token() -> ApiToken:
    """Return the token of the request at hand; only behind `by_token`."""
    found: ApiToken = g.api_token
    return found


def wait(seconds: int) -> None:
    """Send a program away that has asked too much; 0 seconds is none."""
    if seconds:
        words = "You have asked too often. Wait, then ask again."
        raise Problem(HTTPStatus.TOO_MANY_REQUESTS, words, headers={"Retry-After": str(seconds)})


def _token_of_request(now: datetime) -> ApiToken:
    given = request.authorization
    secret = given.token if given is not None and given.type == "bearer" else None
    found = token_of_secret(secret, now) if secret else None
    if found is None:
        wait(api_throttle().wait_after_wrong(request.remote_addr or ""))
        raise _unauthorized(is_wrong=bool(secret))
    wait(api_throttle().wait_after_request(found.token_hash))
    if found.last_used_on != now.date():
        db.session.commit()
        with writing():
            note_use(found, now)
            db.session.commit()
    g.api_token = found
    return found


def _unauthorized(*, is_wrong: bool) -> Problem:
    told = 'Bearer realm="engage"' + (', error="invalid_token"' if is_wrong else "")
    words = "Send a token that works, in the header Authorization: Bearer engage_…"
    return Problem(HTTPStatus.UNAUTHORIZED, words, headers={"WWW-Authenticate": told})
