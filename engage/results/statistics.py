"""Statistics of counts: pure functions, each with its source."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

#: Two-sided 95 %: the quantile of the normal distribution at 0.975.
Z = 1.959963984540054


@dataclass(frozen=True)
class Interval:
    """What a figure may well be, given chance."""

    low: float
    high: float


def share(count: int, base: int) -> float:
    """Return the share of persons, 0 where there are none."""
    return count / base if base else 0.0


def wilson(count: int, base: int, z: float = Z) -> Interval:
    """Return the score interval of a share.

    Wilson, E. B. (1927), “Probable inference, the law of succession, and statistical inference”,
    J. Am. Stat. Assoc. 22, 209–212. Unlike p ± z·s it stays within 0 and 1 and holds for small n.
    """
    if base == 0:
        return Interval(0.0, 1.0)
    p, zz = count / base, z * z
    middle = (p + zz / (2 * base)) / (1 + zz / base)
    half = z / (1 + zz / base) * math.sqrt(p * (1 - p) / base + zz / (4 * base * base))
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def weighted_mean(values: Sequence[float], counts: Sequence[int]) -> float | None:
    """Return the mean of values that were given so many times, None where none was."""
    total = sum(counts)
    if not total:
        return None
    return sum(value * count for value, count in zip(values, counts, strict=True)) / total


def median_place(counts: Sequence[int]) -> int | None:
    """Return the place of the middle answer on an ordered scale: the lower one of two.

    The median of ordered categories needs no distances between them (Agresti, A. (2010),
    “Analysis of Ordinal Categorical Data”, 2nd ed., section 2.1).
    """
    total = sum(counts)
    seen = 0
    for place, count in enumerate(counts):
        seen += count
        if count and 2 * seen >= total:
            return place
    return None


def average_places(positions: Sequence[Sequence[int]], places: int) -> list[float | None]:
    """Return the average place of each thing ranked; `positions[thing][place]` are counts.

    Persons who ranked only their first few count for the rest with the middle of the places left
    over, so that a thing few persons name does not come first: the convention for partial rankings
    in Marden, J. I. (1995), “Analyzing and Modeling Rank Data”, chapter 11. `places` is how many
    things there are to rank; a row holds one more count than it has places: of those left out.
    """
    averages: list[float | None] = []
    for counts in positions:
        *ranked, unranked = counts
        values = [*range(1, len(ranked) + 1), (len(ranked) + 1 + places) / 2]
        averages.append(weighted_mean(values, [*ranked, unranked]))
    return averages


@dataclass(frozen=True)
class Gap:
    """How much a need matters beside how well it is met, both as means on the scale's steps."""

    importance: float
    met: float

    @property
    def gap(self) -> float:
        """Return how far what is offered falls behind what matters."""
        return self.importance - self.met


def gap(importance: Sequence[int], met: Sequence[int]) -> Gap | None:
    """Return the gap of one need from counts per step, for persons who answered both.

    Importance–performance analysis: Martilla, J. A. & James, J. C. (1977), “Importance-performance
    analysis”, Journal of Marketing 41(1), 77–79.
    """
    steps = range(1, max(len(importance), len(met)) + 1)
    mean_importance = weighted_mean(list(steps)[: len(importance)], importance)
    mean_met = weighted_mean(list(steps)[: len(met)], met)
    if mean_importance is None or mean_met is None:
        return None
    return Gap(mean_importance, mean_met)


def class_edges(low: float, high: float, whole: bool, most: int = 8) -> list[float]:
    """Return round borders of classes for a histogram from `low` to `high`, both included.

    Steps are 1, 2 or 5 times a power of ten, as few as keep within `most` classes.
    """
    span = max(high - low, 1.0 if whole else 1e-9)
    step = 10.0 ** math.floor(math.log10(span / most))
    factor = next(f for f in (1, 2, 5, 10, 20) if span / (step * f) <= most - 1)
    step = max(step * factor, 1.0) if whole else step * factor
    first = math.floor(low / step) * step
    edges = [first]
    while edges[-1] <= high:
        edges.append(round(first + len(edges) * step, 10))
    return edges
