"""What may be told of a question by two groupings at once: the one door for such tables too."""

from collections.abc import Sequence
from dataclasses import dataclass

from engage.results.cubes import Faces, Flags, hidden_in_cube
from engage.results.disclosure import (
    HIDDEN,
    CountTable,
    Policy,
    Shown,
    ShownTable,
    disclose,
    figure,
)
from engage.results.suppression import Pattern, protected

Block = tuple[tuple[int, ...], ...]
#: What is hidden of a row: by groups of the first grouping, of the second, and its sum.
_Edge = tuple[list[bool], list[bool], bool]


@dataclass(frozen=True)
class CrossTable:
    """How many persons are in each row of each pair of groups; `counts[row][first][second]`.

    `bases[first][second]` are the persons the shares are of. Where `exclusive`, each person is in
    one row. Closed are groups, and pairs of them, that are not shown on their own anywhere.
    """

    rows: tuple[str, ...]
    firsts: tuple[str, ...]
    seconds: tuple[str, ...]
    counts: tuple[Block, ...]
    bases: Block
    exclusive: bool = True
    closed_firsts: frozenset[str] = frozenset()
    closed_seconds: frozenset[str] = frozenset()
    closed_pairs: frozenset[tuple[str, str]] = frozenset()
    #: Rows that are not shown whatever their count.
    closed_rows: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ShownCross:
    """For each group of the second grouping: the first one's groups beside each other.

    What stands for everybody in such a panel is everybody in that group. `is_refused` where
    nothing can be told of pairs of groups without giving a hidden count away.
    """

    seconds: tuple[str, ...]
    panels: tuple[ShownTable, ...]
    #: About how many persons it is all about.
    base: int | None
    is_refused: bool = False


@disclose.register
def _(table: CrossTable, policy: Policy) -> ShownCross:
    faces = _face(table, policy, 0), _face(table, policy, 1)
    joined = _Joined(table, faces)
    sizes = joined.hidden_sizes(policy.k)
    hidden = joined.hidden_cells(sizes, policy.k)
    panels = tuple(
        _panel(table, at, joined, sizes, hidden, policy) for at in range(len(table.seconds))
    )
    return ShownCross(table.seconds, panels, faces[1].base, hidden is None)


def _face(table: CrossTable, policy: Policy, axis: int) -> ShownTable:
    """Return the table by one of the groupings, as it is shown where that one is compared alone."""
    counts = tuple(_summed(block, axis) for block in table.counts)
    groups, closed = (
        (table.firsts, table.closed_firsts) if axis == 0 else (table.seconds, table.closed_seconds)
    )
    bases = _summed(table.bases, axis)
    shown: ShownTable = disclose(
        CountTable(table.rows, counts, bases, groups, table.exclusive, closed, table.closed_rows),
        policy,
    )
    return shown


def _summed(block: Block, axis: int) -> tuple[int, ...]:
    lines = block if axis == 0 else tuple(zip(*block, strict=True))
    return tuple(map(sum, lines))


class _Side:
    """The groups of one grouping, those that are hidden as a whole joined in the last one.

    Nothing that is shown tells such groups apart, so that their persons may be in any of them.
    """

    def __init__(self, face: ShownTable) -> None:
        self.shut = [base is None for base in face.bases]
        self.open = [at for at, gone in enumerate(self.shut) if not gone]
        self.parts = [[at] for at in self.open]
        if any(self.shut):
            self.parts.append([at for at, gone in enumerate(self.shut) if gone])
        self.joined = [self.shut[part[0]] for part in self.parts]

    def of(self, at: int) -> int:
        """Return which of the joined groups a group is in."""
        return len(self.open) if self.shut[at] else self.open.index(at)

    def hidden(self, line: Sequence[Shown], counts: Sequence[int], k: int) -> list[bool]:
        """Return which cells of a face are hidden, given the counts of the joined groups.

        What is left for the hidden groups together follows from all others; it may, unless it is
        of few.
        """
        return [
            count < k if joined else line[part[0]].is_hidden
            for part, joined, count in zip(self.parts, self.joined, counts, strict=True)
        ]


class _Joined:
    """A table by two groupings in which each has at most one hidden group."""

    def __init__(self, table: CrossTable, faces: tuple[ShownTable, ShownTable]) -> None:
        self.table, self.faces = table, faces
        self.firsts, self.seconds = map(_Side, faces)
        self.bases = self._sums(table.bases)
        self.counts = tuple(map(self._sums, table.counts))

    def _sums(self, block: Block) -> Block:
        return tuple(
            tuple(
                sum(block[one][other] for one in ones for other in others)
                for others in self.seconds.parts
            )
            for ones in self.firsts.parts
        )

    def is_closed(self, one: int, other: int) -> bool:
        """Say whether either of two groups is not shown on its own."""
        return self.firsts.shut[one] or self.seconds.shut[other]

    def hidden_sizes(self, k: int) -> list[list[bool]]:
        """Return the pairs of groups whose size is hidden."""
        firsts, seconds, closed = self.table.firsts, self.table.seconds, self.table.closed_pairs
        cells = [
            [
                not (mine or yours) and (firsts[ones[0]], seconds[others[0]]) in closed
                for others, yours in zip(self.seconds.parts, self.seconds.joined, strict=True)
            ]
            for ones, mine in zip(self.firsts.parts, self.firsts.joined, strict=True)
        ]
        # Of groups that nobody is in there is nothing to hide.
        nobody = [not sum(column) for column in zip(*self.bases, strict=True)]
        pattern = Pattern(cells, [False] * len(cells), nobody)
        return protected(self.bases, pattern, k).cells

    def hidden_cells(self, sizes: list[list[bool]], k: int) -> list[list[list[bool]]] | None:
        """Return which cells are hidden by row; None where nothing can be told."""
        faces = [self._faces(at, block, k) for at, block in enumerate(self.counts)]
        if self.table.exclusive:
            return hidden_in_cube(self.counts, self._edges(faces, sizes), k)
        found = []
        for block, mine in zip(self.counts, faces, strict=True):
            # Choosing an answer and not choosing it are a table of their own.
            rest = tuple(
                tuple(base - count for base, count in zip(bases, line, strict=True))
                for bases, line in zip(self.bases, block, strict=True)
            )
            hidden = hidden_in_cube((block, rest), self._edges([mine, mine], sizes), k)
            if hidden is None:
                return None
            found.append(
                [
                    [one or other for one, other in zip(*lines, strict=True)]
                    for lines in zip(*hidden, strict=True)
                ]
            )
        return found

    def _faces(self, row: int, block: Block, k: int) -> _Edge:
        """Return which cells of a row are hidden by either grouping, and whether its sum is."""
        by_first, by_second = self.faces
        return (
            self.firsts.hidden(by_first.cells[row], _summed(block, 0), k),
            self.seconds.hidden(by_second.cells[row], _summed(block, 1), k),
            by_first.totals[row].is_hidden,
        )

    def _edges(self, rows: Sequence[_Edge], sizes: Flags) -> Faces:
        loose = ([len(part) > 1 for part in side.parts] for side in (self.firsts, self.seconds))
        return Faces(
            [first for first, _second, _sum in rows],
            [second for _first, second, _sum in rows],
            sizes,
            [gone for _first, _second, gone in rows],
            *loose,
        )


def _panel(
    table: CrossTable,
    at: int,
    joined: _Joined,
    sizes: list[list[bool]],
    hidden: list[list[list[bool]]] | None,
    policy: Policy,
) -> ShownTable:
    """Return one group of the second grouping with the groups of the first beside each other."""
    to = joined.seconds.of(at)
    places = [joined.firsts.of(one) for one in range(len(table.firsts))]
    closed = [joined.is_closed(one, at) for one in range(len(table.firsts))]
    cells = tuple(
        tuple(
            HIDDEN
            if hidden is None or gone or hidden[row][place][to]
            else figure(line[at], base[at], policy)
            for gone, place, line, base in zip(closed, places, block, table.bases, strict=True)
        )
        for row, block in enumerate(table.counts)
    )
    bases = tuple(
        None if hidden is None or gone or sizes[place][to] else policy.about(base[at])
        for gone, place, base in zip(closed, places, table.bases, strict=True)
    )
    by_second = joined.faces[1]
    totals = tuple(line[at] for line in by_second.cells)
    return ShownTable(table.rows, table.firsts, cells, bases, totals, by_second.bases[at])
