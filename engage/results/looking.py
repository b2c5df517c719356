"""How a round is looked at: everybody, one group, groups beside each other or within others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engage.communities.area_map import AreaMap
from engage.i18n.text import Shown as ShownText
from engage.results.disclosure import Policy
from engage.results.filters import Grouping, Variable, groupings
from engage.results.pairing import Second, pair_requests, seconds
from engage.results.summaries.base import View
from engage.results.table.asking import Answers, Asking
from engage.results.weighted import Weighting
from engage.results.wording import Reader

#: Stands for all groups of a variable, in place of the one looked at.
ALL_GROUPS = "*"


@dataclass(frozen=True)
class Wanted:
    """What of the results is looked at, by whom."""

    reader: Reader
    policy: Policy
    number: int = 1
    #: (column, value) of the one group looked at.
    chosen: tuple[str, str] | None = None
    areas: AreaMap | None = None
    #: The column of the question within whose groups all groups of the chosen one are compared.
    within: str = ""
    #: Nobody answers any more: only then is anything told by two questions at once.
    is_final: bool = False
    #: Keys of areas that are told of nowhere.
    closed_areas: frozenset[str] = frozenset()
    #: What answers are weighted by, for weighted shares beside those of everybody.
    weighting: Weighting | None = None


def groups_of(known: Sequence[Variable], answers: Answers, wanted: Wanted) -> list[Grouping]:
    """Return the groups of each question, with which of them may be looked at."""
    return groupings(
        known, answers, wanted.policy, wanted.reader, wanted.chosen, wanted.closed_areas
    )


def looked_at(
    grouped: Sequence[Grouping], wanted: Wanted, everybody: Asking
) -> tuple[Grouping | None, list[Second], View]:
    """Return the question whose groups are looked at, those to do so within, and how to look."""
    chosen, view = _view(grouped, wanted)
    second = _seconds(chosen, grouped, view, wanted, everybody)
    panels = next((one.panels for one in second if one.is_chosen), None)
    return chosen, second, replace(view, panels=panels, closed_areas=wanted.closed_areas)


def _view(grouped: Sequence[Grouping], wanted: Wanted) -> tuple[Grouping | None, View]:
    """Return how to look at what is wanted, and the question whose groups that takes.

    What may not be looked at is told of everybody.
    """
    areas = wanted.areas or AreaMap("0 0 1000 1000", [])
    for grouping in grouped:
        if wanted.chosen == (grouping.variable.column, ALL_GROUPS) and grouping.can_be_compared:
            return grouping, _comparing(grouping, wanted, areas)
        for group in grouping.groups:
            if group.is_chosen and group.is_possible:
                view = View(
                    wanted.reader,
                    wanted.policy,
                    grouping.every,
                    grouping.closed,
                    group.value,
                    group.label.text,
                    areas=areas,
                )
                return grouping, view
    return None, View(wanted.reader, wanted.policy, areas=areas)


def _comparing(grouping: Grouping, wanted: Wanted, areas: AreaMap) -> View:
    groups = tuple((one.value, one.label.text) for one in grouping.groups if one.is_possible)
    return View(
        wanted.reader,
        wanted.policy,
        grouping.every,
        grouping.closed,
        compared=groups,
        areas=areas,
    )


def _seconds(
    chosen: Grouping | None,
    grouped: Sequence[Grouping],
    view: View,
    wanted: Wanted,
    everybody: Asking,
) -> list[Second]:
    """Return what the compared groups may be looked at within; nothing unless groups are."""
    if chosen is None or not view.compared:
        return []
    answers = everybody.answers(pair_requests(chosen, grouped))
    return seconds(chosen, grouped, answers, wanted.policy, wanted.within, is_final=wanted.is_final)


def asking_by(everybody: Asking, chosen: Grouping | None, second: Sequence[Second]) -> Asking:
    """Return who asks the table by the groups, or pairs of groups, that are looked at."""
    if chosen is None:
        return everybody
    within = next((one.grouping.variable.column for one in second if one.is_chosen), "")
    return Asking(everybody.table, everybody.engine, chosen.variable.column, within)


def label_of(chosen: Grouping | None) -> ShownText | None:
    """Return the one group looked at; None where all or none are."""
    if chosen is None:
        return None
    return next((group.label for group in chosen.groups if group.is_chosen), None)
