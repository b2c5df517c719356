"""Reads of exports: those of a round, one of them, those whose file is due to go."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from engage.exports.models import KEPT, Export
from engage.extensions import db
from engage.responses.models import CollectionDay, Round

_MOST = 20


def exports(round_: Round) -> Sequence[Export]:
    """Return the latest exports of a round, the newest first."""
    wanted = select(Export).where(Export.round_id == round_.id)
    return db.session.scalars(wanted.order_by(Export.asked_at.desc(), Export.id).limit(_MOST)).all()


def export_in(round_: Round, export_id: str) -> Export | None:
    """Return one export of this round."""
    wanted = select(Export).where(Export.round_id == round_.id, Export.id == export_id)
    return db.session.scalar(wanted)


def answer_count(round_: Round) -> int:
    """Return how many answers a round has by its counters."""
    wanted = select(func.sum(CollectionDay.answers)).where(CollectionDay.round_id == round_.id)
    return int(db.session.scalar(wanted) or 0)


def removals(round_: Round) -> int:
    """Return what changes when an answer of the round is corrected or deleted."""
    moved = func.sum(CollectionDay.changes - CollectionDay.answers)
    wanted = select(moved).where(CollectionDay.round_id == round_.id)
    return int(db.session.scalar(wanted) or 0)


def shown_state(found: Export, now: datetime) -> str:
    """Return the state as it is told: a file with answers that are gone since is `outdated`."""
    state = found.state(now)
    is_outdated = state == "ready" and found.removals != removals(found.round)
    return "outdated" if is_outdated or found.failure == "outdated" else state


def is_kept(export_id: str, now: datetime) -> bool:
    """Say whether the file of an export may still lie there."""
    found = db.session.get(Export, export_id)
    return found is not None and (found.made_at is None or now < found.made_at + KEPT)
