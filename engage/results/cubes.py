"""Which counts of a table by two groupings at once to hide, while its three faces are shown too.

The faces are the tables a reader has already: answers by the first grouping, by the second, and
how many are in each group of both. Where a face hides a count, all cells behind it are hidden.
Every hidden cell is then a corner of a cube of hidden cells: persons who move around the corners,
one in and one out along each edge, change nothing that is visible (the hypercube method: Repsilber,
R. D. (1994), “Preservation of confidentiality in aggregated data”, Second International Seminar on
Statistical Confidentiality; Giessing, S. & Repsilber, D. (2002), LNCS 2316, 181–192).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from engage.results.bounds import UNLIMITED, Arc, Flow

#: Persons by row, by group of the first and of the second grouping.
Counts = Sequence[Sequence[Sequence[int]]]
Flags = Sequence[Sequence[bool]]
Cell = tuple[int, int, int]


@dataclass(frozen=True)
class Faces:
    """What is hidden already: cells of the three faces, and the sums of whole rows."""

    #: By row and group of the first grouping; by row and group of the second; by both groups.
    first: Flags
    second: Flags
    sizes: Flags
    rows: Sequence[bool]
    #: Several hidden groups as one: their persons may be in any of them, so that a count of one of
    #: them can be anything from nought to what all of them may have.
    loose_firsts: Sequence[bool]
    loose_seconds: Sequence[bool]


def hidden_in_cube(counts: Counts, faces: Faces, k: int) -> list[list[list[bool]]] | None:
    """Return which cells to hide so that every hidden count, also of a face, is `k` wide or more.

    None where that takes hiding all of it: then nothing may be told by both groupings at once.
    """
    cube = _Cube(counts, faces, k)
    return cube.hidden if cube.hide_what_gives_away() and cube.keeps_its_faces() else None


class _Cube:
    def __init__(self, counts: Counts, faces: Faces, k: int) -> None:
        self.counts, self.faces, self.k = counts, faces, k
        self.shape = (len(counts), len(counts[0]), len(counts[0][0]))
        sums = [[self._sum(axis, at) for at in range(n)] for axis, n in enumerate(self.shape)]
        told = [not hidden and not n for hidden, n in zip(faces.rows, sums[0], strict=True)]
        #: Of what nobody is visibly in there is nothing to hide.
        self.alive = [
            [at for at, gone in enumerate(told) if not gone],
            *([at for at, n in enumerate(side) if n] for side in sums[1:]),
        ]
        self.hidden = [
            [
                [
                    faces.first[row][one]
                    or faces.second[row][other]
                    or faces.sizes[one][other]
                    or (count < k and not told[row])
                    for other, count in enumerate(line)
                ]
                for one, line in enumerate(block)
            ]
            for row, block in enumerate(counts)
        ]

    def _sum(self, axis: int, at: int) -> int:
        ranges = [range(n) for n in self.shape]
        ranges[axis] = range(at, at + 1)
        return sum(self.counts[r][a][b] for r, a, b in product(*ranges))

    def hide_what_gives_away(self) -> bool:
        """Hide cells until each hidden one can move by `k`; say whether that worked."""
        rows, firsts, seconds = self.alive
        waiting = [at for at in product(rows, firsts, seconds) if self._is_hidden(at)]
        while waiting:
            cell = waiting[-1]
            if self._is_wide(cell):
                waiting.pop()
                continue
            more = self._best_cube(cell)
            if not more:
                return False
            for at in more:
                self.hidden[at[0]][at[1]][at[2]] = True
            waiting[:0] = more
        return True

    def _is_hidden(self, at: Cell) -> bool:
        return self.hidden[at[0]][at[1]][at[2]]

    def _count(self, at: Cell) -> int:
        return self.counts[at[0]][at[1]][at[2]]

    def _best_cube(self, cell: Cell) -> list[Cell]:
        """Return what to hide besides for a cube in which persons can move: few for many."""
        best: list[Cell] = []
        least = 0.0
        rows, firsts, seconds = (
            _others(alive, at) for alive, at in zip(self.alive, cell, strict=True)
        )
        for far in product(rows, firsts, seconds):
            even, odd = _corners(cell, far)
            moving = min(map(self._count, even)) + min(map(self._count, odd))
            more = [at for at in (*even, *odd) if not self._is_hidden(at)]
            if not moving or not more:
                continue
            cost = sum(1 + self._count(at) for at in more) / min(moving, self.k)
            if not best or cost < least:
                best, least = more, cost
        return best

    def _is_wide(self, cell: Cell) -> bool:
        """Say whether a hidden cell can move by `k` while nothing visible changes.

        Either within its slice, where the face in front of it is hidden as well; or with another
        slice that moves the other way round, which leaves every face as it is.
        """
        loose = self._is_loose(1, cell[1]) or self._is_loose(2, cell[2])
        if loose and self._count(cell) >= self.k:
            return True
        for axis, across, along, free in self._faces():
            arc = ("cell", cell[across], cell[along])
            if free[cell[across]][cell[along]] and self._slice(axis, cell[axis]).frees(arc, loose):
                return True
            for other in _others(self.alive[axis], cell[axis]):
                is_hidden = self._is_hidden(_cell(axis, other, cell[across], cell[along]))
                if is_hidden and self._pair(axis, cell[axis], other).frees(arc, loose):
                    return True
        return False

    def _faces(self) -> Iterator[tuple[int, int, int, Flags]]:
        """Yield each face with the axis it adds up along, and those of its lines and places."""
        yield 2, 0, 1, self.faces.first
        yield 1, 0, 2, self.faces.second
        yield 0, 1, 2, self.faces.sizes

    def _slice(self, axis: int, at: int) -> "_Slice":
        """Return what can move within one slice: cells behind a hidden face, hidden sums."""
        faces = self.faces
        free, across = (
            (faces.sizes, None)
            if axis == 0
            else (faces.second, faces.first)
            if axis == 1
            else (faces.first, faces.second)
        )
        lines, places = (self.alive[i] for i in range(3) if i != axis)

        def arc(line: int, place: int) -> tuple[int, bool, int]:
            return self._count(_cell(axis, at, line, place)), free[line][place], UNLIMITED

        def sum_is_free(row: int) -> bool:
            return across is not None and faces.rows[row] and across[row][at]

        return _Slice(lines, places, arc, sum_is_free, self.k)

    def _pair(self, axis: int, at: int, other: int) -> "_Slice":
        """Return what can move in one slice while another moves the other way round."""
        lines, places = (self.alive[i] for i in range(3) if i != axis)

        def arc(line: int, place: int) -> tuple[int, bool, int]:
            near, far = _cell(axis, at, line, place), _cell(axis, other, line, place)
            hidden = self._is_hidden(near) and self._is_hidden(far)
            return self._count(near), hidden, self._count(far)

        return _Slice(lines, places, arc, _never, self.k)

    def keeps_its_faces(self) -> bool:
        """Say whether hidden counts of the faces stay wide, whatever cells behind them are shown.

        Persons who move within one slice change the face in front of it where it is hidden, and
        nothing else; what they can do in all slices adds up.
        """
        for axis, across, along, free in self._faces():
            slices = [self._slice(axis, at) for at in self.alive[axis]]
            hidden = [
                ("cell", line, place)
                for line in self.alive[across]
                for place in self.alive[along]
                if free[line][place]
            ]
            for arc in hidden:
                loose = self._is_loose(across, arc[1]) or self._is_loose(along, arc[2])
                if sum(one.width(arc, loose) for one in slices) < self.k:
                    return False
        return all(self._row_is_wide(row) for row in self.alive[0] if self.faces.rows[row])

    def _row_is_wide(self, row: int) -> bool:
        """Say whether a hidden sum of a whole row stays wide in the slices of one of its faces."""
        return any(
            sum(self._slice(axis, at).width(("line", row, -1), False) for at in self.alive[axis])
            >= self.k
            for axis in (1, 2)
        )

    def _is_loose(self, axis: int, at: int) -> bool:
        return axis > 0 and (self.faces.loose_firsts, self.faces.loose_seconds)[axis - 1][at]


class _Slice:
    """The cells at one place of an axis, as a flow: lines, cells, places (see `bounds`)."""

    def __init__(
        self,
        lines: Sequence[int],
        places: Sequence[int],
        arc: Callable[[int, int], tuple[int, bool, int]],
        sum_is_free: Callable[[int], bool],
        k: int,
    ) -> None:
        """Take each cell as (count, whether it is free, by how much it can grow)."""
        self.k, self.arcs = k, dict[tuple[str, int, int], int]()
        made: list[Arc] = []
        cells = {(line, place): arc(line, place) for line in lines for place in places}
        last = 1 + len(lines) + len(places)
        for at, line in enumerate(lines):
            total = sum(cells[line, place][0] for place in places)
            self.arcs["line", line, -1] = len(made)
            made.append(Arc(0, 1 + at, total, sum_is_free(line)))
            for to, place in enumerate(places):
                self.arcs["cell", line, place] = len(made)
                made.append(Arc(1 + at, 1 + len(lines) + to, *cells[line, place]))
        for to, place in enumerate(places):
            total = sum(cells[line, place][0] for line in lines)
            made.append(Arc(1 + len(lines) + to, last, total))
        self.flow = Flow(last + 1, made)

    def frees(self, arc: tuple[str, int, int], loose: bool) -> bool:
        """Say whether one count can move by `k`."""
        return self.width(arc, loose) >= self.k

    def width(self, arc: tuple[str, int, int], loose: bool) -> int:
        """Return by how much one count can move, at most `k`; not at all where it is not free.

        A loose one can be nought anyway.
        """
        index = self.arcs[arc]
        if loose:
            rise = self.flow.rise(index, self.k) if self.flow.arcs[index].is_hidden else 0
            return min(self.flow.arcs[index].value + rise, self.k)
        return self.flow.width(index, self.k) if self.flow.arcs[index].is_hidden else 0


def _never(_at: int) -> bool:
    return False


def _cell(axis: int, at: int, line: int, place: int) -> Cell:
    """Return the cell of a slice by its line and place in it."""
    if axis == 2:
        return line, place, at
    return (line, at, place) if axis == 1 else (at, line, place)


def _others(alive: Sequence[int], at: int) -> list[int]:
    return [one for one in alive if one != at]


def _corners(near: Cell, far: Cell) -> tuple[list[Cell], list[Cell]]:
    """Return the corners of the cube between two cells that move with the first, and against it."""
    even: list[Cell] = []
    odd: list[Cell] = []
    for sides in product((0, 1), repeat=3):
        row, one, other = ((near, far)[side][axis] for axis, side in enumerate(sides))
        (odd if sum(sides) % 2 else even).append((row, one, other))
    return even, odd
