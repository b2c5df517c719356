"""Choices told by two background questions at once: one panel for each group of the second."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from typing import Any

from markupsafe import Markup

from engage.i18n.gettext import gettext as _
from engage.questionnaires.question_types.base import Code
from engage.results.charts.bars import bars
from engage.results.charts.stacked import stacked
from engage.results.crossing import CrossTable, ShownCross
from engage.results.disclosure import Shown, ShownTable, disclose
from engage.results.ladder import Rung, joined_codes, joined_counts
from engage.results.summaries.apart import Apart, alike_finding, widest_apart
from engage.results.summaries.base import (
    Asked,
    Panels,
    TableView,
    Told,
    View,
    code_label,
    code_words,
    part_label,
    part_words,
    series_of,
    small_base_note,
)
from engage.results.summaries.choices import (
    closed_rows_of,
    goes_down_the_ladder,
    rows_of_choice,
    rung_of,
)
from engage.results.summaries.frequencies import (
    bars_of,
    legend_of,
    stacks_of,
)
from engage.results.table.asking import Answers, Flags, Tallied, pair_of
from engage.results.wording import share_words

Figures = list[tuple[Shown, ...]]


@dataclass(frozen=True)
class _Panel:
    label: str
    figures: Figures


@dataclass(frozen=True)
class _Rows:
    """The rows of a question: key, words and words for HTML of each, and how they are counted."""

    keys: tuple[str, ...]
    codes: list[Code]
    words: list[str]
    labels: list[Markup]
    tallied: Tallied
    bases: Mapping[str | None, int] | None
    closed: frozenset[str]
    #: The tables by each question alone do not stand on the same rung.
    is_refused: bool = False


def told_by_two(asked: Asked, answers: Answers, view: View) -> Told:
    """Return what is told of one choice, or of several, by both groupings of a view."""
    if view.panels is None or not asked.own:
        return Told()
    rows = _rows(asked, answers, view, view.panels)
    shown = _disclosed(rows, view, view.panels)
    if shown.base is None:
        return Told()
    if shown.is_refused or rows.is_refused:
        finding = _("There are too few answers to tell this by two questions at once.")
        return Told(finding=finding, base=shown.base)
    panels = _panels(shown, view, view.panels)
    every = [mine for panel in panels for mine in panel.figures]
    return Told(
        finding=_finding(rows.words, panels, view),
        chart=_charts(asked, rows.words, panels, view),
        table=_table(rows.labels, panels, view),
        base=shown.base,
        hidden=sum(figure.is_hidden for mine in every for figure in mine),
        legend=legend_of(asked.own[0], rows.codes, every, view),
        note=small_base_note(every, view),
    )


def _is_several(asked: Asked) -> bool:
    return asked.own[0].kind == "flag"


def _rows(asked: Asked, answers: Answers, view: View, panels: Panels) -> _Rows:
    if _is_several(asked):
        names = tuple(column.name for column in asked.own)
        tallied = answers.tally(Flags(names, asked.table, asked.reason))
        bases = {group: values.get(None, 0) for group, values in tallied.items()}
        words = [part_words(column, view) for column in asked.own]
        labels = [part_label(column, view) for column in asked.own]
        closed = frozenset(one.name for one in asked.own if one.part in view.closed_areas)
        return _Rows(names, [], words, labels, tallied, bases, closed)
    column = asked.own[0]
    codes, tallied = rows_of_choice(column, asked.table, answers, view)
    is_refused = False
    if goes_down_the_ladder(asked, column):
        rungs = _rungs(codes, tallied, view, panels)
        is_refused = rungs[0] != rungs[1]
        words_of = partial(code_words, view=view)
        codes, tallied = (
            joined_codes(codes, rungs[0], words_of),
            joined_counts(codes, rungs[0], tallied),
        )
    return _Rows(
        tuple(code.value for code in codes),
        codes,
        [code_words(code, view) for code in codes],
        [code_label(code, view) for code in codes],
        tallied,
        None,
        closed_rows_of(column, codes, view),
        is_refused,
    )


def _rungs(
    codes: Sequence[Code], tallied: Tallied, view: View, panels: Panels
) -> tuple[Rung, Rung]:
    """Return the rungs on which the tables by each question alone are told.

    Where they are not the same, those two and one by both tell more than is audited.
    """
    by_first = _summed(tallied, view.groups, panels.every, 0)
    by_second = _summed(tallied, view.groups, panels.every, 1)
    other = replace(view, groups=panels.every, closed=panels.closed)
    return rung_of(codes, [by_first], view), rung_of(codes, [by_second], other)


def _summed(tallied: Tallied, firsts: Sequence[str], seconds: Sequence[str], axis: int) -> Tallied:
    """Return the counts by one of the two groupings."""
    found: dict[str | None, Counter[Any]] = {}
    for one, other in product(firsts, seconds):
        mine = found.setdefault((one, other)[axis], Counter())
        mine.update(tallied.get(pair_of(one, other), {}))
    return dict(found)


def _disclosed(rows: _Rows, view: View, panels: Panels) -> ShownCross:
    pairs = [[pair_of(one, other) for other in panels.every] for one in view.groups]
    counts = tuple(
        tuple(tuple(rows.tallied.get(pair, {}).get(key, 0) for pair in line) for line in pairs)
        for key in rows.keys
    )
    if rows.bases is None:
        bases = tuple(
            tuple(sum(block[at][to] for block in counts) for to in range(len(panels.every)))
            for at in range(len(view.groups))
        )
    else:
        bases = tuple(tuple(rows.bases.get(pair, 0) for pair in line) for line in pairs)
    table = CrossTable(
        rows.keys,
        view.groups,
        panels.every,
        counts,
        bases,
        rows.bases is None,
        view.closed,
        panels.closed,
        panels.closed_pairs,
        rows.closed,
    )
    shown: ShownCross = disclose(table, view.policy)
    return shown


def _panels(shown: ShownCross, view: View, panels: Panels) -> list[_Panel]:
    found = []
    for value, label in panels.shown:
        table: ShownTable = shown.panels[shown.seconds.index(value)]
        figures = [series_of(table, row, view) for row in range(len(table.rows))]
        found.append(_Panel(label, figures))
    return found


def _finding(words: Sequence[str], panels: Sequence[_Panel], view: View) -> str:
    """Return in which panel its groups differ most."""
    found: tuple[Apart, str] | None = None
    for panel in panels:
        apart = widest_apart(words, panel.figures, view)
        if apart and (found is None or apart.points > found[0].points):
            found = apart, panel.label
    if found is None:
        return alike_finding()
    apart, label = found
    return _(
        "Among “%(among)s” the groups differ most in “%(answer)s”:"
        " %(group)s %(share)s, %(less)s %(other)s.",
        among=label,
        answer=apart.answer,
        share=share_words(apart.most[0]),
        group=apart.most[1],
        other=share_words(apart.least[0]),
        less=apart.least[1],
    )


def _charts(asked: Asked, words: list[str], panels: Sequence[_Panel], view: View) -> Markup:
    """Draw each panel in which anything is told."""
    drawn = Markup()
    for panel in panels:
        if all(figure.percent is None for mine in panel.figures for figure in mine):
            continue
        # Translators: says what a picture shows: groups beside each other within a larger group
        title = _("The groups beside each other, among “%(among)s”", among=panel.label)
        is_rtl, heading = view.reader.is_rtl, panel.label
        if asked.own[0].ordered:
            stacks = stacks_of(panel.figures, view.series)
            drawn += stacked(title, stacks, is_rtl=is_rtl, heading=heading)
        else:
            rows = bars_of(words, panel.figures)
            drawn += bars(title, rows, is_rtl=is_rtl, heading=heading)
    return drawn


def _table(labels: list[Markup], panels: Sequence[_Panel], view: View) -> TableView:
    heads = (_("Group"), _("Answer"), *((series, "number") for series in view.series))
    rows = [
        (panel.label, label, *map(share_words, mine))
        for panel in panels
        for label, mine in zip(labels, panel.figures, strict=True)
    ]
    return TableView(heads, tuple(rows))
