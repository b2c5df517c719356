"""Reads rounds for staff, always within one community, and what has been seen of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from engage.communities.models import Community
from engage.extensions import db
from engage.i18n.languages import LANGUAGES, Language
from engage.questionnaires.models import QuestionnaireVersion
from engage.responses.actions.timing import STEPS
from engage.responses.models import AnsweringTime, CollectionDay, Round, YesCount
from engage.responses.rounds.models import RoundPreview

#: From so many answers on their times are told.
ENOUGH_TIMES = 20


def rounds(community: Community) -> Sequence[Round]:
    """Return the rounds of a community, newest first."""
    return db.session.scalars(
        select(Round)
        .where(Round.community_id == community.id)
        .options(joinedload(Round.questionnaire), joinedload(Round.version))
        .order_by(Round.opens_at.desc(), Round.id.desc())
    ).all()


def round_in(community: Community, slug: str, *, to_change: bool = False) -> Round | None:
    """Return one round of a community; `to_change` keeps others from changing it now."""
    statement = select(Round).where(Round.community_id == community.id, Round.slug == slug)
    if to_change:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(statement)


def is_slug_taken(slug: str) -> bool:
    """Say whether a round anywhere on the instance has this address."""
    return db.session.scalar(select(Round.id).where(Round.slug == slug)) is not None


def _is_open(now: datetime) -> ColumnElement[bool]:
    return (
        Round.opened_at.is_not(None)
        & (Round.opens_at <= now)
        & or_(Round.closes_at.is_(None), Round.closes_at > now)
    )


def median_minutes(found: Round) -> int | None:
    """Return how long answering really takes; None while too few answered to say.

    The median of steps of all answers: the last 20 would need an order, which nothing keeps.
    """
    rows = db.session.execute(
        select(AnsweringTime.minutes, AnsweringTime.answers)
        .where(AnsweringTime.round_id == found.id)
        .order_by(AnsweringTime.minutes)
    ).all()
    total = sum(answers for _minutes, answers in rows)
    if total < max(ENOUGH_TIMES, found.k):
        return None
    passed = 0
    for minutes, answers in rows:
        passed += answers
        if 2 * passed >= total:
            return int(minutes)
    return None


def answers_within(found: Round, part: float) -> tuple[int, int]:
    """Return how many took less than a part of the time residents are told, and how many are timed.

    Times are known in steps (see `STEPS`): a step counts where all of it lies within that part.
    """
    most = part * found.version.document.minutes
    quick = [step for step, further in pairwise(STEPS) if further <= most]
    rows = db.session.execute(
        select(AnsweringTime.minutes, AnsweringTime.answers).where(
            AnsweringTime.round_id == found.id
        )
    )
    counted = {int(minutes): int(answers) for minutes, answers in rows}
    return sum(counted.get(step, 0) for step in quick), sum(counted.values())


def takes_other_time(found: Round, minutes: int | None) -> bool:
    """Say whether the real time is not within 30 % of what residents are told (R-14)."""
    told = found.version.document.minutes
    can_be_known = minutes is not None and told <= STEPS[-1]
    return can_be_known and abs((minutes or 0) - told) > 0.3 * told


def open_rounds(now: datetime, community: Community | None = None) -> Sequence[Round]:
    """Return the rounds one may answer now, on the whole instance or in one community."""
    statement = select(Round).where(_is_open(now)).options(joinedload(Round.community))
    if community is not None:
        statement = statement.where(Round.community_id == community.id)
    return db.session.scalars(statement.order_by(Round.opens_at, Round.id)).all()


def previewed_languages(found: Round) -> set[str]:
    """Return the languages in which the preview of the round's version was looked at."""
    return set(
        db.session.scalars(
            select(RoundPreview.language).where(
                RoundPreview.round_id == found.id, RoundPreview.version_id == found.version_id
            )
        )
    )


def answer_count(found: Round) -> int:
    """Return how many answers a round has; shown in bands, or to say what an action affects."""
    return (
        db.session.scalar(
            select(func.sum(CollectionDay.answers)).where(CollectionDay.round_id == found.id)
        )
        or 0
    )


@dataclass(frozen=True)
class Yes:
    """How many said yes to the text of one version in one language."""

    version: int
    language: Language
    given: int


def yes_counts(found: Round) -> list[Yes]:
    """Return how many said yes, by version of the text and language; shown in bands."""
    rows = db.session.execute(
        select(QuestionnaireVersion.number, YesCount.language, YesCount.given)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == YesCount.version_id)
        .where(YesCount.round_id == found.id)
        .order_by(QuestionnaireVersion.number, YesCount.language)
    )
    return [Yes(number, LANGUAGES[code], given) for number, code, given in rows]


def has_interface(code: str) -> bool:
    """Say whether buttons and messages exist in this language, or in the one it is a variant of."""
    known = [LANGUAGES.get(code), LANGUAGES.get(code.split("-")[0])]
    return any(language is not None and language.interface for language in known)


def languages_of(found: Round) -> list[Language]:
    """Return the languages a round is offered in, in its order."""
    return [LANGUAGES[code] for code in found.languages if code in LANGUAGES]
