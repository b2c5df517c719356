"""Counts that are forgotten after a while, shared by all processes and never on disk.

Without Redis they lie in a piece of memory that gunicorn's workers inherit from the process that
loaded the app; with Redis, several machines count together.
"""

import fcntl
import hashlib
import mmap
import os
import secrets
import struct
import tempfile
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, Protocol

_DAY = 24 * 3600


class Counters(Protocol):
    """Where counts are kept."""

    def secret(self) -> bytes:
        """Return the key that names are hashed with; it lives a day at most."""

    def add(self, name: str, seconds: int, by: int = 1) -> int:
        """Change a count that is forgotten `seconds` after its first use; return the new one."""

    def clear(self, name: str) -> None:
        """Forget a count."""


class SharedCounters:
    """Counts in memory shared by a process and those it forks.

    A table of fixed size: a name has a few places it may be in; when all are taken, the count that
    would be forgotten first goes. The lock is one the system lets go of when a process is killed.
    """

    _HEADER = struct.Struct("=32sd")
    _SLOT = struct.Struct("=16sdq")
    _SLOTS = 65536
    _PLACES = 8

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the memory; the clock is the machine's, the same in every process."""
        self._clock = clock
        self._memory = mmap.mmap(-1, self._HEADER.size + self._SLOTS * self._SLOT.size)
        self._lock_file, path = tempfile.mkstemp()
        os.unlink(path)
        weakref.finalize(self, os.close, self._lock_file)
        self._threads = threading.Lock()

    def secret(self) -> bytes:
        """Return the key of the day."""
        with self._locked():
            key, end = self._HEADER.unpack_from(self._memory)
            if self._clock() >= end:
                key = secrets.token_bytes(32)
                self._HEADER.pack_into(self._memory, 0, key, self._clock() + _DAY)
            return bytes(key)

    def add(self, name: str, seconds: int, by: int = 1) -> int:
        """Change a count."""
        digest = _digest(name)
        with self._locked():
            now = self._clock()
            place, count, end = self._find(digest, now)
            if end <= now:
                count, end = 0, now + seconds
            count = max(count + by, 0)
            self._SLOT.pack_into(self._memory, place, digest, end, count)
            return count

    def clear(self, name: str) -> None:
        """Forget a count."""
        digest = _digest(name)
        with self._locked():
            place, _, _ = self._find(digest, self._clock())
            self._SLOT.pack_into(self._memory, place, digest, 0.0, 0)

    def _find(self, digest: bytes, now: float) -> tuple[int, int, float]:
        """Return the place of a count, the count and its end; of a new one, where it may go."""
        first = int.from_bytes(digest[:4], "big")
        soonest, free = float("inf"), 0
        for step in range(self._PLACES):
            number = (first + step) % self._SLOTS
            place = self._HEADER.size + number * self._SLOT.size
            found, end, count = self._SLOT.unpack_from(self._memory, place)
            if found == digest and end > now:
                return place, count, end
            if end < soonest:
                soonest, free = end, place
        return free, 0, 0.0

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Keep other threads and processes away."""
        with self._threads:
            fcntl.lockf(self._lock_file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._lock_file, fcntl.LOCK_UN)


class RedisCounters:
    """Counts in Redis."""

    def __init__(self, client: Any, prefix: str = "engage:throttle:") -> None:
        """Count with a client of the `redis` package."""
        self._client = client
        self._prefix = prefix

    def secret(self) -> bytes:
        """Return the key of the day, made by whoever comes first."""
        name = f"{self._prefix}secret"
        self._client.set(name, secrets.token_bytes(32), nx=True, ex=_DAY)
        return bytes(self._client.get(name))

    def add(self, name: str, seconds: int, by: int = 1) -> int:
        """Change a count."""
        with self._client.pipeline() as pipe:
            pipe.incrby(self._prefix + name, by)
            pipe.expire(self._prefix + name, seconds, nx=True)
            return max(int(pipe.execute()[0]), 0)

    def clear(self, name: str) -> None:
        """Forget a count."""
        self._client.delete(self._prefix + name)


def counters_at(address: str, prefix: str = "engage:throttle:") -> Counters:
    """Return counters in the Redis at an address, or in memory where there is none.

    A Redis that does not answer is an error within seconds: nobody waits for it, or gets past it.
    """
    if not address:
        return SharedCounters()
    redis = import_module("redis").Redis
    return RedisCounters(
        redis.from_url(address, socket_timeout=5, socket_connect_timeout=2), prefix
    )


def _digest(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()[:16]
