"""What results are read from: a copy of the table that moves in steps in which nobody stands out.

The table itself is as fresh as anybody asks for. What is shown of it is an edition: it is replaced
when at least k answers came (P-30), at once when one was corrected or deleted (P-12), and when the
round has closed; but never so that two editions tell of fewer than k persons of any group.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import combinations
from pathlib import Path

import duckdb

from engage.extensions import db
from engage.responses.models import Round
from engage.results import queries
from engage.results.filters import variables
from engage.results.stepping import Groups, held_back
from engage.results.table.building import copy_without, source_of
from engage.results.table.engine import connection, name, select
from engage.results.table.layout import RESPONSE
from engage.results.table.parts import (
    Days,
    Part,
    Parts,
    locked,
    new_name,
    read_parts,
    write_parts,
)
from engage.results.table.store import (
    ResponseTable,
    layout_of_parts,
    only_added,
    response_table,
    table_folder,
)
from engage.results.wording import Reader

_SEEN = "edition.json"
_AT_A_TIME = 5000


@dataclass(frozen=True)
class Edition:
    """What an edition was made from: the counters of the round, nothing about persons."""

    days: Days
    is_final: bool = False

    def holds(self, now: Days, k: int, *, closed: bool) -> bool:
        """Say whether it is still the one to show, given the counters as they are now."""
        if closed and not self.is_final:
            return False
        if self.days == now:
            return True
        before, after = (sum(n for n, _changes in days.values()) for days in (self.days, now))
        # Of fewer than k nothing was shown.
        return only_added(self.days, now) and before >= k and after - before < k


def edition_folder(home: Path, round_id: int) -> Path:
    """Return the folder of what is shown of a round."""
    return table_folder(home, round_id) / "shown"


@contextmanager
def shown_table(round_: Round, home: Path, k: int) -> Iterator[ResponseTable]:
    """Give the table that results are read from: the edition there is, or a new one."""
    folder = edition_folder(home, round_.id)
    closed = not round_.takes_answers(datetime.now(UTC))
    now = queries.collection_days(db.session(), round_.id)
    with locked(folder, alone=False):
        edition, parts = _read(folder), read_parts(folder)
        layout = layout_of_parts(round_, parts)
        is_good = edition is not None and edition.holds(now, k, closed=closed)
        if is_good and parts.digest == layout.digest:
            yield ResponseTable(folder, layout, parts)
            return
    _renew(round_, home, k, closed=closed)
    with locked(folder, alone=False):
        parts = read_parts(folder)
        yield ResponseTable(folder, layout_of_parts(round_, parts), parts)


def renew_if_removed(round_: Round, home: Path, k: int) -> None:
    """Replace an edition in which anything was corrected or deleted since."""
    edition = _read(edition_folder(home, round_.id))
    now = queries.collection_days(db.session(), round_.id)
    if edition is not None and not only_added(edition.days, now):
        _renew(round_, home, k, closed=not round_.takes_answers(datetime.now(UTC)))


def _renew(round_: Round, home: Path, k: int, *, closed: bool) -> None:
    folder = edition_folder(home, round_.id)
    with response_table(round_, home) as fresh, locked(folder, alone=True):
        edition, old = _read(folder), read_parts(folder)
        out: set[str] = set()
        if edition is not None and old.answers >= k:
            out = _held_back(round_, fresh, ResponseTable(folder, fresh.layout, old), k, closed)
        _write(folder, fresh, out)
        seen = {"days": fresh.parts.days, "is_final": closed}
        (folder / _SEEN).write_text(json.dumps(seen))


def _read(folder: Path) -> Edition | None:
    """Return what an edition was made from; a damaged or missing one is the same as none."""
    try:
        stored = json.loads((folder / _SEEN).read_text())
        days = {day: (int(n), int(changes)) for day, (n, changes) in stored["days"].items()}
        return Edition(days, bool(stored["is_final"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _held_back(
    round_: Round, fresh: ResponseTable, shown: ResponseTable, k: int, closed: bool
) -> set[str]:
    """Return the keys of the answers that the next edition does without."""
    before = layout_of_parts(round_, shown.parts)
    known = {column.name for column in before.tables[""]} | {"language", "channel"}
    columns = [one.column for one in variables(fresh.layout, Reader("en")) if one.column in known]
    groups = partial(_groups_of, columns, pairs=closed)
    with connection(fresh.folder) as engine:
        can_compare = before.digest == fresh.layout.digest
        came, gone = _moved(engine, fresh, shown, groups, can_compare=can_compare)

        def kept() -> dict[str, Groups]:
            everybody = _everybody(engine, fresh, groups("t"))
            return {key: mine for key, mine in everybody.items() if key not in came}

        waiting, aside = held_back(came, gone, kept, k, wait=not closed)
    return waiting | aside


def _moved(
    engine: duckdb.DuckDBPyConnection,
    fresh: ResponseTable,
    shown: ResponseTable,
    groups: Callable[[str], list[str]],
    *,
    can_compare: bool,
) -> tuple[dict[str, Groups], list[Groups]]:
    """Return who came since an edition was made, by key, and who left; a correction is both."""
    both = f"{fresh.source()} AS n FULL JOIN {shown.source()} AS o ON n.{RESPONSE} = o.{RESPONSE}"
    moved = f"n.{RESPONSE} IS NULL OR o.{RESPONSE} IS NULL"
    if can_compare:
        moved = f"{moved} OR hash(n) <> hash(o)"
    what = [f"CAST({side}.{RESPONSE} AS VARCHAR)" for side in "no"]
    what += [*groups("n"), *groups("o")]
    came, gone, size = {}, [], len(groups("n"))
    for new, old, *values in engine.execute(select(", ".join(what), both, moved)).fetchall():
        if new is not None:
            came[new] = tuple(values[:size])
        if old is not None:
            gone.append(tuple(values[size:]))
    return came, gone


def _groups_of(columns: list[str], side: str, *, pairs: bool) -> list[str]:
    """Return what is read to tell the groups of a person, with `pairs` also those of two at once.

    In pairs groups are looked at when a round has closed.
    """
    alone = [f"coalesce(CAST({side}.{name(one)} AS VARCHAR), '')" for one in columns]
    both = (f"concat({one}, chr(31), {other})" for one, other in combinations(alone, 2))
    return [*alone, *(both if pairs else ())]


def _everybody(
    engine: duckdb.DuckDBPyConnection, table: ResponseTable, groups: list[str]
) -> dict[str, Groups]:
    what = [f"CAST({RESPONSE} AS VARCHAR)", *groups]
    rows = engine.execute(select(", ".join(what), f"{table.source()} AS t"))
    # Many are in the same groups: each is kept once.
    known: dict[str, str] = {}
    found = {}
    while some := rows.fetchmany(_AT_A_TIME):
        for key, *values in some:
            found[key] = tuple(map(known.setdefault, values, values))
    return found


def _write(folder: Path, fresh: ResponseTable, out: set[str]) -> None:
    """Write the edition: the very files of the table, or copies without some answers."""
    parts = fresh.parts
    if not out:
        for part in parts.parts:
            for number in range(len(fresh.layout.tables)):
                for file in part.files(number):
                    if not (folder / file).exists():
                        os.link(fresh.folder / file, folder / file)
        write_parts(folder, parts)
        return
    made = Part(new_name(), {})
    copy_without(fresh.folder, fresh.layout, parts.parts, folder, made, sorted(out))
    with connection(folder) as engine:
        per_day = select("CAST(day AS VARCHAR), count(*)", source_of([folder / made.file(0)]))
        counted = dict(engine.execute(f"{per_day} GROUP BY 1").fetchall())
    for day, (answers, changes) in parts.days.items():
        held = answers - counted.get(day, 0)
        made.days[day] = (answers - held, changes - held)
    write_parts(folder, Parts(parts.digest, [made], parts.versions))
