"""Changes of exports: asked for, made, failed; files whose hour is over are removed."""

import secrets
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

import duckdb
import structlog

from engage.accounts.audit import record
from engage.accounts.models import User
from engage.exports.contents import FreeText, Options
from engage.exports.formats.base import TooManyRowsError
from engage.exports.making import Made, Told, make_export
from engage.exports.models import ANSWERS, RAW, TABLES, Export
from engage.exports.queries import is_kept, removals, together
from engage.extensions import db
from engage.responses.models import Round

log = structlog.get_logger()


@dataclass(frozen=True)
class Wish:
    """What somebody asks for, and what for."""

    purpose: str
    note: str
    format: str
    language: str
    what: str = TABLES
    free_text: bool = False
    places: bool = False
    codebook: bool = False
    all_rounds: bool = False


def ask_for_export(
    round_: Round, wish: Wish, *, who: User, now: datetime, token: str = ""
) -> Export:
    """Note that somebody wants an export; a job makes it.

    `token` is the mark of what a program asked with.
    """
    made = Export(
        id=secrets.token_hex(16),
        round_id=round_.id,
        user_id=who.id,
        asked_at=now,
        **asdict(wish),
    )
    db.session.add(made)
    db.session.flush()
    names = ("purpose", "what", "format", "free_text", "places")
    details = {name: getattr(wish, name) for name in names} | _with(token)
    beside = together(round_) if wish.all_rounds else None
    if beside is not None:
        details["rounds"] = [one.slug for one in beside.rounds]
    record(who, "export_asked_for", round_.slug, details, now, community=round_.community.slug)
    log.info("export asked for", round=round_.slug, what=wish.what, format=wish.format)
    return made


def approve_export(found: Export, *, who: User, now: datetime) -> bool:
    """Agree that raw answers leave; say whether it counts: it takes somebody else, in time."""
    if found.state(now) != "waiting" or found.user_id == who.id:
        return False
    found.approved_by, found.approved_at = who.id, now
    slug = found.round.community.slug
    details = {"asked_by": found.user_id, "format": found.format}
    record(who, "export_approved", found.round.slug, details, now, community=slug)
    log.info("export approved", round=found.round.slug)
    return True


def file_of(home: Path, export_id: str) -> Path:
    """Return where the file of an export lies."""
    return home / "exports" / export_id


def write_file(found: Export, home: Path, *, now: datetime, tell: Told) -> Made | str:
    """Write the file of an export; return what was made, or in a word why there is none.

    Call it with `reading_only()`; `note_outcome` stores what came of it.
    """
    target = file_of(home, found.id)
    try:
        return make_export(
            found.round, found.format, options_of(found), home, target, now.date(), tell
        )
    except TooManyRowsError:
        return "too_many_rows"
    except (OSError, duckdb.OutOfMemoryException):
        return "failed"


def options_of(found: Export) -> Options:
    """Return what was asked for; only raw answers have typed words beside them, as they are."""
    apart: FreeText = "apart" if found.free_text else "none"
    if found.what == RAW:
        made = Options(found.language, "beside", places=True, mask=False, codebook=found.codebook)
        return replace(made, all_rounds=found.all_rounds)
    if found.what == ANSWERS:
        made = Options(found.language, apart, found.places, codebook=found.codebook)
        return replace(made, all_rounds=found.all_rounds)
    return Options(found.language, what="tables")


def note_outcome(found: Export, outcome: Made | str, *, now: datetime) -> None:
    """Store what came of making a file."""
    if isinstance(outcome, str):
        found.failure = outcome
    else:
        found.name, found.size, found.digest = outcome.name, outcome.size, outcome.digest
        found.rows_done, found.made_at = found.rows_total, now
        found.removals = outcome.removals
    log.info("export made", round=found.round.slug, failure=found.failure, size=found.size)


def drop_if_answers_are_gone(found: Export, home: Path) -> bool:
    """Remove the file if answers in it were corrected or deleted since; say if so (P-12)."""
    if found.failure or found.made_at is None or found.removals == removals(found):
        return False
    file_of(home, found.id).unlink(missing_ok=True)
    found.failure = "outdated"
    log.info("export outdated", round=found.round.slug)
    return True


def take_file(
    found: Export, home: Path, *, who: User, now: datetime, token: str = ""
) -> Path | None:
    """Return the file for whoever asked for it, and note that it was taken; None if there is none.

    Commit afterwards either way: a file with answers that are gone is removed here.
    """
    file = file_of(home, found.id)
    is_outdated = drop_if_answers_are_gone(found, home)
    is_there = found.state(now) == "ready" and file.exists()
    if is_outdated or found.user_id != who.id or not is_there:
        return None
    _note_fetch(found, who=who, now=now, token=token)
    return file


def _with(token: str) -> dict[str, str]:
    """Return what the log says about the token of a program, if one asked."""
    return {"token": token} if token else {}


def _note_fetch(found: Export, *, who: User, now: datetime, token: str) -> None:
    """Record that somebody took the file away."""
    details = {"format": found.format, "sha256": found.digest} | _with(token)
    slug = found.round.community.slug
    record(who, "export_fetched", found.round.slug, details, now, community=slug)
    log.info("export fetched", round=found.round.slug)


def remove_old_files(home: Path, now: datetime) -> int:
    """Remove the files whose hour is over; return how many."""
    removed = 0
    for file in (home / "exports").glob("*"):
        if not is_kept(file.name, now) and not file.name.startswith("."):
            file.unlink(missing_ok=True)
            removed += 1
    return removed
