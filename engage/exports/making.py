"""Makes one export file: whole or not at all, whoever asks: a page's job or the command line."""

import hashlib
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import duckdb

from engage.exports.contents import Contents, Options, contents_of
from engage.exports.figures import contents_of_figures
from engage.exports.formats import FORMATS
from engage.exports.formats.base import Format
from engage.extensions import db
from engage.i18n.current import use_language
from engage.responses.models import Round
from engage.results import queries
from engage.results.disclosure import policy_for
from engage.results.editions import shown_table
from engage.results.table.engine import connection, select
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
        name = file_name(round_, wanted, contents, today)
    tell(total, total)
    removals = table.parts.changes - table.parts.answers
    return Made(target, name, table.answers, size, digest, removals)


def _table(round_: Round, options: Options, home: Path) -> AbstractContextManager[ResponseTable]:
    """Return what it is made from: answers as they are, tables as they are shown on pages."""
    if options.what == "tables":
        return shown_table(round_, home, policy_for(round_.k, round_.profile).k)
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
    days, count = _full_days(round_), partial(_count, engine)
    return contents_of(round_, table, options, days, today, count)


def _count(engine: duckdb.DuckDBPyConnection, source: str) -> int:
    row = engine.execute(select("count(*)", source)).fetchone()
    return int(row[0]) if row else 0


def _full_days(round_: Round) -> frozenset[date]:
    """Return the days on which as many answered as may be shown."""
    days = queries.collection_days(db.session(), round_.id)
    return frozenset(
        date.fromisoformat(day) for day, (answers, _) in days.items() if answers >= round_.k
    )


def file_name(round_: Round, wanted: Format, contents: Contents, day: date) -> str:
    """Return a name that says round, questionnaire, the rule and the day."""
    ending = wanted.extension_for(contents)
    rule = f"k{round_.k}" if contents.options.mask else "raw"
    return f"{round_.slug}_{round_.questionnaire.key}_{rule}_{day.isoformat()}.{ending}"


def _digest(file: Path) -> str:
    with file.open("rb") as made:
        return hashlib.file_digest(made, "sha256").hexdigest()
