"""Takes a send: one response, once, whatever happens to the reply.

No line is logged here, unlike in other actions: a log of moments would tell who answered when.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Integer, Table, bindparam, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engage.extensions import db
from engage.questionnaires.entry import Entry
from engage.responses.actions.timing import count_time, minutes_since
from engage.responses.models import CollectionDay, Receipt, Response, Round, Submission
from engage.responses.receipts import code_hash, content_mac, key_hash, receipt_code

#: How answers come in; a channel nobody knows counts as a link.
CHANNELS = ("link", "poster", "letter", "kiosk", "other")

_responses: Table = Response.metadata.tables[Response.__tablename__]
_submissions: Table = Response.metadata.tables[Submission.__tablename__]
_receipts: Table = Response.metadata.tables[Receipt.__tablename__]
_days: Table = Response.metadata.tables[CollectionDay.__tablename__]

_INSERT_RESPONSE, _INSERT_RECEIPT = insert(_responses), insert(_receipts)


class Outcome(Enum):
    """What became of a send."""

    STORED = "stored"
    #: The same answers with the same key came before: the same receipt is given again.
    REPEATED = "repeated"
    #: Other answers came before with this key; those stand.
    OTHER_CONTENT = "other content"


@dataclass(frozen=True)
class Sending:
    """One send as it arrived, its answers already walked and valid."""

    key: str
    version_id: int
    entry: Entry
    language: str
    channel: str
    #: The minute of the hour in which it was begun, where that is known.
    began: int | None = None


def known_channel(channel: str) -> str:
    """Return the channel if it is one we count."""
    return channel if channel in CHANNELS else CHANNELS[0]


def local_day(round_: Round, now: datetime) -> date:
    """Return the day it is where the round is held."""
    return now.astimezone(ZoneInfo(round_.community.time_zone)).date()


def stored_form(entry: Entry) -> str:
    """Return the answers as they are kept."""
    return json.dumps(entry.to_json(), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


@dataclass(frozen=True)
class Ready:
    """The rows of a send, worked out before anybody has to wait for a lock."""

    submission: dict[str, Any]
    response: dict[str, Any]
    #: The hash of the receipt code; empty in anonymous rounds.
    code_hash: bytes
    #: How long it took, in minutes, where that is known and counted.
    minutes: int | None


def make_ready(round_: Round, sending: Sending, now: datetime, secret: str) -> Ready | None:
    """Return the rows of a send, or None where the round takes no answers (any more)."""
    if not round_.takes_answers(now):
        return None
    day = local_day(round_, now)
    content = stored_form(sending.entry)
    submission = {
        "key_hash": key_hash(secret, sending.key),
        "round_id": round_.id,
        "content_mac": content_mac(sending.key, f"{sending.version_id}\n{content}"),
        "day": day,
    }
    response = {
        "id": secrets.token_bytes(16),
        "round_id": round_.id,
        "version_id": sending.version_id,
        "language": sending.language,
        "channel": sending.channel,
        "day": day,
        "document": content,
    }
    hashed = code_hash(secret, receipt_code(secret, sending.key)) if round_.mode == "code" else b""
    # Nothing is counted where people need more protection.
    is_timed = sending.began is not None and round_.profile == "standard"
    minutes = minutes_since(sending.began or 0, now.minute) if is_timed else None
    return Ready(submission, response, hashed, minutes)


def submit_response(connection: Connection, ready: Ready) -> Outcome:
    """Store a send in the transaction of a connection unless its key was used before.

    The key goes first: of two sends at once one waits here for the other's commit.
    """
    submission, response = ready.submission, ready.response
    if not _insert_new(connection, submission):
        if not _was_deleted_since(connection, ready.code_hash):
            return _outcome_before(connection, submission)
        _replace(connection, submission)
    connection.execute(_INSERT_RESPONSE, response)
    if ready.code_hash:
        receipt = {"code_hash": ready.code_hash, "response_id": response["id"]}
        connection.execute(_INSERT_RECEIPT, receipt)
    if ready.minutes is not None:
        count_time(connection, response["round_id"], ready.minutes)
    where = (response["round_id"], response["day"], response["language"], response["channel"])
    count_answer(*where, connection=connection)
    return Outcome.STORED


def _was_deleted_since(connection: Connection, hashed: bytes) -> bool:
    """Say whether what this key once sent was deleted with its code: it may be sent anew then."""
    if not hashed:
        return False
    found = connection.scalar(select(_receipts.c.code_hash).where(_receipts.c.code_hash == hashed))
    return found is None


def _replace(connection: Connection, submission: dict[str, Any]) -> None:
    connection.execute(
        update(_submissions)
        .where(_submissions.c.key_hash == submission["key_hash"])
        .values(content_mac=submission["content_mac"], day=submission["day"])
    )


def _outcome_before(connection: Connection, submission: dict[str, Any]) -> Outcome:
    stored = connection.scalar(
        select(_submissions.c.content_mac).where(
            _submissions.c.key_hash == submission["key_hash"],
            _submissions.c.round_id == submission["round_id"],
        )
    )
    same = stored is not None and secrets.compare_digest(stored, submission["content_mac"])
    return Outcome.REPEATED if same else Outcome.OTHER_CONTENT


def _insert_new(connection: Connection, values: dict[str, Any]) -> bool:
    """Insert the key of a send unless it is there; say whether it was inserted."""
    result = connection.execute(_statements(connection.dialect.name)[0], values)
    return result.rowcount == 1


def count_answer(
    round_id: int,
    day: date,
    language: str,
    channel: str,
    answers: int = 1,
    connection: Connection | None = None,
) -> None:
    """Count a day's answers and changes; last of all, for every send of the day waits on it."""
    connection = connection or db.session.connection()
    values = {
        "round_id": round_id,
        "day": day,
        "language": language,
        "channel": channel,
        "answers": max(answers, 0),
        "changes": 1,
        "more": answers,
    }
    connection.execute(_statements(connection.dialect.name)[1], values)


@cache
def _statements(dialect: str) -> tuple[Any, Any]:
    """Return what takes a new key, and what counts; made once, for making them takes longest."""
    insert_into: Any = sqlite_insert if dialect == "sqlite" else postgresql_insert
    counted = insert_into(_days).values(
        {name: bindparam(name) for name in list(_days.columns.keys())}
    )
    more = bindparam("more", type_=Integer)
    return (
        insert_into(_submissions)
        .on_conflict_do_nothing()
        .execution_options(preserve_rowcount=True),
        counted.on_conflict_do_update(
            index_elements=["round_id", "day", "language", "channel"],
            set_={"answers": _days.c.answers + more, "changes": _days.c.changes + 1},
        ),
    )
