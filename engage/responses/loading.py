"""Puts many answers into a round at once: made up for trying out, or read from a file."""

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

import structlog
from sqlalchemy import Table, insert

from engage.extensions import db
from engage.questionnaires.entry import Entry
from engage.responses.actions.prepared import joining
from engage.responses.actions.submitting import count_answer, stored_form
from engage.responses.models import Response, Round

log = structlog.get_logger()
_BATCH = 1000
_responses: Table = Response.metadata.tables[Response.__tablename__]


@dataclass(frozen=True)
class Answered:
    """One set of answers from elsewhere, already valid for the version it names."""

    entry: Entry
    version_id: int
    language: str
    channel: str
    day: date


def add_responses(round_: Round, answered: Iterable[Answered]) -> Iterator[int]:
    """Store the answers in batches; yields how many are in after each, for a line of progress."""
    waiting, stored = iter(answered), 0
    while batch := list(islice(waiting, _BATCH)):
        db.session.execute(insert(_responses), [_row(round_, one) for one in batch])
        counts = Counter((one.day, one.language, one.channel) for one in batch)
        with joining(db.session.connection()) as link:
            for (day, language, channel), number in sorted(counts.items()):
                count_answer(link, round_.id, day, language, channel, number)
        stored += len(batch)
        yield stored
    log.info("responses loaded", round=round_.slug, number=stored)


def _row(round_: Round, one: Answered) -> dict[str, object]:
    return {
        "id": secrets.token_bytes(16),
        "round_id": round_.id,
        "version_id": one.version_id,
        "language": one.language,
        "channel": one.channel,
        "day": one.day,
        "document": stored_form(one.entry),
    }
