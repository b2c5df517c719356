"""Changes to sessions: started at sign-in, confirmed, ended."""

from datetime import datetime, timedelta

import structlog
from sqlalchemy import delete, update

from engage.accounts.audit import record
from engage.accounts.models import User, UserSession
from engage.accounts.tokens import new_token, token_hash
from engage.extensions import db

log = structlog.get_logger()

SESSION_LASTS = timedelta(hours=12)


def start_session(user: User, *, device: str, now: datetime) -> str:
    """Return the token of a new session; the person's sessions that are over are cleared away."""
    token = new_token()
    db.session.execute(
        delete(UserSession).where(UserSession.user_id == user.id, UserSession.expires_at <= now)
    )
    db.session.add(
        UserSession(
            token_hash=token_hash(token),
            user_id=user.id,
            device=device,
            started_at=now,
            expires_at=now + SESSION_LASTS,
            confirmed_at=now,
        )
    )
    record(user, "signed_in", f"account:{user.id}", {"device": device}, now)
    log.info("signed in", account=user.id)
    return token


def confirm_session(session: UserSession, *, now: datetime) -> None:
    """Note that the person has just proved again who they are."""
    session.confirmed_at = now
    log.info("session confirmed", account=session.user_id)


def end_session(user: User, hashed: str) -> bool:
    """End one of this person's own sessions; say whether there was one."""
    ended = db.session.scalar(
        delete(UserSession)
        .where(UserSession.token_hash == hashed, UserSession.user_id == user.id)
        .returning(UserSession.token_hash)
    )
    log.info("session ended", account=user.id)
    return ended is not None


def end_sessions(user: User, *, keep: str | None = None) -> None:
    """End a person's sessions everywhere, or everywhere but in the one with the hash `keep`.

    Programs that act for the person are shut out too: a new epoch begins.
    """
    others = delete(UserSession).where(UserSession.user_id == user.id)
    if keep is not None:
        others = others.where(UserSession.token_hash != keep)
    db.session.execute(others)
    db.session.execute(update(User).where(User.id == user.id).values(epoch=User.epoch + 1))
    log.info("sessions ended", account=user.id, everywhere=keep is None)
