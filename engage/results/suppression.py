"""Which counts of a table to hide so that what stays visible does not give them away.

First every count of 1 to k - 1 is hidden (and zeros where they would tell something about
everybody in a group), then more counts, smallest first, until no hidden count can be bounded more
tightly than k by adding and subtracting whatever is visible: the cells, the totals of the rows and
the sizes of the groups.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from engage.results.bounds import Arc, Flow

Counts = Sequence[Sequence[int]]
Place = tuple[int, int]


@dataclass
class Pattern:
    """What is hidden: cells by row and group, row totals, and sizes of whole groups."""

    cells: list[list[bool]]
    totals: list[bool]
    groups: list[bool]

    @classmethod
    def hiding_all(cls, rows: int, groups: int) -> "Pattern":
        """Return the pattern of a table that is hidden as a whole."""
        return cls([[True] * groups for _ in range(rows)], [True] * rows, [True] * groups)

    def places(self, hidden: bool) -> list[Place]:
        """Return the cells that are hidden, or those that are not."""
        return [
            (row, group)
            for row, line in enumerate(self.cells)
            for group, is_hidden in enumerate(line)
            if is_hidden == hidden
        ]


def hidden_in_list(
    counts: Sequence[int], k: int, zero_tells: bool, closed: Sequence[bool] = ()
) -> list[bool]:
    """Return which counts of one list with a visible sum are hidden; `closed` ones always are.

    A list in which all persons agree hides everything: it would tell of each of them.
    """
    everybody = sum(counts)
    if everybody < k or max(counts) == everybody:
        return [True] * len(counts)
    shut = closed or [False] * len(counts)
    small = [0 < count < k or gone for count, gone in zip(counts, shut, strict=True)]
    zeros = zero_tells or any(small)
    hidden = [few or (zeros and count == 0) for few, count in zip(small, counts, strict=True)]
    visible = sorted((count, i) for i, count in enumerate(counts) if not hidden[i])
    while any(hidden) and visible and (_sum_of(counts, hidden) < k or sum(hidden) == 1):
        hidden[visible.pop(0)[1]] = True
    return hidden


def hidden_in_groups(
    counts: Counts,
    totals: Sequence[bool],
    closed: Sequence[bool],
    k: int,
    closed_rows: Sequence[bool] = (),
) -> Pattern:
    """Return what to hide in a table by groups, given which row totals are hidden already.

    `closed` are groups too small to be shown at all; they look like empty ones. `closed_rows` are
    shown in no group. Zeros are hidden like small counts unless nobody at all is visibly in their
    row.
    """
    sizes = [sum(column) for column in zip(*counts, strict=True)]
    closed = _closed_groups(sizes, closed, k)
    if sum(sizes) < k or all(closed):
        return Pattern.hiding_all(len(counts), len(closed))
    pattern = Pattern([list(closed) for _ in counts], list(totals), list(closed))
    for row, line in enumerate(pattern.cells):
        if closed_rows and closed_rows[row]:
            line[:] = [True] * len(line)
    protected(counts, pattern, k)
    for group in range(len(closed)):
        pattern.groups[group] |= all(line[group] for line in pattern.cells)
    return pattern


def protected(counts: Counts, pattern: Pattern, k: int) -> Pattern:
    """Return a pattern with all small counts hidden too, and as many more as protect them.

    Rows and groups whose sums are hidden have all their cells hidden already.
    """
    told = [
        not hidden and sum(line) == 0 for hidden, line in zip(pattern.totals, counts, strict=True)
    ]
    for row, line in enumerate(counts):
        for group, count in enumerate(line):
            pattern.cells[row][group] |= count < k and not told[row]
    _Protection(counts, pattern, told, k).hide_what_gives_away()
    return pattern


def hidden_means(
    bases: Sequence[int],
    sums: Sequence[float],
    largest: Sequence[float],
    closed: Sequence[bool],
    least: int,
) -> list[bool]:
    """Return which groups' means are hidden: of few, or where one person is more than half of all.

    The mean of everybody is known, so what is hidden has a mean that can be worked out: hidden
    groups are joined by the next larger ones until those together are neither few nor dominated.
    """
    hidden = [
        is_closed or size < least or 2 * most > total > 0
        for is_closed, size, most, total in zip(closed, bases, largest, sums, strict=True)
    ]
    visible = sorted((size, at) for at, size in enumerate(bases) if not hidden[at])
    while visible and not _means_hide_each_other(bases, sums, largest, hidden, least):
        hidden[visible.pop(0)[1]] = True
    return hidden


def _means_hide_each_other(
    bases: Sequence[int],
    sums: Sequence[float],
    largest: Sequence[float],
    hidden: Sequence[bool],
    least: int,
) -> bool:
    mine = [at for at, gone in enumerate(hidden) if gone]
    persons = sum(bases[at] for at in mine)
    if persons == 0:
        return True
    most = max(largest[at] for at in mine)
    return len(mine) > 1 and persons >= least and 2 * most <= sum(sums[at] for at in mine)


def _sum_of(counts: Sequence[int], chosen: Sequence[bool]) -> int:
    return sum(count for count, is_chosen in zip(counts, chosen, strict=True) if is_chosen)


def _closed_groups(sizes: Sequence[int], closed: Sequence[bool], k: int) -> list[bool]:
    """Close small groups, then larger ones until those that are closed hide each other.

    Where nobody at all is in closed groups, there is nothing to hide.
    """
    shut = [is_closed or size < k for is_closed, size in zip(closed, sizes, strict=True)]
    open_ones = sorted((size, i) for i, size in enumerate(sizes) if not shut[i])
    while open_ones and _sum_of(sizes, shut) > 0:
        if _sum_of(sizes, shut) >= k and sum(shut) > 1:
            break
        shut[open_ones.pop(0)[1]] = True
    return shut


class _Protection:
    """Hides more and more of a table until nothing hidden can be worked out from the rest."""

    def __init__(self, counts: Counts, pattern: Pattern, told: Sequence[bool], k: int) -> None:
        self.counts, self.pattern, self.k = counts, pattern, k
        sizes = [sum(column) for column in zip(*counts, strict=True)]
        # What is visibly nobody cannot be hidden: rows told to be empty, and closed groups when
        # the others add up to everybody.
        nobody_closed = _sum_of(sizes, pattern.groups) == 0
        self.rows = [row for row in range(len(counts)) if not told[row]]
        self.columns = [
            group for group, closed in enumerate(pattern.groups) if not (closed and nobody_closed)
        ]
        self.arcs: dict[tuple[str, int, int], int] = {}
        self.flow = Flow(2 + len(counts) + len(sizes), self._arcs(sizes))

    def _arcs(self, sizes: Sequence[int]) -> list[Arc]:
        """Return the counts as arcs: everybody divided into rows, and together again by groups.

        Everybody is two nodes, the first and the last: their number is known and cannot change.
        """
        made: list[Arc] = []
        last = 1 + len(self.counts) + len(sizes)

        def add(kind: str, row: int, group: int, arc: Arc) -> None:
            self.arcs[kind, row, group] = len(made)
            made.append(arc)

        first_group = 1 + len(self.counts)
        for row in self.rows:
            total = sum(self.counts[row])
            add("total", row, -1, Arc(0, 1 + row, total, self.pattern.totals[row]))
            for group in self.columns:
                hidden = self.pattern.cells[row][group]
                count = self.counts[row][group]
                add("cell", row, group, Arc(1 + row, first_group + group, count, hidden))
        for group in self.columns:
            hidden = self.pattern.groups[group]
            add("group", -1, group, Arc(first_group + group, last, sizes[group], hidden))
        return made

    def hide_what_gives_away(self) -> None:
        """Look at every hidden count; hiding another one never narrows those looked at before."""
        waiting = [key for key, i in self.arcs.items() if self.flow.arcs[i].is_hidden]
        while waiting:
            key = waiting[-1]
            if self.flow.width(self.arcs[key], self.k) >= self.k:
                waiting.pop()
                continue
            more = self._next_to_hide(*key)
            if more is None:
                return
            row, group = more
            self.pattern.cells[row][group] = True
            found = ("cell", row, group)
            self.flow.arcs[self.arcs[found]].is_hidden = True
            waiting.insert(0, found)

    def _next_to_hide(self, kind: str, row: int, group: int) -> Place | None:
        """Return the visible cell to hide: where a hidden one stands alone first, else nearby."""
        visible = [at for at in self.pattern.places(hidden=False) if self._is_audited(at)]
        in_row = [at for at in visible if at[0] == row]
        in_column = [at for at in visible if at[1] == group]
        alone_in_row = len(in_row) >= len(self.columns) - 1
        if in_row and (alone_in_row or kind == "total"):
            return self._smallest(in_row)
        nearby = in_column or in_row or visible
        return self._smallest(nearby) if nearby else None

    def _is_audited(self, at: Place) -> bool:
        return ("cell", *at) in self.arcs

    def _smallest(self, places: Sequence[Place]) -> Place:
        """Return the smallest cell, one that is zero last: it lets others grow but not shrink."""
        return min(places, key=lambda at: (self._count(at) == 0, self._count(at), at))

    def _count(self, at: Place) -> int:
        return self.counts[at[0]][at[1]]
