"""Factories, one file per room and one function per model: a saved row with believable values."""

from typing import TypeVar

from engage.extensions import Model, db

Row = TypeVar("Row", bound=Model)


def saved(row: Row) -> Row:
    """Store a row for good, as a route would, and return it."""
    db.session.add(row)
    db.session.commit()
    return row
