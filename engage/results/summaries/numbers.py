"""Numbers: their mean and quartiles, and how they are spread over classes."""

from collections.abc import Sequence
from itertools import pairwise

from engage.i18n import formats
from engage.i18n.gettext import gettext as _
from engage.results.charts.bars import bars
from engage.results.disclosure import NumberTable, ShownNumbers, ShownTable, disclose
from engage.results.statistics import class_edges
from engage.results.summaries.base import (
    Asked,
    Datum,
    Summary,
    TableView,
    Told,
    View,
    base_of,
    data_of,
    disclosed,
    series_of,
    small_base_note,
)
from engage.results.summaries.frequencies import bars_of, legend_of, small_finding
from engage.results.table.asking import Answers, Classes, NumberFigures, Numbers, Request, Tallied
from engage.results.wording import share_words, too_few

_NOTHING = NumberFigures(0, {}, 0.0, 0.0)
_TOLD = ("mean", "median", "low_quartile", "high_quartile")


class NumberSummary(Summary):
    """Tells of numbers; nobody's own number is told, so neither are the smallest and largest."""

    kind = "numbers"

    def requests(self, asked: Asked) -> list[Request]:
        """Ask for figures; classes follow when it is known how far they have to reach."""
        return [Numbers(asked.own[0].name, asked.table)] if asked.own else []

    def further(self, asked: Asked, answers: Answers) -> list[Request]:
        """Ask for classes that reach from the lowest to the highest twentieth."""
        return [] if (classes := _classes(asked, answers)) is None else [classes]

    def tell(self, asked: Asked, answers: Answers, view: View) -> Told:
        """Tell the figures, and the classes where there are enough answers."""
        classes = _classes(asked, answers)
        if classes is None:
            return Told()
        tallied = answers.tally(classes)
        if view.groups == ("",):
            tallied = {"": tallied.get(None, {})}
        edges, tallied = without_small_ends(classes.edges, tallied, view)
        bases = _persons(asked, answers, view) if asked.table else None
        rows = [repr(edge) for edge in edges[:-1]]
        shown = disclosed(rows, tallied, view, bases, exclusive=not asked.table)
        figures = _figures(asked, answers, view)
        told = figures.of(view.group if view.group is not None else "")
        if shown.is_hidden or base_of(shown, view) is None:
            return Told()
        return _told(asked, edges, shown, told, view)


def _classes(asked: Asked, answers: Answers) -> Classes | None:
    if not asked.own:
        return None
    column = asked.own[0]
    everybody = answers.numbers.get(Numbers(column.name, asked.table), {}).get(None)
    if everybody is None:
        return None
    low, high = everybody.figures["lowest"], everybody.figures["highest"]
    edges = class_edges(low, high, whole=column.kind == "integer")
    return Classes(column.name, tuple(edges), asked.table)


def _persons(asked: Asked, answers: Answers, view: View) -> dict[str | None, int]:
    """Return how many persons wrote a number; in a repeat one may be in several classes."""
    by_group = answers.numbers[Numbers(asked.own[0].name, asked.table)]
    everybody = by_group.get(None, _NOTHING)
    if view.groups == ("",):
        return {"": everybody.persons}
    return {group: by_group.get(group, _NOTHING).persons for group in view.groups}


def _figures(asked: Asked, answers: Answers, view: View) -> ShownNumbers:
    """Return the figures that may be shown: with groups, of each of them."""
    by_group = answers.numbers[Numbers(asked.own[0].name, asked.table)]
    keys = (None,) if view.groups == ("",) else view.groups
    measured = [by_group.get(key, _NOTHING) for key in keys]
    table = NumberTable(
        view.groups,
        tuple(one.persons for one in measured),
        tuple(tuple(one.figures.get(name, 0.0) for name in _TOLD) for one in measured),
        tuple(one.sum_of_sizes for one in measured),
        tuple(one.largest for one in measured),
        view.closed,
    )
    shown: ShownNumbers = disclose(table, view.policy)
    return shown


def _told(
    asked: Asked,
    edges: Sequence[float],
    shown: ShownTable,
    told: tuple[float, ...] | None,
    view: View,
) -> Told:
    words = class_words(edges, whole=asked.own[0].kind == "integer")
    series = [series_of(shown, row, view) for row in range(len(words))]
    finding = small_finding([mine[0] for mine in series], view)
    if told is not None:
        finding = _finding(told)
    has_chart = any(one.percent is not None for mine in series for one in mine)
    rows = [(label, *map(share_words, mine)) for label, mine in zip(words, series, strict=True)]
    heads = tuple((name or _("Share"), "number") for name in view.series)
    names = (_("Mean"), _("Middle answer"), _("A quarter is below"), _("A quarter is above"))
    values = [too_few()] * len(names) if told is None else [_number(value) for value in told]
    blanks = ("",) * (len(view.series) - 1)
    rows += [(name, value, *blanks) for name, value in zip(names, values, strict=True)]
    chart = bars(finding, bars_of(words, series), is_rtl=view.reader.is_rtl, tight=True)
    return Told(
        finding=finding,
        chart=chart if has_chart else chart[:0],
        table=TableView((_("Number"), *heads), tuple(rows)),
        base=base_of(shown, view),
        hidden=sum(mine[0].is_hidden for mine in series),
        legend=legend_of(asked.own[0], [], series, view),
        note=small_base_note(series, view),
        data=(
            *data_of([(label, label) for label in words], series, view),
            *_data(told, view),
        ),
    )


def _data(told: tuple[float, ...] | None, view: View) -> list[Datum]:
    values = told or (None,) * len(_TOLD)
    named = zip(_TOLD, values, strict=True)
    return [Datum("", "", name, value, view.series[0]) for name, value in named]


def _finding(told: tuple[float, ...]) -> str:
    mean, _median, low, high = map(_number, told)
    if low == high:
        return _("On average %(mean)s; half of the answers are %(low)s.", mean=mean, low=low)
    return _(
        "On average %(mean)s; half of the answers lie from %(low)s to %(high)s.",
        mean=mean,
        low=low,
        high=high,
    )


def _number(value: float) -> str:
    return formats.number(round(value, 1))


def without_small_ends(
    edges: Sequence[float], tallied: Tallied, view: View
) -> tuple[list[float], Tallied]:
    """Join classes at both ends, which are open, until enough persons are in them.

    Return the borders left, and persons by group and class, classes called by their lower border.
    """
    left = list(edges)
    counts = {
        group: [values.get(edge, 0) for edge in edges[:-1]] for group, values in tallied.items()
    }

    def persons(at: int) -> int:
        return sum(counts[group][at] for group in view.groups if group in counts)

    while len(left) > 3 and persons(0) < view.policy.k:
        del left[1]
        for line in counts.values():
            line[:2] = [line[0] + line[1]]
    while len(left) > 3 and persons(-1) < view.policy.k:
        del left[-2]
        for line in counts.values():
            line[-2:] = [line[-2] + line[-1]]
    named = {
        group: {repr(edge): n for edge, n in zip(left[:-1], line, strict=True)}
        for group, line in counts.items()
    }
    return left, named


def class_words(edges: Sequence[float], *, whole: bool) -> list[str]:
    """Return the classes in words; the last one is open, and so is one that begins below zero."""
    words = []
    for at, (low, high) in enumerate(pairwise(edges)):
        if at and at == len(edges) - 2:
            words.append(_("%(low)s or more", low=formats.number(low)))
        elif at == 0 and low != 0:
            words.append(_("under %(high)s", high=formats.number(high)))
        elif whole and high - low == 1:
            words.append(formats.number(low))
        elif whole:
            last = formats.number(high - 1)
            words.append(_("%(low)s to %(high)s", low=formats.number(low), high=last))
        else:
            # Translators: a class of numbers: 2.5 belongs to it, 5 does not
            words.append(
                _("%(low)s to under %(high)s", low=formats.number(low), high=formats.number(high))
            )
    return words
