"""Looking at one group: by a background question, by language or by channel, as far as may be."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engage.i18n.gettext import gettext as _
from engage.i18n.gettext import lazy_gettext
from engage.i18n.languages import LANGUAGES
from engage.i18n.text import Shown as ShownText
from engage.questionnaires.question_types.base import Code
from engage.results.disclosure import CountTable, Policy, ShownTable, disclose
from engage.results.table.asking import NO_GROUP, Answers, Tally
from engage.results.table.layout import Layout
from engage.results.wording import Reader

LANGUAGE, CHANNEL = "language", "channel"
CHANNEL_WORDS = {
    "link": lazy_gettext("Link"),
    "poster": lazy_gettext("Poster"),
    "letter": lazy_gettext("Letter"),
    "kiosk": lazy_gettext("Tablet on the spot"),
    "other": lazy_gettext("Another way"),
    # Translators: answers that a program made up to try things out
    "made-up": lazy_gettext("Made up for trying out"),
}
#: More groups than this are a list of places, not a background.
_MOST_GROUPS = 40

#: More groups beside each other, and everybody, have no colours to be told apart by.
MOST_COMPARED = 5


@dataclass(frozen=True)
class Variable:
    """Something people can be grouped by: the column it is in, and its values."""

    column: str
    label: ShownText
    values: tuple[Code, ...]
    is_ordered: bool = False

    @property
    def tally(self) -> Tally:
        """Return what the table is asked about it."""
        return Tally((self.column,))


@dataclass(frozen=True)
class Group:
    """One group to look at; one that is not possible would be too small, or tell of one that is."""

    value: str
    label: ShownText
    is_possible: bool
    is_chosen: bool = False


@dataclass(frozen=True)
class Grouping:
    """A variable with its groups, sizes disclosed."""

    variable: Variable
    groups: tuple[Group, ...]
    sizes: ShownTable
    #: Every value of the column, with "" for those who have none.
    every: tuple[str, ...]

    @property
    def why_not_compared(self) -> str:
        """Return why its groups cannot be shown beside each other, "" where they can."""
        possible = sum(group.is_possible for group in self.groups)
        if possible < 2:
            return _("too few answers")
        return _("too many groups") if possible > MOST_COMPARED else ""

    @property
    def can_be_compared(self) -> bool:
        """Say whether its groups can be shown beside each other."""
        return not self.why_not_compared

    @property
    def closed(self) -> frozenset[str]:
        """Return the groups that are not shown on their own."""
        figures = zip(self.sizes.rows, self.sizes.totals, strict=True)
        return frozenset(value for value, figure in figures if figure.is_hidden)


def variables(layout: Layout, reader: Reader) -> list[Variable]:
    """Return what one may group by: one choice of few, in questions marked as background."""
    found = []
    document = layout.newest
    for key, question in document.questions.items():
        if not question.background or layout.table_of(key):
            continue
        own = [c for c in layout.columns_of(key) if not c.part and c.kind == "choice"]
        if len(own) == 1 and 1 < len(own[0].codes) <= _MOST_GROUPS:
            label = reader.label(question.label, key=key)
            found.append(Variable(own[0].name, label, own[0].codes, own[0].ordered))
    return [*found, *_of_every_round(reader)]


def _of_every_round(reader: Reader) -> Iterator[Variable]:
    languages = tuple(Code(code, {}, known.autonym) for code, known in LANGUAGES.items())
    channels = tuple(Code(value, {}, words) for value, words in CHANNEL_WORDS.items())
    # Translators: the language somebody answered in
    yield Variable(LANGUAGE, reader.label({}, _("Language")), languages)
    # Translators: how people came to the questions: by a link, a poster …
    yield Variable(CHANNEL, reader.label({}, _("Way in")), channels)


def groupings(
    known: Sequence[Variable],
    answers: Answers,
    policy: Policy,
    reader: Reader,
    chosen: tuple[str, str] | None = None,
    closed_areas: frozenset[str] = frozenset(),
) -> list[Grouping]:
    """Return each variable with its groups and their sizes; `chosen` is (column, value).

    An area of `closed_areas` is no group, whatever its size.
    """
    return [
        _grouping(variable, answers, policy, reader, chosen, closed_areas) for variable in known
    ]


def _grouping(
    variable: Variable,
    answers: Answers,
    policy: Policy,
    reader: Reader,
    chosen: tuple[str, str] | None,
    closed_areas: frozenset[str],
) -> Grouping:
    counted = {
        value if value is not None else NO_GROUP: persons
        for values in answers.tally(variable.tally).values()
        for value, persons in values.items()
    }
    every = _values(variable, set(counted))
    closed = closed_areas if _may_be_areas(variable) else frozenset()
    told = _sizes(every[:-1], counted, closed, policy)
    # The question itself tells of those who answered it: what it hides is not told here either.
    hidden = (row for row, one in zip(told.rows, told.totals, strict=True) if one.is_hidden)
    sizes = _sizes(every, counted, frozenset(hidden), policy)
    codes = {code.value: code for code in variable.values}
    groups = []
    for value, figure in zip(every, sizes.totals, strict=True):
        if value == NO_GROUP:
            continue
        code = codes.get(value, Code(value, {}))
        groups.append(
            Group(
                value,
                reader.label(code.label, code.house, value),
                # A group of nobody looks the same as a small one.
                not figure.is_hidden and (figure.about or 0) > 0,
                chosen == (variable.column, value),
            )
        )
    return Grouping(variable, tuple(groups), sizes, every)


def _may_be_areas(variable: Variable) -> bool:
    return not variable.is_ordered and variable.column not in {LANGUAGE, CHANNEL}


def _sizes(
    values: tuple[str, ...], counted: Mapping[str, int], closed: frozenset[str], policy: Policy
) -> ShownTable:
    rows = tuple((counted.get(value, 0),) for value in values)
    whole = (sum(count for (count,) in rows),)
    shown: ShownTable = disclose(CountTable(values, rows, whole, closed_rows=closed), policy)
    return shown


def _values(variable: Variable, seen: set[str]) -> tuple[str, ...]:
    """Return all values of a question, but of the world's languages and ways only those used."""
    known = [code.value for code in variable.values]
    if variable.column in {LANGUAGE, CHANNEL}:
        known = [value for value in known if value in seen]
    unknown = sorted(seen - set(known) - {NO_GROUP})
    return (*known, *unknown, NO_GROUP)
