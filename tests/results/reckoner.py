"""An attacker who has every table that was published of one round, and a linear program."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from scipy.optimize import linprog

#: Somebody is in a row (an answer) and, for each background question, in one of its groups.
Cell = tuple[int, ...]
#: What figures can be about: cells of a table, with None for "all together".
About = tuple[int | None, ...]


@dataclass
class Attacker:
    """Knows how many rows and groups there are, and learns from what is published.

    `counts` are the persons in each cell of the full table, which is what he is after.
    """

    shape: tuple[int, ...]
    counts: dict[Cell, int]
    low: dict[About, int] = field(default_factory=dict)
    high: dict[About, int] = field(default_factory=dict)
    #: Sums of so much for each person of a cell, none of which is above 0.
    sums: list[dict[Cell, float]] = field(default_factory=list)

    def truth(self, about: About) -> int:
        """Return how many persons something is about."""
        return sum(self.counts[cell] for cell in self._cells(about))

    def reads(self, about: About, less: int = 0, more: int = 0) -> None:
        """Learn a figure: exactly, or rounded so that it may be that much less or more."""
        true = self.truth(about)
        self.low[about] = max(self.low.get(about, 0), true - less)
        self.high[about] = min(self.high.get(about, 1 << 30), true + more)

    def reads_sum(self, parts: Iterable[About]) -> None:
        """Learn how many persons several figures are about together."""
        self.reads(tuple(parts))

    def reads_share(self, row: int, weights: Mapping[Cell, float], low: float, high: float) -> None:
        """Learn that a weighted share lies between two others; weights go by groups."""
        for side, share in ((-1, low), (1, high)):
            self.sums.append(
                {
                    cell: side * weights[cell[1:]] * ((cell[0] == row) - share)
                    for cell in self._cells((None,) * len(self.shape))
                }
            )

    def bounds(self, wanted: Iterable[About]) -> dict[About, tuple[float, float]]:
        """Return between which numbers each figure must lie, given all that was read."""
        cells = list(product(*map(range, self.shape)))
        place = {cell: at for at, cell in enumerate(cells)}
        lines = [self._line(about, place) for about in self.low]
        sums = [[one[cell] for cell in cells] for one in self.sums]
        matrix = np.array([*lines, *(-line for line in lines), *sums])
        lows = [-low for low in self.low.values()]
        limits = np.array([*self.high.values(), *lows, *(0 for _ in sums)])
        found = {}
        for about in wanted:
            line = self._line(about, place)
            ends = [linprog(sign * line, A_ub=matrix, b_ub=limits).fun for sign in (1, -1)]
            found[about] = (round(ends[0], 6), round(-ends[1], 6))
        return found

    def _cells(self, about: About) -> Iterable[Cell]:
        if isinstance(about[0], tuple):
            return [cell for one in about for cell in self._cells(one)]
        ranges = [
            range(n) if at is None else (at,) for at, n in zip(about, self.shape, strict=True)
        ]
        return product(*ranges)

    def _line(self, about: About, place: dict[Cell, int]) -> np.ndarray:
        line = np.zeros(len(place))
        for cell in self._cells(about):
            line[place[cell]] = 1
        return line
