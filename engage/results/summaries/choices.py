"""Counts of one choice as they may be shown: long lists cut, ordered answers down the ladder."""

from collections.abc import Sequence
from dataclasses import replace

from engage.i18n.gettext import gettext as _
from engage.questionnaires.question_types.base import Code, Column
from engage.results.disclosure import ShownTable
from engage.results.ladder import Rung, joined_codes, joined_counts, ladder, rung_for
from engage.results.summaries.base import Asked, View, code_words, disclosed
from engage.results.table.asking import NO_GROUP, Answered, Answers, Tallied, Tally
from engage.results.weighted import REST

#: Longer lists are cut to those named most often, and all others together.
MOST_ROWS = 12


def shown_choice(
    asked: Asked, column: Column, answers: Answers, view: View
) -> tuple[list[Code], ShownTable]:
    """Return the rows of one column and their figures."""
    codes, (shown,) = shown_choices(asked, [column], answers, view)
    return codes, shown


def shown_choices(
    asked: Asked, columns: Sequence[Column], answers: Answers, view: View
) -> tuple[list[Code], list[ShownTable]]:
    """Return the rows that columns share, and the figures of each column.

    Ordered answers are joined as far down the ladder as it takes for nothing to be hidden.
    """
    counted = [rows_of_choice(column, asked.table, answers, view) for column in columns]
    codes = list({code.value: code for mine, _tallied in counted for code in mine}.values())
    tallied = [mine for _codes, mine in counted]
    if goes_down_the_ladder(asked, columns[0]):
        codes, tallied = stepped(codes, tallied, view)
    return codes, [
        _shown(asked, column, codes, mine, answers, view)
        for column, mine in zip(columns, tallied, strict=True)
    ]


def _shown(
    asked: Asked,
    column: Column,
    codes: Sequence[Code],
    tallied: Tallied,
    answers: Answers,
    view: View,
) -> ShownTable:
    bases = None
    if asked.table:
        persons = answers.tally(Answered(column.name, asked.table))
        bases = {group: counted[True] for group, counted in persons.items()}
        if view.groups == ("",):
            # Without groups everybody was measured together.
            bases = {"": bases.get(None, 0)}
    rows, closed = [code.value for code in codes], closed_rows_of(column, codes, view)
    exclusive = not asked.table
    return disclosed(rows, tallied, view, bases, exclusive=exclusive, closed_rows=closed)


def closed_rows_of(column: Column, codes: Sequence[Code], view: View) -> frozenset[str]:
    """Return the areas among answers of which nothing is told."""
    # A scale has no areas, even if one is called “3”.
    return frozenset() if column.ordered else view.closed_areas & {code.value for code in codes}


def rows_of_choice(
    column: Column, table: str, answers: Answers, view: View
) -> tuple[list[Code], Tallied]:
    """Return the rows of a column and its counts; long lists keep what is named most often."""
    tallied = answers.tally(Tally((column.name,), table))
    known = {code.value: code for code in column.codes}
    for values in tallied.values():
        for value in values:
            if value is not None and value not in known:
                known[value] = Code(value, {})
    codes = list(known.values())
    if len(codes) > MOST_ROWS and not column.ordered:
        return _shortened(codes, tallied, view, closed_rows_of(column, codes, view))
    return codes, tallied


def _shortened(
    codes: list[Code], tallied: Tallied, view: View, closed: frozenset[str]
) -> tuple[list[Code], Tallied]:
    """Keep the answers named most often; small and closed ones are among the rest, together."""
    total = {
        code.value: sum(values.get(code.value, 0) for values in tallied.values()) for code in codes
    }
    order = sorted(codes, key=lambda code: (-total[code.value], code.value))
    open_ones = [code for code in order if code.value not in closed]
    kept = [code for code in open_ones[: MOST_ROWS - 1] if total[code.value] >= view.policy.k]
    names = {code.value for code in kept}
    together = {
        group: {
            **{value: n for value, n in values.items() if value in names},
            REST: sum(n for v, n in values.items() if v is not None and v not in names),
        }
        for group, values in tallied.items()
    }
    return [*kept, Code(REST, {}, _("All other answers"))], together


def goes_down_the_ladder(asked: Asked, column: Column) -> bool:
    """Say whether ordered answers may be joined.

    Those of background questions are groups elsewhere, and stay as they are; in a repeat persons
    are in several rows.
    """
    return column.ordered and not asked.table and not asked.question.background


def stepped(
    codes: list[Code], columns: Sequence[Tallied], view: View
) -> tuple[list[Code], list[Tallied]]:
    """Return answers and counts of columns with the same answers, joined as far as it takes."""
    rung = rung_of(codes, columns, view)
    joined = joined_codes(codes, rung, lambda code: code_words(code, view))
    return joined, [joined_counts(codes, rung, tallied) for tallied in columns]


def rung_of(codes: Sequence[Code], columns: Sequence[Tallied], view: View) -> Rung:
    """Return on which rung of the ladder columns are told, all of them on the same."""
    everybody = replace(view, groups=("",), closed=frozenset())
    sums = [_together(tallied) for tallied in columns]

    def is_clear(of: Sequence[Tallied], looked_at: View, rung: Rung) -> bool:
        return all(_hides_nothing(_disclosed(codes, rung, one, looked_at), looked_at) for one in of)

    return rung_for(
        ladder(len(codes)),
        lambda rung: is_clear(sums, everybody, rung),
        None if view.groups == ("",) else lambda rung: is_clear(columns, view, rung),
    )


def _together(tallied: Tallied) -> Tallied:
    total: dict[str, int] = {}
    for values in tallied.values():
        for value, persons in values.items():
            total[value] = total.get(value, 0) + persons
    return {"": total}


def _disclosed(codes: Sequence[Code], rung: Rung, tallied: Tallied, view: View) -> ShownTable:
    counts = joined_counts(codes, rung, tallied)
    rows = list(next(iter(counts.values()), {}))
    return disclosed(rows, counts, view)


def _hides_nothing(shown: ShownTable, view: View) -> bool:
    """Say whether all is told of everybody, and of every group that may be looked at.

    A table that is hidden as a whole is so on every rung.
    """
    if shown.is_hidden:
        return True
    looked_at = [at for at, one in enumerate(view.groups) if one not in {*view.closed, NO_GROUP}]
    cells = (line[at] for line in shown.cells for at in looked_at)
    return not any(figure.is_hidden for figure in (*shown.totals, *cells))
