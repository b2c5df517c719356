"""Nothing leaves statistics but what may be read: few are hidden, shares whole, numbers rounded."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from engage.results.disclosure import (
    CountTable,
    NumberTable,
    Policy,
    Shown,
    Total,
    disclose,
    policy_for,
)

POLICY = Policy()


def of_all(*counts, base=None, policy=POLICY, exclusive=True):
    rows = tuple(f"r{at}" for at in range(len(counts)))
    table = CountTable(rows, tuple((c,) for c in counts), (sum(counts) if base is None else base,))
    if not exclusive:
        table = CountTable(rows, table.counts, table.bases, exclusive=False)
    return disclose(table, policy)


def by_group(counts, groups, **given):
    rows = tuple(f"r{at}" for at in range(len(counts)))
    bases = tuple(map(sum, zip(*counts, strict=True)))
    return disclose(CountTable(rows, counts, bases, groups, **given), POLICY)


def test_no_policy_goes_below_five():
    with pytest.raises(ValueError, match="never below 5"):
        Policy(k=4)


@pytest.mark.parametrize(
    ("k", "profile", "least"), [(5, "standard", 5), (7, "standard", 7), (5, "minors", 10)]
)
def test_minors_and_sensitive_rounds_have_at_least_ten(k, profile, least):
    assert policy_for(k, profile).k == least


def test_shares_are_whole_percents_and_numbers_are_rounded_to_fives():
    shown = of_all(123, 77)
    assert (shown.totals[0].percent, shown.totals[0].about) == (62, 125)
    assert shown.base == 200
    assert (shown.totals[0].low, shown.totals[0].high) == (55, 68)


def test_fewer_than_k_answers_hide_the_whole_block():
    shown = of_all(2, 2)
    assert shown.is_hidden
    assert all(figure == Shown() for figure in shown.totals)


def test_small_cells_are_hidden_with_another_one():
    shown = of_all(60, 30, 3)
    assert [figure.is_hidden for figure in shown.totals] == [False, True, True]
    assert shown.hidden_rows == 2


def test_percentages_need_twenty_answers_and_means_ten():
    shown = of_all(10, 9)
    assert [figure.percent for figure in shown.totals] == [None, None]
    assert [figure.about for figure in shown.totals] == [10, 10]
    assert shown.totals[0].reason == "small_base"
    assert disclose(numbers(9), POLICY).of("") is None
    assert disclose(numbers(10), POLICY).of("") == (3.0,)


def numbers(persons, sums=30.0, largest=5.0):
    return NumberTable(("",), (persons,), ((3.0,),), (sums,), (largest,))


def test_a_mean_that_one_person_dominates_is_hidden():
    assert disclose(numbers(20, sums=100, largest=51), POLICY).of("") is None
    assert disclose(numbers(20, sums=100, largest=50), POLICY).of("") == (3.0,)


def test_when_everybody_agrees_that_is_not_told():
    assert of_all(30, 0, 0).is_hidden


def test_a_choice_that_nearly_everybody_made_is_hidden_where_several_may_be_chosen():
    shown = of_all(98, 50, 3, 0, base=100, exclusive=False)
    assert [figure.is_hidden for figure in shown.totals] == [True, False, True, False]
    assert shown.totals[3].percent == 0


def test_nobody_is_told_apart_from_few_where_zero_tells():
    strict = Policy(zero_tells=True)
    shown = of_all(98, 50, 3, 0, base=110, policy=strict, exclusive=False)
    assert [figure.is_hidden for figure in shown.totals] == [False, False, True, True]


def test_somebody_is_never_shown_as_none_and_not_everybody_never_as_all():
    shown = of_all(2990, 10)
    assert [figure.percent for figure in shown.totals] == [99, 1]


def test_a_total_is_rounded_and_hidden_below_k():
    assert disclose(Total(4), POLICY) is None
    assert disclose(Total(7), POLICY) == 5
    assert disclose(Total(8), POLICY) == 10


def test_what_nobody_knows_how_to_judge_is_refused():
    with pytest.raises(TypeError, match="nothing is known"):
        disclose({"women": 3}, POLICY)


def test_a_group_has_its_own_base_and_one_too_small_has_none():
    shown = by_group(((30, 25, 1), (20, 30, 2)), ("a", "b", "c"))
    assert shown.base == 110
    assert shown.bases[2] is None
    assert sum(base is None for base in shown.bases) == 2
    column = shown.column("c")
    assert all(figure.is_hidden for figure in column.totals)


def test_groups_closed_elsewhere_stay_closed_here():
    counts = ((30, 25, 30), (20, 30, 30))
    shown = by_group(counts, ("a", "b", "c"), closed=frozenset({"a", "b"}))
    assert shown.bases[:2] == (None, None)
    assert shown.bases[2] is not None


def test_a_closed_row_is_hidden_whatever_it_counts_and_takes_another_along_p31():
    shown = by_group(((30, 30), (20, 30), (9, 9)), ("a", "b"), closed_rows=frozenset({"r0"}))
    assert [figure.is_hidden for figure in shown.totals] == [True, False, True]
    assert all(figure.is_hidden for figure in shown.cells[0])


@settings(max_examples=200, deadline=None)
@given(some.data())
def test_no_visible_figure_is_about_fewer_than_k(data):
    rows, groups = data.draw(some.integers(1, 5)), data.draw(some.integers(1, 4))
    line = some.tuples(*[some.integers(0, 40)] * groups)
    counts = data.draw(some.tuples(*[line] * rows))
    exclusive = data.draw(some.booleans())
    sums = tuple(map(sum, zip(*counts, strict=True)))
    most = tuple(max(column) for column in zip(*counts, strict=True))
    bases = sums if exclusive else tuple(n + data.draw(some.integers(0, 30)) for n in most)
    names = tuple("abcd"[:groups]) if groups > 1 else ("",)
    rows_named = tuple(f"r{at}" for at in range(rows))
    shown = disclose(CountTable(rows_named, counts, bases, names, exclusive), POLICY)
    for row, cells in enumerate(shown.cells):
        for group, figure in enumerate(cells):
            if figure.is_hidden:
                assert (figure.percent, figure.about, figure.low, figure.high) == (None,) * 4
                continue
            count = counts[row][group]
            assert count >= 5 or sum(counts[row]) == 0
            assert bases[group] >= 5
            assert figure.percent is None or bases[group] >= 20
            assert bases[group] - count >= 5
