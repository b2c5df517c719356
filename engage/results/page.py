"""The page of results: the questions of a round, told one by one, for everybody or one group."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import duckdb

from engage.communities.area_map import AreaMap
from engage.i18n.text import Shown as ShownText
from engage.questionnaires.piping import nothing_known, piped_text
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.results.disclosure import Policy, Total, disclose
from engage.results.filters import CHANNEL, LANGUAGE, Grouping, groupings, variables
from engage.results.overview import DAYS, Look, Overview, overview
from engage.results.summaries import SUMMARIES
from engage.results.summaries.base import Asked, Told, View
from engage.results.table.asking import Answers, Asking, Request
from engage.results.table.layout import Layout
from engage.results.table.store import ResponseTable
from engage.results.wording import Reader

#: Questions on one page: enough for most questionnaires, few enough to stay quick.
QUESTIONS_A_PAGE = 30


#: What can be told of all groups beside each other.
COMPARED = frozenset({"frequencies", "several"})
#: Stands for all groups of a variable, in place of the one looked at.
ALL_GROUPS = "*"


@dataclass(frozen=True)
class Wanted:
    """What of the results is looked at, by whom."""

    reader: Reader
    policy: Policy
    number: int = 1
    #: (column, value) of the one group looked at.
    chosen: tuple[str, str] | None = None
    areas: AreaMap | None = None


@dataclass(frozen=True)
class Entry:
    """One question in the list beside the results."""

    key: str
    label: ShownText
    page: int


@dataclass(frozen=True)
class Block:
    """One question with what is told of it; `has_words` where people wrote freely."""

    key: str
    label: ShownText
    told: Told
    has_words: bool = False


@dataclass(frozen=True)
class ResultsPage:
    """Everything the page shows; nothing in it but what went through `disclose()`."""

    overview: Overview
    entries: tuple[Entry, ...]
    blocks: tuple[Block, ...]
    groupings: tuple[Grouping, ...]
    number: int
    pages: int
    chosen: Grouping | None = None
    group_label: ShownText | None = None

    @property
    def is_empty(self) -> bool:
        """Say whether there are too few answers to tell anything."""
        return self.overview.answers is None


def results_page(
    table: ResponseTable, engine: duckdb.DuckDBPyConnection, wanted: Wanted
) -> ResultsPage:
    """Return the page; a group that may not be looked at is left aside."""
    asked = asked_questions(table.layout)
    pages = max(1, -(-len(asked) // QUESTIONS_A_PAGE))
    number = min(max(wanted.number, 1), pages)
    mine = asked[(number - 1) * QUESTIONS_A_PAGE : number * QUESTIONS_A_PAGE]
    entries = _entries(asked, wanted.reader)
    total: int | None = disclose(Total(table.answers), wanted.policy)
    look = Look(wanted.policy, wanted.reader)
    if total is None:
        nothing = overview(None, Answers(), [], look)
        return ResultsPage(nothing, entries, (), (), number, pages)
    known, requests = variables(table.layout, wanted.reader), _requests(mine)
    first: list[Request] = [DAYS, *(variable.tally for variable in known)]
    everybody = Asking(table, engine)
    # Without a group one round of queries answers everything.
    together = everybody.answers(first + ([] if wanted.chosen else requests))
    grouped = groupings(known, together, wanted.policy, wanted.reader, wanted.chosen)
    chosen, view = _view(grouped, wanted)
    asking, answers = everybody, together
    if wanted.chosen:
        asking = Asking(table, engine, chosen.variable.column) if chosen else everybody
        answers = asking.answers(requests)
    _ask_further(asking, mine, answers)
    of_round = [one for one in grouped if one.variable.column in {LANGUAGE, CHANNEL}]
    return ResultsPage(
        overview(total, together, of_round, look),
        entries,
        _one_way_round(mine, _blocks(mine, answers, view, everybody), chosen, grouped),
        tuple(grouped),
        number,
        pages,
        chosen,
        _label_of(chosen),
    )


def every_page(
    table: ResponseTable, engine: duckdb.DuckDBPyConnection, wanted: Wanted
) -> Iterator[ResultsPage]:
    """Yield all pages, whichever number is wanted."""
    number, pages = 1, 1
    while number <= pages:
        page = results_page(table, engine, replace(wanted, number=number))
        pages, number = page.pages, number + 1
        yield page


def every_block(
    table: ResponseTable, engine: duckdb.DuckDBPyConnection, wanted: Wanted
) -> Iterator[Block]:
    """Yield what all pages tell, question by question."""
    for page in every_page(table, engine, wanted):
        yield from page.blocks


def asked_questions(layout: Layout) -> list[Asked]:
    """Return the questions that results tell of, in the order of the newest version."""
    found: dict[str, Asked] = {}
    for document in layout.documents():
        for key, question in document.questions.items():
            kind = QUESTION_TYPES[question.type]
            if key in found or kind.summary_of(question) not in SUMMARIES:
                continue
            found[key] = Asked(
                question,
                layout.columns_of(key),
                layout.table_of(key),
                kind.parts(question, document),
            )
    return list(found.values())


def page_of(layout: Layout, key: str) -> int:
    """Return the number of the page a question is told on."""
    keys = [one.question.key for one in asked_questions(layout)]
    return 1 + (keys.index(key) if key in keys else 0) // QUESTIONS_A_PAGE


def summary_of(asked: Asked) -> str:
    """Return how results tell of a question."""
    return QUESTION_TYPES[asked.question.type].summary_of(asked.question)


def _entries(asked: Sequence[Asked], reader: Reader) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            one.question.key,
            _label(one, reader),
            1 + place // QUESTIONS_A_PAGE,
        )
        for place, one in enumerate(asked)
    )


def _label(asked: Asked, reader: Reader) -> ShownText:
    """Return the question as it was asked, with a gap where earlier answers stood."""
    label = reader.label(asked.question.label, key=asked.question.key)
    return replace(label, text=piped_text(label.text, nothing_known))


def _requests(asked: Sequence[Asked]) -> list[Request]:
    return [request for one in asked for request in SUMMARIES[summary_of(one)].requests(one)]


def _ask_further(asking: Asking, asked: Sequence[Asked], answers: Answers) -> None:
    further = [
        request for one in asked for request in SUMMARIES[summary_of(one)].further(one, answers)
    ]
    if further:
        more = asking.answers(further)
        answers.tallies |= more.tallies
        answers.numbers |= more.numbers


def _view(grouped: Sequence[Grouping], wanted: Wanted) -> tuple[Grouping | None, View]:
    areas = wanted.areas or AreaMap("0 0 1000 1000", [])
    for grouping in grouped:
        if wanted.chosen == (grouping.variable.column, ALL_GROUPS) and grouping.can_be_compared:
            return grouping, _comparing(grouping, wanted, areas)
        for group in grouping.groups:
            if group.is_chosen and group.is_possible:
                view = View(
                    wanted.reader,
                    wanted.policy,
                    grouping.every,
                    grouping.closed,
                    group.value,
                    group.label.text,
                    areas=areas,
                )
                return grouping, view
    return None, View(wanted.reader, wanted.policy, areas=areas)


def _comparing(grouping: Grouping, wanted: Wanted, areas: AreaMap) -> View:
    groups = tuple((one.value, one.label.text) for one in grouping.groups if one.is_possible)
    return View(
        wanted.reader,
        wanted.policy,
        grouping.every,
        grouping.closed,
        compared=groups,
        areas=areas,
    )


def _label_of(chosen: Grouping | None) -> ShownText | None:
    """Return the one group looked at; None where all or none are."""
    if chosen is None:
        return None
    return next((group.label for group in chosen.groups if group.is_chosen), None)


def _blocks(
    asked: Sequence[Asked], answers: Answers, view: View, everybody: Asking
) -> tuple[Block, ...]:
    """Return what is told of each question; what cannot be told by groups, of everybody."""
    others = [one for one in asked if view.compared and summary_of(one) not in COMPARED]
    if not others:
        return tuple(_block(one, answers, view) for one in asked)
    plain = View(view.reader, view.policy, areas=view.areas)
    aside = everybody.answers(_requests(others))
    _ask_further(everybody, others, aside)
    return tuple(
        _block(one, aside, plain) if one in others else _block(one, answers, view) for one in asked
    )


def _one_way_round(
    asked: Sequence[Asked],
    blocks: Sequence[Block],
    chosen: Grouping | None,
    grouped: Sequence[Grouping],
) -> tuple[Block, ...]:
    """Return the blocks, those of background questions told the other way round left empty.

    Age by gender and gender by age hide different counts: of the two tables only one is shown.
    """
    columns = [one.variable.column for one in grouped]
    first = columns.index(chosen.variable.column) if chosen else len(columns)
    told_there = set(columns[first:])
    return tuple(
        replace(block, told=Told()) if told_there & {c.name for c in one.columns} else block
        for one, block in zip(asked, blocks, strict=True)
    )


def _block(asked: Asked, answers: Answers, view: View) -> Block:
    question = asked.question
    return Block(
        question.key,
        _label(asked, view.reader),
        SUMMARIES[summary_of(asked)].tell(asked, answers, view),
        any(column.held_back == "text" for column in asked.columns),
    )
