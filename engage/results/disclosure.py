"""The one door between statistics and everything that shows or ships them.

What comes out of `disclose()` may be read by anybody who may read the page: small groups are
hidden, with as much around them as keeps them from being worked out, shares are whole percents,
numbers of persons are rounded. What is hidden is None with a reason, so that it cannot end up in a
page or a file by mistake.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import singledispatch
from typing import Any, Literal

from engage.results.statistics import wilson
from engage.results.suppression import (
    Pattern,
    hidden_in_groups,
    hidden_in_list,
    hidden_means,
)

#: Why a figure is not shown: too few persons (or it would give such a count away), or too few
#: persons for a percentage or a mean, though their number may be told.
Reason = Literal["", "few", "small_base"]
#: No policy goes below this.
LEAST_K = 5


@dataclass(frozen=True)
class Policy:
    """How small is too small. `zero_tells`: also in the whole round nobody is as telling as few."""

    k: int = LEAST_K
    zero_tells: bool = False
    percent_from: int = 20
    mean_from: int = 10
    round_to: int = 5

    def __post_init__(self) -> None:
        if self.k < LEAST_K:
            raise ValueError(f"k is {self.k}, but never below {LEAST_K}")

    def about(self, count: int) -> int:
        """Return a number of persons rounded, so that small differences do not show."""
        return (count + self.round_to // 2) // self.round_to * self.round_to


#: What leaves the community or concerns minors or sensitive matters asks for at least this.
STRICT_K = 10


def policy_for(k: int, profile: str) -> Policy:
    """Return the policy of a round: its own k, at least 10 unless its profile is standard."""
    if profile == "standard":
        return Policy(max(k, LEAST_K))
    return Policy(max(k, STRICT_K), zero_tells=True)


@dataclass(frozen=True)
class CountTable:
    """How many persons are in each row of each group; `counts[row][group]`. Never shown as it is.

    Groups divide all persons; one group is a table of everybody. `bases` are the persons the
    shares are of. Where `exclusive`, each person is in one row; else in any number of rows.
    """

    rows: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    bases: tuple[int, ...]
    groups: tuple[str, ...] = ("",)
    exclusive: bool = True
    #: Groups too small to be shown on their own, wherever they occur.
    closed: frozenset[str] = frozenset()
    #: Rows that are not shown whatever their count: areas in which hardly anybody lives.
    closed_rows: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Shown:
    """One figure as it may be read: a whole percent with its interval, and about how many."""

    percent: int | None = None
    about: int | None = None
    low: int | None = None
    high: int | None = None
    reason: Reason = "few"

    @property
    def is_hidden(self) -> bool:
        """Say whether nothing at all is told."""
        return self.reason == "few"


HIDDEN = Shown()


@dataclass(frozen=True)
class ShownTable:
    """A table that may be read; a hidden group has no base and nothing but hidden cells."""

    rows: tuple[str, ...]
    groups: tuple[str, ...]
    cells: tuple[tuple[Shown, ...], ...]
    bases: tuple[int | None, ...]
    #: Everybody, group by group together.
    totals: tuple[Shown, ...]
    base: int | None

    def column(self, group: str) -> "ShownTable":
        """Return one group as a table of its own."""
        at = self.groups.index(group)
        cells = tuple((line[at],) for line in self.cells)
        column = tuple(line[at] for line in self.cells)
        return ShownTable(self.rows, (group,), cells, (self.bases[at],), column, self.bases[at])

    def of(self, row: str) -> Shown:
        """Return everybody's figure for a row."""
        return self.totals[self.rows.index(row)]

    @property
    def is_hidden(self) -> bool:
        """Say whether the whole table is hidden."""
        return self.base is None

    @property
    def hidden_rows(self) -> int:
        """Return how many rows of everybody are hidden."""
        return sum(shown.is_hidden for shown in self.totals)


@dataclass(frozen=True)
class NumberTable:
    """Means and quartiles of numbers by group, with what tells whether one person dominates."""

    groups: tuple[str, ...]
    bases: tuple[int, ...]
    values: tuple[tuple[float, ...], ...]
    #: Sum of the sizes of all values, and the largest size, by group.
    sums: tuple[float, ...]
    largest: tuple[float, ...]
    closed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ShownNumbers:
    """Figures of numbers that may be read, by group; a hidden group has None instead."""

    groups: tuple[str, ...]
    values: tuple[tuple[float, ...] | None, ...]
    bases: tuple[int | None, ...]

    def of(self, group: str) -> tuple[float, ...] | None:
        """Return the figures of one group."""
        return self.values[self.groups.index(group)]


@dataclass(frozen=True)
class Total:
    """How many persons something is about."""

    persons: int


@singledispatch
def disclose(table: Any, policy: Policy) -> Any:
    """Return what of a table may be shown to anybody."""
    raise TypeError(f"nothing is known of what {type(table).__name__} may tell")


@disclose.register
def _(table: CountTable, policy: Policy) -> ShownTable:
    if len(table.groups) == 1:
        pattern = _pattern_of_all(table, policy)
    else:
        pattern = _pattern_by_group(table, policy)
    return _shown(table, pattern, policy)


@disclose.register
def _(table: NumberTable, policy: Policy) -> ShownNumbers:
    least = max(policy.k, policy.mean_from)
    closed = [group in table.closed for group in table.groups]
    hidden = hidden_means(table.bases, table.sums, table.largest, closed, least)
    values = (None if gone else value for gone, value in zip(hidden, table.values, strict=True))
    bases = (None if gone else policy.about(n) for gone, n in zip(hidden, table.bases, strict=True))
    return ShownNumbers(table.groups, tuple(values), tuple(bases))


@disclose.register
def _(total: Total, policy: Policy) -> int | None:
    return None if total.persons < policy.k else policy.about(total.persons)


def _closed(table: CountTable) -> list[bool]:
    return [group in table.closed for group in table.groups]


def _pattern_of_all(table: CountTable, policy: Policy) -> Pattern:
    column = [line[0] for line in table.counts]
    base = table.bases[0]
    if base < policy.k:
        hidden = [True] * len(column)
    elif table.exclusive:
        closed = [row in table.closed_rows for row in table.rows]
        hidden = hidden_in_list(column, policy.k, policy.zero_tells, closed)
    else:
        hidden = [
            row in table.closed_rows or _is_telling(count, base, policy)
            for row, count in zip(table.rows, column, strict=True)
        ]
    return Pattern([[gone] for gone in hidden], hidden, [all(hidden)])


def _is_telling(count: int, base: int, policy: Policy) -> bool:
    """Say whether a share of persons who may choose several is to be hidden: it, or its rest."""
    hidden, _ = hidden_in_list([count, base - count], policy.k, policy.zero_tells)
    return hidden and not (count == 0 and not policy.zero_tells)


def _pattern_by_group(table: CountTable, policy: Policy) -> Pattern:
    together = [sum(line) for line in table.counts]
    everybody = CountTable(
        table.rows,
        tuple((count,) for count in together),
        (sum(table.bases),),
        exclusive=table.exclusive,
        closed_rows=table.closed_rows,
    )
    totals = _pattern_of_all(everybody, policy).totals
    if table.exclusive:
        closed_rows = [row in table.closed_rows for row in table.rows]
        return hidden_in_groups(table.counts, totals, _closed(table), policy.k, closed_rows)
    lines = [
        _pattern_of_line(row, line, table, hidden, policy)
        for row, line, hidden in zip(table.rows, table.counts, totals, strict=True)
    ]
    groups = [all(column) for column in zip(*(line for line in lines), strict=True)]
    return Pattern(lines, totals, groups)


def _pattern_of_line(
    row: str, line: Sequence[int], table: CountTable, hidden: bool, policy: Policy
) -> list[bool]:
    """Return the hidden groups of one of several choices: it and not choosing it are a table."""
    rest = [base - count for base, count in zip(table.bases, line, strict=True)]
    closed_rows = [row in table.closed_rows] * 2
    pattern = hidden_in_groups(
        [line, rest], [hidden, hidden], _closed(table), policy.k, closed_rows
    )
    return [chosen or not_chosen for chosen, not_chosen in zip(*pattern.cells, strict=True)]


def _shown(table: CountTable, pattern: Pattern, policy: Policy) -> ShownTable:
    cells = tuple(
        tuple(
            HIDDEN if gone else figure(count, base, policy)
            for count, base, gone in zip(line, table.bases, hidden, strict=True)
        )
        for line, hidden in zip(table.counts, pattern.cells, strict=True)
    )
    base = sum(table.bases)
    totals = tuple(
        HIDDEN if gone else figure(sum(line), base, policy)
        for line, gone in zip(table.counts, pattern.totals, strict=True)
    )
    bases = tuple(
        None if gone else policy.about(size)
        for gone, size in zip(pattern.groups, table.bases, strict=True)
    )
    everybody = None if all(pattern.totals) or base < policy.k else policy.about(base)
    return ShownTable(table.rows, table.groups, cells, bases, totals, everybody)


def figure(count: int, base: int, policy: Policy) -> Shown:
    """Return one figure that is not hidden, rounded; percentages need enough persons."""
    if base < policy.percent_from:
        return Shown(about=policy.about(count), reason="small_base")
    interval = wilson(count, base)
    return Shown(
        _whole(count / base),
        policy.about(count),
        _whole(interval.low),
        _whole(interval.high),
        reason="",
    )


def _whole(part: float) -> int:
    """Return a share as a whole percent; somebody is never 0, and short of everybody never 100."""
    percent = int(part * 100 + 0.5)
    if part > 0 and percent == 0:
        return 1
    return 99 if part < 1 and percent == 100 else percent
