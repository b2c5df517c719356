"""Counts who said yes to taking part: for the whole round, never for one person (P-44)."""

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engage.responses.models import YesCount

_counts: Table = YesCount.metadata.tables[YesCount.__tablename__]


def count_yes(connection: Connection, round_id: int, version_id: int, language: str) -> None:
    """Count one yes to the text of a version in a language."""
    insert: Any = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    counted = insert(_counts).values(
        round_id=round_id, version_id=version_id, language=language, given=1
    )
    connection.execute(
        counted.on_conflict_do_update(
            index_elements=["round_id", "version_id", "language"],
            set_={"given": _counts.c.given + 1},
        )
    )
