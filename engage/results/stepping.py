"""Which answers a new edition of results holds back, so that it tells nothing of one or a few."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

#: The groups a person is in: one of each background question, by language, by way in.
Groups = tuple[str, ...]
#: The random key of an answer, as text.
Key = str
_Group = tuple[int, str]


def held_back(
    came: Mapping[Key, Groups],
    gone: Iterable[Groups],
    kept: Callable[[], Mapping[Key, Groups]],
    k: int,
    *,
    wait: bool = True,
) -> tuple[set[Key], set[Key]]:
    """Return who of those that came waits, and who of those already in steps aside.

    Between two editions each group moves by nobody or by at least `k` persons: who came to a group
    alone waits for others, and who left one alone takes others along, as alike as there are.
    Without `wait` everybody comes in, for a round has closed and nobody else will.
    """
    left = list(gone)
    waiting = _waiting(came, left, k) if wait else set()
    moved = Counter(group for groups in left for group in _named(groups))
    moved.update(
        group for key, groups in came.items() if key not in waiting for group in _named(groups)
    )
    if not left:
        return waiting, set()
    return waiting, _stepping_aside(moved, kept(), k)


def _named(groups: Groups) -> list[_Group]:
    """Return the groups with the number of what they are of; everybody is one as well."""
    return [(-1, ""), *enumerate(groups)]


def _waiting(came: Mapping[Key, Groups], gone: Iterable[Groups], k: int) -> set[Key]:
    """Return those who came to a group in which fewer than `k` move, until none is left."""
    moved = Counter(group for groups in (*gone, *came.values()) for group in _named(groups))
    coming = dict(came)
    while True:
        alone = [
            key for key, mine in coming.items() if any(moved[group] < k for group in _named(mine))
        ]
        if not alone:
            return came.keys() - coming.keys()
        for key in alone:
            moved.subtract(_named(coming.pop(key)))


def _stepping_aside(moved: Counter[_Group], kept: Mapping[Key, Groups], k: int) -> set[Key]:
    """Return those who leave with others: in each group that moves, until `k` do or all have."""
    aside: set[Key] = set()
    finished: set[_Group] = set()
    while few := sorted(g for g, n in moved.items() if 0 < n < k and g not in finished):
        wanted = few[-1]
        at, value = wanted
        most, chosen = -1, ""
        for key, groups in kept.items():
            if key in aside or (at >= 0 and groups[at] != value):
                continue
            alike = sum(moved[group] > 0 for group in _named(groups))
            if (alike, key) > (most, chosen):
                most, chosen = alike, key
        if not chosen:
            finished.add(wanted)
            continue
        aside.add(chosen)
        moved.update(_named(kept[chosen]))
    return aside
