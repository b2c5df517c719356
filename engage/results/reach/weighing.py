"""What weighting the answers of a round to the population figures would come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from engage.results.disclosure import Policy, Total, disclose
from engage.results.reach.gaps import GroupReach
from engage.results.table.engine import name, select
from engage.results.table.store import ResponseTable
from engage.results.weights import Cell, Margin, Problem, Weights, cost_of, rake


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


def weight_report(
    table: ResponseTable,
    engine: duckdb.DuckDBPyConnection,
    margins: Sequence[Margin],
    reached: Mapping[str, Sequence[GroupReach]],
    policy: Policy,
) -> WeightReport:
    """Return what raking comes to; `reached` is what is shown of the groups of each question.

    A group that is not shown cannot be weighted either: whether it is small or empty is not told,
    and a few answers would count for many. Whether answers outnumber people is judged by what is
    shown too, so that figures put in on purpose do not find out the exact number.
    """
    questions = tuple(margin.question for margin in margins)
    few = tuple(
        (question, one.group)
        for question, groups in reached.items()
        for one in groups
        if one.is_hidden
    )
    outnumbered = tuple(
        Problem("small_population", question, one.group)
        for question, groups in reached.items()
        for one in groups
        if one.note == "too_many"
    )
    if few or not margins:
        return WeightReport(questions, too_few=few)
    if outnumbered:
        return WeightReport(questions, problems=outnumbered)
    cells = _cells(table, engine, questions)
    raked = rake(cells, [_larger(margin, table.answers) for margin in margins])
    return _told(questions, cells, raked, policy)


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
