"""What stays visible never gives a hidden count away."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from engage.results.suppression import Pattern, hidden_in_groups, hidden_in_list
from tests.results.attacker import Published, subtracting, trying_everything

K = 5
COUNTS = some.one_of(some.integers(0, 6), some.integers(0, 60))


def by_groups(counts, closed=None, k=K, zero_tells=False):
    """Hide as a page with a filter does: everybody's list first, then the groups."""
    totals = hidden_in_list([sum(line) for line in counts], k, zero_tells)
    return hidden_in_groups(counts, totals, closed or [False] * len(counts[0]), k)


def published(counts, pattern: Pattern) -> Published:
    return Published(
        [
            [None if hidden else count for count, hidden in zip(line, hides, strict=True)]
            for line, hides in zip(counts, pattern.cells, strict=True)
        ],
        [
            None if hidden else sum(line)
            for line, hidden in zip(counts, pattern.totals, strict=True)
        ],
        [
            None if hidden else sum(column)
            for column, hidden in zip(zip(*counts, strict=True), pattern.groups, strict=True)
        ],
        sum(map(sum, counts)),
    )


def visible_cells(counts, pattern):
    return [
        (row, group, counts[row][group])
        for row, line in enumerate(pattern.cells)
        for group, hidden in enumerate(line)
        if not hidden
    ]


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([30, 20, 10], [False, False, False]),
        ([30, 20, 3], [False, True, True]),
        ([30, 20, 3, 3], [False, False, True, True]),
        ([30, 20, 0], [False, False, False]),
        ([30, 20, 3, 0], [False, True, True, True]),
        ([98, 2, 0], [True, True, True]),
        ([40, 0, 0], [True, True, True]),
        ([2, 1, 1], [True, True, True]),
        ([0, 0], [True, True]),
    ],
)
def test_a_list_hides_small_counts_and_what_would_give_them_away(counts, hidden):
    assert hidden_in_list(counts, K, zero_tells=False) == hidden


def test_where_nobody_is_as_telling_as_few_zeros_are_hidden_too():
    assert hidden_in_list([30, 20, 0], K, zero_tells=True) == [False, True, True]


def test_a_total_and_its_parts_do_not_give_a_small_part_away():
    counts = [[30, 12, 3], [25, 10, 2], [40, 20, 7]]
    pattern = by_groups(counts)
    assert pattern.cells[0][2]
    assert pattern.cells[1][2]
    assert sum(pattern.cells[0]) >= 2
    assert sum(pattern.cells[1]) >= 2


def test_a_closed_group_and_an_empty_one_look_the_same():
    counts = [[30, 30, 2, 0], [30, 30, 1, 0], [30, 30, 4, 0]]
    pattern = by_groups(counts)
    assert pattern.groups[2]
    assert pattern.groups[3]
    assert all(line[2] and line[3] for line in pattern.cells)


def test_a_single_small_group_takes_a_second_one_with_it():
    counts = [[40, 30, 2], [35, 40, 1]]
    pattern = by_groups(counts)
    assert pattern.groups == [False, True, True] or pattern.groups == [True, False, True]


def test_a_row_that_is_hidden_for_everybody_cannot_be_added_up_from_its_groups():
    counts = [[40, 50], [30, 20], [6, 6], [1, 1]]
    pattern = by_groups(counts)
    assert pattern.totals == [False, False, True, True]
    assert any(pattern.cells[2])


@settings(max_examples=300, deadline=None)
@given(some.lists(COUNTS, min_size=2, max_size=8), some.booleans())
def test_nobody_can_subtract_a_hidden_count_out_of_a_list(counts, zero_tells):
    hidden = hidden_in_list(counts, K, zero_tells)
    for count, is_hidden in zip(counts, hidden, strict=True):
        assert is_hidden or count >= K or (count == 0 and not zero_tells)
    mass = sum(count for count, gone in zip(counts, hidden, strict=True) if gone)
    assert not any(hidden) or all(hidden) or mass >= K


@settings(max_examples=400, deadline=None)
@given(some.data())
def test_nobody_can_subtract_a_hidden_count_out_of_a_table(data):
    rows, groups = data.draw(some.integers(2, 6)), data.draw(some.integers(2, 5))
    line = some.lists(COUNTS, min_size=groups, max_size=groups)
    counts = data.draw(some.lists(line, min_size=rows, max_size=rows))
    closed = data.draw(some.lists(some.booleans(), min_size=groups, max_size=groups))
    pattern = by_groups(counts, closed)
    for row, _group, count in visible_cells(counts, pattern):
        assert count >= K or sum(counts[row]) == 0
    if all(map(all, pattern.cells)):
        return
    _assert_wide(counts, pattern, subtracting(published(counts, pattern)))


@settings(max_examples=150, deadline=None)
@given(some.data())
def test_not_even_trying_every_table_that_fits_pins_a_hidden_count(data):
    rows, groups = data.draw(some.sampled_from([(2, 2), (2, 3), (3, 2), (3, 3)]))
    line = some.lists(some.integers(0, 9), min_size=groups, max_size=groups)
    counts = data.draw(some.lists(line, min_size=rows, max_size=rows))
    pattern = by_groups(counts)
    if all(map(all, pattern.cells)) or sum(map(sum, pattern.cells)) > 6:
        return
    _assert_wide(counts, pattern, trying_everything(published(counts, pattern)))


def _assert_wide(counts, pattern, bounds):
    nobody_closed = not any(
        sum(column)
        for column, closed in zip(zip(*counts, strict=True), pattern.groups, strict=True)
        if closed
    )
    for (row, group), (low, high) in bounds.items():
        empty_row = not pattern.totals[row] and sum(counts[row]) == 0
        empty_group = nobody_closed and pattern.groups[group]
        assert empty_row or empty_group or high - low >= K, (counts, pattern, row, group)
