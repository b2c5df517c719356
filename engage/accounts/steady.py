"""Moments that no change of the clock moves: counted from the start of this machine (E-15)."""

import hmac
import time
from datetime import timedelta
from functools import cache
from pathlib import Path

_BOOT = Path("/proc/sys/kernel/random/boot_id")


@cache
def _start(key: str) -> tuple[str, int] | None:
    """Return a name for this start of the machine and where counting begins, both unreadable.

    They stand in a cookie, and how long the machine has been running is nobody's business.
    """
    try:
        told = hmac.new(key.encode(), _BOOT.read_bytes(), "sha256").digest()
    except OSError:
        return None
    return told[:6].hex(), int.from_bytes(told[6:10], "big")


def steady_moment(key: str) -> list[str | int] | None:
    """Return this moment, or None where the machine does not tell (it is not a Linux)."""
    start, clock = _start(key), getattr(time, "CLOCK_BOOTTIME", None)
    if start is None or clock is None:
        return None
    return [start[0], start[1] + int(time.clock_gettime(clock))]


def steady_time_since(moment: object, now: list[str | int] | None) -> timedelta | None:
    """Return how long ago a moment was; None where another start of a machine counted it."""
    match moment, now:
        case [str(start), int(then)], [str(here), int(today)] if start == here:
            return timedelta(seconds=today - then)
    return None
