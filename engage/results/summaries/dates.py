"""Dates: how many answers fall in each month, or in each year where there are many months."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from markupsafe import Markup

from engage.i18n import formats
from engage.i18n.gettext import gettext as _
from engage.results.charts.bars import bars
from engage.results.summaries.base import (
    Asked,
    Summary,
    Told,
    View,
    base_of,
    data_of,
    disclosed,
    figure_table,
    series_of,
    small_base_note,
)
from engage.results.summaries.frequencies import bars_of, legend_of, small_finding
from engage.results.table.asking import Answers, Request, Tally
from engage.results.wording import percent_words

#: More months than this are told by year.
_MOST_MONTHS = 24
_MOST_YEARS = 30


class Dates(Summary):
    """Tells of dates by month; a day may be one person's."""

    kind = "dates"

    def requests(self, asked: Asked) -> list[Request]:
        """Ask for the tally of values."""
        return [Tally((asked.own[0].name,), asked.table)] if asked.own else []

    def tell(self, asked: Asked, answers: Answers, view: View) -> Told:
        """Tell the months in order, also those between in which nothing falls."""
        if not asked.own:
            return Told()
        tallied = answers.tally(Tally((asked.own[0].name,), asked.table))
        by_group = {group: _by_month(values) for group, values in tallied.items()}
        periods = _periods({month for months in by_group.values() for month in months})
        counted = {group: _by_period(months, periods) for group, months in by_group.items()}
        shown = disclosed(list(periods), counted, view, exclusive=not asked.table)
        if shown.is_hidden or base_of(shown, view) is None:
            return Told()
        figures = [series_of(shown, row, view) for row in range(len(periods))]
        words = list(periods.values())
        seen = [
            (mine[0].percent, said)
            for said, mine in zip(words, figures, strict=True)
            if mine[0].percent is not None
        ]
        finding = small_finding([mine[0] for mine in figures], view)
        if seen:
            percent, said = max(seen, key=lambda one: one[0])
            finding = _(
                "Most answers fall in %(period)s: %(share)s.",
                period=said,
                share=percent_words(percent),
            )
        chart = bars(finding, bars_of(words, figures), is_rtl=view.reader.is_rtl, tight=True)
        return Told(
            finding=finding,
            chart=chart if seen else Markup(),
            table=figure_table(_("Period"), words, figures, view),
            base=base_of(shown, view),
            hidden=sum(mine[0].is_hidden for mine in figures),
            legend=legend_of(asked.own[0], [], figures, view),
            note=small_base_note(figures, view),
            data=data_of(list(periods.items()), figures, view),
        )


def month_of(value: Any) -> tuple[int, int] | None:
    """Return (year, month) of a cell: a date, the text of one, or a year alone (month 0)."""
    if isinstance(value, date):
        return value.year, value.month
    if isinstance(value, int):
        return value, 0
    text = str(value or "")
    year, _dash, rest = text.partition("-")
    if not (year.isdigit() and len(year) == 4):
        return None
    return int(year), int(rest[:2]) if rest[:2].isdigit() else 0


def _by_month(values: Mapping[Any, int]) -> Counter[tuple[int, int]]:
    found: Counter[tuple[int, int]] = Counter()
    for value, persons in values.items():
        month = month_of(value)
        if month is not None:
            found[month] += persons
    return found


def _periods(months: set[tuple[int, int]]) -> dict[str, str]:
    """Return the periods to tell of, in order, with their words; none is left out between."""
    if not months:
        return {}
    (first, first_month), (last, last_month) = min(months), max(months)
    number = (last - first) * 12 + last_month - first_month + 1
    if any(month == 0 for _year, month in months) or number > _MOST_MONTHS:
        years = range(max(first, last - _MOST_YEARS + 1), last + 1)
        return {str(year): _year_words(year) for year in years}
    found = {}
    for step in range(number):
        year, month = divmod(first * 12 + first_month - 1 + step, 12)
        found[f"{year}-{month + 1:02}"] = formats.month(date(year, month + 1, 1))
    return found


def _year_words(year: int) -> str:
    """Return a year in the reader's digits, without a separator of thousands."""
    return "".join(formats.number(int(digit)) for digit in str(year))


def _by_period(months: Mapping[tuple[int, int], int], periods: Mapping[str, str]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for (year, month), persons in months.items():
        key = f"{year}-{month:02}"
        found[key if key in periods else str(year)] += persons
    return dict(found)
