"""Between two editions of results each group moves by nobody or by k (P-12, P-28, P-30)."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as some

from engage.results.stepping import held_back

K = 5
GROUPS = some.tuples(some.sampled_from("abc"), some.sampled_from("xy"))


def named(people, start):
    return {f"{start}{at}": groups for at, groups in enumerate(people)}


def groups_of(groups):
    return [("everybody", ""), *enumerate(groups)]


def moves(came, gone, kept, waiting, aside):
    people = [groups for key, groups in came.items() if key not in waiting]
    people += [*gone, *(kept[key] for key in aside)]
    return Counter(group for groups in people for group in groups_of(groups))


def test_who_comes_alone_to_a_group_waits():
    came = named([("a", "x")] * 5 + [("b", "x")], "n")
    assert held_back(came, [], dict, K) == ({"n5"}, set())


def test_who_waits_may_keep_others_waiting():
    came = named([("a", "x")] * 5 + [("b", "x")] * 4 + [("a", "y")] * 4 + [("b", "y")], "n")
    waiting, _aside = held_back(came, [], dict, K)
    assert waiting == set()
    del came["n13"]
    waiting, _aside = held_back(came, [], dict, K)
    assert waiting == {f"n{at}" for at in range(5, 13)}


def test_when_a_round_has_closed_nobody_waits_p30():
    assert held_back(named([("a", "x")], "n"), [], dict, K, wait=False) == (set(), set())


def test_who_leaves_takes_others_along_as_alike_as_there_are_p12():
    kept = named([("a", "x")] * 6 + [("a", "y")] * 6 + [("b", "x")] * 6, "o")
    waiting, aside = held_back({}, [("a", "x")], lambda: kept, K)
    assert waiting == set()
    assert len(aside) == 4
    assert {kept[key] for key in aside} == {("a", "x")}


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    some.lists(GROUPS, max_size=12), some.lists(GROUPS, max_size=3), some.lists(GROUPS, max_size=40)
)
def test_t31_no_group_moves_by_fewer_than_k_unless_all_of_it_do(came, gone, kept):
    came, kept = named(came, "n"), named(kept, "o")
    waiting, aside = held_back(came, gone, lambda: kept, K)
    left = Counter(
        group for key, groups in kept.items() if key not in aside for group in groups_of(groups)
    )
    for group, number in moves(came, gone, kept, waiting, aside).items():
        assert number >= K or left[group] == 0
    assert gone or not aside
