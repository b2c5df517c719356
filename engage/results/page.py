"""The page of results: the questions of a round, told one by one, for everybody or one group."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import duckdb

from engage.i18n.text import Shown as ShownText
from engage.questionnaires.piping import nothing_known, piped_text
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.results.disclosure import Total, disclose
from engage.results.filters import CHANNEL, LANGUAGE, Grouping, variables
from engage.results.looking import Wanted, asking_by, groups_of, label_of, looked_at
from engage.results.overview import DAYS, Look, Overview, overview
from engage.results.pairing import Second
from engage.results.summaries import SUMMARIES
from engage.results.summaries.base import Asked, Told, View
from engage.results.summaries.crossed import told_by_two
from engage.results.table.asking import Answers, Asking, Request
from engage.results.table.layout import Layout
from engage.results.table.store import ResponseTable
from engage.results.weighted import WeightedTallies, weighted_tallies, weighting_words
from engage.results.wording import Reader

#: Questions on one page: enough for most questionnaires, few enough to stay quick.
QUESTIONS_A_PAGE = 30


#: What can be told of all groups beside each other.
COMPARED = frozenset({"frequencies", "several"})


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
    #: Where groups are compared: the other questions they may be looked at within.
    seconds: tuple[Second, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether there are too few answers to tell anything."""
        return self.overview.answers is None

    @property
    def within(self) -> Second | None:
        """Return the question within whose groups others are compared, if there is one."""
        return next((one for one in self.seconds if one.is_chosen), None)


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
    grouped = groups_of(known, together, wanted)
    chosen, second, view = looked_at(grouped, wanted, everybody)
    asking, answers = everybody, together
    if wanted.chosen:
        asking = asking_by(everybody, chosen, second)
        answers = asking.answers(requests)
    _ask_further(asking, mine, answers)
    view = replace(view, weighted=_weighted(everybody, requests, wanted))
    of_round = [one for one in grouped if one.variable.column in {LANGUAGE, CHANNEL}]
    return ResultsPage(
        overview(total, together, of_round, look, weighting_words(view.weighted, total, known)),
        entries,
        _one_way_round(mine, _blocks(mine, answers, view, everybody), chosen, grouped, view),
        tuple(grouped),
        number,
        pages,
        chosen,
        label_of(chosen),
        tuple(second),
    )


def _weighted(everybody: Asking, requests: Sequence[Request], wanted: Wanted) -> WeightedTallies:
    """Return sums of weights of everybody; none where a group is looked at."""
    by = None if wanted.chosen else wanted.weighting
    return weighted_tallies(
        everybody, requests, by, wanted.policy, wanted.reader, wanted.closed_areas
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


def _blocks(
    asked: Sequence[Asked], answers: Answers, view: View, everybody: Asking
) -> tuple[Block, ...]:
    """Return what is told of each question; what cannot be told by groups, of everybody."""
    others = [one for one in asked if view.compared and not _can_be_compared(one, view)]
    if not others:
        return tuple(_block(one, answers, view) for one in asked)
    plain = View(view.reader, view.policy, areas=view.areas, closed_areas=view.closed_areas)
    aside = everybody.answers(_requests(others))
    _ask_further(everybody, others, aside)
    return tuple(
        _block(one, aside, plain) if one in others else _block(one, answers, view) for one in asked
    )


def _can_be_compared(asked: Asked, view: View) -> bool:
    return summary_of(asked) in COMPARED and not (view.panels and asked.table)


def _one_way_round(
    asked: Sequence[Asked],
    blocks: Sequence[Block],
    chosen: Grouping | None,
    grouped: Sequence[Grouping],
    view: View,
) -> tuple[Block, ...]:
    """Return the blocks, those of background questions told the other way round left empty.

    Age by gender and gender by age hide different counts: of the two tables only one is shown.
    By two questions at once none of them is told.
    """
    columns = [one.variable.column for one in grouped]
    first = columns.index(chosen.variable.column) if chosen else len(columns)
    first = 0 if view.panels else first
    told_there = set(columns[first:])
    return tuple(
        replace(block, told=Told()) if told_there & {c.name for c in one.columns} else block
        for one, block in zip(asked, blocks, strict=True)
    )


def _block(asked: Asked, answers: Answers, view: View) -> Block:
    question = asked.question
    tell = told_by_two if view.panels else SUMMARIES[summary_of(asked)].tell
    return Block(
        question.key,
        _label(asked, view.reader),
        tell(asked, answers, view),
        any(column.held_back == "text" for column in asked.columns),
    )
