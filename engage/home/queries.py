"""What the pages of this room gather: open rounds by community, and what waits for staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from engage.communities.models import Community
from engage.communities.naming import plain_text
from engage.extensions import db
from engage.i18n.gettext import s_lazy
from engage.i18n.languages import LANGUAGES
from engage.questionnaires.checking import missing_texts
from engage.questionnaires.models import Questionnaire
from engage.questionnaires.queries import questionnaires, reviews
from engage.questionnaires.translation.states import counts_of, states_of
from engage.responses.models import Round
from engage.responses.rounds.banding import about, about_texts
from engage.responses.rounds.queries import answer_count, open_rounds
from engage.responses.rounds.times import to_local
from engage.results.waiting import waiting_texts

#: How far ahead the start page looks.
AHEAD = timedelta(days=30)
#: How long after closing free texts still belong on the start page.
BEHIND = timedelta(days=90)


def public_communities() -> Sequence[Community]:
    """Return the communities that have ever opened a round: the others are not public yet."""
    opened = select(Round.community_id).where(Round.opened_at.is_not(None))
    return db.session.scalars(
        select(Community).where(Community.id.in_(opened)).order_by(Community.slug)
    ).all()


def public_community(slug: str) -> Community | None:
    """Return a community that has ever opened a round, or None."""
    return next((one for one in public_communities() if one.slug == slug), None)


def closed_rounds(community: Community, now: datetime) -> Sequence[Round]:
    """Return the rounds of a community that are over, the last one first."""
    return db.session.scalars(
        select(Round)
        .where(
            Round.community_id == community.id,
            Round.opened_at.is_not(None),
            Round.closes_at <= now,
        )
        .order_by(Round.closes_at.desc(), Round.id.desc())
    ).all()


@dataclass(frozen=True)
class OpenRound:
    """An open round as staff see it: how many answered, told in bands."""

    round: Round
    answers: str


@dataclass(frozen=True)
class ToTranslate:
    """A language of a questionnaire in which texts are missing or not reviewed."""

    questionnaire: Questionnaire
    language: str
    missing: int
    unreviewed: int

    @property
    def language_name(self) -> str:
        """Return what the language calls itself."""
        known = LANGUAGES.get(self.language)
        return known.autonym if known else self.language


@dataclass(frozen=True)
class Day:
    """A day soon to come, and what happens on it."""

    day: date
    what: Any
    round: Round


@dataclass(frozen=True)
class TextsToRead:
    """A question of a round in which people wrote in their own words."""

    round: Round
    key: str
    words: str
    waiting: str


@dataclass(frozen=True)
class Desk:
    """What needs this person in one community."""

    community: Community
    role: str
    open: Sequence[OpenRound]
    preparing: Sequence[Round]
    translations: Sequence[ToTranslate]
    texts: Sequence[TextsToRead]
    days: Sequence[Day]


def open_rounds_of(community: Community, now: datetime) -> list[OpenRound]:
    """Return the open rounds of a community with how many answered."""
    return [OpenRound(one, about(answer_count(one), one.k)) for one in open_rounds(now, community)]


def preparing_rounds(community: Community) -> Sequence[Round]:
    """Return the rounds that wait to be opened."""
    return db.session.scalars(
        select(Round)
        .where(Round.community_id == community.id, Round.opened_at.is_(None))
        .options(joinedload(Round.questionnaire))
        .order_by(Round.opens_at, Round.id)
    ).all()


def translations_due(community: Community) -> list[ToTranslate]:
    """Return where texts are missing or not reviewed yet, the most missing first."""
    found = []
    for one in questionnaires(community):
        document, known = one.draft_document, reviews(one)
        missing = missing_texts(document)
        for language in document.languages[1:]:
            counts = counts_of(states_of(document, language, known))
            unreviewed = counts["draft"] + counts["machine"]
            if missing[language] or unreviewed:
                due = ToTranslate(one, language, len(missing[language]), unreviewed)
                found.append(due)
    return sorted(found, key=lambda due: (-due.missing, due.questionnaire.key, due.language))


def texts_to_read(community: Community, now: datetime, home: Path) -> list[TextsToRead]:
    """Return the questions whose texts wait for a person: of rounds open now or closed lately."""
    rows = db.session.scalars(
        select(Round)
        .where(
            Round.community_id == community.id,
            Round.opened_at.is_not(None),
            or_(Round.closes_at.is_(None), Round.closes_at > now - BEHIND),
        )
        .order_by(Round.opens_at.desc(), Round.id)
    ).all()
    return [
        TextsToRead(row, key, _asked(row, key), about_texts(waiting, row.k))
        for row in rows
        if answer_count(row) >= row.k
        for key, waiting in waiting_texts(row, home).items()
    ]


def _asked(round_: Round, key: str) -> str:
    """Return the words of a question; one that is asked no more is told by its key."""
    question = round_.version.document.questions.get(key)
    return plain_text(question.label, round_.languages) if question else key


def days_ahead(community: Community, now: datetime) -> list[Day]:
    """Return what happens in the next 30 days: closings, results to be shown, answers to delete.

    A last day of keeping that has passed stays until somebody moves it: the answers are still here.
    """
    rows = db.session.scalars(
        select(Round).where(Round.community_id == community.id, Round.opened_at.is_not(None))
    ).all()
    zone = community.time_zone
    today = to_local(now, zone).date()
    days = []
    for row in rows:
        closes = to_local(row.closes_at, zone).date() if row.closes_at else None
        days += [
            Day(day, what, row)
            for day, what in (
                (closes, s_lazy("The round closes")),
                (row.results_on, s_lazy("Results were promised for this day")),
            )
            if day is not None and today <= day <= today + AHEAD
        ]
        if row.kept_until is not None and row.kept_until <= today + AHEAD:
            days.append(Day(row.kept_until, s_lazy("The last day the answers are kept"), row))
    return sorted(days, key=lambda one: (one.day, one.round.slug))
