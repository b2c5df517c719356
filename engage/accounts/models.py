"""Tables of who you are: users, their sessions and second factor, and the audit log."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.accounts.columns import UtcDateTime
from engage.extensions import Model


class User(Model):
    """A member of staff or a partner who signs in; residents have no account."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: In lower case, so that one person cannot have two accounts by spelling.
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(12))
    is_active: Mapped[bool] = mapped_column(default=True)
    #: Of the instance: makes communities and accounts, yet sees no community's data.
    is_admin: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: The authenticator's secret is derived from this seed and the instance's key.
    totp_seed: Mapped[str | None] = mapped_column(String(64))
    #: The last time step whose code was used; the same code is never taken twice.
    totp_last_step: Mapped[int] = mapped_column(default=0)
    #: Counts how often all sessions were ended; what was given out before is worth nothing since.
    epoch: Mapped[int] = mapped_column(default=0, server_default="0")

    sessions: Mapped[list["UserSession"]] = relationship(
        back_populates="user", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def has_second_factor(self) -> bool:
        """Say whether signing in also asks for a code from an authenticator."""
        return self.totp_seed is not None

    @property
    def is_authenticated(self) -> bool:
        """Say that this is a signed-in person (asked by Flask-Login)."""
        return self.is_active

    @property
    def is_anonymous(self) -> bool:
        """Say that this is not a visitor without an account (asked by Flask-Login)."""
        return False

    def get_id(self) -> str:
        """Return the key as text (asked by Flask-Login)."""
        return str(self.id)


class UserSession(Model):
    """One sign-in on one device; the browser holds the random token, the row only its hash."""

    __tablename__ = "user_sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    #: Browser and system in words, for the list of sessions; never the user agent itself.
    device: Mapped[str] = mapped_column(String(60))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    #: When the person last proved who they are; sensitive actions want this to be recent.
    confirmed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(back_populates="sessions")


class RecoveryCode(Model):
    """A code that stands in for a lost authenticator, once."""

    __tablename__ = "recovery_codes"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)


class PasswordLink(Model):
    """A link with which a person chooses a new password, once."""

    __tablename__ = "password_links"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AuditEntry(Model):
    """Who did what to which object and when; each entry carries the hash of the one before."""

    __tablename__ = "audit_entries"

    #: Counts from 1 without gaps, which the chain relies on.
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    #: None is the command line or a job. No foreign key: the log outlives the account.
    actor_id: Mapped[int | None] = mapped_column(index=True)
    #: The slug of the community it concerns, or nothing for the instance.
    community: Mapped[str] = mapped_column(String(60), index=True)
    action: Mapped[str] = mapped_column(String(60), index=True)
    subject: Mapped[str] = mapped_column(String(200))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class AuditHead(Model):
    """The end of the audit log, in one row; it shows when entries were cut off."""

    __tablename__ = "audit_heads"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sequence: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
