"""What every way to tell of a question has in common: what it asks the table, and what it tells."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from markupsafe import Markup

from engage.communities.area_map import AreaMap
from engage.i18n.gettext import gettext as _
from engage.i18n.gettext import ngettext
from engage.i18n.text import Text
from engage.questionnaires.columns import MISSING_PART, WORDS_PART
from engage.questionnaires.document import Question
from engage.questionnaires.question_types.base import Code, Column
from engage.results.disclosure import CountTable, Policy, Shown, ShownTable, disclose
from engage.results.table.asking import Answers, Request, Tallied
from engage.results.weighted import NO_TALLIES, WeightedTallies
from engage.results.wording import Reader, about_words, marked, range_words, share_words

#: Rows of a table that is open without being asked for.
OPEN_ROWS = 6


@dataclass(frozen=True)
class Asked:
    """A question with its columns in one table."""

    question: Question
    columns: tuple[Column, ...]
    table: str = ""
    #: What the parts of an answer are called, by part.
    parts: Mapping[str, Text] = field(default_factory=dict)

    @property
    def own(self) -> tuple[Column, ...]:
        """Return the columns that hold the answer: no reasons, no words beside it."""
        return tuple(c for c in self.columns if c.part not in {MISSING_PART, WORDS_PART})

    @property
    def reason(self) -> str:
        """Return the column that says why there is no answer, "" where there is none."""
        return next((c.name for c in self.columns if c.part == MISSING_PART), "")


@dataclass(frozen=True)
class Panels:
    """A second grouping: everything is told once for each of its groups."""

    #: All its values, with "" for those who have none, and those that are not shown.
    every: tuple[str, ...]
    closed: frozenset[str]
    #: Pairs of a group of the first and one of this that are not shown anywhere.
    closed_pairs: frozenset[tuple[str, str]]
    #: Value and label of each group that may be looked at.
    shown: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class View:
    """How results are looked at: by whom, under which policy, everybody or one group."""

    reader: Reader
    policy: Policy
    #: All values of the filter's column, with "" for those who have none; without a filter one "".
    groups: tuple[str, ...] = ("",)
    closed: frozenset[str] = frozenset()
    group: str | None = None
    group_label: str = ""
    #: All groups beside each other: value and label of each; then there is no one `group`.
    compared: tuple[tuple[str, str], ...] = ()
    areas: AreaMap = field(default_factory=lambda: AreaMap("0 0 1000 1000", []))
    #: Where groups are compared within each group of another question.
    panels: Panels | None = None
    #: Keys of areas that are told of nowhere.
    closed_areas: frozenset[str] = frozenset()
    #: Sums of weights of everybody; nothing where there are no weights, or where there are groups.
    weighted: WeightedTallies = NO_TALLIES

    @property
    def series(self) -> tuple[str, ...]:
        """Return the names of what is compared: the group or groups, and everybody."""
        if self.panels:
            # Translators: everybody in one group, beside smaller groups within it
            return (*(label for _value, label in self.compared), _("The whole group"))
        if self.compared:
            return (*(label for _value, label in self.compared), _("Everybody"))
        # Translators: all who answered, beside one group of them
        return (self.group_label, _("Everybody")) if self.group is not None else ("",)


@dataclass(frozen=True)
class TableView:
    """A table as the page shows it; cells are words or safe HTML."""

    columns: tuple[Any, ...]
    rows: tuple[tuple[Any, ...], ...]

    @property
    def is_open(self) -> bool:
        """Say whether the table is short enough to be open from the start."""
        return len(self.rows) <= OPEN_ROWS


@dataclass(frozen=True)
class Datum:
    """One figure as it leaves in a file: of which row, measured how.

    None is hidden, unless `is_told` says that it is only not measured: a percentage of few.
    """

    row: str
    label: str
    measure: str
    value: float | None
    series: str = ""
    is_told: bool = False


@dataclass(frozen=True)
class Told:
    """What is told of one question; a hidden one has neither finding, chart nor table."""

    finding: str = ""
    chart: Markup = field(default_factory=Markup)
    table: TableView | None = None
    base: int | None = None
    hidden: int = 0
    #: Names beside colours: (family of colours, [(number of colour, name)]).
    legend: tuple[str, tuple[tuple[int, str], ...]] | None = None
    note: str = ""
    #: Whether groups differ by more than chance, for those who ask how that is known.
    connection: str = ""
    #: The same figures as numbers, for files.
    data: tuple[Datum, ...] = ()


class Summary(ABC):
    """One way to tell of questions, found by the name that question types give in `summary_of`."""

    kind: ClassVar[str]

    @abstractmethod
    def requests(self, asked: Asked) -> list[Request]:
        """Return what the table is asked."""

    def further(self, asked: Asked, answers: Answers) -> list[Request]:
        """Return what it is asked next, when the first answers decide it."""
        return []

    @abstractmethod
    def tell(self, asked: Asked, answers: Answers, view: View) -> Told:
        """Return what to show, from nothing but figures that went through `disclose()`."""


def disclosed(
    rows: Sequence[str],
    tallied: Tallied,
    view: View,
    bases: Mapping[str | None, int] | None = None,
    *,
    exclusive: bool = True,
    closed_rows: frozenset[str] = frozenset(),
) -> ShownTable:
    """Return counts of rows as they may be shown; bases are their sums unless given."""
    if not rows:
        return ShownTable((), view.groups, (), (None,) * len(view.groups), (), None)
    counts = tuple(
        tuple(tallied.get(group, {}).get(row, 0) for group in view.groups) for row in rows
    )
    sums = tuple(sum(column) for column in zip(*counts, strict=True))
    given = sums if bases is None else tuple(bases.get(group, 0) for group in view.groups)
    table = CountTable(tuple(rows), counts, given, view.groups, exclusive, view.closed, closed_rows)
    shown: ShownTable = disclose(table, view.policy)
    return shown


def series_of(shown: ShownTable, row: int, view: View) -> tuple[Shown, ...]:
    """Return the figures of a row: of the group or groups if there are any, and of everybody."""
    if view.compared:
        places = [view.groups.index(value) for value, _label in view.compared]
        return (*(shown.cells[row][at] for at in places), shown.totals[row])
    if view.group is None:
        return (shown.totals[row],)
    return (shown.cells[row][view.groups.index(view.group)], shown.totals[row])


def base_of(shown: ShownTable, view: View) -> int | None:
    """Return about how many persons the group looked at is, or everybody."""
    if view.group is None:
        return shown.base
    return shown.bases[view.groups.index(view.group)]


def hidden_of(figures: Sequence[tuple[Shown, ...]], view: View) -> int:
    """Return how many figures are hidden: of the group looked at, or of all that are compared."""
    looked_at = figures if view.compared else [mine[:1] for mine in figures]
    return sum(shown.is_hidden for mine in looked_at for shown in mine)


def figure_table(
    heading: str, labels: Sequence[Any], figures: Sequence[tuple[Shown, ...]], view: View
) -> TableView:
    """Return a table of figures: of everybody with interval and number, of groups their shares."""
    if len(view.series) > 1:
        columns = (heading, *((words, "number") for words in view.series))
        rows = [
            (label, *map(share_words, mine)) for label, mine in zip(labels, figures, strict=True)
        ]
        return TableView(columns, tuple(rows))
    columns = (
        heading,
        (_("Share"), "number"),
        # Translators: heading over “41 % to 50 %”, within which the true share lies
        (_("Interval (95 %)"), "number"),
        (_("People, about"), "number"),
    )
    rows = [
        (label, share_words(shown), range_words(shown), about_words(shown))
        for label, (shown,) in zip(labels, figures, strict=True)
    ]
    return TableView(columns, tuple(rows))


def data_of(
    rows: Sequence[tuple[str, str]], figures: Sequence[tuple[Shown, ...]], view: View
) -> tuple[Datum, ...]:
    """Return the figures of rows, given as (key, label), as numbers."""
    found = []
    for (row, label), mine in zip(rows, figures, strict=True):
        for series, shown in zip(view.series, mine, strict=True):
            measured = {
                "percent": shown.percent,
                "percent_low": shown.low,
                "percent_high": shown.high,
                "people_about": shown.about,
            }
            found += [
                Datum(row, label, name, value, series, not shown.is_hidden)
                for name, value in measured.items()
            ]
    return tuple(found)


def small_base_note(figures: Sequence[tuple[Shown, ...]], view: View) -> str:
    """Return why there are numbers of persons but no percentages, where that is so."""
    if not any(shown.reason == "small_base" for mine in figures for shown in mine):
        return ""
    return ngettext(
        "Percentages are shown from %(num)s answer on.",
        "Percentages are shown from %(num)s answers on.",
        view.policy.percent_from,
    )


def code_label(code: Code, view: View) -> Markup:
    """Return what a value is called, for HTML."""
    return marked(view.reader.label(code.label, code.house, code.value), view.reader)


def code_words(code: Code, view: View) -> str:
    """Return what a value is called, for charts and sentences."""
    return view.reader.label(code.label, code.house, code.value).text


def part_label(column: Column, view: View) -> Markup:
    """Return what the part of a column is called, for HTML."""
    label = view.reader.label(column.part_label, column.part_house, column.part)
    return marked(label, view.reader)


def part_words(column: Column, view: View) -> str:
    """Return what the part of a column is called, for charts and sentences."""
    return view.reader.label(column.part_label, column.part_house, column.part).text
