"""What files for statistics programs share: one a sheet, single answers only, in pieces."""

from abc import abstractmethod
from collections.abc import Iterator
from pathlib import Path

import duckdb

from engage.exports.contents import Contents, Sheet
from engage.exports.formats.base import Format, Progress
from engage.exports.packing import write_each
from engage.exports.statistics.variables import Variables, variables_of


class StatisticsFormat(Format):
    """Answers as numbers with labels; nothing of the file is kept in memory."""

    group = "statistics"
    carries_tables = False

    def extension_for(self, contents: Contents) -> str:
        """Return `zip` where there is a table for each repeat or one of words."""
        return "zip" if len(contents.sheets) > 1 else self.extension

    @abstractmethod
    def pieces(
        self,
        contents: Contents,
        sheet: Sheet,
        variables: Variables,
        engine: duckdb.DuckDBPyConnection,
    ) -> Iterator[tuple[int, bytes]]:
        """Yield the bytes of one file in order, each with how many answers it tells of."""

    def write(
        self, contents: Contents, engine: duckdb.DuckDBPyConnection, file: Path, progress: Progress
    ) -> None:
        """Write one file for each sheet."""

        def write_one(sheet: Sheet, one: Path, tell: Progress) -> None:
            variables, done = variables_of(contents, sheet), 0
            with one.open("wb") as out:
                for number, made in self.pieces(contents, sheet, variables, engine):
                    out.write(made)
                    if number:
                        tell(done := done + number)

        write_each(contents, file, progress, self.extension, write_one)


def title_of(contents: Contents) -> str:
    """Return what a file is called inside."""
    return " ".join(contents.called)
