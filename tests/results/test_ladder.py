"""Ordered answers are joined in fixed steps where few are at the ends, and only then."""

from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some

from engage.questionnaires.question_types.base import Code
from engage.results.disclosure import Policy, ShownTable
from engage.results.ladder import joined_counts, ladder
from engage.results.summaries.base import View, disclosed
from engage.results.summaries.choices import rung_of
from engage.results.wording import Reader
from tests.results.reckoner import Attacker
from tests.results.test_attack import is_openly_nobody

CODES = [Code(key, {}) for key in ("bad", "poor", "fair", "good", "best")]
NAMES = [code.value for code in CODES]


def view(*groups, closed=()):
    return View(Reader("en"), Policy(), groups or ("",), frozenset(closed))


def counts(**by_group):
    return {group: dict(zip(NAMES, mine, strict=True)) for group, mine in by_group.items()}


def parts(rung):
    return ["".join(map(str, part)) for part in rung]


@pytest.mark.parametrize(
    ("steps", "rungs"),
    [
        (2, [["0", "1"]]),
        (3, [["0", "1", "2"]]),
        (4, [["0", "1", "2", "3"], ["01", "23"]]),
        (5, [["0", "1", "2", "3", "4"], ["01", "2", "34"]]),
        (6, [["0", "1", "2", "3", "4", "5"], ["01", "2", "3", "45"], ["012", "345"]]),
        (7, [list("0123456"), ["01", "2", "3", "4", "56"], ["012", "3", "456"]]),
    ],
)
def test_the_steps_of_the_ladder_depend_on_the_number_of_answers_alone(steps, rungs):
    assert [parts(rung) for rung in ladder(steps)] == rungs


def test_nothing_is_joined_where_nothing_is_hidden():
    everybody = {"": dict(zip(NAMES, (20, 30, 20, 15, 15), strict=True))}
    assert len(rung_of(CODES, [everybody], view())) == 5


def test_the_ends_are_joined_where_few_are_there():
    everybody = {"": dict(zip(NAMES, (2, 30, 20, 15, 15), strict=True))}
    assert parts(rung_of(CODES, [everybody], view())) == ["01", "2", "34"]


def test_answers_stay_apart_where_joining_them_does_not_help():
    everybody = {"": dict(zip(NAMES, (20, 30, 2, 15, 15), strict=True))}
    assert len(rung_of(CODES, [everybody], view())) == 5


def test_groups_go_further_down_than_everybody_and_never_less_far():
    apart = counts(a=(10, 20, 10, 10, 2), b=(10, 10, 10, 10, 10))
    assert parts(rung_of(CODES, [apart], view("a", "b"))) == ["01", "2", "34"]
    few = counts(a=(2, 20, 10, 10, 10), b=(1, 10, 1, 10, 10))
    # Of everybody the ends are joined; among the groups one is hidden all the same.
    assert parts(rung_of(CODES, [few], view("a", "b"))) == ["01", "2", "34"]


def test_rows_of_a_matrix_are_told_on_the_same_rung():
    one = {"": dict(zip(NAMES, (20, 30, 20, 15, 15), strict=True))}
    other = {"": dict(zip(NAMES, (2, 30, 20, 15, 15), strict=True))}
    assert parts(rung_of(CODES, [one, other], view())) == ["01", "2", "34"]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(some.data())
def test_t31_everybody_and_groups_on_their_rungs_give_nothing_away(data):
    """Who adds and subtracts what two rungs tell pins down no number of few."""
    kind = some.sampled_from([0, 1, 2, 3, 6, 9, 15, 30])
    truth = {cell: data.draw(kind) for cell in product(range(5), range(3))}
    attacker = Attacker((5, 3), truth)
    assume(sum(truth.values()) >= 20)
    attacker.reads((None, None))
    names = ("a", "b", "c")
    by_group = {
        name: {key: truth[row, at] for row, key in enumerate(NAMES)}
        for at, name in enumerate(names)
    }
    together = {"": {key: sum(truth[row, at] for at in range(3)) for row, key in enumerate(NAMES)}}
    told: list[tuple[ShownTable, tuple, bool]] = []
    for tallied, looked_at in ((together, view()), (by_group, view(*names))):
        rung = rung_of(CODES, [tallied], looked_at)
        joined = joined_counts(CODES, rung, tallied)
        rows = list(next(iter(joined.values())))
        told.append((disclosed(rows, joined, looked_at), rung, looked_at.groups != ("",)))
    for place, (low, high) in attacker.bounds(hidden_after(attacker, told)).items():
        assert high - low >= 5 or is_openly_nobody(attacker, place), (truth, place, low, high)


def hidden_after(attacker, told):
    """Let the attacker read everything that is told; return what is hidden of it."""
    hidden = set()
    for shown, rung, by_group in told:
        for row, part in enumerate(rung):
            groups = range(len(shown.groups)) if by_group else []
            places = [(at, shown.cells[row][at]) for at in groups]
            for group, figure in [(None, shown.totals[row]), *places]:
                if not figure.is_hidden:
                    attacker.reads_sum([(one, group) for one in part])
                elif len(part) == 1:
                    hidden.add((part[0], group))
        for at, base in enumerate(shown.bases if by_group else ()):
            if base is not None:
                attacker.reads((None, at))
    return hidden
