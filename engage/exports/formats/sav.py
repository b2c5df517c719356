"""SPSS: answers as numbers with labels, in one language, with reasons for no answer declared."""

from collections.abc import Iterator
from itertools import chain

import duckdb

from engage.exports.contents import Contents, Sheet
from engage.exports.formats.statistics import StatisticsFormat, title_of
from engage.exports.statistics.sav_dictionary import dictionary
from engage.exports.statistics.sav_rows import rows
from engage.exports.statistics.variables import Variables
from engage.i18n.gettext import s_lazy


class Sav(StatisticsFormat):
    """A system file for SPSS and PSPP."""

    name = "sav"
    label = s_lazy("SPSS")
    help = s_lazy("The answers as numbers with labels in one language, ready to count.")
    extension = "sav"
    media_type = "application/x-spss-sav"

    def pieces(
        self,
        contents: Contents,
        sheet: Sheet,
        variables: Variables,
        engine: duckdb.DuckDBPyConnection,
    ) -> Iterator[tuple[int, bytes]]:
        """Yield the dictionary, then the rows."""
        days = chain.from_iterable(contents.days.values())
        day = max(days, default=contents.round.opens_at.date())
        yield 0, dictionary(variables, sheet.rows, title_of(contents), day)
        yield from rows(contents, variables, engine)
