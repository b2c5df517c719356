"""Means and medians with intervals, and how far two groups or two rounds are apart."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from engage.results.distributions import t_quantile
from engage.results.statistics import Interval, share, wilson

#: Two-sided 95 %.
_BELOW = 0.975


@dataclass(frozen=True)
class Sample:
    """What is needed of the numbers of a group to compare it: how many, their mean and spread."""

    persons: int
    mean: float
    #: With persons - 1 below the line.
    variance: float


@dataclass(frozen=True)
class Difference:
    """The second of two less the first, and what it may well be, given chance."""

    value: float
    interval: Interval

    @property
    def is_clear(self) -> bool:
        """Say whether chance alone hardly explains it: the interval leaves out nought."""
        return self.interval.low > 0 or self.interval.high < 0


def sample(values: Sequence[float], counts: Sequence[int]) -> Sample | None:
    """Return mean and variance of values given so many times; None of fewer than two persons."""
    persons = sum(counts)
    if persons < 2:
        return None
    pairs = list(zip(values, counts, strict=True))
    mean = sum(value * count for value, count in pairs) / persons
    squares = sum(count * (value - mean) ** 2 for value, count in pairs)
    return Sample(persons, mean, squares / (persons - 1))


def mean_interval(of: Sample) -> Interval:
    """Return the interval of a mean: Student's t.

    Student (1908), “The probable error of a mean”, Biometrika 6, 1–25.
    """
    half = t_quantile(_BELOW, of.persons - 1) * math.sqrt(of.variance / of.persons)
    return Interval(of.mean - half, of.mean + half)


def median_interval(values: Sequence[float], counts: Sequence[int]) -> Interval | None:
    """Return the interval of a median, between two of the ordered values; None of too few.

    It asks nothing of how the values are spread: the number of persons below the median is
    binomial (Conover, W. J. (1999), “Practical Nonparametric Statistics”, 3rd ed., section 3.2).
    Values come in order. Fewer than six persons leave no such interval of 95 %.
    """
    persons = sum(counts)
    beyond = _ordinals_beyond(persons)
    if beyond == 0:
        return None
    return Interval(
        _at(values, counts, beyond - 1),
        _at(values, counts, persons - beyond),
    )


def _ordinals_beyond(persons: int) -> int:
    """Return how many values at each end may be left out, at most 2.5 % likely at each."""
    below, beyond = 0.0, 0
    for at in range(persons // 2 + 1):
        below += math.exp(
            math.lgamma(persons + 1)
            - math.lgamma(at + 1)
            - math.lgamma(persons - at + 1)
            - persons * math.log(2)
        )
        if below > 1 - _BELOW:
            break
        beyond = at + 1
    return beyond


def _at(values: Sequence[float], counts: Sequence[int], place: int) -> float:
    seen = 0
    for value, count in zip(values, counts, strict=True):
        seen += count
        if place < seen:
            return value
    raise ValueError(f"there is no value in place {place} of {seen}")


def difference_of_shares(first: tuple[int, int], second: tuple[int, int]) -> Difference | None:
    """Return the second share less the first, each as (persons, base); None without a base.

    The hybrid score interval: Newcombe, R. G. (1998), “Interval estimation for the difference
    between independent proportions”, Statistics in Medicine 17, 873–890, method 10.
    """
    if not first[1] or not second[1]:
        return None
    one, other = share(*first), share(*second)
    of_one, of_other = wilson(*first), wilson(*second)
    value = other - one
    low = value - math.hypot(other - of_other.low, of_one.high - one)
    high = value + math.hypot(of_other.high - other, one - of_one.low)
    return Difference(value, Interval(low, high))


def difference_of_means(first: Sample, second: Sample) -> Difference:
    """Return the second mean less the first, for groups that may be spread unlike each other.

    Welch, B. L. (1947), “The generalization of ‘Student's’ problem when several different
    population variances are involved”, Biometrika 34, 28–35.
    """
    value = second.mean - first.mean
    parts = [one.variance / one.persons for one in (first, second)]
    if sum(parts) == 0:
        return Difference(value, Interval(value, value))
    below = sum(
        part**2 / (one.persons - 1) for part, one in zip(parts, (first, second), strict=True)
    )
    half = t_quantile(_BELOW, sum(parts) ** 2 / below) * math.sqrt(sum(parts))
    return Difference(value, Interval(value - half, value + half))
