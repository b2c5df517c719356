"""One answer of several: shares as bars, or as one divided bar where the answers are ordered."""

from collections.abc import Sequence

from markupsafe import Markup

from engage.i18n.gettext import gettext as _
from engage.i18n.gettext import ngettext
from engage.questionnaires.question_types.base import Code, Column
from engage.results.charts.bars import Bar, bars
from engage.results.charts.stacked import Stack, colours, stacked
from engage.results.disclosure import Shown
from engage.results.summaries.apart import compared_finding, connection_words
from engage.results.summaries.base import (
    Asked,
    Summary,
    Told,
    View,
    base_of,
    code_label,
    code_words,
    data_of,
    figure_table,
    hidden_of,
    series_of,
    small_base_note,
)
from engage.results.summaries.choices import shown_choice
from engage.results.summaries.weighting import weighted_data, weighted_note, with_weighted
from engage.results.table.asking import Answered, Answers, Request, Tally
from engage.results.weighted import REST
from engage.results.wording import percent_words, share_words


class Frequencies(Summary):
    """Tells how many chose each answer."""

    kind = "frequencies"

    def requests(self, asked: Asked) -> list[Request]:
        """Ask for the tally; in a repeat also for how many persons there are."""
        return tally_requests(asked.own[:1], asked.table)

    def tell(self, asked: Asked, answers: Answers, view: View) -> Told:
        """Tell of the first column: choices have one."""
        if not asked.own:
            return Told()
        return told_of_choice(asked, asked.own[0], answers, view)


def tally_requests(columns: Sequence[Column], table: str) -> list[Request]:
    """Return the requests for columns of one choice each."""
    tallies: list[Request] = [Tally((column.name,), table) for column in columns]
    return tallies + [Answered(column.name, table) for column in columns if table]


def told_of_choice(asked: Asked, column: Column, answers: Answers, view: View) -> Told:
    """Return what is told of a column with one of several values a person."""
    codes, shown = shown_choice(asked, column, answers, view)
    if shown.is_hidden or base_of(shown, view) is None:
        return Told()
    figures = [series_of(shown, row, view) for row in range(len(codes))]
    finding = finding_of(codes, [mine[0] for mine in figures], view, ordered=column.ordered)
    connection = ""
    if view.compared:
        finding = compared_finding([code_words(code, view) for code in codes], figures, view)
        bases = [shown.bases[view.groups.index(value)] for value, _label in view.compared]
        connection = connection_words(figures, bases, view)
    rows = [(code.value, code_words(code, view)) for code in codes]
    request, keys = Tally((column.name,), asked.table), [code.value for code in codes]
    weighted = view.weighted.shares(request, keys, figures)
    labels = [code_label(code, view) for code in codes]
    return Told(
        finding=finding,
        chart=_chart(finding, column, codes, figures, view),
        table=with_weighted(figure_table(_("Answer"), labels, figures, view), weighted),
        base=base_of(shown, view),
        hidden=hidden_of(figures, view),
        legend=legend_of(column, codes, figures, view),
        note=small_base_note(figures, view) or weighted_note(weighted),
        connection=connection,
        data=data_of(rows, figures, view) + weighted_data(rows, figures, weighted),
    )


def finding_of(
    codes: Sequence[Code], figures: Sequence[Shown], view: View, *, ordered: bool
) -> str:
    """Return the finding of one distribution in a sentence."""
    seen = [
        (shown.percent, code)
        for code, shown in zip(codes, figures, strict=True)
        if shown.percent is not None and code.value != REST
    ]
    if not seen:
        return small_finding(figures, view)
    if ordered and len(codes) > 3 and (end := _end_of_scale(codes, figures, view)):
        return end
    most = max(seen, key=lambda one: one[0])
    second = max((one for one in seen if one is not most), key=lambda one: one[0], default=None)
    share = percent_words(most[0])
    if second and most[0] - second[0] <= 2:
        return _(
            "“%(first)s” (%(share)s) and “%(second)s” (%(other)s) are about as common.",
            first=code_words(most[1], view),
            share=share,
            second=code_words(second[1], view),
            other=percent_words(second[0]),
        )
    if most[0] > 50:
        return _("%(share)s answered “%(answer)s”.", share=share, answer=code_words(most[1], view))
    return _(
        "The most common answer is “%(answer)s”: %(share)s.",
        answer=code_words(most[1], view),
        share=share,
    )


def small_finding(figures: Sequence[Shown], view: View) -> str:
    """Return the finding where there are too few answers for percentages."""
    persons = sum(shown.about or 0 for shown in figures)
    if not persons:
        return _("There are too few answers to tell more.")
    return ngettext(
        "About %(num)s person answered; that is too few for percentages.",
        "About %(num)s people answered; that is too few for percentages.",
        persons,
    )


def _end_of_scale(codes: Sequence[Code], figures: Sequence[Shown], view: View) -> str:
    """Return how many are at the stronger end of a scale: its last two steps, or its first two."""
    ends = [(codes[-2:], figures[-2:]), (codes[:2], figures[:2])]
    told = [
        (sum(shown.percent or 0 for shown in two), pair)
        for pair, two in ends
        if all(shown.percent is not None for shown in two)
    ]
    if not told:
        return ""
    percent, (first, second) = max(told, key=lambda one: one[0])
    return _(
        "%(share)s answered “%(first)s” or “%(second)s”.",
        share=percent_words(percent),
        first=code_words(first, view),
        second=code_words(second, view),
    )


def _has_percent(figures: Sequence[tuple[Shown, ...]]) -> bool:
    return any(shown.percent is not None for mine in figures for shown in mine)


def _chart(
    title: str,
    column: Column,
    codes: Sequence[Code],
    figures: Sequence[tuple[Shown, ...]],
    view: View,
) -> Markup:
    if not _has_percent(figures):
        return Markup()
    if column.ordered:
        return stacked(title, stacks_of(figures, view.series), is_rtl=view.reader.is_rtl)
    rows = bars_of([code_words(code, view) for code in codes], figures)
    return bars(title, rows, is_rtl=view.reader.is_rtl)


def stacks_of(figures: Sequence[tuple[Shown, ...]], series: Sequence[str]) -> list[Stack]:
    """Return a divided bar for each series."""
    words = share_words_of(figures)
    return [
        Stack(name, [mine[at] for mine in figures], [said[at] for said in words])
        for at, name in enumerate(series)
    ]


def bars_of(labels: Sequence[str], figures: Sequence[tuple[Shown, ...]]) -> list[Bar]:
    """Return a row of bars for each label."""
    words = share_words_of(figures)
    return [Bar(*row) for row in zip(labels, figures, words, strict=True)]


def share_words_of(figures: Sequence[tuple[Shown, ...]]) -> list[list[str]]:
    """Return the words of each figure."""
    return [[share_words(shown) for shown in mine] for mine in figures]


def legend_of(
    column: Column, codes: Sequence[Code], figures: Sequence[tuple[Shown, ...]], view: View
) -> tuple[str, tuple[tuple[int, str], ...]] | None:
    """Return what the colours mean, where a chart has several."""
    if not _has_percent(figures):
        return None
    if column.ordered:
        numbers = colours(len(codes))
        names = (code_words(code, view) for code in codes)
        return "lik", tuple(zip(numbers, names, strict=True))
    if len(view.series) > 1:
        return "viz", tuple(enumerate(view.series, start=1))
    return None
