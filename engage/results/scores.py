"""Scores of rankings, and the gap of each need with its interval."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engage.results.comparing import mean_interval, sample
from engage.results.statistics import Interval, average_places, share


@dataclass(frozen=True)
class RankScore:
    """How one thing was ranked by everybody."""

    mean_place: float
    #: Points for each thing it was put before, as a share of all it could have: 1 is always first.
    points: float
    first: float


def rank_scores(positions: Sequence[Sequence[int]], places: int) -> list[RankScore] | None:
    """Return the score of each thing ranked; None where nobody ranked any or there is but one.

    `positions` are as in `average_places`: counts by place, then of those who left the thing out,
    who share the places left over. Points are Borda's, as a share of the most there can be: de
    Borda, J.-C. (1784), “Mémoire sur les élections au scrutin”, Histoire de l'Académie Royale des
    Sciences for 1781, 657–665; for partial rankings the same middle place as in Marden (1995),
    chapter 11.
    """
    averages = average_places(positions, places)
    if places < 2:
        return None
    found = []
    for counts, place in zip(positions, averages, strict=True):
        if place is None:
            return None
        first = share(counts[0], sum(counts))
        found.append(RankScore(place, (places - place) / (places - 1), first))
    return found


@dataclass(frozen=True)
class PairedGap:
    """How far what is offered falls behind what matters, person by person."""

    persons: int
    value: float
    interval: Interval


def paired_gap(pairs: Mapping[tuple[int, int], int]) -> PairedGap | None:
    """Return the mean of importance less how well it is met, from persons by both steps.

    The same persons answer both, so the interval is that of the mean of their own differences
    (Student's t for pairs: Student (1908), Biometrika 6, 1–25). None of fewer than two persons.
    """
    ordered = sorted(pairs.items())
    gaps = [float(importance - met) for (importance, met), _persons in ordered]
    found = sample(gaps, [persons for _pair, persons in ordered])
    if found is None:
        return None
    return PairedGap(found.persons, found.mean, mean_interval(found))
