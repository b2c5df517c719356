"""Several things judged on one scale: a divided bar for each of them."""

from dataclasses import replace

from markupsafe import Markup

from engage.i18n import formats
from engage.i18n.gettext import gettext as _
from engage.questionnaires.question_types.base import Code, Column
from engage.results.charts.stacked import Stack, colours, stacked
from engage.results.disclosure import Shown
from engage.results.summaries.base import (
    Asked,
    Datum,
    Summary,
    TableView,
    Told,
    View,
    base_of,
    code_label,
    code_words,
    data_of,
    part_label,
    part_words,
    series_of,
    small_base_note,
)
from engage.results.summaries.choices import shown_choices
from engage.results.summaries.frequencies import tally_requests
from engage.results.table.asking import Answers, Request
from engage.results.wording import percent_words, share_words

Row = tuple[Column, list[Shown], int | None]


class Parts(Summary):
    """Tells how each row was judged; each row has its own base."""

    kind = "parts"

    def requests(self, asked: Asked) -> list[Request]:
        """Ask for a tally of each row."""
        return tally_requests(asked.own, asked.table)

    def tell(self, asked: Asked, answers: Answers, view: View) -> Told:
        """Tell of the group alone where there is one: two bars a row would be too many."""
        if not asked.own:
            return Told()
        rows: list[Row] = []
        codes, figures = shown_choices(asked, asked.own, answers, view)
        for column, shown in zip(asked.own, figures, strict=True):
            base = base_of(shown, view)
            if not shown.is_hidden and base is not None:
                rows.append(
                    (column, [series_of(shown, at, view)[0] for at in range(len(codes))], base)
                )
        if not rows:
            return Told()
        finding = _finding(codes, rows, view)
        return Told(
            finding=finding,
            chart=_chart(finding, rows, view),
            table=_table(codes, rows, view),
            base=max((base for _column, _figures, base in rows if base is not None), default=None),
            hidden=sum(figure.is_hidden for _c, figures, _b in rows for figure in figures)
            + len(asked.own)
            - len(rows),
            legend=("lik", tuple(zip(colours(len(codes)), _names(codes, view), strict=True))),
            note=small_base_note([tuple(figures) for _c, figures, _b in rows], view),
            data=tuple(one for row in rows for one in _data(codes, row, view)),
        )


def _data(codes: list[Code], row: Row, view: View) -> tuple[Datum, ...]:
    column, figures, _base = row
    about = part_words(column, view)
    rows = [(f"{column.part}.{c.value}", f"{about}: {code_words(c, view)}") for c in codes]
    # Of the group alone where there is one.
    alone = replace(view, group=None)
    return data_of(rows, [(figure,) for figure in figures], alone)


def _names(codes: list[Code], view: View) -> list[str]:
    return [code_words(code, view) for code in codes]


def _finding(codes: list[Code], rows: list[Row], view: View) -> str:
    """Return which row gets the two best steps most often."""
    told = [
        (sum(figure.percent or 0 for figure in figures[-2:]), column)
        for column, figures, _base in rows
        if len(figures) > 1 and all(figure.percent is not None for figure in figures[-2:])
    ]
    if not told or len(codes) < 3:
        return _("The table shows how each of them was judged.")
    percent, column = max(told, key=lambda one: one[0])
    return _(
        "“%(row)s” comes out highest: %(share)s answered “%(first)s” or “%(second)s”.",
        row=part_words(column, view),
        share=percent_words(percent),
        first=code_words(codes[-2], view),
        second=code_words(codes[-1], view),
    )


def _chart(title: str, rows: list[Row], view: View) -> Markup:
    stacks = [
        Stack(part_words(column, view), figures, [share_words(figure) for figure in figures])
        for column, figures, _base in rows
        if any(figure.percent is not None for figure in figures)
    ]
    return stacked(title, stacks, is_rtl=view.reader.is_rtl) if stacks else Markup()


def _table(codes: list[Code], rows: list[Row], view: View) -> TableView:
    heads = (_("Row"), *((code_label(code, view), "number") for code in codes))
    return TableView(
        (*heads, (_("People, about"), "number")),
        tuple(
            (
                part_label(column, view),
                *(share_words(figure) for figure in figures),
                formats.number(base or 0),
            )
            for column, figures, base in rows
        ),
    )
