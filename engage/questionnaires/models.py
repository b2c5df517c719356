"""Tables of what is asked: questionnaires, their published versions, media, reviewed texts."""

from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.accounts.columns import UtcDateTime
from engage.communities.models import Community
from engage.extensions import Model
from engage.questionnaires.document import Document


class Questionnaire(Model):
    """A questionnaire of a community: a draft that is edited, and versions that never change."""

    __tablename__ = "questionnaires"
    __table_args__ = (UniqueConstraint("community_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(
        ForeignKey("communities.id", ondelete="CASCADE"), index=True
    )
    #: Stands in addresses and file names; stable over rounds.
    key: Mapped[str] = mapped_column(String(60))
    draft: Mapped[str] = mapped_column(LongText)
    #: Grows with every change of the draft, so that two editors notice each other.
    draft_revision: Mapped[int] = mapped_column(default=1)
    created_on: Mapped[date]
    archived_on: Mapped[date | None]

    community: Mapped[Community] = relationship()
    versions: Mapped[list["QuestionnaireVersion"]] = relationship(
        back_populates="questionnaire",
        order_by="QuestionnaireVersion.number",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )

    @property
    def draft_document(self) -> Document:
        """Return the draft, parsed."""
        return Document.model_validate_json(self.draft)


class QuestionnaireVersion(Model):
    """One published version; the document in it is never changed."""

    __tablename__ = "questionnaire_versions"
    __table_args__ = (UniqueConstraint("questionnaire_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaires.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int]
    content: Mapped[str] = mapped_column(LongText)
    digest: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    #: What sets it apart from the version before: first, wording, translation, additive, breaking.
    change: Mapped[str] = mapped_column(String(20))

    questionnaire: Mapped[Questionnaire] = relationship(back_populates="versions")

    @property
    def document(self) -> Document:
        """Return the document, parsed once per process."""
        return _parsed(self.digest, self.content)


@lru_cache(maxsize=64)
def _parsed(_digest: str, content: str) -> Document:
    return Document.model_validate_json(content)


class Media(Model):
    """A picture or a recording used in questionnaires, named by its content."""

    __tablename__ = "media"

    #: SHA-256 of the content as stored (pictures are re-encoded first).
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(40))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    #: Width and height of a picture in pixels, or seconds of a recording.
    width: Mapped[int | None]
    height: Mapped[int | None]
    seconds: Mapped[int | None]


class TextReview(Model):
    """How far one text of a draft is in one language: machine, draft or reviewed.

    `source_digest` is of the source and the translation together: when either changes, the text
    needs review again. `back_translation` says in the source language what the translation says,
    for staff who cannot read it; it goes when the translation changes (L-15).
    """

    __tablename__ = "text_reviews"
    __table_args__ = (UniqueConstraint("questionnaire_id", "place", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaires.id", ondelete="CASCADE"), index=True
    )
    place: Mapped[str] = mapped_column(String(300))
    language: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(12))
    source_digest: Mapped[str] = mapped_column(String(64))
    back_translation: Mapped[str] = mapped_column(LongText, default="")
    translated_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
