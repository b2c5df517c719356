"""Reads about people who sign in, their sessions, and the audit log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select, func, select

from engage.accounts.models import AuditEntry, PasswordLink, RecoveryCode, User, UserSession
from engage.accounts.tokens import token_hash
from engage.extensions import db

_S = TypeVar("_S", bound=Select[*tuple[Any, ...]])


def plain_email(typed: str) -> str:
    """Return an e-mail address the way it is kept: without spaces around it, in lower case."""
    return typed.strip().lower()


def user_by_email(email: str) -> User | None:
    """Return the account with this address, however it is spelt."""
    return db.session.scalar(select(User).where(User.email == plain_email(email)))


def user_by_id(user_id: int) -> User | None:
    """Return one account, or None."""
    return db.session.get(User, user_id)


def all_users() -> Sequence[User]:
    """Return every account of the instance by name."""
    return db.session.scalars(select(User).order_by(User.name, User.id)).all()


def session_of_token(token: str, now: datetime) -> UserSession | None:
    """Return the session a browser's token opens, if it still lasts and its person may sign in."""
    found = db.session.get(UserSession, token_hash(token))
    if found is None or found.expires_at <= now or not found.user.is_active:
        return None
    return found


def sessions_of(user: User, now: datetime) -> Sequence[UserSession]:
    """Return a person's sessions that still last, newest first."""
    return db.session.scalars(
        select(UserSession)
        .where(UserSession.user_id == user.id, UserSession.expires_at > now)
        .order_by(UserSession.started_at.desc(), UserSession.token_hash)
    ).all()


def user_of_password_link(token: str, now: datetime) -> User | None:
    """Return whose password a link is for, if the link still works."""
    return db.session.scalar(
        select(User)
        .join(PasswordLink, PasswordLink.user_id == User.id)
        .where(
            PasswordLink.token_hash == token_hash(token),
            PasswordLink.expires_at > now,
            User.is_active,
        )
    )


def recovery_codes_left(user: User) -> int:
    """Return how many recovery codes a person has not used."""
    return (
        db.session.scalar(
            select(func.count()).select_from(RecoveryCode).where(RecoveryCode.user_id == user.id)
        )
        or 0
    )


@dataclass(frozen=True)
class AuditFilter:
    """What part of a community's log is asked for; an empty field means all."""

    action: str = ""
    actor_id: int | None = None
    words: str = ""


@dataclass(frozen=True)
class AuditPage:
    """One page of the log, newest first, with who did it, and how to go on."""

    entries: Sequence[tuple[AuditEntry, User | None]]
    number: int
    pages: int
    total: int


def audit_page(community: str, wanted: AuditFilter, number: int, size: int = 50) -> AuditPage:
    """Return a page of the log of a community (by slug; nothing is the instance's own)."""
    total = db.session.scalar(_audit(select(func.count(AuditEntry.sequence)), community, wanted))
    pages = max(1, -(-(total or 0) // size))
    number = min(max(number, 1), pages)
    rows = db.session.execute(
        _audit(select(AuditEntry, User), community, wanted)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .order_by(AuditEntry.sequence.desc())
        .limit(size)
        .offset((number - 1) * size)
    )
    return AuditPage([(entry, user) for entry, user in rows], number, pages, total or 0)


def audit_actions(community: str) -> Sequence[str]:
    """Return the kinds of entries a community's log has."""
    return db.session.scalars(
        select(AuditEntry.action)
        .where(AuditEntry.community == community)
        .distinct()
        .order_by(AuditEntry.action)
    ).all()


def audit_actors(community: str) -> Sequence[User]:
    """Return the people in a community's log by name."""
    actors = select(AuditEntry.actor_id).where(AuditEntry.community == community)
    return db.session.scalars(
        select(User).where(User.id.in_(actors)).order_by(User.name, User.id)
    ).all()


def _audit(statement: _S, community: str, wanted: AuditFilter) -> _S:
    statement = statement.where(AuditEntry.community == community)
    if wanted.action:
        statement = statement.where(AuditEntry.action == wanted.action)
    if wanted.actor_id is not None:
        statement = statement.where(AuditEntry.actor_id == wanted.actor_id)
    if wanted.words:
        statement = statement.where(AuditEntry.subject.icontains(wanted.words, autoescape=True))
    return statement
