"""CSV with words in a chosen language: for reading and for spreadsheets."""

from pathlib import Path

import duckdb

from engage.exports.contents import Cells, Contents
from engage.exports.delimited import Delimited, is_several
from engage.exports.formats.base import Format, Progress
from engage.i18n.gettext import s_lazy


class CsvLabels(Format):
    """Questions and answers as people read them."""

    name = "csv_labels"
    label = s_lazy("CSV with words")
    help = s_lazy("Questions and answers as people read them, in one language.")
    extension = "csv"
    media_type = "text/csv; charset=utf-8"
    group = "sheets"

    def extension_for(self, contents: Contents) -> str:
        """Return `zip` where there is a table for each repeat or one of words."""
        return "zip" if is_several(contents) else self.extension

    def write(
        self, contents: Contents, engine: duckdb.DuckDBPyConnection, file: Path, progress: Progress
    ) -> None:
        """Write labels under questions."""
        cells = Cells(contents, labels=True)
        Delimited(contents, engine, cells, contents.heading).write(file, progress)
