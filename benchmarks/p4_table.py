"""P4: the typed table of a round, against reading the same rows and parsing their JSON."""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.answers import SIZES, make_answered_round, most_memory
from benchmarks.figures import Figure, interleaved
from benchmarks.rounds import app_of
from benchmarks.servers import ROOT
from engage.extensions import db, reading_only
from engage.responses.models import Round
from engage.results.queries import raw_rows
from engage.results.table.store import refresh, table_folder

_MOST_MB = 700


def _parsing(round_id: int) -> float:
    """Return the seconds it takes to read and parse every answer."""
    start = time.perf_counter()
    with reading_only(), db.engine.connect() as connection:
        for row in raw_rows(connection, round_id):
            json.loads(row[-1])
    return time.perf_counter() - start


def _making(round_: Round, home: Path) -> float:
    """Return the seconds it takes to make the table from nothing."""
    shutil.rmtree(table_folder(home, round_.id), ignore_errors=True)
    start = time.perf_counter()
    refresh(round_, home)
    return time.perf_counter() - start


def _memory(instance: Path, round_id: int) -> float:
    """Return the megabytes a process of its own needs at most to make the table."""
    command = [sys.executable, "-m", "benchmarks.p4_table", str(instance), str(round_id)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def measure(instance: Path) -> list[Figure]:
    """Compare at every size; the table is made from nothing each time."""
    figures = []
    # Below, what it takes to begin outweighs what is measured here.
    for size in (one for one in SIZES if one >= 100_000):
        round_id = make_answered_round(instance, size)
        with app_of(instance).app_context():
            round_ = db.session.get_one(Round, round_id)

            def parsing(round_id: int = round_id) -> float:
                return _parsing(round_id)

            def making(round_: Round = round_) -> float:
                return _making(round_, instance)

            rounds = 5 if size <= 100_000 else 3
            read, made = interleaved(rounds, parsing, making)
        memory = _memory(instance, round_id)
        told = f"{made / read:.2f} × ({made:.2f} s against {read:.2f} s), {memory:,.0f} MB"
        good = made / read <= 1.3 and memory <= _MOST_MB
        what = f"Typed table of {size:,} answers against reading and parsing them"
        figures.append(Figure("P4", what, told, "≤ 1.3 ×, ≤ 700 MB", good))
    return figures


if __name__ == "__main__":
    _home = Path(sys.argv[1])
    with app_of(_home).app_context():
        _making(db.session.get_one(Round, int(sys.argv[2])), _home)
    print(most_memory())
