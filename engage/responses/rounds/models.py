"""Who looked at the preview of a round in which language, and what of a round stays as opened."""

from datetime import date

from sqlalchemy import Connection, ForeignKey, String, event, select
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model
from engage.responses.models import Round

#: What people were promised when they answered; nobody can change it afterwards (P-07, Z-16).
FIXED_AT_OPENING = ("mode", "profile", "basis", "k", "slug", "questionnaire_id", "community_id")


class RoundPreview(Model):
    """One look at the questionnaire as residents will see it; a round opens only after one."""

    __tablename__ = "round_previews"

    round_id: Mapped[int] = mapped_column(
        ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True
    )
    version_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaire_versions.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    seen_on: Mapped[date]
    seen_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


@event.listens_for(Round, "before_update")
def _keep_promises(_mapper: object, connection: Connection, row: Round) -> None:
    """Refuse to store a change of what was fixed, wherever in the program it comes from."""
    columns = [getattr(Round, name) for name in ("opened_at", *FIXED_AT_OPENING)]
    stored = connection.execute(select(*columns).where(Round.id == row.id)).mappings().one()
    changed = [name for name in FIXED_AT_OPENING if stored[name] != getattr(row, name)]
    if stored["opened_at"] is not None and changed:
        raise RuntimeError(f"Round {row.slug} is open; {', '.join(changed)} cannot be changed.")
