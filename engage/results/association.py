"""Whether two questions hang together: chi-square of a cross-table, and how strongly."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from engage.results.distributions import chi_square_tail

#: At most this part of the cells may expect fewer than five persons, and none fewer than one.
_FEW_CELLS = 0.2


@dataclass(frozen=True)
class Association:
    """What a cross-table says of two questions; `p` is not to be told unless it can be trusted."""

    persons: int
    chi_square: float
    freedom: int
    p: float
    #: 0 is none, 1 is complete.
    strength: float
    least_expected: float
    is_trusted: bool


def association(counts: Sequence[Sequence[int]]) -> Association | None:
    """Return how two questions hang together, from persons by answer to one and to the other.

    Pearson's chi-square without continuity correction (Agresti, A. (2013), “Categorical Data
    Analysis”, 3rd ed., section 3.2), on rows and columns that anybody is in; None where fewer than
    two of either are left. Whether it can be trusted: Cochran, W. G. (1954), “Some methods for
    strengthening the common χ² tests”, Biometrics 10, 417–451: no cell expects fewer than one
    person, and at most a fifth of them fewer than five.
    """
    rows = [list(line) for line in counts if sum(line)]
    columns = [column for column in zip(*rows, strict=True) if sum(column)]
    if len(rows) < 2 or len(columns) < 2:
        return None
    persons = sum(map(sum, rows))
    expected = [
        [sum(line) * sum(column) / persons for column in columns]
        for line in zip(*columns, strict=True)
    ]
    chi_square = sum(
        (seen - awaited) ** 2 / awaited
        for line, awaited_line in zip(zip(*columns, strict=True), expected, strict=True)
        for seen, awaited in zip(line, awaited_line, strict=True)
    )
    freedom = (len(rows) - 1) * (len(columns) - 1)
    cells = [cell for line in expected for cell in line]
    few = sum(cell < 5 for cell in cells) / len(cells)
    return Association(
        persons,
        chi_square,
        freedom,
        chi_square_tail(chi_square, freedom),
        _strength(chi_square, persons, len(rows), len(columns)),
        min(cells),
        min(cells) >= 1 and few <= _FEW_CELLS,
    )


def _strength(chi_square: float, persons: int, rows: int, columns: int) -> float:
    """Return Cramér's V without its upward bias in small samples.

    Bergsma, W. (2013), “A bias-correction for Cramér's V and Tschuprow's T”, Journal of the Korean
    Statistical Society 42, 323–328.
    """
    less = persons - 1
    left = max(0.0, chi_square / persons - (rows - 1) * (columns - 1) / less)
    least = min(rows - (rows - 1) ** 2 / less, columns - (columns - 1) ** 2 / less) - 1
    return math.sqrt(left / least) if least > 0 else 0.0
