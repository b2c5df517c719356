"""Tables of disclosed figures as one sheet of an export: what anybody may read, no more."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from engage.communities.queries import areas
from engage.exports.contents import Contents, Options, Sheet
from engage.i18n.gettext import lazy_gettext as _
from engage.questionnaires.column import Column, ColumnKind
from engage.responses.models import Round
from engage.results.disclosure import policy_for
from engage.results.editions import shown_table
from engage.results.figures import COLUMNS, FigureRow, disclosed_figures
from engage.results.looking import Wanted
from engage.results.small_areas import small_areas
from engage.results.table.engine import literal, reading, select
from engage.results.table.store import ResponseTable
from engage.results.weighting import weighting_for
from engage.results.wording import Reader

FIGURES = "tables"
_WORDS = {
    "question": _("Question"),
    "question_label": _("Words of the question"),
    "row": _("Row"),
    "label": _("Words of the row"),
    "measure": _("Measured as"),
    "value": _("Number"),
    "hidden": _("Hidden"),
}


@dataclass(frozen=True)
class Protection:
    """What tables of a round would hold: how many figures are hidden, and the smallest shown."""

    hidden: int
    smallest: int | None


def protection(round_: Round, home: Path) -> Protection:
    """Work out what the tables would hold, from the same figures."""
    policy = policy_for(round_.k, round_.profile)
    reader = Reader(round_.languages[0] if round_.languages else "en")
    wanted = Wanted(reader, policy, closed_areas=small_areas(areas(round_.community)))
    with shown_table(round_, home, policy.k) as table:
        found = list(disclosed_figures(table, reading(home), wanted))
    persons = [one for one in found if one.measure == "people_about"]
    shown = [int(one.value) for one in persons if one.value]
    return Protection(sum(bool(one.hidden) for one in persons), min(shown, default=None))


def contents_of_figures(
    round_: Round,
    table: ResponseTable,
    engine: duckdb.DuckDBPyConnection,
    options: Options,
    today: date,
) -> Contents:
    """Return the one sheet of an export of tables: a row a figure."""
    reader = Reader(options.language, tuple(table.layout.newest.languages))
    closed, weighting = small_areas(areas(round_.community)), weighting_for(round_)
    policy = policy_for(round_.k, round_.profile)
    wanted = Wanted(reader, policy, closed_areas=closed, weighting=weighting)
    rows = [_row(one) for one in disclosed_figures(table, engine, wanted)]
    nothing = f"({', '.join(['NULL'] * len(COLUMNS))})"
    source = f"(VALUES {', '.join([nothing, *rows])}) AS figures({', '.join(COLUMNS)})"
    source = f"({select('*', source, 'question IS NOT NULL')})"
    sheet = Sheet(FIGURES, _columns(), source, "", len(rows))
    return Contents(round_, table, options, (sheet,), {}, today)


def _columns() -> tuple[Column, ...]:
    """Return the columns; all of one thing, so that texts are looked through like answers."""
    kinds: dict[str, ColumnKind] = {"value": "number"}
    return tuple(
        Column(word, FIGURES, kinds.get(word, "text"), {}, part_house=_WORDS[word])
        for word in COLUMNS
    )


def _row(one: FigureRow) -> str:
    value = "NULL" if one.value is None else repr(float(one.value))
    texts = [one.question, one.question_label, one.row, one.label, one.measure]
    cells = [*map(literal, texts), f"CAST({value} AS DOUBLE)", literal(one.hidden)]
    return f"({', '.join(cells)})"
