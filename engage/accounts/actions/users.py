"""Changes to accounts: made, given a password, disabled."""

from datetime import datetime, timedelta

import structlog
from sqlalchemy import delete

from engage.accounts.actions.sessions import end_sessions
from engage.accounts.audit import record
from engage.accounts.models import PasswordLink, User
from engage.accounts.passwords import hash_password, is_outdated, is_right
from engage.accounts.queries import plain_email, user_by_email
from engage.accounts.tokens import new_token, token_hash
from engage.extensions import db

log = structlog.get_logger()

PASSWORD_LINK_LASTS = timedelta(days=3)


class EmailTakenError(Exception):
    """There is an account with this e-mail address already."""


def create_user(
    email: str,
    name: str,
    language: str,
    password: str | None,
    *,
    now: datetime,
    who: User | None = None,
    is_admin: bool = False,
) -> User:
    """Make an account; without a password nobody can sign in with it until a link gives one."""
    if user_by_email(email):
        raise EmailTakenError(email)
    user = User(
        email=plain_email(email),
        name=name.strip(),
        language=language,
        password_hash=hash_password(password) if password else None,
        is_admin=is_admin,
        is_active=True,
        created_at=now,
        totp_last_step=0,
    )
    db.session.add(user)
    db.session.flush()
    record(who, "account_created", f"account:{user.id}", {"admin": is_admin}, now)
    log.info("account created", account=user.id)
    return user


def user_with_password(email: str, password: str) -> User | None:
    """Return who signs in with this, or None; takes the same time whether the account exists."""
    user = user_by_email(email)
    fits = is_right(user.password_hash if user else None, password)
    if user is None or not fits or not user.is_active:
        return None
    if is_outdated(user.password_hash or ""):
        user.password_hash = hash_password(password)
    return user


def set_password(user: User, password: str, *, who: User | None, now: datetime) -> None:
    """Give an account a new password; every session and every link to a new one ends."""
    user.password_hash = hash_password(password)
    db.session.execute(delete(PasswordLink).where(PasswordLink.user_id == user.id))
    end_sessions(user)
    record(who, "password_changed", f"account:{user.id}", {}, now)
    log.info("password changed", account=user.id)


def make_password_link(user: User, *, who: User | None, now: datetime) -> str:
    """Return the token of a link to choose a new password; an earlier link stops working."""
    token = new_token()
    db.session.execute(delete(PasswordLink).where(PasswordLink.user_id == user.id))
    db.session.add(
        PasswordLink(
            token_hash=token_hash(token), user_id=user.id, expires_at=now + PASSWORD_LINK_LASTS
        )
    )
    record(who, "password_link_made", f"account:{user.id}", {}, now)
    log.info("password link made", account=user.id)
    return token


def disable_user(user: User, *, who: User | None, now: datetime) -> None:
    """Keep a person from signing in, at once and on every device."""
    user.is_active = False
    db.session.execute(delete(PasswordLink).where(PasswordLink.user_id == user.id))
    end_sessions(user)
    record(who, "account_disabled", f"account:{user.id}", {}, now)
    log.info("account disabled", account=user.id)


def enable_user(user: User, *, who: User | None, now: datetime) -> None:
    """Let a disabled person sign in again."""
    user.is_active = True
    record(who, "account_enabled", f"account:{user.id}", {}, now)
    log.info("account enabled", account=user.id)


def update_profile(user: User, *, name: str, language: str, now: datetime) -> None:
    """Change what a person is called and which language they get."""
    user.name, user.language = name.strip(), language
    record(user, "profile_changed", f"account:{user.id}", {}, now)
    log.info("profile changed", account=user.id)
