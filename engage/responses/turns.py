"""Sends take turns on SQLite: who waits is woken, instead of looking again now and then.

SQLite lets one write at a time, and its own way to wait is unfair: at 32 clients some wait for
seconds. The lock goes with the process that holds it, so a killed worker keeps nobody waiting.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine


@contextmanager
def turn(engine: Engine, folder: Path) -> Iterator[None]:
    """Wait for one's turn to write; other databases see to that themselves."""
    lock = _open(f"{folder}/sending.lock") if engine.dialect.name == "sqlite" else None
    if lock is None:
        yield
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _open(path: str) -> int | None:
    """Open the file to lock; on a disk that takes no files one goes without."""
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        return None
