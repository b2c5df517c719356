"""Takes a send: one response, once, whatever happens to the reply.

No line is logged here, unlike in other actions: a log of moments would tell who answered when.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Integer, Table, bindparam, select, update

from engage.questionnaires.entry import Entry
from engage.responses.actions.prepared import Link, Prepared
from engage.responses.actions.timing import count_time, minutes_since
from engage.responses.models import CollectionDay, Receipt, Response, Round, Submission
from engage.responses.receipts import code_hash, content_mac, key_hash, receipt_code

_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
#: How answers come in; a channel nobody knows counts as a link.
CHANNELS = ("link", "poster", "letter", "kiosk", "other")

_responses: Table = Response.metadata.tables[Response.__tablename__]
_submissions: Table = Response.metadata.tables[Submission.__tablename__]
_receipts: Table = Response.metadata.tables[Receipt.__tablename__]
_days: Table = Response.metadata.tables[CollectionDay.__tablename__]


_TAKE_KEY = Prepared(
    lambda insert: insert(_submissions).on_conflict_do_nothing(),
    ("key_hash", "round_id", "content_mac", "day"),
)
_FIND_MARK = Prepared(
    lambda _insert: select(_submissions.c.content_mac).where(
        _submissions.c.key_hash == bindparam("key_hash"),
        _submissions.c.round_id == bindparam("round_id"),
    )
)
_REPLACE_MARK = Prepared(
    lambda _insert: (
        update(_submissions)
        .where(_submissions.c.key_hash == bindparam("known"))
        .values(content_mac=bindparam("content_mac"), day=bindparam("day"))
    )
)
_INSERT_RESPONSE = Prepared(
    lambda insert: insert(_responses),
    ("id", "round_id", "version_id", "language", "channel", "day", "document"),
)
_INSERT_RECEIPT = Prepared(lambda insert: insert(_receipts), ("code_hash", "response_id"))
_FIND_RECEIPT = Prepared(
    lambda _insert: select(_receipts.c.code_hash).where(
        _receipts.c.code_hash == bindparam("code_hash")
    )
)


def _counted(insert: Any) -> Any:
    more = bindparam("more", type_=Integer)
    return insert(_days).on_conflict_do_update(
        index_elements=["round_id", "day", "language", "channel"],
        set_={"answers": _days.c.answers + more, "changes": _days.c.changes + 1},
    )


_COUNT_DAY = Prepared(_counted, ("round_id", "day", "language", "channel", "answers", "changes"))


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
    return _COMPACT.encode(entry.to_json())


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


def submit_response(link: Link, ready: Ready) -> Outcome:
    """Store a send in the transaction of a link unless its key was used before.

    The key goes first: of two sends at once one waits here for the other's commit.
    """
    submission, response = ready.submission, ready.response
    if _TAKE_KEY.run(link, submission).rowcount != 1:
        if not _was_deleted_since(link, ready.code_hash):
            return _outcome_before(link, submission)
        _REPLACE_MARK.run(link, {**submission, "known": submission["key_hash"]})
    _INSERT_RESPONSE.run(link, response)
    if ready.code_hash:
        _INSERT_RECEIPT.run(link, {"code_hash": ready.code_hash, "response_id": response["id"]})
    if ready.minutes is not None:
        count_time(link, response["round_id"], ready.minutes)
    where = (response["round_id"], response["day"], response["language"], response["channel"])
    count_answer(link, *where)
    return Outcome.STORED


def _was_deleted_since(link: Link, hashed: bytes) -> bool:
    """Say whether what this key once sent was deleted with its code: it may be sent anew then."""
    if not hashed:
        return False
    return _FIND_RECEIPT.run(link, {"code_hash": hashed}).fetchone() is None


def _outcome_before(link: Link, submission: dict[str, Any]) -> Outcome:
    stored = _FIND_MARK.run(link, submission).fetchone()
    same = stored is not None and secrets.compare_digest(stored[0], submission["content_mac"])
    return Outcome.REPEATED if same else Outcome.OTHER_CONTENT


def count_answer(
    link: Link, round_id: int, day: date, language: str, channel: str, answers: int = 1
) -> None:
    """Count a day's answers and changes; last of all, for every send of the day waits on it."""
    values = {
        "round_id": round_id,
        "day": day,
        "language": language,
        "channel": channel,
        "answers": max(answers, 0),
        "changes": 1,
        "more": answers,
    }
    _COUNT_DAY.run(link, values)
