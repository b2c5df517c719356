"""DuckDB as everything that counts uses it: bounded, on our own files only, without downloads."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import duckdb

#: What one connection may use of a small server.
MEMORY_LIMIT = "400MB"
THREADS = max(1, min(4, os.cpu_count() or 1))

# Importing duckdb opens a connection nobody asked for. Its threads do not follow into the workers
# the web server forks, and a worker that waits for them when it ends is aborted.
duckdb.close()

_kept: dict[tuple[int, Path], duckdb.DuckDBPyConnection] = {}
_keeping = Lock()


def _connect(
    folders: list[Path], memory_limit: str = MEMORY_LIMIT, threads: int = THREADS
) -> duckdb.DuckDBPyConnection:
    spill = folders[0] / "tmp"
    spill.mkdir(parents=True, exist_ok=True)
    made = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": memory_limit,
            "threads": threads,
            "temp_directory": str(spill),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "python_enable_replacements": False,
        },
    )
    allowed = ", ".join(literal(f"{folder}{os.sep}") for folder in folders)
    made.execute(f"SET allowed_directories = [{allowed}]")
    made.execute("SET enable_external_access = false")
    made.execute("SET lock_configuration = true")
    return made


@contextmanager
def connection(
    *folders: Path, memory_limit: str = MEMORY_LIMIT, threads: int = THREADS
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection that reads and writes below `folders` and nowhere else; it spills there."""
    made = _connect([folder.resolve() for folder in folders], memory_limit, threads)
    try:
        yield made
    finally:
        made.close()


def reading(folder: Path) -> duckdb.DuckDBPyConnection:
    """Return a cursor for pages; the process keeps its connection, which saves 20 ms a page."""
    key = (os.getpid(), folder)
    with _keeping:
        if key not in _kept:
            # A folder of its own for each test, a process of its own for each worker.
            _kept.clear()
            _kept[key] = _connect([folder.resolve()])
        return _kept[key].cursor()


def name(word: str) -> str:
    """Return a name for SQL."""
    return '"' + word.replace('"', '""') + '"'


def literal(word: str) -> str:
    """Return a text for SQL."""
    return "'" + word.replace("'", "''") + "'"


def select(what: str, source: str, where: str = "", more: str = "") -> str:
    """Return a statement made of parts whose names and texts went through the functions above."""
    condition = f" WHERE {where}" if where else ""
    return f"SELECT {what} FROM {source}{condition} {more}".rstrip()  # noqa: S608 - see above
