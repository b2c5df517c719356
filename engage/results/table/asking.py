"""Questions to a round's table, gathered first and answered together in a few queries.

Everything is counted in persons: in the table of a repeat a person counts once, however many
entries there are.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import duckdb

from engage.results.table.engine import THREADS, name, select
from engage.results.table.layout import RESPONSE
from engage.results.table.store import ResponseTable

#: Value of the group of those whose group is not known, and of everybody where there are no groups.
NO_GROUP = ""
#: Stands between the two groups of a pair; no key has it.
_AND = "\x1f"
#: `grouping_id` tells at most 64 columns apart, and a set may have two.
_SETS_AT_ONCE = 30
#: Figures of a number, in this order; `lowest` and `highest` leave out a twentieth at each end.
FIGURES = ("mean", "low_quartile", "median", "high_quartile", "lowest", "highest")


@dataclass(frozen=True)
class Tally:
    """How many persons have each value of a column, or each pair of two."""

    columns: tuple[str, ...]
    table: str = ""


@dataclass(frozen=True)
class Flags:
    """How many persons have each of some flags set, and how many have answered (as below)."""

    columns: tuple[str, ...]
    table: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Answered:
    """How many persons have answered, under `True`: those with a value in a column.

    With `reason`, the column that says why there is no answer, long texts need not be read.
    """

    column: str
    table: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Numbers:
    """What persons wrote as a number: mean, quartiles, range, and who weighs how much."""

    column: str
    table: str = ""


@dataclass(frozen=True)
class Classes:
    """How many persons wrote a number from each border up to the next, under its lower border.

    The first class reaches down and the last one up as far as there are numbers.
    """

    column: str
    edges: tuple[float, ...]
    table: str = ""


@dataclass(frozen=True)
class NumberFigures:
    """The figures of a number in one group; `sum_of_sizes` and `largest` tell of dominance."""

    persons: int
    figures: Mapping[str, float]
    sum_of_sizes: float
    largest: float


Request = Tally | Flags | Answered | Numbers | Classes
#: Group → value (or values) → persons; everybody together is under None where it was measured.
Tallied = Mapping[str | None, Mapping[Any, int]]


@dataclass
class Answers:
    """What the table answered, by request."""

    tallies: dict[Request, dict[str | None, dict[Any, int]]] = field(default_factory=dict)
    numbers: dict[Numbers, dict[str | None, NumberFigures]] = field(default_factory=dict)

    def tally(self, request: Request) -> Tallied:
        """Return persons by group and value; of flags the column's name, None for any answer."""
        return self.tallies.get(request, {})


def pair_of(first: str, second: str) -> str:
    """Return the group of those who are in two groups."""
    return f"{first}{_AND}{second}"


class Asking:
    """Asks one table; with `group`, a column of its main table, each answer is by group.

    With `within`, another column, by pairs of groups (see `pair_of`).
    """

    #: How rows of the main table are counted: all of them, and those for which something is so.
    everybody = "count(*)"
    some_of_them = "count_if({})"
    #: Columns that takes.
    counted_by: tuple[str, ...] = ()

    def __init__(
        self,
        table: ResponseTable,
        engine: duckdb.DuckDBPyConnection,
        group: str = "",
        within: str = "",
    ) -> None:
        self.table, self.engine, self.group = table, engine, group
        self._by = name(group) if group else ""
        if within:
            both = [f"coalesce({name(column)}::VARCHAR, '')" for column in (group, within)]
            self._by = f"concat({both[0]}, chr({ord(_AND)}), {both[1]})"

    def answers(self, requests: Iterable[Request]) -> Answers:
        """Return the answers to all requests, asked side by side: few rows keep one core busy."""
        found = Answers()
        by_table: dict[str, list[Request]] = defaultdict(list)
        for request in dict.fromkeys(requests):
            by_table[request.table].append(request)
        asked: list[Callable[[], None]] = []
        for key, mine in by_table.items():
            tallies = [one for one in mine if isinstance(one, Tally)]
            for start in range(0, len(tallies), _SETS_AT_ONCE):
                some = tallies[start : start + _SETS_AT_ONCE]
                asked.append(partial(self._tally, key, some, found))
            if measured := [one for one in mine if not isinstance(one, Tally)]:
                asked.append(partial(self._measure, key, measured, found))
        if len(asked) == 1:
            asked[0]()
            return found
        with ThreadPoolExecutor(THREADS) as pool:
            for done in [pool.submit(ask) for ask in asked]:
                done.result()
        return found

    def _rows(self, statement: str) -> list[tuple[Any, ...]]:
        return self.engine.cursor().execute(statement).fetchall()

    def _source(self, key: str) -> str:
        if not self.group:
            return self.table.source(key)
        if not key:
            return f"({select(f'*, {self._by} AS _group', self.table.source())})"
        groups = select(f"{RESPONSE}, {self._by} AS _group", self.table.source())
        return f"{self.table.source(key)} JOIN ({groups}) USING ({RESPONSE})"

    def _tally(self, key: str, tallies: Sequence[Tally], found: Answers) -> None:
        """Count many columns in one scan: a grouping set for each."""
        columns = list(dict.fromkeys(column for tally in tallies for column in tally.columns))
        sets = {tally.columns: tally for tally in tallies}
        inner = [f"{name(column)} AS c{at}" for at, column in enumerate(columns)]
        inner += [RESPONSE] if key else self.counted_by
        by: tuple[str, ...] = ()
        if self.group:
            inner.append("_group AS g")
            by = ("g",)
        rows = select(", ".join(inner), self._source(key))
        which = ", ".join(f"c{at}" for at in range(len(columns)))
        grouped = ", ".join(
            f"({', '.join((*by, *(f'c{columns.index(column)}' for column in one)))})"
            for one in sets
        )
        persons = f"count(DISTINCT {RESPONSE})" if key else self.everybody
        what = ", ".join((f"grouping_id({which})", *(by or ("''",)), which, persons))
        statement = select(what, f"({rows})", more=f"GROUP BY GROUPING SETS ({grouped})")
        masks = {_mask(columns, one): one for one in sets}
        for mask, group, *values, number in self._rows(statement):
            one = masks[mask]
            told = tuple(values[columns.index(column)] for column in one)
            by_group = found.tallies.setdefault(sets[one], {}).setdefault(group or NO_GROUP, {})
            by_group[told if len(told) > 1 else told[0]] = number

    def _measure(self, key: str, requests: Sequence[Request], found: Answers) -> None:
        """Ask for flags, numbers and classes of them in one scan; everybody is under None."""
        some = f"count(DISTINCT {RESPONSE}) FILTER (WHERE {{}})" if key else self.some_of_them
        wanted = [_measured(request, some) for request in requests]
        expressions = [one for several in wanted for one in several]
        column, more = "NULL", ""
        if self.group:
            column = "_group"
            more = f"GROUP BY GROUPING SETS (({column}), ())"
        everybody = f"grouping({column})" if self.group else "1"
        what = ", ".join([everybody, column, *expressions])
        statement = select(what, self._source(key), more=more)
        for is_everybody, group, *values in self._rows(statement):
            start = 0
            for request, several in zip(requests, wanted, strict=True):
                mine = values[start : start + len(several)]
                start += len(several)
                _keep(request, None if is_everybody else group or NO_GROUP, mine, found)


def _mask(columns: Sequence[str], chosen: Sequence[str]) -> int:
    """Return what `grouping_id` says of a set: a bit for each column that is not in it."""
    bits = "".join("0" if column in chosen else "1" for column in columns)
    return int(bits, 2)


def _measured(request: Request, some: str) -> list[str]:
    persons = some.format
    if isinstance(request, Flags):
        flags = [persons(name(column)) for column in request.columns]
        return [*flags, persons(_has_answered(request.columns[0], request.reason))]
    if isinstance(request, Answered):
        return [persons(_has_answered(request.column, request.reason))]
    if isinstance(request, Classes):
        column = name(request.column)
        lows, highs = request.edges[:-1], request.edges[1:]
        borders = zip((None, *lows[1:]), (*highs[:-1], None), strict=True)
        return [persons(_within(column, low, high)) for low, high in borders]
    if isinstance(request, Numbers):
        column = name(request.column)
        return [
            persons(f"{column} IS NOT NULL"),
            f"avg({column})",
            f"quantile_cont({column}, [0.25, 0.5, 0.75, 0.05, 0.95])",
            f"sum(abs({column}))",
            f"max(abs({column}))",
        ]
    raise TypeError(f"{type(request).__name__} is not measured")


def _has_answered(column: str, reason: str) -> str:
    return f"{name(reason)} IS NULL" if reason else f"{name(column)} IS NOT NULL"


def _within(column: str, low: float | None, high: float | None) -> str:
    from_low = f"{column} >= {low!r}" if low is not None else f"{column} IS NOT NULL"
    return from_low if high is None else f"{from_low} AND {column} < {high!r}"


def _keep(request: Request, group: str | None, told: Sequence[Any], found: Answers) -> None:
    # `count_if` of no rows is nothing.
    values: list[Any] = [0 if one is None else one for one in told]
    if isinstance(request, Flags):
        tallied: dict[Any, int] = dict(zip((*request.columns, None), values, strict=True))
        found.tallies.setdefault(request, {})[group] = tallied
    elif isinstance(request, Answered):
        found.tallies.setdefault(request, {})[group] = {True: values[0]}
    elif isinstance(request, Classes):
        counted = dict(zip(request.edges[:-1], values, strict=True))
        found.tallies.setdefault(request, {})[group] = counted
    elif isinstance(request, Numbers) and values[0]:
        persons, mean, quantiles, sizes, largest = values
        low, median, high, lowest, highest = quantiles
        figures = (mean, low, median, high, lowest, highest)
        by_name = dict(zip(FIGURES, map(float, figures), strict=True))
        measured = NumberFigures(persons, by_name, float(sizes), float(largest))
        found.numbers.setdefault(request, {})[group] = measured
