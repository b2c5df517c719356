"""Table of exports: who asked for what and why, how far it is, and until when the file is kept."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.accounts.columns import UtcDateTime
from engage.accounts.models import User
from engage.extensions import Model
from engage.responses.models import Round

#: A finished file can be fetched this long, then it is removed.
KEPT = timedelta(hours=1)
#: So long somebody else may say yes to raw answers.
WAITING = timedelta(hours=24)
#: What may be in an export: disclosed figures, answers without typed words, everything as stored.
TABLES, ANSWERS, RAW = "tables", "answers", "raw"


class Export(Model):
    """One export somebody asked for; it holds no answers, the file lies in the installation."""

    __tablename__ = "exports"

    #: 128 random bits in hexadecimal digits: also the name of the file.
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    purpose: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(300), default="")
    what: Mapped[str] = mapped_column(String(12), default=TABLES)
    format: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(12))
    free_text: Mapped[bool] = mapped_column(default=False)
    places: Mapped[bool] = mapped_column(default=False)
    codebook: Mapped[bool] = mapped_column(default=False)
    #: Answers of all rounds of the questionnaire that have enough, not of this one alone.
    all_rounds: Mapped[bool] = mapped_column(default=False, server_default=false())
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Who agreed that raw answers leave, somebody else than who asked for them.
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    rows_done: Mapped[int] = mapped_column(default=0)
    rows_total: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Why there is no file: `too_many_rows` or `failed`.
    failure: Mapped[str] = mapped_column(String(20), default="")
    name: Mapped[str] = mapped_column(String(200), default="")
    size: Mapped[int] = mapped_column(default=0)
    digest: Mapped[str] = mapped_column(String(64), default="")
    #: What changes when answers in the file are corrected or deleted afterwards.
    removals: Mapped[int] = mapped_column(default=0)

    round: Mapped[Round] = relationship()
    user: Mapped[User | None] = relationship(foreign_keys=[user_id])
    approver: Mapped[User | None] = relationship(foreign_keys=[approved_by])

    def state(self, now: datetime) -> str:
        """Return `waiting` (for another person), `refused`, `making`, `failed`, `ready`, `gone`."""
        if self.what == RAW and self.approved_at is None:
            return "waiting" if now < self.asked_at + WAITING else "refused"
        if self.failure:
            return "failed"
        if self.made_at is None:
            return "making"
        return "ready" if now < self.made_at + KEPT else "gone"
