"""The table of several rounds of one questionnaire: one layout, and the round in front of each row.

Nothing is copied: the rows are read from the files of each round, under the columns of all versions
merged by question. A round without a question has in its columns what an answer to a version
without it has in the table of one round: most of all the reason *not asked*.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from engage.questionnaires.columns import COUNT_PART, MISSING_PART
from engage.questionnaires.question_types.base import MISSING, Column
from engage.responses.models import Round
from engage.results.table.engine import literal, name, select
from engage.results.table.layout import BASE_COLUMNS, RESPONSE, ROUND, SQL_TYPES, Layout, Place
from engage.results.table.parts import Parts
from engage.results.table.store import ResponseTable, layout_of_ids, response_table

Held = tuple[Round, ResponseTable]


@dataclass(frozen=True)
class RoundsTable(ResponseTable):
    """The tables of rounds, safe to read while they are held; `parts` are the parts of all.

    A round with fewer answers than its own k is left out: nothing of it is among the rows.
    """

    held: tuple[Held, ...]
    left_out: tuple[Held, ...]

    @property
    def rounds(self) -> tuple[Round, ...]:
        """Return the rounds that are in it, the oldest first."""
        return tuple(round_ for round_, _table in self.held)

    @property
    def base(self) -> Mapping[str, str]:
        """Return the columns before those of the questionnaire: the round stands first."""
        return {ROUND: "VARCHAR", **BASE_COLUMNS}

    @property
    def is_in_key_order(self) -> bool:
        """Say that rows have to be sorted: rounds follow each other."""
        return False

    @property
    def removals(self) -> int:
        """Return what grows when an answer is corrected or deleted, also of a round left out."""
        return sum(table.removals for _round, table in (*self.held, *self.left_out))

    def source(self, key: str = "") -> str:
        """Return one of the tables of all rounds as something to select from."""
        selects = [
            _rows(round_, table, self.layout, key)
            for round_, table in self.held
            if key in table.layout.tables
        ]
        return f"({' UNION ALL '.join(selects or [self._nothing(key)])})"

    def _nothing(self, key: str) -> str:
        types = {RESPONSE: BASE_COLUMNS[RESPONSE]} if key else dict(self.base)
        types |= {column.name: SQL_TYPES[column.kind] for column in self.layout.tables[key]}
        cells = (f"CAST(NULL AS {kind}) AS {name(one)}" for one, kind in types.items())
        return select(", ".join(cells), "(SELECT 1)", "false")


@contextmanager
def rounds_table(rounds: Sequence[Round], home: Path) -> Iterator[RoundsTable]:
    """Give the table of rounds of one questionnaire, each made anew first where it is stale."""
    with ExitStack() as stack:
        # Always in the same order, so that two who hold some never wait for each other.
        order = sorted(rounds, key=lambda one: one.id)
        tables = {one.id: stack.enter_context(response_table(one, home)) for one in order}
        everything = [(one, tables[one.id]) for one in rounds]
        held = tuple((one, table) for one, table in everything if table.answers >= one.k)
        shaping = held or everything
        ids = {version.id for _round, table in shaping for version in table.layout.versions}
        layout = layout_of_ids(ids)
        parts = [part for _round, table in held for part in table.parts.parts]
        together = Parts(layout.digest, parts, [version.id for version in layout.versions])
        left_out = tuple((one, table) for one, table in everything if table.answers < one.k)
        yield RoundsTable(home / "tables", layout, together, held, left_out)


def _rows(round_: Round, table: ResponseTable, layout: Layout, key: str) -> str:
    """Return the statement that gives one round's rows under the columns of all."""
    own = {(one.question, one.part): one for one in table.layout.tables[key]}
    flags = {one.question: one for one in reversed(table.layout.tables[key]) if one.kind == "flag"}
    cells = [f"{literal(round_.slug)} AS {name(ROUND)}", *map(name, BASE_COLUMNS)]
    if key:
        cells = [name(RESPONSE)]
    for column in layout.tables[key]:
        flag = flags.get(column.question) if not key else None
        cell = _cell(column, own, flag)
        cells.append(f"CAST({cell} AS {SQL_TYPES[column.kind]}) AS {name(column.name)}")
    return select(", ".join(cells), table.source(key))


def _cell(column: Column, own: Mapping[Place, Column], flag: Column | None) -> str:
    """Return a column's cell in a round's own table, or what stands for one it does not have."""
    there = own.get((column.question, column.part))
    if there is not None:
        return name(there.name)
    if column.part == MISSING_PART:
        return literal(MISSING[0])
    if column.part == COUNT_PART:
        return "0"
    if column.kind == "flag" and flag is not None:
        # Who answered has not chosen what came later.
        return f"CASE WHEN {name(flag.name)} IS NOT NULL THEN false END"
    return "NULL"
