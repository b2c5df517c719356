"""How many answered: in all, by day, by language and by channel, as far as may be told."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from engage.i18n import formats
from engage.i18n.gettext import gettext as _
from engage.i18n.gettext import ngettext
from engage.results.charts.bars import columns
from engage.results.disclosure import CountTable, Policy, ShownTable, disclose
from engage.results.filters import Grouping
from engage.results.summaries.base import TableView
from engage.results.table.asking import Answers, Tally
from engage.results.wording import Reader, about_words, listed, marked, share_words

DAYS = Tally(("day",))
#: More columns than this do not fit on a phone.
_MOST_PERIODS = 120


@dataclass(frozen=True)
class OverTime:
    """Answers by day, or by week or month where days were too few to tell."""

    finding: str
    chart: Markup
    table: TableView


@dataclass(frozen=True)
class Overview:
    """What stands on top of the page of results."""

    answers: int | None
    sentence: str
    over_time: OverTime | None
    tables: tuple[tuple[str, TableView], ...] = ()
    #: What weighted shares are made of, or that there are none.
    weighting: str = ""


def overview(
    total: int | None,
    answers: Answers,
    groupings: Sequence[Grouping],
    view_of: "Look",
    weighting: str = "",
) -> Overview:
    """Return the overview; `groupings` are those by language and channel."""
    if total is None:
        return Overview(None, "", None)
    days = {
        value: persons
        for values in answers.tally(DAYS).values()
        for value, persons in values.items()
        if value is not None
    }
    return Overview(
        total,
        ngettext("About %(num)s answer.", "About %(num)s answers.", total),
        over_time(days, view_of),
        tuple(
            (grouping.variable.label.text, _sizes(grouping, view_of.reader))
            for grouping in groupings
            if not grouping.sizes.is_hidden
        ),
        weighting,
    )


@dataclass(frozen=True)
class Look:
    """Under which policy and in whose language the overview is made."""

    policy: Policy
    reader: Reader


def in_shares(grouping: Grouping) -> str:
    """Return the visible groups in a line: “svenska 55 %, arabiska 20 %”."""
    told = [
        # Translators: a language or a way in, and its share: “Svenska 55 %”
        _("%(group)s %(share)s", group=group.label.text, share=share_words(figure))
        for group in grouping.groups
        if (figure := grouping.sizes.of(group.value)).percent
    ]
    return listed(told)


def _sizes(grouping: Grouping, reader: Reader) -> TableView:
    rows = []
    for group in grouping.groups:
        figure = grouping.sizes.of(group.value)
        rows.append((marked(group.label, reader), share_words(figure), about_words(figure)))
    heads = (grouping.variable.label.text, (_("Share"), "number"), (_("People, about"), "number"))
    return TableView(heads, tuple(rows))


def over_time(days: Mapping[date, int], look: Look) -> OverTime | None:
    """Return answers over time in the finest steps in which nothing has to be hidden."""
    found = None
    for start_of, words in _STEPS if days else ():
        shown, periods = _by_step(days, start_of, look.policy)
        if not shown.is_hidden and len(periods) <= _MOST_PERIODS:
            found = _told_over_time(shown, periods, words, look)
            if not shown.hidden_rows:
                break
    return found


def _told_over_time(
    shown: ShownTable, periods: Sequence[date], words: Callable[[date], str], look: Look
) -> OverTime | None:
    told = [(period, figure) for period, figure in zip(periods, shown.totals, strict=True)]
    visible = [one for one in told if one[1].about]
    if not visible:
        return None
    most, figure = max(visible, key=lambda one: one[1].about or 0)
    finding = _("Most answers came in: %(period)s.", period=words(most))
    if figure.percent is not None:
        finding = _(
            "Most answers came in: %(period)s, %(share)s of them.",
            period=words(most),
            share=share_words(figure),
        )
    rows = tuple((words(period), share_words(one), about_words(one)) for period, one in told)
    heads = (_("Period"), (_("Share"), "number"), (_("People, about"), "number"))
    percents = [one.percent for _period, one in told]
    chart = columns(finding, percents, is_rtl=look.reader.is_rtl) if any(percents) else Markup()
    return OverTime(finding, chart, TableView(heads, rows))


def _by_step(
    days: Mapping[date, int], start_of: Callable[[date], date], policy: Policy
) -> tuple[ShownTable, list[date]]:
    counted: Counter[date] = Counter()
    for day, persons in days.items():
        counted[start_of(day)] += persons
    periods = sorted({start_of(day) for day in _every_day(min(days), max(days))})
    table = CountTable(
        tuple(period.isoformat() for period in periods),
        tuple((counted[period],) for period in periods),
        (sum(counted.values()),),
    )
    shown: ShownTable = disclose(table, policy)
    return shown, periods


def _every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _day(day: date) -> date:
    return day


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _first_of_month(day: date) -> date:
    return day.replace(day=1)


def _week_words(monday: date) -> str:
    # Translators: a week, told by the Monday it begins with
    return _("week from %(day)s", day=formats.day(monday))


_STEPS: tuple[tuple[Callable[[date], date], Callable[[date], str]], ...] = (
    (_day, formats.day),
    (_monday, _week_words),
    (_first_of_month, formats.month),
)
