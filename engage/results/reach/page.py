"""The page of who has not been reached: each background question beside the population."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
from markupsafe import Markup

from engage.i18n import formats
from engage.i18n.gettext import s_, sn_
from engage.i18n.text import Shown as ShownText
from engage.results.charts.bars import Bar, bars
from engage.results.disclosure import HIDDEN, Policy, Shown, Total, disclose
from engage.results.filters import Grouping, Variable, variables
from engage.results.reach.gaps import GroupReach, widest
from engage.results.reach.weighing import People, WeightReport, reached_groups, weighing_of
from engage.results.summaries.base import TableView
from engage.results.table.store import ResponseTable
from engage.results.wording import Reader, marked, too_few


@dataclass(frozen=True)
class ReachBlock:
    """One question: who is missing, the picture, the same as a table."""

    key: str
    label: ShownText
    finding: str
    chart: Markup
    table: TableView
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReachPage:
    """Everything the page shows; all numbers of answers went through `disclose()`."""

    answers: int | None
    blocks: tuple[ReachBlock, ...] = ()
    #: Questions with figures that this round does not ask, or shows nothing of.
    left_out: tuple[str, ...] = ()
    weights: WeightReport | None = None
    #: What questions and groups are called: (question, "") or (question, group).
    words: Mapping[tuple[str, str], str] | None = None


def reach_page(
    table: ResponseTable,
    engine: duckdb.DuckDBPyConnection,
    people: People,
    policy: Policy,
    reader: Reader,
    closed_areas: frozenset[str] = frozenset(),
) -> ReachPage:
    """Return the page: the same tables of groups as results have, beside the population."""
    total: int | None = disclose(Total(table.answers), policy)
    if total is None:
        return ReachPage(None)
    asked = [one for one in variables(table.layout, reader) if one.column in people]
    reached = reached_groups(table, engine, people, policy, reader, closed_areas)
    blocks = tuple(_block(grouping, groups, reader) for grouping, groups in reached)
    shown = {block.key for block in blocks}
    weighing = weighing_of(table, engine, people, reached, policy)
    return ReachPage(
        total,
        blocks,
        tuple(question for question in people if question not in shown),
        weighing.report if weighing else None,
        words_of(asked, reader),
    )


def words_of(asked: list[Variable], reader: Reader) -> dict[tuple[str, str], str]:
    """Return what questions and their answers are called."""
    words = {(one.column, ""): one.label.text for one in asked}
    for one in asked:
        for code in one.values:
            words[one.column, code.value] = _called(one, code.value, reader).text
    return words


def _called(variable: Variable, group: str, reader: Reader) -> ShownText:
    code = next((code for code in variable.values if code.value == group), None)
    return reader.label(code.label, code.house, group) if code else ShownText(group, "", False)


def _block(grouping: Grouping, reached: list[GroupReach], reader: Reader) -> ReachBlock:
    labels = [_called(grouping.variable, one.group, reader) for one in reached]
    finding = _finding(grouping.variable, reached, reader)
    return ReachBlock(
        grouping.variable.column,
        grouping.variable.label,
        finding,
        _chart(finding, labels, reached, reader),
        _table(labels, reached, reader),
        tuple(_notes(labels, reached)),
    )


def _finding(variable: Variable, reached: list[GroupReach], reader: Reader) -> str:
    most = widest(reached)
    if most is None:
        return s_("The groups answer about as often as they live here.")
    group = _called(variable, most.group, reader).text
    if most.is_hidden:
        return s_(
            "Up to about %(number)s more answers from “%(group)s” would be needed.",
            number=formats.number(most.missing),
            group=group,
        )
    return s_(
        "About %(number)s more answers from “%(group)s” would be needed.",
        number=formats.number(most.missing),
        group=group,
    )


def _chart(
    title: str, labels: list[ShownText], reached: list[GroupReach], reader: Reader
) -> Markup:
    """Draw residents and answers beside each other; without percentages there is no picture."""
    if all(one.percent is None for one in reached):
        return Markup()
    rows = [
        Bar(
            label.text,
            (Shown(percent=one.people_percent, reason=""), _figure(one)),
            (_percent(one.people_percent), _answer_words(one)),
        )
        for label, one in zip(labels, reached, strict=True)
    ]
    return bars(title, rows, is_rtl=reader.is_rtl)


def _figure(one: GroupReach) -> Shown:
    return HIDDEN if one.percent is None else Shown(percent=one.percent, reason="")


def _percent(percent: int) -> str:
    return formats.percent(percent / 100)


def _answer_words(one: GroupReach) -> str:
    if one.is_hidden:
        return too_few()
    return "–" if one.percent is None else _percent(one.percent)


def _table(labels: list[ShownText], reached: list[GroupReach], reader: Reader) -> TableView:
    heads = (
        s_("Group"),
        # First what to do, so that it is seen on a phone without scrolling.
        (s_("More needed"), "number"),
        (s_("Share of residents"), "number"),
        (s_("Share of answers"), "number"),
        (s_("Answers, about"), "number"),
        (s_("Residents"), "number"),
    )
    rows = [
        (
            marked(label, reader),
            _missing_words(one),
            _percent(one.people_percent),
            _answer_words(one),
            too_few() if one.answers is None else formats.number(one.answers),
            formats.number(one.people),
        )
        for label, one in zip(labels, reached, strict=True)
    ]
    return TableView(heads, tuple(rows))


def _missing_words(one: GroupReach) -> str:
    if one.note:
        return "–"
    if one.is_hidden:
        # Translators: at most so many more answers; how many there are is not shown
        return s_("up to %(number)s", number=formats.number(one.missing))
    return formats.number(one.missing)


def _notes(labels: list[ShownText], reached: list[GroupReach]) -> list[str]:
    notes = []
    for label, one in zip(labels, reached, strict=True):
        if one.note == "too_many":
            notes.append(
                s_(
                    "More answers than residents in “%(group)s”. Check the population figures.",
                    group=label.text,
                )
            )
    few = [
        label.text for label, one in zip(labels, reached, strict=True) if one.note == "few_people"
    ]
    if few:
        notes.append(
            sn_(
                "%(groups)s: fewer than 40 people live here, so nothing is shown.",
                "%(groups)s: fewer than 40 people live in each, so nothing is shown.",
                len(few),
                groups=formats.listing(few),
            )
        )
    return notes
