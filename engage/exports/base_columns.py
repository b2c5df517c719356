"""The columns that every answer in an export has besides those of the questionnaire."""

from engage.i18n.gettext import lazy_gettext as _
from engage.questionnaires.column import Code, Column
from engage.results.table.layout import RESPONSE, ROUND
from engage.results.table.rounds import RoundsTable
from engage.results.table.store import ResponseTable

_BASE_WORDS = {
    ROUND: _("Round"),
    RESPONSE: _("Answer"),
    "version": _("Version of the questions"),
    "language": _("Language"),
    "channel": _("Channel"),
    "day": _("Day or week"),
}


def base_columns(table: ResponseTable) -> tuple[Column, ...]:
    """Return the columns that every answer has besides those of the questionnaire."""
    rounds = table.rounds if isinstance(table, RoundsTable) else ()
    codes = {ROUND: tuple(Code(one.slug, one.name) for one in rounds)}
    return tuple(
        Column(
            word,
            "",
            "integer" if kind == "INTEGER" else "text",
            {},
            codes=codes.get(word, ()),
            part_house=_BASE_WORDS[word],
        )
        for word, kind in table.base.items()
    )
