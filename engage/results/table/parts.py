"""The files a round's table lies in: each holds whole collection days, listed with what they knew.

A day is stale when its counters moved since its file was made; only stale days are read from the
database again. The other days of a file are copied from the file itself.
"""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

#: Day in ISO form → (answers, changes) when it was read.
Days = dict[str, tuple[int, int]]
_LIST = "parts.json"


@dataclass
class Part:
    """Some whole days in Parquet files, for each table as many as there are pieces.

    Pieces follow each other in the order of keys.
    """

    name: str
    days: Days
    pieces: int = 1

    @property
    def answers(self) -> int:
        """Return how many answers its days had when they were counted."""
        return sum(answers for answers, _changes in self.days.values())

    def file(self, table: int, piece: int = 0) -> str:
        """Return the name of the file with one piece of one table."""
        return f"{self.name}.{table}.{piece}.parquet"

    def files(self, table: int) -> list[str]:
        """Return the names of the files of one table."""
        return [self.file(table, piece) for piece in range(self.pieces)]


@dataclass
class Parts:
    """What `parts.json` says: the layout parts were made by, the parts, the versions in them."""

    digest: str = ""
    parts: list[Part] = field(default_factory=list)
    versions: list[int] = field(default_factory=list)

    @property
    def days(self) -> Days:
        """Return what is known of every day."""
        return {day: counts for part in self.parts for day, counts in part.days.items()}

    @property
    def answers(self) -> int:
        """Return how many answers the table holds."""
        return sum(part.answers for part in self.parts)

    @property
    def changes(self) -> int:
        """Return how often the answers had changed when the table was made."""
        return sum(changes for part in self.parts for _answers, changes in part.days.values())

    def to_json(self) -> dict[str, Any]:
        """Return what is written down."""
        parts = [
            {"name": part.name, "days": part.days, "pieces": part.pieces} for part in self.parts
        ]
        return {"digest": self.digest, "parts": parts, "versions": self.versions}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Parts":
        """Return what was written down."""
        parts = []
        for part in stored["parts"]:
            days = {day: (answers, changes) for day, (answers, changes) in part["days"].items()}
            parts.append(Part(part["name"], days, int(part["pieces"])))
        return cls(stored["digest"], parts, list(stored["versions"]))


def new_name() -> str:
    """Return a name for a part that no other has."""
    return secrets.token_hex(6)


def read_parts(folder: Path) -> Parts:
    """Return the list of parts; a damaged or missing one is the same as none."""
    try:
        found = Parts.from_json(json.loads((folder / _LIST).read_text()))
    except (OSError, ValueError, KeyError, TypeError):
        return Parts()
    whole = all((folder / file).exists() for part in found.parts for file in part.files(0))
    return found if whole else Parts()


def write_parts(folder: Path, parts: Parts) -> None:
    """Put a new list in place of the old one at once, and remove files that are in it no more."""
    fresh = folder / f"{_LIST}.{new_name()}"
    fresh.write_text(json.dumps(parts.to_json()))
    os.replace(fresh, folder / _LIST)
    kept = {part.name for part in parts.parts}
    for file in folder.glob("*.parquet"):
        if file.name.split(".")[0] not in kept:
            file.unlink(missing_ok=True)


@contextmanager
def locked(folder: Path, *, alone: bool) -> Iterator[None]:
    """Keep others from making the table anew while it is read, or from reading while it is made."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield
