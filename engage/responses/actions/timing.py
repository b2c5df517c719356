"""How long answering takes: counted in steps for the whole round, never for one person (R-14)."""

from bisect import bisect_right

from sqlalchemy import Table

from engage.responses.actions.prepared import Link, Prepared
from engage.responses.models import AnsweringTime

#: Minutes that are told apart: each about a quarter more than the one before.
STEPS = (1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 32, 40, 50)
_times: Table = AnsweringTime.metadata.tables[AnsweringTime.__tablename__]
_COUNT = Prepared(
    lambda insert: insert(_times).on_conflict_do_update(
        index_elements=["round_id", "minutes"], set_={"answers": _times.c.answers + 1}
    ),
    ("round_id", "minutes", "answers"),
)


def minutes_since(began: int, now_minute: int) -> int:
    """Return the step of the minutes between two minutes of the hour; whole hours are lost."""
    minutes = (now_minute - began) % 60
    return STEPS[max(bisect_right(STEPS, minutes) - 1, 0)]


def count_time(link: Link, round_id: int, minutes: int) -> None:
    """Count one answer that took so long."""
    _COUNT.run(link, {"round_id": round_id, "minutes": minutes, "answers": 1})
