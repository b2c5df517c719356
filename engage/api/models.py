"""Table of tokens with which a program acts for one member, in one community."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.accounts.columns import UtcDateTime
from engage.accounts.models import User
from engage.communities.models import Membership
from engage.communities.roles import Permission
from engage.extensions import Model

#: What a token may take: disclosed figures alone, or single answers without typed words as well.
#: Raw answers are in none: a second person has to agree to each.
TABLES_ALONE, ANSWERS_TOO = "export:tables", "export:answers"


class ApiToken(Model):
    """A token of one member; its owner has the secret, the row only its hash.

    It goes with the membership, and never allows more than its owner may do at the moment.
    """

    __tablename__ = "api_tokens"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    membership_id: Mapped[int] = mapped_column(
        ForeignKey("memberships.id", ondelete="CASCADE"), index=True
    )
    #: The owner's epoch when it was made; it is worth nothing in a later one.
    epoch: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))
    scope: Mapped[str] = mapped_column(String(20))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: A day and no more: enough to see which token nobody needs.
    last_used_on: Mapped[date | None]

    membership: Mapped[Membership] = relationship()

    @property
    def user(self) -> User:
        """Return whom it acts for."""
        return self.membership.user

    @property
    def mark(self) -> str:
        """Return by what the log knows it; nothing can be opened with it."""
        return f"token:{self.token_hash[:8]}"

    def state(self, now: datetime) -> str:
        """Return `works`, or why not: `over`, `ended` with all sessions, `powerless`."""
        if now >= self.expires_at:
            return "over"
        if not self.user.is_active or self.epoch != self.user.epoch:
            return "ended"
        return "works" if self.membership.may(Permission.EXPORT_DATA) else "powerless"
