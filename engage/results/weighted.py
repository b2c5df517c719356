"""Weighted shares: each answer counts by its weight, told so coarsely that nothing hidden shows.

They stand beside the shares of everybody, for questions of one or of several choices.
"""

import hmac
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb

from engage.i18n import formats
from engage.i18n.gettext import gettext as _
from engage.i18n.gettext import ngettext
from engage.results.disclosure import Policy, Shown
from engage.results.filters import Variable
from engage.results.ladder import JOINED
from engage.results.reach.weighing import People, Weighing, reached_groups, weighing_of
from engage.results.table.asking import Asking, Flags, Request, Tally
from engage.results.table.engine import literal, name, select
from engage.results.table.store import ResponseTable
from engage.results.weights import Cell
from engage.results.wording import Reader, listed

#: Percentage points that weighted shares go in, the finest first.
STEPS = (1, 2, 5)
#: Value of a row that holds all answers without one of their own; no choice can have it.
REST = "~rest"


@dataclass(frozen=True)
class Weighting:
    """What answers are weighted by: how many people live here, and what roundings are drawn by."""

    people: People
    #: Known to nobody who reads, and always the same for a round.
    secret: bytes


@dataclass(frozen=True)
class WeightedShares:
    """The weighted shares of a question, row by row, in percent; none at all where it is empty."""

    percents: tuple[int | None, ...] = ()
    step: int = 1


NOT_WEIGHTED = WeightedShares()


def room_of(k: int, spread: float, base: float) -> float:
    """Return by how many percentage points k persons may move the weighted share of any row.

    `spread` is the largest weight less the smallest, `base` the sum of the weights of all who
    answered. Any change of hidden counts that leaves every visible count as it is consists of
    circles (Cox 1995, as in `bounds`), each of which takes one person out of a cell of a row and
    puts one in: it moves the weighted sum of the row by at most the spread.
    """
    return 100 * k * spread / base


def step_of(room: float) -> int | None:
    """Return the finest step that leaves a share this room on both sides, None if none does."""
    return next((step for step in STEPS if step >= 2 * room), None)


def rounded(percent: float, step: int, room: float, draw: float) -> int:
    """Return a share rounded down or up to a multiple of `step`, by chance: `draw` is in [0, 1).

    It goes up the more often the nearer the upper multiple is, so that it is right on average
    (Nargundkar, M. S. & Saveland, W. (1972), “Random rounding to prevent statistical disclosures”),
    but never to a multiple that leaves less than `room` on either side. Who reads it knows the
    share to a step up or down, and k persons can move within that unseen. Rounding to the nearest
    would not do, however coarse: a share at the very edge of what becomes a number has no room
    beyond it. Where weights are all the same, nothing can be worked out and nothing is drawn.
    """
    below = math.floor(percent / step) * step
    over = percent - below
    if room == 0:
        draw = 0.5
    if over < room or (over <= step - room and over <= draw * step):
        return below
    return below + step


@dataclass(frozen=True)
class WeightedTallies:
    """Sums of weights by request and value, and what decides how they are rounded."""

    weighing: Weighing | None = None
    k: int = 0
    secret: bytes = b""
    sums: Mapping[Request, Mapping[Any, float]] = field(default_factory=dict)

    @property
    def spread(self) -> float:
        """Return the largest weight less the smallest."""
        weights = self.weighing.by_cell.values() if self.weighing else ()
        return max(weights, default=0.0) - min(weights, default=0.0)

    def step(self, persons: float) -> int | None:
        """Return the finest step there can be for so many answers."""
        return step_of(room_of(self.k, self.spread, persons))

    def shares(
        self, request: Request, rows: Sequence[str], figures: Sequence[tuple[Shown, ...]]
    ) -> WeightedShares:
        """Return the weighted shares of rows; `figures` are everybody's shares as they are shown.

        A row that is hidden, or told without a percentage, has no weighted share either.
        """
        if request not in self.sums:
            return NOT_WEIGHTED
        sums = dict(self.sums[request])
        without = sums.pop(None, 0.0)
        base = without if isinstance(request, Flags) else sum(sums.values())
        told = [row for row, (one,) in zip(rows, figures, strict=True) if one.percent is not None]
        if not base or not told:
            return NOT_WEIGHTED
        for row in rows:
            if JOINED in row:
                sums[row] = sum(sums.get(one, 0.0) for one in row.split(JOINED))
        if REST in rows:
            sums[REST] = base - sum(sums.get(row, 0.0) for row in rows)
        parts = {row: min(max(sums.get(row, 0.0) / base, 0.0), 1.0) for row in told}
        room = room_of(self.k, self.spread, base)
        step = step_of(room)
        if step is None:
            return NOT_WEIGHTED
        percents = {
            row: rounded(100 * part, step, room, self._draw(request, row))
            for row, part in parts.items()
        }
        return WeightedShares(tuple(map(percents.get, rows)), step)

    def _draw(self, request: Request, row: str) -> float:
        """Return a number in [0, 1) that is the same each time: averages of many would tell."""
        told = "\0".join((*getattr(request, "columns", ()), row))
        digest = hmac.digest(self.secret, told.encode(), "sha256")
        return int.from_bytes(digest[:6]) / (1 << 48)


NO_TALLIES = WeightedTallies()


class WeightedAsking(Asking):
    """Asks a table for sums of weights where others ask for numbers of persons."""

    everybody = "sum(weight)"
    some_of_them = "sum(weight) FILTER (WHERE {})"
    counted_by = ("weight",)

    def __init__(
        self, table: ResponseTable, engine: duckdb.DuckDBPyConnection, weighing: Weighing
    ) -> None:
        super().__init__(table, engine)
        self.weighing = weighing

    def _source(self, key: str) -> str:
        return weighted_source(self.table, self.weighing)


def weighted_source(table: ResponseTable, weighing: Weighing) -> str:
    """Return the answers as something to select from, with a column `weight` more."""
    questions = weighing.report.questions
    names = [f"_q{at}" for at in range(len(questions))]
    rows = ", ".join(_row(cell, weight) for cell, weight in weighing.by_cell.items())
    same = " AND ".join(
        f"coalesce({name(question)}, '') = {own}"
        for question, own in zip(questions, names, strict=True)
    )
    weights = f"(VALUES {rows}) AS _weights({', '.join(names)}, weight)"
    return f"({select('*', f'{table.source()} JOIN {weights} ON {same}')})"


def _row(cell: Cell, weight: float) -> str:
    return f"({', '.join([*(literal(value or '') for value in cell), f'{weight!r}::DOUBLE'])})"


def weighted_tallies(
    everybody: Asking,
    requests: Sequence[Request],
    weighting: Weighting | None,
    policy: Policy,
    reader: Reader,
    closed_areas: frozenset[str] = frozenset(),
) -> WeightedTallies:
    """Return the sums of weights for requests; entries of repeats are not weighted."""
    if weighting is None:
        return NO_TALLIES
    table, engine = everybody.table, everybody.engine
    reached = reached_groups(table, engine, weighting.people, policy, reader, closed_areas)
    weighing = weighing_of(table, engine, weighting.people, reached, policy)
    if weighing is None or not weighing.by_cell:
        return NO_TALLIES
    wanted = [one for one in requests if isinstance(one, Tally | Flags) and not one.table]
    answers = WeightedAsking(table, engine, weighing).answers(wanted)
    sums = {
        request: {value: float(weight or 0) for value, weight in values.items()}
        for request, by_group in answers.tallies.items()
        for values in by_group.values()
    }
    return WeightedTallies(weighing, policy.k, weighting.secret, sums)


def weighting_words(weighted: WeightedTallies, persons: int, known: Sequence[Variable]) -> str:
    """Return what the weights are made of and what they cost, "" where there are none."""
    if weighted.weighing is None:
        return ""
    report = weighted.weighing.report
    questions = listed(one.label.text for one in known if one.column in report.questions)
    if weighted.step(persons) is None:
        return _(
            "The answers are too few for weighted shares. There are population figures for:"
            " %(questions)s",
            questions=questions,
        )
    return ngettext(
        "There are weighted shares. The design effect is %(effect)s, so that the answers are worth"
        " about %(num)s equal one. The population figures are for: %(questions)s",
        "There are weighted shares. The design effect is %(effect)s, so that the answers are worth"
        " about %(num)s equal ones. The population figures are for: %(questions)s",
        report.effective or 0,
        questions=questions,
        effect=formats.number(report.design_effect, 1),
    )
