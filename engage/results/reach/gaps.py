"""How far each group is from weighing as much among the answers as among the residents.

Made of nothing but what `disclose()` let through and of figures about the population, so it tells
nothing more of anybody who answered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from engage.results.disclosure import Policy, ShownTable
from engage.results.small_areas import LEAST_RESIDENTS
from engage.results.table.asking import NO_GROUP

#: `few_people`: too few live here; `too_many`: more answers than people, the figures are wrong.
Note = Literal["", "few_people", "too_many"]


@dataclass(frozen=True)
class GroupReach:
    """One group: how many live here, about how many answered, and how many more would be needed.

    Where its answers are hidden, `missing` is the most there can be: as if nobody had answered.
    """

    group: str
    people: int
    people_percent: int
    answers: int | None
    percent: int | None
    missing: int
    note: Note = ""

    @property
    def is_hidden(self) -> bool:
        """Say whether it is not told how many answered."""
        return self.answers is None


def group_reach(
    shown: ShownTable, people: Mapping[str, int], policy: Policy
) -> list[GroupReach] | None:
    """Return each group with people in it, in the order of the answers; None where all is hidden.

    Missing are the x answers for which (answers + x) / (all + x) is the group's share of the
    residents, if nobody else answers: x = (share · all - answers) / (1 - share), in steps of five.
    """
    everybody = _everybody(shown, people)
    total = sum(people.values())
    if everybody is None or not total:
        return None
    groups = [group for group in shown.rows if people.get(group)]
    return [
        _reach(group, shown, people[group] / total, people, everybody, policy) for group in groups
    ]


def _everybody(shown: ShownTable, people: Mapping[str, int]) -> int | None:
    """Return about how many answers are of groups that there are figures of."""
    if shown.base is None:
        return None
    others = [group for group in shown.rows if group == NO_GROUP or not people.get(group)]
    return max(0, shown.base - sum(shown.of(group).about or 0 for group in others))


def _reach(
    group: str,
    shown: ShownTable,
    share: float,
    people: Mapping[str, int],
    everybody: int,
    policy: Policy,
) -> GroupReach:
    live = people[group]
    answers = shown.of(group).about
    note: Note = ""
    if live < LEAST_RESIDENTS:
        answers, note = None, "few_people"
    elif answers is not None and answers > live + policy.round_to:
        note = "too_many"
    missing = (share * everybody - (answers or 0)) / (1 - share) if share < 1 else 0.0
    percent = None
    if answers is not None and everybody >= policy.percent_from:
        percent = min(100, round(100 * answers / everybody))
    return GroupReach(
        group,
        live,
        round(100 * share),
        answers,
        percent,
        policy.about(max(0, round(missing))),
        note,
    )


def widest(groups: Sequence[GroupReach]) -> GroupReach | None:
    """Return the group that lacks most answers; one whose answers are hidden only if no other."""
    lacking = [one for one in groups if one.missing and not one.note]
    told = [one for one in lacking if not one.is_hidden] or lacking
    return max(told, key=lambda one: one.missing, default=None)
