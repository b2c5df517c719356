"""Tables of results: decisions about texts, sentences of staff, names to mask, the population."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from engage.accounts.columns import UtcDateTime
from engage.extensions import Model


class TextRelease(Model):
    """A decision about one text somebody wrote; without one, staff alone see it, to decide.

    It holds for the text as it was: `text_digest` no longer fits once the person corrects it. Rows
    go with the response, so that nothing is left of answers that were deleted.
    """

    __tablename__ = "text_releases"
    #: No row numbers: they would tell in which order texts were looked at, which is theirs alone.
    __table_args__ = ({"sqlite_with_rowid": False},)

    response_id: Mapped[bytes] = mapped_column(
        LargeBinary(16), ForeignKey("responses.id", ondelete="CASCADE"), primary_key=True
    )
    #: Column of the answers: the question, and the part of it that holds words.
    question: Mapped[str] = mapped_column(String(64), primary_key=True)
    part: Mapped[str] = mapped_column(String(64), primary_key=True, default="")
    #: Numbers of the entries of repeats around it: “2”, “2.1”.
    entry: Mapped[str] = mapped_column(String(40), primary_key=True, default="")
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"), index=True)
    text_digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    is_released: Mapped[bool]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)


class WrittenFinding(Model):
    """What staff say a question's results are, in their own words; it stands above the figures."""

    __tablename__ = "written_findings"

    round_id: Mapped[int] = mapped_column(
        ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True
    )
    question: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: Language → sentence.
    words: Mapped[dict[str, str]] = mapped_column(JSON)
    written_on: Mapped[date]


class NamesToMask(Model):
    """Names that staff want masked wherever free text is read or handed out; staff alone see them.

    One row for each community, replaced as a whole.
    """

    __tablename__ = "names_to_mask"

    community_id: Mapped[int] = mapped_column(
        ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True
    )
    names: Mapped[list[str]] = mapped_column(JSON)


class PopulationFigures(Model):
    """How many people of each group live in a community, from a register and never from answers.

    One row for each community, replaced as a whole: there is never half a file.
    """

    __tablename__ = "population_figures"

    community_id: Mapped[int] = mapped_column(
        ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True
    )
    #: Background question → answer → people; keys as they stand in answers.
    people: Mapped[dict[str, dict[str, int]]] = mapped_column(JSON)
    #: Where the numbers are from, and the day they are of.
    source: Mapped[str] = mapped_column(String(200))
    as_of: Mapped[date]
