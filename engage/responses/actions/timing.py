"""How long answering takes: counted in steps for the whole round, never for one person (R-14)."""

from bisect import bisect_right
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engage.responses.models import AnsweringTime

#: Minutes that are told apart: each about a quarter more than the one before.
STEPS = (1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 32, 40, 50)
_times: Table = AnsweringTime.metadata.tables[AnsweringTime.__tablename__]


def minutes_since(began: int, now_minute: int) -> int:
    """Return the step of the minutes between two minutes of the hour; whole hours are lost."""
    minutes = (now_minute - began) % 60
    return STEPS[max(bisect_right(STEPS, minutes) - 1, 0)]


def count_time(connection: Connection, round_id: int, minutes: int) -> None:
    """Count one answer that took so long."""
    insert: Any = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    counted = insert(_times).values(round_id=round_id, minutes=minutes, answers=1)
    connection.execute(
        counted.on_conflict_do_update(
            index_elements=["round_id", "minutes"], set_={"answers": _times.c.answers + 1}
        )
    )
