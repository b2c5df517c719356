"""Importance beside how well it is met today: which need has the widest gap."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from engage.i18n import formats
from engage.i18n.gettext import gettext as _
from engage.i18n.text import Shown as ShownText
from engage.i18n.text import Text
from engage.questionnaires.question_types.base import Column
from engage.results.charts.quadrant import Point, quadrant
from engage.results.disclosure import NumberTable, ShownNumbers, disclose
from engage.results.scores import paired_gap
from engage.results.statistics import Gap, Interval, gap
from engage.results.summaries.base import (
    Asked,
    Datum,
    Summary,
    TableView,
    Told,
    View,
)
from engage.results.table.asking import Answers, Request, Tally
from engage.results.wording import marked, too_few


@dataclass(frozen=True)
class _Need:
    importance: Column
    met: Column
    words: Text

    @property
    def tally(self) -> Tally:
        return Tally((self.importance.name, self.met.name))


@dataclass(frozen=True)
class _Shown:
    need: _Need
    number: int
    gap: Gap | None
    base: int | None
    interval: Interval | None = None


class Pairs(Summary):
    """Tells the needs, the widest gap first."""

    kind = "pairs"

    def requests(self, asked: Asked) -> list[Request]:
        """Ask for both halves of each need together: only persons who gave both count."""
        return [] if asked.table else [need.tally for need in _needs(asked)]

    def tell(self, asked: Asked, answers: Answers, view: View) -> Told:
        """Tell means on the scales' steps, for needs with enough answers."""
        if asked.table:
            return Told()
        shown = [
            _shown(number, need, answers, view)
            for number, need in enumerate(_needs(asked), start=1)
        ]
        told = [one for one in shown if one.gap is not None]
        if not told:
            return Told()
        told.sort(key=lambda one: one.gap.gap if one.gap else 0, reverse=True)
        finding = _finding(told[0], view)
        return Told(
            finding=finding,
            chart=_chart(finding, told),
            table=_table(told, [one for one in shown if one.gap is None], view),
            base=max((one.base for one in told if one.base is not None), default=None),
            hidden=len(shown) - len(told),
            data=tuple(one for need in shown for one in _data(need, view)),
        )


def _needs(asked: Asked) -> list[_Need]:
    """Return the halves as pairs: the type gives them one after the other, need by need."""
    own = [column for column in asked.own if column.kind == "choice"]
    return [
        _Need(first, second, asked.parts.get(first.part, first.part_label))
        for first, second in zip(own[::2], own[1::2], strict=False)
    ]


def _shown(number: int, need: _Need, answers: Answers, view: View) -> _Shown:
    tallied = answers.tally(need.tally)
    figures, persons = [], []
    for group in view.groups:
        pairs = tallied.get(group, {})
        importance, met = _steps(need.importance, 0, pairs), _steps(need.met, 1, pairs)
        found = gap(importance, met)
        persons.append(sum(importance))
        means = (found.importance, found.met) if found else (0.0, 0.0)
        figures.append((*means, *_interval(need, pairs)))
    sums, largest = tuple(map(float, persons)), (0.0,) * len(persons)
    table = NumberTable(view.groups, tuple(persons), tuple(figures), sums, largest, view.closed)
    shown: ShownNumbers = disclose(table, view.policy)
    chosen = view.group if view.group is not None else ""
    values = shown.of(chosen)
    base = shown.bases[view.groups.index(chosen)]
    if values is None:
        return _Shown(need, number, None, base)
    return _Shown(need, number, Gap(*values[:2]), base, Interval(*values[2:]))


def _interval(need: _Need, pairs: Mapping[Any, int]) -> tuple[float, float]:
    """Return within which the gap lies with 95 % confidence, person by person."""
    steps = [
        {code.value: step for step, code in enumerate(half.codes, start=1)}
        for half in (need.importance, need.met)
    ]
    found = paired_gap(
        {
            (steps[0][both[0]], steps[1][both[1]]): persons
            for both, persons in pairs.items()
            if both[0] in steps[0] and both[1] in steps[1]
        }
    )
    return (found.interval.low, found.interval.high) if found else (0.0, 0.0)


def _steps(column: Column, half: int, pairs: Mapping[Any, int]) -> list[int]:
    """Return how many persons chose each step, of those who answered both halves."""
    counts = {code.value: 0 for code in column.codes}
    for both, persons in pairs.items():
        if None not in both and both[half] in counts:
            counts[both[half]] += persons
    return list(counts.values())


def _data(shown: _Shown, view: View) -> list[Datum]:
    found = shown.gap
    measured = {
        "mean_importance": found.importance if found else None,
        "mean_met": found.met if found else None,
        "gap": found.gap if found else None,
        "gap_low": round(shown.interval.low, 2) if shown.interval else None,
        "gap_high": round(shown.interval.high, 2) if shown.interval else None,
        "people_about": shown.base,
    }
    row, label = shown.need.importance.part.rpartition(".")[0], _name(shown.need, view)
    return [Datum(row, label, name, value, view.series[0]) for name, value in measured.items()]


def _finding(widest: _Shown, view: View) -> str:
    if widest.gap is None or widest.gap.gap <= 0:
        return _("No need is met less well than it matters.")
    return _(
        "The widest gap is at “%(need)s”: it matters %(importance)s and is met %(met)s.",
        need=_name(widest.need, view),
        importance=_number(widest.gap.importance),
        met=_number(widest.gap.met),
    )


def _name(need: _Need, view: View) -> str:
    return _label(need, view).text


def _label(need: _Need, view: View) -> ShownText:
    return view.reader.label(need.words, key=need.importance.part)


def _number(value: float) -> str:
    return formats.number(value, 1)


def _range(interval: Interval | None) -> str:
    if interval is None:
        return "–"
    return _("%(low)s to %(high)s", low=_number(interval.low), high=_number(interval.high))


def _chart(title: str, told: list[_Shown]) -> Markup:
    points = [
        Point(one.number, one.gap.importance, one.gap.met) for one in told if one.gap is not None
    ]
    steps = max(max(len(one.need.importance.codes), len(one.need.met.codes)) for one in told)
    return quadrant(title, points, steps, _("How much it matters"), _("How well it is met"))


def _table(told: list[_Shown], hidden: list[_Shown], view: View) -> TableView:
    heads = (
        _("Number"),
        _("Need"),
        (_("Matters"), "number"),
        (_("Is met"), "number"),
        # Translators: how far what is offered falls behind what matters
        (_("Gap"), "number"),
        (_("Interval (95 %)"), "number"),
        (_("People, about"), "number"),
    )
    rows = [
        (
            formats.number(one.number),
            marked(_label(one.need, view), view.reader),
            *(
                (_number(one.gap.importance), _number(one.gap.met), _number(one.gap.gap))
                if one.gap
                else (too_few(),) * 3
            ),
            _range(one.interval),
            too_few() if one.base is None else formats.number(one.base),
        )
        for one in [*told, *hidden]
    ]
    return TableView(heads, tuple(rows))
