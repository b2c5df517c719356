"""Statistics say what scipy, statsmodels and samplics say, as recorded in `oracles/`."""

import json
from collections import Counter
from pathlib import Path

import pytest

from engage.results.association import association
from engage.results.comparing import (
    difference_of_means,
    difference_of_shares,
    mean_interval,
    median_interval,
    sample,
)
from engage.results.distributions import chi_square_tail, t_quantile
from engage.results.scores import paired_gap
from engage.results.statistics import wilson
from engage.results.weights import Margin, cost_of, rake

RECORDED = json.loads((Path(__file__).parent / "oracles" / "expected.json").read_text("utf-8"))


def recorded(what):
    return pytest.mark.parametrize("one", RECORDED[what])


def is_recorded(interval, one):
    return (interval.low, interval.high) == pytest.approx((one["low"], one["high"]), abs=1e-9)


def sample_of(values):
    counted = Counter(values)
    return sample(list(counted), list(counted.values()))


@recorded("wilson")
def test_wilson_is_that_of_statsmodels(one):
    assert is_recorded(wilson(one["count"], one["base"]), one)


@recorded("shares")
def test_differences_of_shares_are_newcombes_in_statsmodels(one):
    found = difference_of_shares(tuple(one["first"]), tuple(one["second"]))
    assert is_recorded(found.interval, one)
    assert found.is_clear == (one["low"] > 0 or one["high"] < 0)


@recorded("tables")
def test_cross_tables_hang_together_as_in_scipy(one):
    found = association(one["counts"])
    for name in ("chi_square", "p", "strength", "least_expected"):
        assert getattr(found, name) == pytest.approx(one[name], rel=1e-9, abs=1e-9), name
    assert found.freedom == one["freedom"]


@recorded("means")
def test_means_have_the_interval_of_statsmodels(one):
    found = sample(one["values"], one["counts"])
    assert found.mean == pytest.approx(one["mean"])
    assert is_recorded(mean_interval(found), one)


@recorded("medians")
def test_medians_have_the_interval_of_scipy(one):
    assert is_recorded(median_interval(one["values"], [1] * len(one["values"])), one)


@recorded("welch")
def test_differences_of_means_are_welchs_in_scipy(one):
    found = difference_of_means(sample_of(one["first"]), sample_of(one["second"]))
    assert is_recorded(found.interval, one)


@recorded("gaps")
def test_gaps_have_the_interval_of_pairs_in_scipy(one):
    pairs = Counter(zip(one["importance"], one["met"], strict=True))
    assert is_recorded(paired_gap(pairs).interval, one)


@recorded("tails")
def test_tails_of_chi_square_are_those_of_scipy(one):
    assert chi_square_tail(one["value"], one["freedom"]) == pytest.approx(one["tail"], rel=1e-9)


@recorded("quantiles")
def test_quantiles_of_t_are_those_of_scipy(one):
    assert t_quantile(0.975, one["freedom"]) == pytest.approx(one["quantile"], rel=1e-9)


@recorded("raking")
def test_raked_weights_and_their_design_effect_are_those_of_samplics(one):
    cells = Counter(map(tuple, one["rows"]))
    margins = [
        Margin(name, people) for name, people in zip(("area", "age"), one["people"], strict=True)
    ]
    found = rake(cells, margins, trim=False)
    assert found.is_met
    assert found.furthest < 1e-6
    for cell, weight in found.by_cell.items():
        assert weight == pytest.approx(one["weights"]["|".join(cell)], rel=1e-5)
    assert cost_of(cells, found.by_cell).design_effect == pytest.approx(
        one["design_effect"], rel=1e-5
    )
