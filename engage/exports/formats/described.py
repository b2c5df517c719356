"""What packages of CSV files with a description of them share: a ZIP file of both."""

import zipfile
from abc import abstractmethod
from pathlib import Path

import duckdb

from engage.exports.contents import Cells, Contents
from engage.exports.delimited import Delimited
from engage.exports.formats.base import Format, Progress


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
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as folder:
            tables = Delimited(contents, engine, Cells(contents), lambda column: column.name)
            tables.put_into(folder, file, progress)
            folder.writestr(zipfile.ZipInfo(self.description), self.described(contents))
