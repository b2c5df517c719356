"""What packages of CSV files with a description of them share: a ZIP file of both."""

import zipfile
from abc import abstractmethod
from pathlib import Path

import duckdb

from engage.exports.contents import Cells, Contents
from engage.exports.delimited import write_codebook, write_table
from engage.exports.formats.base import Format, Progress
from engage.exports.packing import further, title_of_file


class DescribedFormat(Format):
    """A CSV file with codes for each table, and one file that says what everything in them is."""

    extension = "zip"
    media_type = "application/zip"
    group = "programs"
    #: What the file with the description is called.
    description = ""

    @abstractmethod
    def described(self, contents: Contents) -> bytes:
        """Return the description."""

    def write(
        self, contents: Contents, engine: duckdb.DuckDBPyConnection, file: Path, progress: Progress
    ) -> None:
        """Write a CSV file for each sheet, and say what is in them."""
        cells, done = Cells(contents), 0
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as folder:
            for sheet in contents.sheets:
                title = title_of_file(sheet)
                one = file.with_name(f"{file.name}.{title}")
                try:
                    so_far = further(progress, done)
                    write_table(contents, engine, sheet, one, so_far, cells, lambda c: c.name)
                    folder.write(one, f"{title}.csv")
                finally:
                    one.unlink(missing_ok=True)
                done += sheet.rows
                progress(done)
            if contents.options.codebook:
                write_codebook(contents, folder)
            folder.writestr(zipfile.ZipInfo(self.description), self.described(contents))
