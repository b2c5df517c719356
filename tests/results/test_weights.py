"""Raking meets the margins, or says plainly why it cannot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.results.weights import LEAST, MOST, Margin, Problem, cost_of, rake, weighted_share

AREA = Margin("area", {"norra": 600, "skalby": 400})
AGE = Margin("age", {"young": 300, "old": 700})


def kinds(found):
    return [(one.kind, one.question, one.group) for one in found.problems]


def test_z11_weights_meet_the_margins_and_are_one_on_average():
    cells = {("norra", "young"): 30, ("norra", "old"): 30, ("skalby", "young"): 10}
    cells[("skalby", "old")] = 20
    found = rake(cells, [AREA, AGE])
    assert found.is_met
    assert not found.trimmed
    assert found.furthest < 1e-6
    assert sum(n * found.by_cell[cell] for cell, n in cells.items()) == pytest.approx(90)
    old = {cell: n for cell, n in cells.items() if cell[1] == "old"}
    assert weighted_share(old, cells, found.by_cell) == pytest.approx(0.7)


def test_z11_a_group_nobody_answered_from_cannot_be_weighted():
    found = rake({("norra", "old"): 9, ("norra", "young"): 5}, [AREA, AGE])
    assert kinds(found) == [("empty", "area", "skalby")]
    assert not found.is_met
    assert set(found.by_cell.values()) == {1.0}


def test_z11_more_answers_than_people_are_told_of():
    found = rake({("norra",): 9, ("skalby",): 8}, [Margin("area", {"norra": 5, "skalby": 80})])
    assert kinds(found) == [("small_population", "area", "norra")]


def test_z11_a_group_without_a_number_is_told_of_and_keeps_its_weight():
    cells = {("norra",): 60, ("skalby",): 20, ("elsewhere",): 10, (None,): 10}
    found = rake(cells, [AREA])
    assert kinds(found) == [("unknown", "area", "elsewhere")]
    assert found.is_met
    assert found.by_cell["elsewhere",] == found.by_cell[None,] == pytest.approx(1)
    assert 60 * found.by_cell["norra",] == pytest.approx(48)


def test_z11_margins_that_contradict_the_answers_do_not_converge():
    # All of Norra are old and all of Skälby young: 60 % can never be 70 %.
    cells = {("norra", "old"): 10, ("skalby", "young"): 10}
    found = rake(cells, [AREA, AGE])
    assert found.problems == (Problem("not_converging"),)
    assert set(found.by_cell.values()) == {1.0}


def test_z11_nobody_weighs_nothing():
    assert rake({}, [AREA]).problems == (Problem("nobody"),)
    assert rake({(): 5}, []).problems == (Problem("nobody"),)
    assert cost_of({}, {}).effective == 0


def test_extreme_weights_are_cut_and_the_report_says_so():
    margin = Margin("area", {"norra": 90_000, "skalby": 10_000})
    cells = {("norra",): 10, ("skalby",): 990}
    found = rake(cells, [margin])
    assert found.by_cell["norra",] == MOST
    assert found.trimmed > 0
    assert found.furthest > 0.1
    assert rake(cells, [margin], trim=False).by_cell["norra",] > MOST


def test_equal_weights_cost_nothing_and_unequal_ones_the_design_effect_of_kish():
    cells = {("a",): 50, ("b",): 50}
    assert cost_of(cells, {("a",): 1.0, ("b",): 1.0}).effective == 100
    # 1 + squared coefficient of variation: weights 0.5 and 1.5 give 1.25.
    cost = cost_of(cells, {("a",): 0.5, ("b",): 1.5})
    assert (cost.design_effect, cost.effective) == (1.25, 80)


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["norra", "skalby", None]), st.sampled_from(["young", "old"])),
        st.integers(1, 200),
        min_size=1,
    ),
    st.tuples(*[st.integers(1, 100_000)] * 4),
)
def test_z11_weights_are_sound_whatever_the_answers(cells, people):
    margins = [
        Margin("area", {"norra": people[0], "skalby": people[1]}),
        Margin("age", {"young": people[2], "old": people[3]}),
    ]
    found = rake(cells, margins)
    assert set(found.by_cell) == set(cells)
    assert all(LEAST <= weight <= MOST for weight in found.by_cell.values())
    total = sum(n * found.by_cell[cell] for cell, n in cells.items())
    assert total == pytest.approx(sum(cells.values()), rel=1e-6)
    assert cost_of(cells, found.by_cell).design_effect >= 1 - 1e-9
