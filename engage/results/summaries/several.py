"""Several answers of many: for each the share of persons who chose it."""

from markupsafe import Markup

from engage.i18n.gettext import gettext as _
from engage.results.charts.bars import bars
from engage.results.disclosure import Shown
from engage.results.summaries.apart import compared_finding
from engage.results.summaries.base import (
    Asked,
    Summary,
    Told,
    View,
    base_of,
    data_of,
    disclosed,
    figure_table,
    hidden_of,
    part_label,
    part_words,
    series_of,
    small_base_note,
)
from engage.results.summaries.frequencies import bars_of, legend_of, small_finding
from engage.results.summaries.weighting import weighted_data, weighted_note, with_weighted
from engage.results.table.asking import Answers, Flags, Request
from engage.results.wording import percent_words


class Several(Summary):
    """Tells how many chose each answer; persons may choose several, so shares exceed 100 %."""

    kind = "several"

    def requests(self, asked: Asked) -> list[Request]:
        """Ask for all flags at once."""
        return [self._flags(asked)] if asked.own else []

    def _flags(self, asked: Asked) -> Flags:
        return Flags(tuple(column.name for column in asked.own), asked.table, asked.reason)

    def tell(self, asked: Asked, answers: Answers, view: View) -> Told:
        """Tell of each choice as a share of those who answered."""
        tallied = answers.tally(self._flags(asked))
        if view.groups == ("",):
            # Without groups everybody was measured together.
            tallied = {"": tallied.get(None, {})}
        bases = {group: values.get(None, 0) for group, values in tallied.items()}
        names = [column.name for column in asked.own]
        closed = frozenset(one.name for one in asked.own if one.part in view.closed_areas)
        shown = disclosed(names, tallied, view, bases, exclusive=False, closed_rows=closed)
        if shown.is_hidden or base_of(shown, view) is None:
            return Told()
        figures = [series_of(shown, row, view) for row in range(len(names))]
        words = [part_words(column, view) for column in asked.own]
        finding = _finding(words, [mine[0] for mine in figures], view)
        if view.compared:
            finding = compared_finding(words, figures, view)
        labels = [part_label(column, view) for column in asked.own]
        has_chart = any(shown.percent is not None for mine in figures for shown in mine)
        drawn = bars_of(words, figures)
        rows = [(c.part, said) for c, said in zip(asked.own, words, strict=True)]
        weighted = view.weighted.shares(self._flags(asked), names, figures)
        return Told(
            finding=finding,
            chart=bars(finding, drawn, is_rtl=view.reader.is_rtl) if has_chart else Markup(),
            table=with_weighted(figure_table(_("Answer"), labels, figures, view), weighted),
            base=base_of(shown, view),
            hidden=hidden_of(figures, view),
            legend=legend_of(asked.own[0], [], figures, view),
            note=small_base_note(figures, view) or weighted_note(weighted),
            data=data_of(rows, figures, view) + weighted_data(rows, figures, weighted),
        )


def _finding(words: list[str], figures: list[Shown], view: View) -> str:
    seen = [
        (shown.percent, said)
        for said, shown in zip(words, figures, strict=True)
        if shown.percent is not None
    ]
    if not seen:
        return small_finding(figures, view)
    percent, said = max(seen, key=lambda one: one[0])
    return _(
        "“%(answer)s” was chosen most often: by %(share)s.",
        answer=said,
        share=percent_words(percent),
    )
