"""The person at this browser: signed in here, asked again who they are, let in as administrator.

The cookie holds the session's random token and when the browser was last seen, signed; all else is
in the row, so that ending a row ends the session, and reading a page writes nothing.
"""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any, ParamSpec, cast

from flask import (
    Flask,
    Response,
    abort,
    current_app,
    g,
    redirect,
    request,
    session,
    url_for,
)
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask.typing import ResponseReturnValue
from flask_login import current_user

from engage.accounts.models import User, UserSession
from engage.accounts.queries import session_of_token
from engage.accounts.steady import steady_moment, steady_time_since
from engage.extensions import login
from engage.i18n.current import current_language, set_language
from engage.web.access import PUBLIC, access_of, public, signed_in
from engage.web.origins import SAFE_METHODS
from engage.web.problems import is_for_programs

P = ParamSpec("P")

IDLE = timedelta(minutes=30)
#: How long having shown one's password is good for opening a sensitive form, and for sending it:
#: nobody loses what they typed because they took their time.
CONFIRMED_TO_OPEN = timedelta(minutes=10)
CONFIRMED_TO_SEND = timedelta(minutes=40)
_STAMP = timedelta(minutes=1)
_KEY = "sign_in"
_is_strict: ContextVar[bool] = ContextVar("is_strict", default=False)


def person() -> User:
    """Return who is signed in; only for views that are not open to strangers."""
    return cast("User", current_user._get_current_object())


def person_or_none() -> User | None:
    """Return who is signed in, if anybody is."""
    return person() if current_user.is_authenticated else None


def current_session() -> UserSession:
    """Return the session of this browser."""
    person()
    return cast("UserSession", g.user_session)


def remember(token: str, now: datetime) -> None:
    """Keep a new session's token in this browser and forget all that was there before."""
    session.clear()
    session[_KEY] = {"token": token, **_seen(now)}


def _seen(now: datetime) -> dict[str, object]:
    """Return when a browser is seen: by the clock, and steadily, for clocks jump."""
    return {"seen": int(now.timestamp()), "steady": steady_moment(secret_key())}


def _time_since_seen(kept: dict[str, Any], now: datetime) -> timedelta:
    """Return how long a browser has not been seen, whatever the clock has done meanwhile."""
    steady = steady_time_since(kept.get("steady"), steady_moment(secret_key()))
    return now - datetime.fromtimestamp(kept["seen"], UTC) if steady is None else steady


def forget() -> None:
    """Leave nothing of the session in this browser."""
    session.clear()


def guest(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Let everybody open a page that speaks to people who work here, in a staff language."""

    @wraps(view)
    def speaking(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        set_language(current_language(), for_staff=True)
        return view(*args, **kwargs)

    return public(speaking)


def admin_only(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Let only administrators of the instance open this page."""

    @wraps(view)
    def checked(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if not person().is_admin:
            abort(403)
        return view(*args, **kwargs)

    checked.__admin__ = True  # type: ignore[attr-defined]
    return signed_in(checked)


def needs_confirmation(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Ask for the password again before something sensitive; stands under the access decorator."""

    @wraps(view)
    def checked(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        within = CONFIRMED_TO_OPEN if request.method in SAFE_METHODS else CONFIRMED_TO_SEND
        asked = confirmation_first(request.full_path, within)
        return view(*args, **kwargs) if asked is None else asked

    return checked


def confirmation_first(
    back: str, within: timedelta = CONFIRMED_TO_OPEN
) -> ResponseReturnValue | None:
    """Return the way to the page that asks for the password, and then back; None if just shown."""
    if datetime.now(UTC) - current_session().confirmed_at <= within:
        return None
    return redirect(url_for("accounts.confirm", next=back), code=303)


def _load(_request: object) -> User | None:
    """Return whose session the cookie opens; one not seen for half an hour is over."""
    kept = session.get(_KEY)
    if not isinstance(kept, dict):
        return None
    now = datetime.now(UTC)
    unseen = _time_since_seen(kept, now)
    found = session_of_token(kept["token"], now) if unseen <= IDLE else None
    if found is None:
        session.pop(_KEY)
        return None
    if unseen >= _STAMP:
        session[_KEY] = {**kept, **_seen(now)}
    g.user_session = found
    return found.user


class _StrictSessions(SecureCookieSessionInterface):
    """The cookie of somebody signed in goes along with requests from our own pages only (X-11)."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookie; looked at here, the session does not count as used (`Vary: Cookie`)."""
        told = _is_strict.set(_KEY in session)
        super().save_session(app, session, response)
        _is_strict.reset(told)

    def get_cookie_samesite(self, app: Flask) -> str:
        """Return how far the cookie of this session may travel."""
        return "Strict" if _is_strict.get() else "Lax"


def _come_again_from_here() -> ResponseReturnValue | None:
    """Let a link elsewhere lead to a page for people signed in: asked again by a page of ours.

    A browser that comes from elsewhere leaves a strict cookie at home.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    is_open = view is None or access_of(view) == PUBLIC or is_for_programs()
    if is_open or request.method != "GET" or request.headers.get("Sec-Fetch-Site") != "cross-site":
        return None
    return Response("", headers={"Refresh": "0"}, mimetype="text/html")


def secret_key() -> str:
    """Return the instance's key, for the keyed hashes of this room."""
    return str(current_app.config["SECRET_KEY"])


def init_current(app: Flask) -> None:
    """Let Flask-Login ask us who is there, and send strangers to the sign-in page."""
    app.session_interface = _StrictSessions()
    app.before_request(_come_again_from_here)
    login.request_loader(_load)
    login.login_view = "accounts.sign_in"
    login.login_message = None
    login.session_protection = None
