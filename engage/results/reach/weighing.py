"""Weights of the answers of a round to the population figures, and what may be told of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from engage.results.disclosure import Policy, Total, disclose
from engage.results.filters import Grouping, groupings, variables
from engage.results.reach.gaps import GroupReach, group_reach
from engage.results.table.asking import Asking
from engage.results.table.engine import name, select
from engage.results.table.store import ResponseTable
from engage.results.weights import Cell, Margin, Problem, Weights, cost_of, rake
from engage.results.wording import Reader

#: Background question → answer → people.
People = Mapping[str, Mapping[str, int]]
Reached = list[tuple[Grouping, list[GroupReach]]]


@dataclass(frozen=True)
class WeightReport:
    """As much of a weighting as may be read: numbers of answers in steps of five."""

    questions: tuple[str, ...]
    answers: int | None = None
    effective: int | None = None
    design_effect: float = 1.0
    #: About how many answers had their weight cut.
    trimmed: int = 0
    #: The furthest any group stays from its share of the residents, in percentage points.
    furthest: float = 0.0
    rounds: int = 0
    #: Questions and groups with too few answers to be weighted.
    too_few: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_met(self) -> bool:
        """Say whether there are weights."""
        return self.effective is not None


@dataclass(frozen=True)
class Weighing:
    """Weights by the answers to the questions of the report; none where they cannot be met."""

    report: WeightReport
    by_cell: Mapping[Cell, float] = field(default_factory=dict)


def reached_groups(
    table: ResponseTable,
    engine: duckdb.DuckDBPyConnection,
    people: People,
    policy: Policy,
    reader: Reader,
    closed_areas: frozenset[str] = frozenset(),
) -> Reached:
    """Return each question with figures, and what is shown of its groups beside the population."""
    asked = [one for one in variables(table.layout, reader) if one.column in people]
    answers = Asking(table, engine).answers([one.tally for one in asked])
    found = (
        (one, group_reach(one.sizes, people[one.variable.column], policy))
        for one in groupings(asked, answers, policy, reader, closed_areas=closed_areas)
    )
    return [(grouping, reached) for grouping, reached in found if reached is not None]


def weighing_of(
    table: ResponseTable,
    engine: duckdb.DuckDBPyConnection,
    people: People,
    reached: Reached,
    policy: Policy,
) -> Weighing | None:
    """Return the weights of the answers; None where no question with figures shows anything.

    A group that is not shown cannot be weighted either: whether it is small or empty is not told,
    and a few answers would count for many. Whether answers outnumber people is judged by what is
    shown too, so that figures put in on purpose do not find out the exact number.
    """
    if not reached:
        return None
    questions = tuple(grouping.variable.column for grouping, _groups in reached)
    groups = [
        (question, one)
        for question, (_grouping, mine) in zip(questions, reached, strict=True)
        for one in mine
    ]
    few = tuple((question, one.group) for question, one in groups if one.is_hidden)
    if few:
        return Weighing(WeightReport(questions, too_few=few))
    outnumbered = tuple(
        Problem("small_population", question, one.group)
        for question, one in groups
        if one.note == "too_many"
    )
    if outnumbered:
        return Weighing(WeightReport(questions, problems=outnumbered))
    cells = _cells(table, engine, questions)
    margins = [Margin(question, people[question]) for question in questions]
    raked = rake(cells, [_larger(margin, table.answers) for margin in margins])
    report = _told(questions, cells, raked, policy)
    return Weighing(report, raked.by_cell if report.is_met else {})


def _told(
    questions: tuple[str, ...], cells: Mapping[Cell, int], raked: Weights, policy: Policy
) -> WeightReport:
    """Return what may be told of weights, or what kept them from meeting the figures."""
    if not raked.is_met:
        problems = tuple(one for one in raked.problems if one.kind != "unknown")
        return WeightReport(questions, rounds=raked.rounds, problems=problems)
    cost = cost_of(cells, raked.by_cell)
    answers: int | None = disclose(Total(cost.persons), policy)
    effective: int | None = disclose(Total(int(cost.effective)), policy)
    return WeightReport(
        questions,
        answers,
        effective,
        round(answers / effective, 1) if answers and effective else 1.0,
        policy.about(raked.trimmed),
        round(100 * raked.furthest),
        raked.rounds,
    )


def _larger(margin: Margin, answers: int) -> Margin:
    """Return figures with the same shares that no number of answers exceeds."""
    people = {group: count * (answers + 1) for group, count in margin.people.items()}
    return Margin(margin.question, people)


def _cells(
    table: ResponseTable, engine: duckdb.DuckDBPyConnection, questions: Sequence[str]
) -> dict[Cell, int]:
    """Return persons by their answers to all the questions together; never shown."""
    columns = ", ".join(map(name, questions))
    statement = select(f"{columns}, count(*)", table.source(), more=f"GROUP BY {columns}")
    found: dict[Cell, int] = {}
    for *values, persons in engine.execute(statement).fetchall():
        cell = tuple(value or None for value in values)
        found[cell] = found.get(cell, 0) + persons
    return found
