"""Tells programs that fill in forms from people: a field nobody sees, and haste where many hurry.

Nobody is turned away: the review comes again with every answer, and sending once more is enough.
"""

import time

from flask import Flask, current_app

from engage.accounts.counters import Counters, counters_at
from engage.responses.reading import SentForm

#: The field that people neither see nor hear; a digit comes first in no question's name.
TRAP = "2-website"
#: The field of the review that says when it was made.
SHOWN = "2-shown"
#: Who sends sooner than this has not read the review.
LEAST_SECONDS = 2
#: So many of those a minute are let through: haste alone is no sign of a program.
HASTY_A_MINUTE = 20
_EXTENSION = "hasty_sends"


def is_by_program(sent: SentForm) -> bool:
    """Say whether a form looks as if no person had sent it."""
    return bool(sent.one(TRAP)) or (_is_hasty(sent.one(SHOWN), time.time()) and _are_many())


def _is_hasty(shown: str, now: float) -> bool:
    if not (shown.isascii() and shown.isdigit() and len(shown) < 12):
        return False
    return 0 <= now - int(shown) < LEAST_SECONDS


def _are_many() -> bool:
    counters: Counters = current_app.extensions[_EXTENSION]
    return counters.add("all", 60) > HASTY_A_MINUTE


def init_programs(app: Flask) -> None:
    """Make the one number that is counted, forgotten after a minute."""
    app.extensions[_EXTENSION] = counters_at(app.config["REDIS_URL"], "engage:hasty:")
