"""Makes one export file: whole or not at all, whoever asks: a page's job or the command line."""

import hashlib
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import duckdb

from engage.exports.contents import Contents, Options, contents_of
from engage.exports.figures import contents_of_figures
from engage.exports.formats import FORMATS
from engage.exports.formats.base import Format
from engage.exports.queries import rounds_of_questionnaire
from engage.exports.weights import answer_weights
from engage.extensions import db
from engage.i18n.current import use_language
from engage.responses.models import Round
from engage.results import queries
from engage.results.disclosure import policy_for
from engage.results.editions import shown_table
from engage.results.table.engine import connection, select
from engage.results.table.rounds import rounds_table
from engage.results.table.store import ResponseTable, response_table


@dataclass(frozen=True)
class Made:
    """A finished file: what it holds, how large it is, and what proves it unchanged."""

    file: Path
    name: str
    rows: int
    size: int
    digest: str
    #: What changes when answers in it are corrected or deleted.
    removals: int = 0
    #: Short names of the rounds in it, and of those of the questionnaire with too few answers.
    rounds: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


#: Told how many of how many rows are written.
Told = Callable[[int, int], None]


def make_export(
    round_: Round,
    format_name: str,
    options: Options,
    home: Path,
    target: Path,
    today: date,
    tell: Told,
) -> Made:
    """Write the export to `target`; nothing is there before all of it is.

    `home` is the installation's folder. The memory used does not grow with the rows. Call it with
    `reading_only()`: a transaction that may write would keep everybody from sending meanwhile.
    Raises TooManyRowsError and OSError.
    """
    wanted = FORMATS[format_name]
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    with (
        _table(round_, options, home) as table,
        use_language(options.language),
        connection(table.folder, target.parent) as engine,
    ):
        contents = _contents(round_, table, engine, options, today)
        total = sum(sheet.rows for sheet in contents.sheets)
        try:
            wanted.write(contents, engine, part, lambda done: tell(min(done, total), total))
            digest, size = _digest(part), part.stat().st_size
            os.replace(part, target)
        except duckdb.IOException as error:
            # A full disk has another name where the database engine writes.
            raise OSError(str(error)) from None
        finally:
            part.unlink(missing_ok=True)
        made = _made(target, digest, size, wanted, contents)
    tell(total, total)
    return made


def _made(target: Path, digest: str, size: int, wanted: Format, contents: Contents) -> Made:
    table = contents.table
    return Made(
        target,
        file_name(wanted, contents),
        table.answers,
        size,
        digest,
        table.removals,
        tuple(one.slug for one in contents.rounds),
        tuple(one.slug for one in contents.left_out),
    )


def _table(round_: Round, options: Options, home: Path) -> AbstractContextManager[ResponseTable]:
    """Return what it is made from: answers as they are, tables as they are shown on pages."""
    if options.what == "tables":
        return shown_table(round_, home, policy_for(round_.k, round_.profile).k)
    if options.all_rounds:
        return rounds_table(rounds_of_questionnaire(round_), home)
    return response_table(round_, home)


def _contents(
    round_: Round,
    table: ResponseTable,
    engine: duckdb.DuckDBPyConnection,
    options: Options,
    today: date,
) -> Contents:
    if options.what == "tables":
        return contents_of_figures(round_, table, engine, options, today)
    count = partial(_count, engine)
    # What all rounds' answers together should be like, no figures say.
    together = options.all_rounds
    weights = None if together else answer_weights(round_, table, engine, options.language)
    made = contents_of(round_, table, options, {}, today, count, weights)
    return replace(made, days={one.slug: _full_days(one, made.k) for one in made.rounds})


def _count(engine: duckdb.DuckDBPyConnection, source: str) -> int:
    row = engine.execute(select("count(*)", source)).fetchone()
    return int(row[0]) if row else 0


def _full_days(round_: Round, k: int) -> frozenset[date]:
    """Return the days on which as many answered as may be shown."""
    days = queries.collection_days(db.session(), round_.id)
    return frozenset(date.fromisoformat(day) for day, (answers, _) in days.items() if answers >= k)


def file_name(wanted: Format, contents: Contents) -> str:
    """Return a name that says round, if it is one, questionnaire, the rule and the day."""
    ending = wanted.extension_for(contents)
    rule = f"k{contents.k}" if contents.options.mask else "raw"
    return f"{'_'.join(contents.called)}_{rule}_{contents.today.isoformat()}.{ending}"


def _digest(file: Path) -> str:
    with file.open("rb") as made:
        return hashlib.file_digest(made, "sha256").hexdigest()
