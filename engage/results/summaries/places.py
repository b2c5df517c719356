"""Places: how many named each area, on the map and as bars, and marks by square; no words."""

from dataclasses import replace

from markupsafe import Markup

from engage.questionnaires.question_types.base import Code, Column
from engage.results.charts.area_map import AreaLabel, area_chart
from engage.results.disclosure import ShownTable
from engage.results.summaries.base import Asked, Summary, Told, View, code_words, series_of
from engage.results.summaries.choices import shown_choice
from engage.results.summaries.frequencies import tally_requests, told_of_choice
from engage.results.summaries.marks import marks_request, with_marks
from engage.results.table.asking import Answers, Request
from engage.results.wording import share_words


class Places(Summary):
    """Tells of the areas, and of marks as far as many are close together: one is one person's."""

    kind = "places"

    def requests(self, asked: Asked) -> list[Request]:
        """Ask for the tallies of areas and of marks, where the question has any."""
        marks = marks_request(asked)
        return [*tally_requests(_areas(asked), asked.table), *([marks] if marks else [])]

    def tell(self, asked: Asked, answers: Answers, view: View) -> Told:
        """Tell of the areas as of any choice, with maps where the community has drawn them."""
        columns = _areas(asked)
        drawn = {shape.key for shape in view.areas.shapes}
        if not columns:
            return with_marks(Told(), asked, answers, view, drawn - view.closed_areas)
        told = told_of_choice(asked, columns[0], answers, view)
        if told.base is None or not drawn & {code.value for code in columns[0].codes}:
            return told
        codes, shown = shown_choice(asked, columns[0], answers, view)
        if told.chart:
            told = replace(told, chart=_map(told.finding, codes, shown, view) + told.chart)
        figures = zip(codes, shown.totals, strict=True)
        named = {code.value for code, figure in figures if not figure.is_hidden}
        return with_marks(told, asked, answers, view, drawn & named)


def _map(title: str, codes: list[Code], shown: ShownTable, view: View) -> Markup:
    labels = {}
    for row, code in enumerate(codes):
        figure = series_of(shown, row, view)[0]
        labels[code.value] = AreaLabel(code_words(code, view), figure, share_words(figure))
    return area_chart(title, view.areas, labels)


def _areas(asked: Asked) -> tuple[Column, ...]:
    return tuple(column for column in asked.own if column.kind == "choice")[:1]
