"""What a benchmark reports: a ratio or a size against what it has to reach."""

from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """One line of docs/performance.md; `reached` says whether the measured keeps the limit."""

    row: str
    what: str
    measured: str
    to_reach: str
    reached: bool


def interleaved(rounds: int, *measurements: object) -> list[float]:
    """Run the measurements in turn, several rounds, and return the median of each."""
    taken: list[list[float]] = [[] for _ in measurements]
    for _ in range(rounds):
        for values, measure in zip(taken, measurements, strict=True):
            values.append(measure())
    return [median(values) for values in taken]
