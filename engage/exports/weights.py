"""The weight of each answer, as a column of its own where the population figures can be met."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import duckdb

from engage.communities.queries import areas
from engage.i18n.gettext import gettext, lazy_gettext
from engage.questionnaires.column import Column
from engage.responses.models import Round
from engage.results.disclosure import policy_for
from engage.results.filters import LANGUAGE
from engage.results.reach.population import figures_of
from engage.results.reach.weighing import Weighing, reached_groups, weighing_of
from engage.results.small_areas import small_areas
from engage.results.table.store import ResponseTable
from engage.results.weighted import weighted_source
from engage.results.wording import Reader, listed

#: No question's column can be called so.
WEIGHT = "weight"
#: More say nothing, and are hard to read.
_DECIMALS = 6


@dataclass(frozen=True)
class AnswerWeights:
    """The weights of a round's answers, which follow from the answers to a few questions."""

    weighing: Weighing
    #: Those questions by key, in their order; and what they are called.
    questions: tuple[str, ...]
    labels: tuple[str, ...]

    @property
    def column(self) -> Column:
        """Return the column that holds them."""
        return Column(WEIGHT, "", "number", {}, part_house=lazy_gettext("Weight"))

    @property
    def description(self) -> str:
        """Return what the weights are."""
        return gettext(
            "Weights are 1 on average. They make the answers like the population in: %(questions)s",
            questions=listed(self.labels),
        )

    def source(self, table: ResponseTable) -> str:
        """Return the answers as something to select from, with their weights."""
        return weighted_source(table, self.weighing)

    def of(self, language: str, answers: Mapping[str, Any]) -> float | None:
        """Return the weight of one answer as it is stored; None where it came in only just now."""
        given = {**answers, LANGUAGE: language}
        cell = tuple(given.get(question) or None for question in self.questions)
        return self.weighing.by_cell.get(cell)


def answer_weights(
    round_: Round, table: ResponseTable, engine: duckdb.DuckDBPyConnection, language: str
) -> AnswerWeights | None:
    """Return the weights of a round; None without figures, or where answers cannot meet them."""
    figures, policy = figures_of(round_.community), policy_for(round_.k, round_.profile)
    if figures is None:
        return None
    reader = Reader(language, tuple(table.layout.newest.languages))
    closed = small_areas(areas(round_.community))
    reached = reached_groups(table, engine, figures.people, policy, reader, closed)
    weighing = weighing_of(table, engine, figures.people, reached, policy)
    if weighing is None or not weighing.by_cell:
        return None
    by_cell = {cell: round(weight, _DECIMALS) for cell, weight in weighing.by_cell.items()}
    known = {column.name: column.question for column in table.layout.tables[""]}
    return AnswerWeights(
        replace(weighing, by_cell=by_cell),
        tuple(known.get(one, one) for one in weighing.report.questions),
        tuple(grouping.variable.label.text for grouping, _groups in reached),
    )
