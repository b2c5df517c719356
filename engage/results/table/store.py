"""The table of a round, as fresh as asked for: made, kept, and made anew where days changed."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import structlog
from sqlalchemy import Connection

from engage.extensions import db, reading_only
from engage.responses.models import Round
from engage.results import queries
from engage.results.table.building import build_part, copy_days, source_of
from engage.results.table.layout import BASE_COLUMNS, Layout, Version, layout_of
from engage.results.table.lines import RawRow
from engage.results.table.parts import Days, Part, Parts, locked, new_name, read_parts, write_parts

log = structlog.get_logger()
#: Many small files are slow to read together.
_MOST_PARTS = 20
_MOST_LAYOUTS = 32
_layouts: dict[tuple[tuple[int, int, str], ...], Layout] = {}


@dataclass(frozen=True)
class ResponseTable:
    """A round's table, safe to read while it is held."""

    folder: Path
    layout: Layout
    parts: Parts

    @property
    def answers(self) -> int:
        """Return how many answers there are."""
        return self.parts.answers

    @property
    def state(self) -> str:
        """Return what changes whenever anything in the table may have changed."""
        return f"{self.layout.digest}-{self.parts.changes}-{self.parts.answers}"

    @property
    def base(self) -> Mapping[str, str]:
        """Return the columns before those of the questionnaire, with their types."""
        return BASE_COLUMNS

    @property
    def removals(self) -> int:
        """Return what grows when an answer in it is corrected or deleted."""
        return self.parts.changes - self.parts.answers

    @property
    def is_in_key_order(self) -> bool:
        """Say whether rows come in the order of their keys without being sorted."""
        return len(self.parts.parts) <= 1

    def source(self, key: str = "") -> str:
        """Return one of the tables as something to select from."""
        number = list(self.layout.tables).index(key)
        return source_of(
            [self.folder / file for part in self.parts.parts for file in part.files(number)]
        )


def table_folder(home: Path, round_id: int) -> Path:
    """Return the folder of a round's table in the installation's folder."""
    return home / "tables" / str(round_id)


@contextmanager
def response_table(round_: Round, home: Path, least_changes: int = 1) -> Iterator[ResponseTable]:
    """Give the round's table, made anew first where it is stale.

    With `least_changes` new answers wait until there are so many of them, so that pages seen one
    after the other do not tell of one person; what was corrected or deleted never waits.
    """
    folder = table_folder(home, round_.id)
    now = queries.collection_days(db.session(), round_.id)
    with locked(folder, alone=False):
        parts = read_parts(folder)
        layout = layout_of_parts(round_, parts)
        if not is_stale(parts, layout, now, least_changes):
            yield ResponseTable(folder, layout, parts)
            return
    refresh(round_, home)
    with locked(folder, alone=False):
        parts = read_parts(folder)
        yield ResponseTable(folder, layout_of_parts(round_, parts), parts)


def is_stale(parts: Parts, layout: Layout, now: Days, least_changes: int) -> bool:
    """Say whether a table has to be made anew, given the counters as they are now."""
    if parts.digest != layout.digest:
        return True
    if parts.days == now:
        return False
    if least_changes <= 1 or parts.answers == 0 or not only_added(parts.days, now):
        return True
    return sum(answers for answers, _ in now.values()) - parts.answers >= least_changes


def only_added(before: Days, now: Days) -> bool:
    """Say whether all that happened is that answers came: nothing was corrected, moved, deleted."""
    if not before.keys() <= now.keys():
        return False
    came = [
        (now[day][0] - answers, now[day][1] - changes) for day, (answers, changes) in before.items()
    ]
    return all(answers == changes >= 0 for answers, changes in came)


def refresh_if_removed(round_: Round, home: Path) -> bool:
    """Make a round's table and pages anew if anything in them was corrected or deleted since."""
    folder = table_folder(home, round_.id)
    with locked(folder, alone=False):
        parts = read_parts(folder)
    now = queries.collection_days(db.session(), round_.id)
    if not parts.parts or parts.days == now or only_added(parts.days, now):
        return False
    refresh(round_, home)
    shutil.rmtree(folder / "pages", ignore_errors=True)
    return True


def refresh(round_: Round, home: Path) -> None:
    """Make the round's table as fresh as the database; only stale days are read from it."""
    folder = table_folder(home, round_.id)
    with locked(folder, alone=True), reading_only(), db.engine.connect() as connection:
        parts = read_parts(folder)
        # The counters first: answers that come while rows are read make their day stale again.
        now = queries.collection_days(connection, round_.id)
        layout = layout_of_ids(_versions_wanted(connection, round_, parts, now))
        if parts.digest != layout.digest:
            parts = Parts(layout.digest, [], [version.id for version in layout.versions])
        fresh = _with_stale_days_made(connection, round_, folder, layout, parts, now)
        write_parts(folder, fresh)
    log.info("response table made", round=round_.id, parts=len(fresh.parts), answers=fresh.answers)


def layout_of_parts(round_: Round, parts: Parts) -> Layout:
    return layout_of_ids({round_.version_id, *parts.versions})


def layout_of_ids(ids: set[int]) -> Layout:
    """Return the layout of some versions by their ids; versions never change, so it is kept."""
    names = queries.version_names(ids)
    if names not in _layouts:
        versions = [Version(id_, n, queries.version(id_).document) for id_, n, _digest in names]
        if len(_layouts) >= _MOST_LAYOUTS:
            _layouts.pop(next(iter(_layouts)), None)
        _layouts[names] = layout_of(versions)
    return _layouts[names]


def _versions_wanted(connection: Connection, round_: Round, parts: Parts, now: Days) -> set[int]:
    """Return the versions that answers were given to; the round's own is always among them."""
    ids = {round_.version_id, *parts.versions}
    if queries.has_several_versions(round_.questionnaire_id):
        stale = [date.fromisoformat(day) for day in now if parts.days.get(day) != now[day]]
        ids |= queries.versions_answered(connection, round_.id, stale)
    return ids


def _with_stale_days_made(
    connection: Connection, round_: Round, folder: Path, layout: Layout, parts: Parts, now: Days
) -> Parts:
    """Return the parts of a fresh table: those still good, those cut, and one of stale days."""
    stale = {day: counts for day, counts in now.items() if parts.days.get(day) != counts}
    made = []
    for part in parts.parts:
        kept = {day: counts for day, counts in part.days.items() if now.get(day) == counts}
        if kept == part.days:
            made.append(part)
        elif kept:
            cut = Part(new_name(), kept)
            copy_days(folder, layout, [part], cut, in_key_order=False)
            made.append(cut)
    if stale or not made:
        days = None if stale == now else [date.fromisoformat(day) for day in stale]
        fresh = Part(new_name(), stale)

        def rows() -> Iterator[RawRow]:
            return queries.raw_rows(connection, round_.id, days)

        build_part(folder, layout, rows, fresh)
        made.append(fresh)
    if len(made) > _MOST_PARTS:
        made = [_together(folder, layout, made, now)]
    return Parts(layout.digest, made, [version.id for version in layout.versions])


def _together(folder: Path, layout: Layout, parts: list[Part], now: Days) -> Part:
    together = Part(new_name(), now)
    copy_days(folder, layout, parts, together, in_key_order=True)
    return together
