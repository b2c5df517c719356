"""Rounds as residents meet them: read once, kept for a few seconds with the pages made of them.

Every page and every send of a resident begins here, so the common case must not ask the database.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Flask, current_app
from sqlalchemy import inspect, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import InstanceState, Session, joinedload

from engage.communities.models import Community
from engage.communities.queries import has_areas
from engage.extensions import db, reading_only
from engage.i18n.languages import Language, languages_for
from engage.questionnaires.careful import careful_document
from engage.questionnaires.document import Document
from engage.questionnaires.models import QuestionnaireVersion
from engage.responses.models import Round
from engage.web.bytes import RenderedPage

_MOST_ROUNDS = 200
_MOST_PAGES = 60


@dataclass(frozen=True)
class Offered:
    """A round with its version and community, apart from any session, and its rendered pages."""

    round: Round
    state_of_facts: tuple[object, ...]
    #: True where the community has areas, so that there is a map to mark places on.
    has_map: bool = False
    #: True where staff look at what is not open to residents: its map is for staff as well.
    is_preview: bool = False
    pages: dict[object, RenderedPage] = field(default_factory=dict)

    @property
    def document(self) -> Document:
        """What is asked."""
        return self.document_of(self.round.version)

    def document_of(self, version: QuestionnaireVersion) -> Document:
        """Return a version as this round asks it: with more care for minors and the sensitive."""
        is_standard = self.round.profile == "standard"
        return version.document if is_standard else careful_document(version.document)

    @property
    def community(self) -> Community:
        """Who asks."""
        return self.round.community

    @property
    def languages(self) -> list[Language]:
        """The languages it is offered in, in its own order."""
        return languages_for(self.round.languages)

    def page(self, key: object, render: Callable[[], RenderedPage]) -> RenderedPage:
        """Return a page from before, or render and keep it."""
        found = self.pages.get(key)
        if found is None:
            if len(self.pages) >= _MOST_PAGES:
                self.pages.clear()
            found = self.pages[key] = render()
        return found


class OfferedRounds:
    """The rounds of one process by slug, each looked at again after `seconds`."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._clock = seconds, clock
        self._known: OrderedDict[str, tuple[float, Offered]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, slug: str) -> Offered | None:
        """Return the round at this address, or None; raises SQLAlchemyError if nobody can say."""
        until, known = self._known.get(slug, (0.0, None))
        if known is not None and self._clock() < until:
            return known
        try:
            found = _read(slug)
        except SQLAlchemyError:
            # What was known a moment ago is better than nothing while the database is away.
            if known is None:
                raise
            return known
        with self._lock:
            if found is None:
                self._known.pop(slug, None)
                return None
            if known is not None and known.state_of_facts == found.state_of_facts:
                found = known
            self._known[slug] = (self._clock() + self._seconds, found)
            self._known.move_to_end(slug)
            while len(self._known) > _MOST_ROUNDS:
                self._known.popitem(last=False)
        return found


def _read(slug: str) -> Offered | None:
    """Read a round without touching the request's own session or any write lock."""
    wanted = (
        select(Round)
        .where(Round.slug == slug)
        .options(joinedload(Round.version), joinedload(Round.community))
    )
    with reading_only(), Session(db.engine, expire_on_commit=False) as session:
        found = session.scalar(wanted)
        if found is None:
            return None
        has_map = has_areas(found.community, session)
        session.expunge_all()
    facts = (*_facts(found), *_facts(found.community), found.version.digest, has_map)
    return Offered(found, facts, has_map)


def _facts(row: object) -> tuple[object, ...]:
    """Return what a row holds, so that a change shows."""
    state: InstanceState[object] = inspect(row)
    return tuple(repr(getattr(row, column.key)) for column in state.mapper.column_attrs)


def version_of(offered: Offered, version_id: int) -> QuestionnaireVersion | None:
    """Return another version of the round's questionnaire: someone began before it changed."""
    if version_id == offered.round.version_id:
        return offered.round.version
    with reading_only(), Session(db.engine, expire_on_commit=False) as session:
        found = session.get(QuestionnaireVersion, version_id)
        session.expunge_all()
    if found is None or found.questionnaire_id != offered.round.questionnaire_id:
        return None
    return found


def offered_rounds() -> OfferedRounds:
    """Return the rounds this process knows."""
    known: OfferedRounds = current_app.extensions["offered_rounds"]
    return known


def init_offered(app: Flask) -> None:
    """Give the app its rounds; tests see each change at once."""
    seconds = app.config.get("ROUND_SECONDS", 0.0 if app.testing else 3.0)
    app.extensions["offered_rounds"] = OfferedRounds(seconds)
