"""Stata: answers as numbers with labels in one language, reasons for no answer as .a to .d."""

from collections.abc import Iterator

import duckdb

from engage.exports.contents import Contents, Sheet
from engage.exports.formats.statistics import StatisticsFormat, title_of
from engage.exports.statistics.dta import before, behind, rows
from engage.exports.statistics.variables import Variables
from engage.i18n.gettext import s_lazy


class Dta(StatisticsFormat):
    """A data set for Stata 14 and later."""

    name = "stata"
    label = s_lazy("Stata")
    help = s_lazy(
        "The answers as numbers with labels in one language, for Stata 14 and later. Texts are cut "
        "after 2,045 bytes."
    )
    extension = "dta"
    media_type = "application/x-stata-dta"

    def pieces(
        self,
        contents: Contents,
        sheet: Sheet,
        variables: Variables,
        engine: duckdb.DuckDBPyConnection,
    ) -> Iterator[tuple[int, bytes]]:
        """Yield what stands before the rows, the rows, and what stands behind them."""
        yield 0, before(variables, sheet.rows, title_of(contents))
        yield from rows(contents, variables, engine)
        yield 0, behind(variables)
