"""T-31, P-28: by two background questions at once nothing hidden can be worked out either."""

from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from engage.results.crossing import CrossTable
from engage.results.disclosure import CountTable, Policy, disclose
from tests.results.reckoner import Attacker
from tests.results.test_attack import is_openly_nobody, read_all

POLICY = Policy()
COUNTS = some.sampled_from([0, 0, 1, 2, 4, 6, 9, 9, 12, 15, 20, 40])


def names(letter, number):
    return tuple(f"{letter}{at}" for at in range(number))


def cross_table(attacker, **more):
    """Return what the attacker is after as a table of answers by two groupings."""
    rows, firsts, seconds = (range(n) for n in attacker.shape)
    truth = attacker.truth
    return CrossTable(
        *(names(letter, n) for letter, n in zip("rab", attacker.shape, strict=True)),
        tuple(tuple(tuple(truth((r, a, b)) for b in seconds) for a in firsts) for r in rows),
        tuple(tuple(truth((None, a, b)) for b in seconds) for a in firsts),
        **more,
    )


def face(attacker, axis):
    """Return the table by one grouping, as it is shown on its own."""
    groups = range(attacker.shape[axis])
    place = [None, None, None]
    counts = []
    for row in range(attacker.shape[0]):
        line = []
        for group in groups:
            place[0], place[axis] = row, group
            line.append(attacker.truth(tuple(place)))
        counts.append(tuple(line))
    bases = tuple(map(sum, zip(*counts, strict=True)))
    rows = names("r", attacker.shape[0])
    return disclose(CountTable(rows, tuple(counts), bases, names("rab"[axis], len(groups))), POLICY)


def read_everything(attacker):
    """Let the attacker read both faces, all panels and sizes; return what is hidden of them."""
    attacker.reads((None, None, None))
    hidden = [place for axis in (1, 2) for place in read_all(attacker, axis, face(attacker, axis))]
    shown = disclose(cross_table(attacker), POLICY)
    rows, firsts, seconds = (range(n) for n in attacker.shape)
    for row, one, other in product(rows, firsts, seconds):
        if shown.panels[other].cells[row][one].is_hidden:
            hidden.append((row, one, other))
        else:
            attacker.reads((row, one, other))
    for one, other in product(firsts, seconds):
        if shown.panels[other].bases[one] is not None:
            attacker.reads((None, one, other))
        elif not shown.is_refused:
            hidden.append((None, one, other))
    return shown, hidden


@settings(max_examples=60, deadline=None, derandomize=True)
@given(some.data())
def test_t31_two_groupings_at_once_give_nothing_away(data):
    shape = tuple(data.draw(some.integers(2, 3)) for _ in range(3))
    counts = {cell: data.draw(COUNTS) for cell in product(*map(range, shape))}
    if sum(counts.values()) < POLICY.k:
        return
    attacker = Attacker(shape, counts)
    shown, hidden = read_everything(attacker)
    if shown.is_refused:
        return
    for place, (low, high) in attacker.bounds(set(hidden)).items():
        assert high - low >= POLICY.k or is_openly_nobody(attacker, place), (counts, place)


def people(shape, number, seed):
    """Return an attacker who is after so many persons in groups of unlike sizes."""
    chance = Random(seed)
    weights = [[chance.choice([1, 2, 4]) for _ in range(n)] for n in shape]
    counts = dict.fromkeys(product(*map(range, shape)), 0)
    for _person in range(number):
        draw = zip(shape, weights, strict=True)
        counts[tuple(chance.choices(range(n), w)[0] for n, w in draw)] += 1
    return Attacker(shape, counts)


@pytest.mark.parametrize("seed", [1, 2, 4, 5])
def test_t31_groups_as_they_are_in_a_round_give_nothing_away(seed):
    attacker = people((3, 4, 3), 600, seed)
    shown, hidden = read_everything(attacker)
    assert not shown.is_refused
    assert hidden
    for place, (low, high) in attacker.bounds(set(hidden)).items():
        assert high - low >= POLICY.k or is_openly_nobody(attacker, place), place


@pytest.mark.parametrize("seed", range(4))
def test_t31_an_answer_of_several_gives_nothing_away(seed):
    attacker = people((2, 4, 3), 400, seed)
    attacker.reads((None, None, None))
    table = cross_table(attacker)
    chosen = CrossTable(
        ("r0",), table.firsts, table.seconds, table.counts[:1], table.bases, exclusive=False
    )
    shown = disclose(chosen, POLICY)
    hidden = [place for axis in (1, 2) for place in read_choice(attacker, axis)]
    for other, panel in enumerate(shown.panels):
        for one, base in enumerate(panel.bases):
            hidden += read(attacker, (0, one, other), told=not panel.cells[0][one].is_hidden)
            hidden += read(attacker, (None, one, other), told=base is not None)
    assert not shown.is_refused
    for place, (low, high) in attacker.bounds(set(hidden)).items():
        assert high - low >= POLICY.k or is_openly_nobody(attacker, place), place


def read(attacker, place, *, told):
    """Let the attacker read one number if it is told; return it among the hidden if not."""
    if told:
        attacker.reads(place)
    return [] if told else [place]


def read_choice(attacker, axis):
    """Let the attacker read how many chose the answer by one grouping; return what is hidden."""
    groups = range(attacker.shape[axis])
    places = [tuple(g if at == axis else row for at in range(3)) for row in [None] for g in groups]
    bases = tuple(attacker.truth(place) for place in places)
    counts = tuple(attacker.truth((0, *place[1:])) for place in places)
    table = CountTable(("r0",), (counts,), bases, names("rab"[axis], len(groups)), exclusive=False)
    shown = disclose(table, POLICY)
    hidden = read(attacker, (0, None, None), told=not shown.totals[0].is_hidden)
    for place, figure, base in zip(places, shown.cells[0], shown.bases, strict=True):
        hidden += read(attacker, (0, *place[1:]), told=not figure.is_hidden)
        hidden += read(attacker, place, told=base is not None)
    return hidden


def test_two_groupings_tell_what_is_large_enough():
    attacker = Attacker((2, 2, 2), dict.fromkeys(product(range(2), repeat=3), 30))
    shown = disclose(cross_table(attacker), POLICY)
    assert [figure.percent for panel in shown.panels for figure in panel.cells[0]] == [50] * 4
    assert [panel.bases for panel in shown.panels] == [(60, 60), (60, 60)]


def test_a_small_pair_of_groups_is_hidden_with_what_would_give_it_away():
    counts = dict.fromkeys(product(range(2), range(3), range(3)), 30)
    counts |= {(0, 0, 0): 2, (1, 0, 0): 1}
    shown = disclose(cross_table(Attacker((2, 3, 3), counts)), POLICY)
    assert shown.panels[0].cells[0][0].is_hidden
    assert shown.panels[0].bases[0] is None
    hidden = [base for panel in shown.panels for base in panel.bases if base is None]
    assert 4 <= len(hidden) < 9


def test_too_few_persons_are_not_told_by_two_groupings_at_all():
    attacker = Attacker((2, 2, 2), dict.fromkeys(product(range(2), repeat=3), 2))
    shown = disclose(cross_table(attacker), POLICY)
    assert all(
        figure.is_hidden for panel in shown.panels for line in panel.cells for figure in line
    )
