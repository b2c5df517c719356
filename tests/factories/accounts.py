"""Makes people who sign in."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from argon2 import PasswordHasher

from engage.accounts.actions.sessions import start_session
from engage.accounts.models import User
from engage.extensions import db
from tests.factories import saved
from tests.pages import PageClient

PASSWORD = "nine green kettles sing"
#: Far cheaper than a real one: it guards nothing.
_CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
_number = count(1)


def make_user(**given: Any) -> User:
    """Store a person; the password is `PASSWORD` unless `password_hash` says otherwise."""
    number = next(_number)
    values = {
        "email": f"person{number}@example.org",
        "name": f"Person {number}",
        "password_hash": _CHEAP,
        "language": "en",
        "created_at": datetime(2027, 1, 1, tzinfo=UTC),
        "is_active": True,
        "is_admin": False,
        "totp_last_step": 0,
    }
    return saved(User(**{**values, **given}))


def sign_in(client: PageClient, user: User) -> str:
    """Sign a person in in this client without the page; return the session's token."""
    now = datetime.now(UTC)
    token = start_session(user, device="Firefox, Linux", now=now)
    db.session.commit()
    with client.session_transaction() as cookie:
        cookie["sign_in"] = {"token": token, "seen": int(now.timestamp())}
    return token
