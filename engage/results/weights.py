"""Weights by raking to the margins of the population, and what they cost in certainty."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

#: Answers to the questions of the margins, in their order; None where somebody gave none.
Cell = tuple[str | None, ...]
#: Why weights cannot meet the margins.
ProblemKind = Literal["empty", "unknown", "small_population", "not_converging", "nobody"]
_MOST_ROUNDS = 200
#: Shares of the weighted answers are as good as the population's when they differ by less.
_CLOSE = 1e-7
#: How many times more than the average an answer may weigh, and how many times less.
MOST, LEAST = 5.0, 0.2


@dataclass(frozen=True)
class Margin:
    """How many people of each group there are, by a question of which all know the answer."""

    question: str
    people: Mapping[str, int]


@dataclass(frozen=True)
class Problem:
    """Why the margins cannot be met, with the question and the group it is about."""

    kind: ProblemKind
    question: str = ""
    group: str = ""


@dataclass(frozen=True)
class Weights:
    """A weight for each cell, 1 on average, with the report of how it came about."""

    by_cell: Mapping[Cell, float]
    persons: int
    rounds: int
    #: The furthest any group's weighted share is from the population's, after trimming too.
    furthest: float
    #: Persons whose weight was cut.
    trimmed: int
    problems: tuple[Problem, ...] = ()

    @property
    def is_met(self) -> bool:
        """Say whether the margins are met; answers they have no number for are no hindrance."""
        return not _hindering(self.problems)


@dataclass(frozen=True)
class Cost:
    """What unequal weights cost: `persons` answers are as certain as `effective` equal ones."""

    persons: int
    effective: float
    design_effect: float


def rake(cells: Mapping[Cell, int], margins: Sequence[Margin], trim: bool = True) -> Weights:
    """Return weights under which the answers have the margins of the population.

    Iterative proportional fitting: Deming, W. E. & Stephan, F. F. (1940), “On a least squares
    adjustment of a sampled frequency table when the expected marginal totals are known”, Annals of
    Mathematical Statistics 11, 427–444. Somebody who gave no answer to a question, or one that the
    margins have no number for, keeps the weight the other questions give. Where margins cannot be
    met, all weigh 1 and the problems say why.
    """
    persons = sum(cells.values())
    problems = problems_of(cells, margins)
    equal = dict.fromkeys(cells, 1.0)
    if _hindering(problems):
        return Weights(equal, persons, 0, _furthest(cells, equal, margins), 0, problems)
    weights, rounds = _fitted(cells, equal, margins)
    if _furthest(cells, weights, margins) > _CLOSE:
        stuck = (*problems, Problem("not_converging"))
        return Weights(equal, persons, rounds, _furthest(cells, equal, margins), 0, stuck)
    trimmed = 0
    if trim:
        weights, trimmed = _trimmed(cells, weights)
    furthest = _furthest(cells, weights, margins)
    return Weights(weights, persons, rounds, furthest, trimmed, problems)


def problems_of(cells: Mapping[Cell, int], margins: Sequence[Margin]) -> tuple[Problem, ...]:
    """Return what can be said before any weight is worked out; “unknown” alone hinders nothing."""
    if not sum(cells.values()) or not margins:
        return (Problem("nobody"),)
    found = []
    for at, margin in enumerate(margins):
        seen = _persons_by_group(cells, at)
        for group, people in margin.people.items():
            if people and not seen.get(group):
                found.append(Problem("empty", margin.question, group))
            elif seen.get(group, 0) > people:
                found.append(Problem("small_population", margin.question, group))
        strange = sorted(group for group in seen if group and group not in margin.people)
        found += [Problem("unknown", margin.question, group) for group in strange]
    return tuple(found)


def _hindering(problems: Sequence[Problem]) -> list[Problem]:
    return [one for one in problems if one.kind != "unknown"]


def cost_of(cells: Mapping[Cell, int], weights: Mapping[Cell, float]) -> Cost:
    """Return the design effect of weighting and the effective number of answers.

    Kish, L. (1965), “Survey Sampling”, section 11.7: n · Σw² / (Σw)².
    """
    persons = sum(cells.values())
    total = sum(count * weights[cell] for cell, count in cells.items())
    squares = sum(count * weights[cell] ** 2 for cell, count in cells.items())
    if not total:
        return Cost(persons, 0.0, 1.0)
    effect = persons * squares / total**2
    return Cost(persons, persons / effect, effect)


def weighted_share(
    chosen: Mapping[Cell, int], base: Mapping[Cell, int], weights: Mapping[Cell, float]
) -> float:
    """Return the weighted share of those in `base` who are in `chosen` too."""
    below = sum(count * weights[cell] for cell, count in base.items())
    return sum(count * weights[cell] for cell, count in chosen.items()) / below if below else 0.0


def _persons_by_group(cells: Mapping[Cell, int], at: int) -> dict[str | None, int]:
    found: dict[str | None, int] = defaultdict(int)
    for cell, count in cells.items():
        found[cell[at]] += count
    return found


def _fitted(
    cells: Mapping[Cell, int], start: Mapping[Cell, float], margins: Sequence[Margin]
) -> tuple[dict[Cell, float], int]:
    weights, rounds = dict(start), 0
    while rounds < _MOST_ROUNDS:
        rounds += 1
        for at, margin in enumerate(margins):
            factors = _factors(cells, weights, at, margin)
            weights = {cell: w * factors.get(cell[at], 1.0) for cell, w in weights.items()}
        if _furthest(cells, weights, margins) <= _CLOSE:
            break
    total = sum(count * weights[cell] for cell, count in cells.items())
    average = total / sum(cells.values())
    return {cell: weight / average for cell, weight in weights.items()}, rounds


def _factors(
    cells: Mapping[Cell, int], weights: Mapping[Cell, float], at: int, margin: Margin
) -> dict[str | None, float]:
    """Return by how much each group of one question has to weigh more."""
    now = _weighted(cells, weights, at, margin)
    known, people = sum(now.values()), sum(margin.people.values())
    return {
        group: margin.people[group] / people * known / weight
        for group, weight in now.items()
        if weight and people
    }


def _weighted(
    cells: Mapping[Cell, int], weights: Mapping[Cell, float], at: int, margin: Margin
) -> dict[str, float]:
    found: dict[str, float] = dict.fromkeys(margin.people, 0.0)
    for cell, count in cells.items():
        group = cell[at]
        if group in found and group is not None:
            found[group] += count * weights[cell]
    return found


def _furthest(
    cells: Mapping[Cell, int], weights: Mapping[Cell, float], margins: Sequence[Margin]
) -> float:
    furthest = 0.0
    for at, margin in enumerate(margins):
        now = _weighted(cells, weights, at, margin)
        known, people = sum(now.values()), sum(margin.people.values())
        for group, weight in now.items():
            if known and people:
                furthest = max(furthest, abs(weight / known - margin.people[group] / people))
    return furthest


def _trimmed(
    cells: Mapping[Cell, int], weights: Mapping[Cell, float]
) -> tuple[dict[Cell, float], int]:
    """Cut weights to between a fifth and five times the average, and make 1 the average again.

    Potter, F. J. (1990), “A study of procedures to identify and trim extreme sampling weights”,
    Proceedings of the Survey Research Methods Section, ASA, 225–230. What is cut off is spread
    over those who have room for it; the margins are then met less closely, as `furthest` says.
    """
    persons = sum(cells.values())
    cut = {cell: min(max(weight, LEAST), MOST) for cell, weight in weights.items()}
    for _step in range(_MOST_ROUNDS):
        total = sum(count * cut[cell] for cell, count in cells.items())
        if math.isclose(total, persons, rel_tol=1e-12):
            break
        free = [cell for cell, w in cut.items() if (w < MOST if total < persons else w > LEAST)]
        factor = 1 + (persons - total) / sum(cells[cell] * cut[cell] for cell in free)
        cut |= {cell: min(max(cut[cell] * factor, LEAST), MOST) for cell in free}
    trimmed = sum(cells[cell] for cell, weight in weights.items() if not LEAST <= weight <= MOST)
    return cut, trimmed
