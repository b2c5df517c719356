"""The audit log: entries are only ever added, and each is chained to the one before by its hash."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ScalarResult, event, select
from sqlalchemy.exc import IntegrityError

from engage.accounts.models import AuditEntry, AuditHead, User
from engage.extensions import db

#: What comes before the first entry.
_START = "0" * 64


@dataclass(frozen=True)
class Verdict:
    """What checking the chain found: how many entries, its end, and the first thing wrong."""

    entries: int
    head: str
    problem: str = ""


def record(
    actor: User | None,
    action: str,
    subject: str,
    details: Mapping[str, Any],
    now: datetime,
    *,
    community: str = "",
) -> AuditEntry:
    """Add an entry: who (None is a command), did what, to which object, in which community (slug).

    `details` are plain JSON values; answers, codes and passwords have no place in it.
    """
    head = _locked_head()
    entry = AuditEntry(
        sequence=head.sequence + 1,
        at=now.astimezone(UTC),
        actor_id=actor.id if actor else None,
        community=community,
        action=action,
        subject=subject,
        details=dict(details),
        previous_hash=head.hash,
    )
    entry.hash = _hash(entry)
    head.sequence, head.hash = entry.sequence, entry.hash
    db.session.add(entry)
    db.session.flush()
    return entry


def verify() -> Verdict:
    """Walk the whole chain and say whether anything was changed, taken out or cut off."""
    previous, count = _START, 0
    with _entries() as entries:
        for entry in entries:
            if entry.sequence != count + 1:
                return Verdict(count, previous, f"Entry {count + 1} is missing.")
            if entry.previous_hash != previous or entry.hash != _hash(entry):
                return Verdict(count, previous, f"Entry {entry.sequence} was changed.")
            previous, count = entry.hash, entry.sequence
    head = db.session.get(AuditHead, 1)
    if (head.sequence, head.hash) != (count, previous) if head else count:
        return Verdict(count, previous, f"Entries after {count} were cut off.")
    return Verdict(count, previous)


def _entries() -> ScalarResult[AuditEntry]:
    """Return the entries in order, a thousand at a time; to be closed."""
    statement = select(AuditEntry).order_by(AuditEntry.sequence)
    return db.session.scalars(statement.execution_options(yield_per=1000))


def _locked_head() -> AuditHead:
    """Return the end of the chain and keep others from adding until this is committed."""
    statement = select(AuditHead).where(AuditHead.id == 1).with_for_update()
    head = db.session.scalar(statement)
    if head is None:
        try:
            with db.session.begin_nested():
                db.session.add(AuditHead(id=1, sequence=0, hash=_START))
        except IntegrityError:
            pass  # Somebody else's first entry came in between; theirs is the head now.
        head = db.session.scalars(statement).one()
    return head


def _hash(entry: AuditEntry) -> str:
    """Return the hash of what an entry says and of the chain before it."""
    said = [
        entry.sequence,
        entry.at.isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.community,
        entry.action,
        entry.subject,
        entry.details,
        entry.previous_hash,
    ]
    text = json.dumps(said, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@event.listens_for(AuditEntry, "before_update")
@event.listens_for(AuditEntry, "before_delete")
def _refuse_to_change(_mapper: object, _connection: object, entry: AuditEntry) -> None:
    raise RuntimeError(f"Audit entry {entry.sequence} cannot be changed.")
