"""Places: how many named each area, on the map and as bars. Words and marks are shown elsewhere."""

from dataclasses import replace

from engage.questionnaires.question_types.base import Column
from engage.results.charts.area_map import AreaLabel, area_chart
from engage.results.summaries.base import Asked, Summary, Told, View, code_words, series_of
from engage.results.summaries.frequencies import shown_choice, tally_requests, told_of_choice
from engage.results.table.asking import Answers, Request
from engage.results.wording import share_words


class Places(Summary):
    """Tells of the areas; a point on the map is one person's and is not told at all."""

    kind = "places"

    def requests(self, asked: Asked) -> list[Request]:
        """Ask for the tally of areas, where the question has any."""
        return tally_requests(_areas(asked), asked.table)

    def tell(self, asked: Asked, answers: Answers, view: View) -> Told:
        """Tell of the areas as of any choice, with a map where the community has drawn them."""
        columns = _areas(asked)
        if not columns:
            return Told()
        told = told_of_choice(columns[0], asked.table, answers, view)
        drawn = {shape.key for shape in view.areas.shapes}
        if not told.chart or not drawn & {code.value for code in columns[0].codes}:
            return told
        codes, shown = shown_choice(columns[0], asked.table, answers, view)
        labels = {}
        for row, code in enumerate(codes):
            figure = series_of(shown, row, view)[0]
            labels[code.value] = AreaLabel(code_words(code, view), figure, share_words(figure))
        return replace(told, chart=area_chart(told.finding, view.areas, labels) + told.chart)


def _areas(asked: Asked) -> tuple[Column, ...]:
    return tuple(column for column in asked.own if column.kind == "choice")[:1]
