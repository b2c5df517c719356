"""How many texts of a published version nobody had reviewed, language by language."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model


class VersionLanguage(Model):
    """Counted at publishing, because the reviews themselves go on with the draft."""

    __tablename__ = "version_languages"

    version_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaire_versions.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    unreviewed: Mapped[int]
