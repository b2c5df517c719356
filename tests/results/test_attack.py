"""T-31: nobody who reads everything that is published can work out what is hidden (P-26, P-28)."""

from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as some

from engage.i18n.text import Shown as ShownText
from engage.questionnaires.question_types.base import Code
from engage.results.disclosure import CountTable, NumberTable, Policy, disclose
from engage.results.filters import Variable, groupings
from engage.results.reach.weighing import Weighing, WeightReport
from engage.results.table.asking import Answers, Tally
from engage.results.weighted import WeightedTallies
from engage.results.wording import Reader
from tests.results.reckoner import Attacker

POLICY = Policy()
COUNTS = some.sampled_from([0, 0, 0, 0, 1, 1, 2, 3, 5, 8, 20])


def table_of(attacker, axis, policy=POLICY, **closed):
    """Disclose the answers by one background question, or of everybody (axis 0)."""
    rows = range(attacker.shape[0])
    groups = range(attacker.shape[axis]) if axis else [None]
    counts = tuple(
        tuple(attacker.truth(about(attacker, axis, row, group)) for group in groups) for row in rows
    )
    bases = tuple(map(sum, zip(*counts, strict=True)))
    names = tuple("" if group is None else f"g{group}" for group in groups)
    table = CountTable(tuple(f"r{row}" for row in rows), counts, bases, names, **closed)
    return disclose(table, policy)


def about(attacker, axis, row, group):
    return tuple(
        row if at == 0 else group if at == axis else None for at in range(len(attacker.shape))
    )


def read_all(attacker, axis, shown):
    """Let the attacker read a table as if nothing in it were rounded; return what is hidden."""
    hidden = []
    groups = range(len(shown.groups)) if axis else [None]
    for row, line in enumerate(shown.cells):
        for group, figure in zip(groups, line, strict=True):
            place = about(attacker, axis, row, group)
            hidden.append(place) if figure.is_hidden else attacker.reads(place)
        place = about(attacker, axis, row, None)
        if not shown.totals[row].is_hidden:
            attacker.reads(place)
    for group, base in zip(groups, shown.bases, strict=True):
        if base is not None:
            attacker.reads(about(attacker, axis, None, group))
    return hidden


def is_openly_nobody(attacker, place):
    """Say whether a cell is in a row or a group that the visible ones leave nobody for.

    Of nobody there is nothing to hide; such a group still looks like one of few (P-27).
    """
    return any(
        at is not None and attacker.bounds([alone])[alone] == (0, 0)
        for axis, at in enumerate(place)
        for alone in [tuple(at if i == axis else None for i in range(len(place)))]
    )


@settings(max_examples=250, deadline=None, derandomize=True)
@given(some.data())
def test_t31_everybody_and_two_filters_together_give_nothing_away(data):
    shape = tuple(data.draw(some.integers(2, 3)) for _ in range(3))
    counts = {cell: data.draw(COUNTS) for cell in product(*map(range, shape))}
    attacker = Attacker(shape, counts)
    assume(sum(counts.values()) >= POLICY.k)
    attacker.reads((None, None, None))
    hidden = []
    for axis in range(3):
        hidden += read_all(attacker, axis, table_of(attacker, axis))
    for place, (low, high) in attacker.bounds(set(hidden)).items():
        assert high - low >= POLICY.k or is_openly_nobody(attacker, place), (
            counts,
            place,
            low,
            high,
        )


@settings(max_examples=150, deadline=None, derandomize=True)
@given(some.data())
def test_p31_nobody_works_out_an_area_that_is_closed_whatever_its_size(data):
    """One is a row, looked at by two other questions; another a group, closed with its own."""
    shape = tuple(data.draw(some.integers(2, 4)) for _ in range(3))
    counts = {cell: data.draw(COUNTS) for cell in product(*map(range, shape))}
    attacker = Attacker(shape, counts)
    assume(sum(counts.values()) >= POLICY.k)
    attacker.reads((None, None, None))
    rows = frozenset(f"r{at}" for at in range(shape[0]) if data.draw(some.booleans()))
    sizes = [attacker.truth((None, None, at)) for at in range(shape[2])]
    areas = tuple(f"g{at}" for at in range(shape[2]))
    small = frozenset({data.draw(some.sampled_from(areas))})
    whole = CountTable(areas, tuple((n,) for n in sizes), (sum(sizes),), closed_rows=small)
    told = zip(areas, disclose(whole, POLICY).totals, strict=True)
    groups = frozenset(area for area, figure in told if figure.is_hidden)
    assert small <= groups
    hidden = read_all(attacker, 0, table_of(attacker, 0, closed_rows=rows))
    assert {f"r{place[0]}" for place in hidden} >= rows
    hidden += read_all(attacker, 1, table_of(attacker, 1, closed_rows=rows))
    hidden += read_all(attacker, 2, table_of(attacker, 2, closed_rows=rows, closed=groups))
    for place, (low, high) in attacker.bounds(set(hidden)).items():
        assert high - low >= POLICY.k or is_openly_nobody(attacker, place), (counts, place)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(some.data())
def test_groups_and_the_question_itself_together_give_no_group_away(data):
    """Of a background question its own figures are read, and which groups there are, with sizes."""
    values = ("a", "b", "c", "d")[: data.draw(some.integers(2, 4))]
    counts = [data.draw(COUNTS) for _ in (*values, "")]
    closed = frozenset(value for value in values if data.draw(some.booleans()))
    variable = Variable("home", ShownText("", "", False), tuple(Code(one, {}) for one in values))
    counted = {None: dict(zip((*values, None), counts, strict=True))}
    answers = Answers({variable.tally: counted})
    attacker = Attacker((len(counts),), {(at,): count for at, count in enumerate(counts)})
    [grouping] = groupings([variable], answers, POLICY, Reader("sv"), closed_areas=closed)
    own = CountTable(
        values, tuple((n,) for n in counts[:-1]), (sum(counts[:-1]),), closed_rows=closed
    )
    attacker.reads((None,))
    attacker.reads((len(values),))
    hidden = {(at,) for at in range(len(values))}
    for shown in (grouping.sizes, disclose(own, POLICY)):
        for at, figure in enumerate(shown.totals[: len(values)]):
            if not figure.is_hidden:
                assert values[at] not in closed
                attacker.reads((at,))
                hidden.discard((at,))
    everybody_closed = len(hidden) == len(values)
    for place, (low, high) in attacker.bounds(hidden).items():
        assert high - low >= POLICY.k or sum(counts[:-1]) < POLICY.k or everybody_closed, (
            counts,
            closed,
            place,
        )


def weighted_shares(attacker, shown, weights, secret):
    """Return the weighted shares of a question as they would be told, with their step."""
    sums = {f"r{row}": 0.0 for row in range(attacker.shape[0])}
    for cell, persons in attacker.counts.items():
        sums[f"r{cell[0]}"] += persons * weights[cell[1:]]
    weighing = Weighing(WeightReport(("g",)), weights)
    request = Tally(("q",))
    told = WeightedTallies(weighing, POLICY.k, secret, {request: sums})
    return told.shares(request, shown.rows, [(figure,) for figure in shown.totals])


@settings(max_examples=150, deadline=None, derandomize=True)
@given(some.data())
def test_t31_weighted_shares_give_nothing_away(data):
    """Weights are by one question or by two; the attacker knows them all exactly."""
    backgrounds = data.draw(some.integers(1, 2))
    shape = tuple(data.draw(some.integers(2, 4)) for _ in range(1 + backgrounds))
    numbers = some.sampled_from([0, 1, 2, 3, 5, 8, 30, 100, 300])
    counts = {cell: data.draw(numbers) for cell in product(*map(range, shape))}
    groups = list(product(*map(range, shape[1:])))
    weight = some.sampled_from([0.4, 0.6, 0.8, 1.0, 1.1, 1.3, 2.0])
    weights = {group: data.draw(weight) for group in groups}
    attacker = Attacker(shape, counts)
    assume(sum(counts.values()) >= POLICY.percent_from)
    attacker.reads((None,) * len(shape))
    hidden, tables = [], [table_of(attacker, axis) for axis in range(1, len(shape))]
    for axis, table in enumerate(tables, start=1):
        hidden += read_all(attacker, axis, table)
    before = attacker.bounds(set(hidden))
    told = weighted_shares(attacker, tables[0], weights, data.draw(some.binary(max_size=4)))
    assume(hidden and told.percents)
    for row, percent in enumerate(told.percents):
        if percent is not None:
            low, high = percent - told.step, percent + told.step
            attacker.reads_share(row, weights, low / 100, high / 100)
    for place, (low, high) in attacker.bounds(set(hidden)).items():
        if before[place][1] - before[place][0] >= POLICY.k:
            assert high - low >= POLICY.k - 1e-3, (counts, weights, told, place, low, high)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(some.data())
def test_t31_the_mean_of_everybody_and_of_groups_gives_no_hidden_mean_away(data):
    groups = data.draw(
        some.lists(
            some.lists(some.sampled_from([0, 1, 2, 5, 200]), max_size=30), min_size=2, max_size=5
        )
    )
    values = tuple((sum(group) / len(group),) if group else (0.0,) for group in groups)
    table = NumberTable(
        tuple(f"g{at}" for at in range(len(groups))),
        tuple(map(len, groups)),
        values,
        tuple(float(sum(group)) for group in groups),
        tuple(float(max(group, default=0)) for group in groups),
    )
    shown = disclose(table, POLICY)
    hidden = [group for group, told in zip(groups, shown.values, strict=True) if told is None]
    for group, told in zip(groups, shown.values, strict=True):
        assert told is None or (len(group) >= 10 and 2 * max(group) <= max(sum(group), 1))
    together = [value for group in hidden for value in group]
    assert not together or len(together) >= 10 or len(hidden) == len(groups)
    assert len(hidden) == len(groups) or 2 * max(together, default=0) <= sum(together)
    assert not together or len(hidden) > 1
