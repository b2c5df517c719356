"""Reads questionnaires, versions, reviews and media, always within one community."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from engage.communities.models import Community
from engage.extensions import db
from engage.questionnaires.models import Media, Questionnaire, QuestionnaireVersion, TextReview
from engage.questionnaires.translation.models import VersionLanguage


def questionnaires(community: Community, *, archived: bool = False) -> Sequence[Questionnaire]:
    """Return the questionnaires of a community, those in use or those put away, by key."""
    put_away = Questionnaire.archived_on.is_not(None)
    return db.session.scalars(
        select(Questionnaire)
        .where(Questionnaire.community_id == community.id, put_away if archived else ~put_away)
        .options(selectinload(Questionnaire.versions))
        .order_by(Questionnaire.key)
    ).all()


def questionnaire(
    community: Community, key: str, *, to_change: bool = False
) -> Questionnaire | None:
    """Return one questionnaire of a community; `to_change` keeps others from changing it now."""
    statement = select(Questionnaire).where(
        Questionnaire.community_id == community.id, Questionnaire.key == key
    )
    if to_change:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(statement)


def version(found: Questionnaire, number: int) -> QuestionnaireVersion | None:
    """Return one published version by its number."""
    return db.session.scalar(
        select(QuestionnaireVersion).where(
            QuestionnaireVersion.questionnaire_id == found.id,
            QuestionnaireVersion.number == number,
        )
    )


def last_version(found: Questionnaire) -> QuestionnaireVersion | None:
    """Return the version published last, or None."""
    return db.session.scalar(
        select(QuestionnaireVersion)
        .where(QuestionnaireVersion.questionnaire_id == found.id)
        .order_by(QuestionnaireVersion.number.desc())
        .limit(1)
    )


def published_versions(community: Community) -> Sequence[QuestionnaireVersion]:
    """Return every version a round could be made from, newest first within a questionnaire."""
    return db.session.scalars(
        select(QuestionnaireVersion)
        .join(QuestionnaireVersion.questionnaire)
        .where(Questionnaire.community_id == community.id, Questionnaire.archived_on.is_(None))
        .order_by(Questionnaire.key, QuestionnaireVersion.number.desc())
    ).all()


def reviews(found: Questionnaire, language: str | None = None) -> Sequence[TextReview]:
    """Return the reviews of a questionnaire's texts, in one language or all."""
    statement = select(TextReview).where(TextReview.questionnaire_id == found.id)
    if language is not None:
        statement = statement.where(TextReview.language == language)
    return db.session.scalars(statement.order_by(TextReview.language, TextReview.place)).all()


def unreviewed(found: QuestionnaireVersion) -> dict[str, int]:
    """Return how many texts of a version nobody had reviewed, by language, when it came out."""
    rows = db.session.execute(
        select(VersionLanguage.language, VersionLanguage.unreviewed)
        .where(VersionLanguage.version_id == found.id)
        .order_by(VersionLanguage.language)
    )
    return {row.language: row.unreviewed for row in rows}


def media(digest: str) -> Media | None:
    """Return a picture or a recording by its digest."""
    return db.session.get(Media, digest)


def known_media(digests: set[str]) -> set[str]:
    """Return those digests that are there."""
    if not digests:
        return set()
    return set(db.session.scalars(select(Media.digest).where(Media.digest.in_(digests))))
