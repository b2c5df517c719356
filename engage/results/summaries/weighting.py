"""Weighted shares beside the shares of everybody: a column of the table, and figures for files."""

from collections.abc import Sequence

from engage.i18n.gettext import gettext as _
from engage.i18n.gettext import ngettext
from engage.results.disclosure import Shown
from engage.results.summaries.base import Datum, TableView
from engage.results.weighted import WeightedShares
from engage.results.wording import percent_words


def with_weighted(table: TableView, weighted: WeightedShares) -> TableView:
    """Return a table of figures with the weighted share after each share, where there are any."""
    if not weighted.percents:
        return table
    # Translators: heading over shares for which each answer counts by its weight
    columns = (*table.columns[:2], (_("Weighted"), "number"), *table.columns[2:])
    rows = (
        (*row[:2], row[1] if percent is None else percent_words(percent), *row[2:])
        for row, percent in zip(table.rows, weighted.percents, strict=True)
    )
    return TableView(columns, tuple(rows))


def weighted_data(
    rows: Sequence[tuple[str, str]], figures: Sequence[tuple[Shown, ...]], weighted: WeightedShares
) -> tuple[Datum, ...]:
    """Return the same as numbers; there is one for each share that is told."""
    if not weighted.percents:
        return ()
    return tuple(
        Datum(row, label, "percent_weighted", percent, is_told=not shown.is_hidden)
        for (row, label), (shown,), percent in zip(rows, figures, weighted.percents, strict=True)
    )


def weighted_note(weighted: WeightedShares) -> str:
    """Return how coarse weighted shares are, where that is not a whole percent."""
    if weighted.step == 1:
        return ""
    return ngettext(
        "Weighted shares go in steps of %(num)s percentage point.",
        "Weighted shares go in steps of %(num)s percentage points.",
        weighted.step,
    )
