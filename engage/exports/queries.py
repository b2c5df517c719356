"""Reads of exports: those of a round, one of them, those whose file is due to go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from engage.exports.models import KEPT, Export
from engage.extensions import db
from engage.responses.models import CollectionDay, Round
from engage.results.queries import opened_rounds

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


def removals(found: Export) -> int:
    """Return what changes when an answer of the export's round, or rounds, is corrected or deleted.

    Of several rounds those with too few answers count too: they may have been in it before.
    """
    rounds = rounds_of_questionnaire(found.round) if found.all_rounds else [found.round]
    moved = func.sum(CollectionDay.changes - CollectionDay.answers)
    wanted = select(moved).where(CollectionDay.round_id.in_([one.id for one in rounds]))
    return int(db.session.scalar(wanted) or 0)


def shown_state(found: Export, now: datetime) -> str:
    """Return the state as it is told: a file with answers that are gone since is `outdated`."""
    state = found.state(now)
    is_outdated = state == "ready" and found.removals != removals(found)
    return "outdated" if is_outdated or found.failure == "outdated" else state


def rounds_of_questionnaire(round_: Round) -> list[Round]:
    """Return the opened rounds of a round's questionnaire in its community, the oldest first."""
    opened = opened_rounds(round_.questionnaire_id)
    return [one for one in opened if one.community_id == round_.community_id]


@dataclass(frozen=True)
class Together:
    """What an export of all rounds would hold: which rounds, which not, and how many answers."""

    rounds: tuple[Round, ...]
    left_out: tuple[Round, ...]
    answers: int

    @property
    def k(self) -> int:
        """Return the smallest number of people it may tell of: the strictest of its rounds."""
        return max((one.k for one in self.rounds), default=0)


def together(round_: Round) -> Together | None:
    """Return what all rounds would hold by their counters; None where only one was opened."""
    counted = [(one, answer_count(one)) for one in rounds_of_questionnaire(round_)]
    if len(counted) < 2:
        return None
    enough = [(one, answers) for one, answers in counted if answers >= one.k]
    return Together(
        tuple(one for one, _answers in enough),
        tuple(one for one, answers in counted if answers < one.k),
        sum(answers for _one, answers in enough),
    )


def is_kept(export_id: str, now: datetime) -> bool:
    """Say whether the file of an export may still lie there."""
    found = db.session.get(Export, export_id)
    return found is not None and (found.made_at is None or now < found.made_at + KEPT)
