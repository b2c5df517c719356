"""T-31: nobody who reads everything that is published can work out what is hidden (P-26, P-28)."""

from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as some

from engage.results.disclosure import CountTable, NumberTable, Policy, disclose
from tests.results.reckoner import Attacker

POLICY = Policy()
COUNTS = some.sampled_from([0, 0, 0, 0, 1, 1, 2, 3, 5, 8, 20])


def table_of(attacker, axis, policy=POLICY):
    """Disclose the answers by one background question, or of everybody (axis 0)."""
    rows = range(attacker.shape[0])
    groups = range(attacker.shape[axis]) if axis else [None]
    counts = tuple(
        tuple(attacker.truth(about(attacker, axis, row, group)) for group in groups) for row in rows
    )
    bases = tuple(map(sum, zip(*counts, strict=True)))
    names = tuple("" if group is None else f"g{group}" for group in groups)
    return disclose(CountTable(tuple(f"r{row}" for row in rows), counts, bases, names), policy)


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
