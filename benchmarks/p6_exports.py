"""P6: exports, against `sqlite3 -csv` of the raw table of answers; and how memory grows."""

import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from benchmarks.answers import SIZES, make_answered_round, most_memory
from benchmarks.figures import Figure, interleaved
from benchmarks.rounds import app_of
from benchmarks.servers import ROOT
from engage.exports.contents import Options
from engage.exports.making import make_export
from engage.extensions import db, reading_only
from engage.responses.models import Round

_MOST_MB = 1000
_TODAY = date(2027, 3, 9)
_SMALL, _LARGE = 10_000, 50_000
#: Form → the most it may take of the time of sqlite3, and how often both are measured.
_LIMITS = {"csv": (1.0, 5), "sav": (4.0, 5), "parquet": (0.6, 5), "xlsx": (22.0, 3)}


def _export(instance: Path, round_id: int, name: str) -> float:
    """Return the seconds it takes to write the answers, the table being made already."""
    target = instance / f"bench.{name}"
    found = db.session.get_one(Round, round_id)
    start = time.perf_counter()
    with reading_only():
        make_export(found, name, Options("sv"), instance, target, _TODAY, lambda *_: None)
    return time.perf_counter() - start


def _sqlite(instance: Path, round_id: int) -> float:
    """Return the seconds that the program of SQLite needs for its rows."""
    query = f"SELECT * FROM responses WHERE round_id + 0 = {round_id}"
    command = ["sqlite3", "-csv", str(instance / "engage.sqlite"), query]
    start = time.perf_counter()
    with (instance / "bench.raw").open("wb") as out:
        subprocess.run(command, stdout=out, check=True)
    return time.perf_counter() - start


def _memory(instance: Path, round_id: int, name: str) -> float:
    """Return the megabytes a process of its own needs at most."""
    command = [sys.executable, "-m", "benchmarks.p6_exports", str(instance), str(round_id), name]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def measure(instance: Path) -> list[Figure]:
    """Compare every form with a limit; then see that none that streams grows with the rows."""
    # Below, what it takes to begin outweighs what is measured here.
    sizes = [one for one in SIZES if one >= 100_000]
    figures = [_against(instance, size, name) for size in sizes for name in _LIMITS]
    return [*figures, _growth(instance)]


def _against(instance: Path, size: int, name: str) -> Figure:
    limit, times = _LIMITS[name]
    round_id = make_answered_round(instance, size)
    with app_of(instance).app_context():
        _export(instance, round_id, name)
        program, ours = interleaved(
            times,
            lambda: _sqlite(instance, round_id),
            lambda: _export(instance, round_id, name),
        )
    memory = _memory(instance, round_id, name)
    told = f"{ours / program:.2f} × ({ours:.2f} s against {program:.2f} s), {memory:,.0f} MB"
    what = f"{name} of {size:,} answers against sqlite3 -csv of the raw table"
    good = ours / program <= limit and memory <= _MOST_MB
    return Figure("P6", what, told, f"≤ {limit:g} ×, ≤ 1 GB", good)


def _growth(instance: Path) -> Figure:
    rounds = [make_answered_round(instance, size + 1) for size in (_SMALL, _LARGE)]
    told, good = [], True
    for name in ("csv", "jsonl", "sav", "xlsx"):
        with app_of(instance).app_context():
            for round_id in rounds:
                _export(instance, round_id, name)
        small, large = (_memory(instance, round_id, name) for round_id in rounds)
        told.append(f"{name} {small:,.0f} → {large:,.0f} MB")
        good = good and large <= small * 1.25 + 50
    what = f"Memory of exports of {_SMALL:,} and {_LARGE:,} answers"
    return Figure("P6", what, ", ".join(told), "does not grow with the rows", good)


if __name__ == "__main__":
    _home = Path(sys.argv[1])
    with app_of(_home).app_context():
        _export(_home, int(sys.argv[2]), sys.argv[3])
    print(most_memory())
