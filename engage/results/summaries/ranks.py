"""Rankings: which answer comes first on average, and how often it was put first."""

from dataclasses import dataclass

from markupsafe import Markup

from engage.i18n import formats
from engage.i18n.gettext import gettext as _
from engage.questionnaires.question_types.base import Column
from engage.results.charts.bars import Score, scores
from engage.results.disclosure import NumberTable, Shown, ShownNumbers, ShownTable, disclose
from engage.results.statistics import average_places
from engage.results.summaries.base import (
    Asked,
    Datum,
    Summary,
    TableView,
    Told,
    View,
    base_of,
    disclosed,
    part_label,
    part_words,
    series_of,
)
from engage.results.table.asking import Answers, Request, Tally
from engage.results.wording import share_words, too_few


@dataclass(frozen=True)
class _Ranked:
    column: Column
    average: float | None
    first: Shown


class Ranks(Summary):
    """Tells the order that comes out of everybody's orders."""

    kind = "ranks"

    def requests(self, asked: Asked) -> list[Request]:
        """Ask how often each answer was given each place."""
        return [Tally((column.name,), asked.table) for column in asked.own]

    def tell(self, asked: Asked, answers: Answers, view: View) -> Told:
        """Tell the average places, best first."""
        if not asked.own or asked.table:
            return Told()
        counts = {
            group: [_places(column, group, answers) for column in asked.own]
            for group in view.groups
        }
        # Every person who ranked anything gave somebody the first place.
        bases = {group: sum(line.get(1, 0) for line in lines) for group, lines in counts.items()}
        names = [column.name for column in asked.own]
        firsts: dict[str | None, dict[str, int]] = {
            group: {name: line.get(1, 0) for name, line in zip(names, lines, strict=True)}
            for group, lines in counts.items()
        }
        shown = disclosed(names, firsts, view)
        chosen = view.group if view.group is not None else None
        if base_of(shown, view) is None and sum(bases.values()) < view.policy.k:
            return Told()
        averages = _averages(counts, bases, view)
        told = averages.of(chosen) if chosen is not None else averages.of("")
        return _told(asked, shown, told, view)


def _places(column: Column, group: str, answers: Answers) -> dict[int, int]:
    tallied = answers.tally(Tally((column.name,)))
    return {int(place): n for place, n in tallied.get(group, {}).items() if place is not None}


def _averages(
    counts: dict[str, list[dict[int, int]]], bases: dict[str, int], view: View
) -> ShownNumbers:
    """Return average places as they may be shown: by group, and of everybody without groups."""
    values = []
    for group in view.groups:
        lines, base = counts[group], bases[group]
        deepest = max((place for line in lines for place in line), default=1)
        positions = [
            [*(line.get(place, 0) for place in range(1, deepest + 1)), base - sum(line.values())]
            for line in lines
        ]
        averages = average_places(positions, len(lines)) if base else [0.0] * len(lines)
        values.append(tuple(average or 0.0 for average in averages))
    persons = tuple(bases[group] for group in view.groups)
    # Each person weighs as much as any other: places are bounded.
    sums, largest = tuple(map(float, persons)), (0.0,) * len(persons)
    table = NumberTable(view.groups, persons, tuple(values), sums, largest, view.closed)
    shown: ShownNumbers = disclose(table, view.policy)
    return shown


def _told(asked: Asked, shown: ShownTable, told: tuple[float, ...] | None, view: View) -> Told:
    ranked = [
        _Ranked(column, told[at] if told else None, series_of(shown, at, view)[0])
        for at, column in enumerate(asked.own)
    ]
    if told is None:
        return Told()
    ranked.sort(key=lambda one: one.average or 0.0)
    best = ranked[0]
    finding = _(
        "“%(answer)s” comes first, on average in place %(place)s.",
        answer=part_words(best.column, view),
        place=_number(best.average),
    )
    return Told(
        finding=finding,
        chart=_chart(finding, ranked, view),
        table=_table(ranked, view),
        base=base_of(shown, view),
        hidden=sum(one.first.is_hidden for one in ranked),
        data=tuple(one for each in ranked for one in _data(each, view)),
    )


def _chart(title: str, ranked: list[_Ranked], view: View) -> Markup:
    last = len(ranked)
    rows = [
        Score(part_words(one.column, view), _reach(one.average, last), _number(one.average))
        for one in ranked
    ]
    return scores(title, rows, is_rtl=view.reader.is_rtl)


def _table(ranked: list[_Ranked], view: View) -> TableView:
    heads = (_("Answer"), (_("Average place"), "number"), (_("Put first by"), "number"))
    rows = (
        (part_label(one.column, view), _number(one.average), share_words(one.first))
        for one in ranked
    )
    return TableView(heads, tuple(rows))


def _data(one: _Ranked, view: View) -> list[Datum]:
    row, label, series = one.column.part, part_words(one.column, view), view.series[0]
    return [
        Datum(row, label, "average_place", one.average, series),
        Datum(row, label, "percent_put_first", one.first.percent, series),
    ]


def _reach(average: float | None, last: int) -> float | None:
    return None if average is None else (last - average + 1) / last


def _number(average: float | None) -> str:
    return too_few() if average is None else formats.number(average, 1)
