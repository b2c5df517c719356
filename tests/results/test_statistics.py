"""Statistics equal values worked out by hand or printed in their sources."""

import pytest

from engage.results.statistics import (
    average_places,
    class_edges,
    gap,
    median_place,
    share,
    weighted_mean,
    wilson,
)


@pytest.mark.parametrize(
    ("count", "base", "low", "high"),
    [
        # Newcombe, R. G. (1998), Statistics in Medicine 17, 857–872, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        # All of them: the interval of none, turned round.
        (20, 20, 0.8389, 1.0),
    ],
)
def test_wilson_intervals_are_those_of_the_literature(count, base, low, high):
    found = wilson(count, base)
    assert found.low == pytest.approx(low, abs=0.00006)
    assert found.high == pytest.approx(high, abs=0.00006)


def test_of_nobody_nothing_is_known():
    assert share(0, 0) == 0
    assert (wilson(0, 0).low, wilson(0, 0).high) == (0, 1)
    assert weighted_mean([1, 2], [0, 0]) is None
    assert median_place([0, 0]) is None
    assert gap([0, 0], [0, 0]) is None


def test_means_weigh_values_by_their_counts():
    assert weighted_mean([1, 2, 3], [1, 0, 3]) == pytest.approx(2.5)


@pytest.mark.parametrize(
    ("counts", "place"), [([1, 1, 1], 1), ([2, 1, 1], 0), ([0, 0, 5], 2), ([2, 2], 0)]
)
def test_the_median_of_a_scale_is_the_lower_middle(counts, place):
    assert median_place(counts) == place


def test_a_whole_ranking_averages_its_places():
    # Three persons: a b c · a c b · b a c
    positions = [[2, 1, 0, 0], [1, 1, 1, 0], [0, 1, 2, 0]]
    assert average_places(positions, 3) == pytest.approx([4 / 3, 2, 8 / 3])


def test_what_was_not_ranked_stands_in_the_middle_of_the_places_left():
    # Four things, two persons who name their first two: a b · a c
    positions = [[2, 0, 0], [0, 1, 1], [0, 1, 1], [0, 0, 2]]
    assert average_places(positions, 4) == pytest.approx([1, 2.75, 2.75, 3.5])


def test_a_gap_is_importance_minus_how_well_it_is_met():
    found = gap([0, 0, 0, 1, 3], [2, 1, 1, 0, 0])
    assert (found.importance, found.met, found.gap) == pytest.approx((4.75, 1.75, 3.0))


@pytest.mark.parametrize(
    ("low", "high", "whole", "edges"),
    [
        (0, 5, True, [0, 1, 2, 3, 4, 5, 6]),
        (18, 75, True, [10, 20, 30, 40, 50, 60, 70, 80]),
        (3, 3, True, [3, 4]),
        (0.5, 2.1, False, [0.5, 1.0, 1.5, 2.0, 2.5]),
        (0, 100_000, True, [0, 20_000, 40_000, 60_000, 80_000, 100_000, 120_000]),
    ],
)
def test_classes_have_round_borders_and_hold_both_ends(low, high, whole, edges):
    assert class_edges(low, high, whole) == pytest.approx(edges)
