"""What every export format has in common: its names, and one method that writes a file."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import duckdb

from engage.exports.contents import Contents

#: Told how many rows are written so far, out of `Contents` counts.
Progress = Callable[[int], None]


class TooManyRowsError(Exception):
    """The format cannot hold so many rows; the message says which can."""

    def __init__(self, message: Any) -> None:
        super().__init__(str(type(message)))
        self.message = message


#: Those who take answers away, in the order in which their forms are offered.
GROUPS = ("reports", "sheets", "statistics", "programs")


class Format(ABC):
    """One way to take answers away."""

    name: ClassVar[str]
    #: Lazy staff texts: what it is called, and what it is good for.
    label: ClassVar[Any]
    help: ClassVar[Any]
    extension: ClassVar[str]
    media_type: ClassVar[str]
    #: For whom it is: one of GROUPS.
    group: ClassVar[str]
    #: Tables of figures can be in it; else only single answers.
    carries_tables: ClassVar[bool] = True
    #: Single answers can be in it; else only figures.
    carries_answers: ClassVar[bool] = True
    #: Typed words can be in it where they are asked for.
    carries_words: ClassVar[bool] = True

    def extension_for(self, contents: Contents) -> str:
        """Return the ending of the file's name; several tables may need a folder of files."""
        return self.extension

    @abstractmethod
    def write(
        self, contents: Contents, engine: duckdb.DuckDBPyConnection, file: Path, progress: Progress
    ) -> None:
        """Write the file, in memory that does not grow with the rows."""
