"""Which second background question groups may be looked at within, and which may not and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from engage.i18n import formats
from engage.i18n.gettext import gettext as _
from engage.responses.models import UNDO_CLOSING
from engage.results.disclosure import CountTable, Policy, ShownTable, disclose
from engage.results.filters import Grouping
from engage.results.summaries.base import Panels
from engage.results.table.asking import NO_GROUP, Answers, Tally

#: More panels under each other are not compared by anybody.
_MOST_PANELS = 8
#: Longer lists are told shortened elsewhere, so what is hidden of their pairs is not the same.
_MOST_VALUES = 12


@dataclass(frozen=True)
class Second:
    """A question to look at groups within; `why_not` is "" where that is possible."""

    grouping: Grouping
    panels: Panels
    why_not: str = ""
    is_chosen: bool = False


def pair_requests(first: Grouping, grouped: Sequence[Grouping]) -> list[Tally]:
    """Return what the table is asked to tell which pairs of questions are possible."""
    return [_pairs(*_in_order(first, other, grouped)) for other in _others(first, grouped)]


def seconds(
    first: Grouping,
    grouped: Sequence[Grouping],
    answers: Answers,
    policy: Policy,
    chosen: str,
    *,
    is_final: bool,
) -> list[Second]:
    """Return every other question, as far as its groups may be divided once more.

    Only of a round that `is_final`, which nobody can open again: groups within groups are so small
    that new answers in them would show from one reading to the next.
    """
    found = []
    for other in _others(first, grouped):
        panels = _panels(first, other, grouped, answers, policy)
        why_not = _why_not(first, other, panels) if is_final else _not_yet()
        is_chosen = other.variable.column == chosen and not why_not
        found.append(Second(other, panels, why_not, is_chosen))
    return found


def _not_yet() -> str:
    days = formats.number(UNDO_CLOSING.days)
    # Translators: why a question cannot be chosen before
    return _("only when the round has been closed for %(days)s days", days=days)


def _others(first: Grouping, grouped: Sequence[Grouping]) -> list[Grouping]:
    return [one for one in grouped if one is not first and one.groups]


def _in_order(
    first: Grouping, other: Grouping, grouped: Sequence[Grouping]
) -> tuple[Grouping, Grouping]:
    """Return both as they are told of each other: the earlier one as the question."""
    places = [one.variable.column for one in grouped]
    earlier = places.index(first.variable.column) < places.index(other.variable.column)
    return (first, other) if earlier else (other, first)


def _pairs(question: Grouping, groups: Grouping) -> Tally:
    return Tally((question.variable.column, groups.variable.column))


def _panels(
    first: Grouping,
    other: Grouping,
    grouped: Sequence[Grouping],
    answers: Answers,
    policy: Policy,
) -> Panels:
    question, groups = _in_order(first, other, grouped)
    counted = {
        (one or NO_GROUP, two or NO_GROUP): persons
        for values in answers.tally(_pairs(question, groups)).values()
        for (one, two), persons in values.items()
    }
    rows = tuple(value for value in question.every if value != NO_GROUP)
    counts = tuple(tuple(counted.get((row, one), 0) for one in groups.every) for row in rows)
    bases = tuple(map(sum, zip(*counts, strict=True)))
    shut = question.closed & set(rows)
    table = CountTable(rows, counts, bases, groups.every, True, groups.closed, shut)
    shown: ShownTable = disclose(table, policy)
    hidden = {
        (row, one)
        for row, line in zip(shown.rows, shown.cells, strict=True)
        for one, figure in zip(shown.groups, line, strict=True)
        if figure.is_hidden
    }
    return Panels(
        other.every,
        other.closed,
        frozenset(hidden if question is first else {(two, one) for one, two in hidden}),
        tuple((group.value, group.label.text) for group in other.groups if group.is_possible),
    )


def _why_not(first: Grouping, other: Grouping, panels: Panels) -> str:
    """Return why groups are not told within another question's; a pair must be left to compare."""
    mine = [group.value for group in first.groups if group.is_possible]
    told = [
        sum((one, value) not in panels.closed_pairs for one in mine)
        for value, _label in panels.shown
    ]
    if len(panels.shown) > _MOST_PANELS or max(len(first.every), len(other.every)) > _MOST_VALUES:
        return _("too many groups")
    if len(told) < 2 or max(told) < 2:
        return _("too few answers")
    return ""
