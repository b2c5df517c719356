"""What is done once a day so that nothing tells who answered when: keys go, thin days merge."""

from collections import defaultdict
from datetime import date, timedelta

import structlog
from sqlalchemy import delete, select, text, update

from engage.extensions import db
from engage.responses.models import CollectionDay, Receipt, Response, Round, Submission

log = structlog.get_logger()

#: A send may be repeated so long; a phone keeps unsent answers for one day only.
KEYS_ARE_KEPT = timedelta(days=2)


def forget_used_keys(today: date) -> int:
    """Delete the keys of sends that nobody repeats any more; return how many."""
    result = db.session.execute(delete(Submission).where(Submission.day < today - KEYS_ARE_KEPT))
    number = int(getattr(result, "rowcount", 0))
    log.info("used keys forgotten", number=number)
    return number


def merge_thin_days(today: date) -> int:
    """Move answers of days with fewer than k of them to the Monday of their week (P-02).

    Only weeks that are over, so that a day that is still thin may fill up. Returns how many days
    were merged.
    """
    this_week = _monday(today)
    merged = 0
    for round_ in db.session.scalars(select(Round).order_by(Round.id)):
        days: dict[date, int] = defaultdict(int)
        for counted in _counted(round_):
            days[counted.day] += counted.answers
        for day, answers in sorted(days.items()):
            if 0 < answers < round_.k and _monday(day) < this_week and day != _monday(day):
                _move(round_, day, _monday(day))
                merged += 1
    log.info("thin days merged", number=merged)
    return merged


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _counted(round_: Round) -> list[CollectionDay]:
    wanted = select(CollectionDay).where(CollectionDay.round_id == round_.id)
    return list(db.session.scalars(wanted))


def _move(round_: Round, day: date, to: date) -> None:
    db.session.execute(
        update(Response).where(Response.round_id == round_.id, Response.day == day).values(day=to)
    )
    there = {(one.language, one.channel): one for one in _counted(round_) if one.day == to}
    for counted in [one for one in _counted(round_) if one.day == day]:
        target = there.get((counted.language, counted.channel))
        if target is None:
            counted.day = to
            counted.changes += 1
            continue
        target.answers += counted.answers
        target.changes += counted.changes
        db.session.delete(counted)
    db.session.flush()


def hide_order_of_arrival(today: date) -> bool:
    """Rewrite the answers of the last days in the order of their random keys; say if it was needed.

    SQLite keeps them so. PostgreSQL appends rows and notes in each the transaction it came with, so
    the rows of a key and of its answer would lie at the same place of their tables, numbered alike.
    Written anew all together they share one number, and then they are laid in order.
    """
    if db.session.get_bind().dialect.name != "postgresql":
        return False
    since = today - KEYS_ARE_KEPT
    recent = select(Response.id).where(Response.day >= since)
    db.session.execute(update(Response).where(Response.day >= since).values(day=Response.day))
    db.session.execute(update(Submission).values(day=Submission.day))
    db.session.execute(
        update(Receipt).where(Receipt.response_id.in_(recent)).values(code_hash=Receipt.code_hash),
        execution_options={"synchronize_session": False},
    )
    for table in ("responses", "receipts", "submissions"):
        db.session.execute(text(f'CLUSTER "{table}" USING "pk_{table}"'))
    return True
