"""What the example's open round holds, asked of the database file itself."""

import sqlite3
from contextlib import closing
from typing import Any

from tests.journeys.conftest import SLUG, Served


def stored(served: Served) -> int:
    """Return how many answers the open round has."""
    asked = "select count(*) from responses join rounds on rounds.id = round_id where slug = ?"
    return int(_rows(served, asked, SLUG)[0][0])


def keys_of(served: Served) -> list[bytes]:
    """Return the traces of the keys that answers were sent with, one for each send."""
    return [row[0] for row in _rows(served, "select key_hash from submissions")]


def _rows(served: Served, asked: str, *values: str) -> list[Any]:
    with closing(sqlite3.connect(served.instance / "engage.sqlite", timeout=30)) as database:
        return database.execute(asked, values).fetchall()
