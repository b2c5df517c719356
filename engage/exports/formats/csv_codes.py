"""CSV with the codes that answers are stored as: for R, Python and statistics programs."""

from pathlib import Path

import duckdb

from engage.exports.contents import Cells, Contents
from engage.exports.delimited import Delimited, is_several
from engage.exports.formats.base import Format, Progress
from engage.i18n.gettext import s_lazy


class CsvCodes(Format):
    """Column names and choice keys; the codebook of the XLSX file says what they mean."""

    name = "csv"
    label = s_lazy("CSV with codes")
    help = s_lazy("For R, Python and statistics programs.")
    extension = "csv"
    media_type = "text/csv; charset=utf-8"
    group = "sheets"

    def extension_for(self, contents: Contents) -> str:
        """Return `zip` where there is a table for each repeat or one of words."""
        return "zip" if is_several(contents) else self.extension

    def write(
        self, contents: Contents, engine: duckdb.DuckDBPyConnection, file: Path, progress: Progress
    ) -> None:
        """Write codes under column names."""
        cells = Cells(contents)
        Delimited(contents, engine, cells, lambda column: column.name).write(file, progress)
