"""P2: one whole submission, safe on disk, against raw SQLite commits of the same document."""

import secrets
import sqlite3
import time
from pathlib import Path
from statistics import median, quantiles

from benchmarks.answers import document, make_open_round
from benchmarks.clients import send_for
from benchmarks.figures import Figure
from benchmarks.rounds import forms
from benchmarks.servers import environment, serving

_CLIENTS, _SECONDS, _ROUNDS = 32, 5, 3


def raw_commits(folder: Path, documents: list[str]) -> float:
    """Return the commits a second of one writer that inserts a document in each."""
    connection = sqlite3.connect(folder / "raw.sqlite", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    columns = "id BLOB PRIMARY KEY, document TEXT"
    connection.execute(f"CREATE TABLE IF NOT EXISTS d ({columns}) WITHOUT ROWID")
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < _SECONDS:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "INSERT INTO d VALUES (?, ?)",
            (secrets.token_bytes(16), documents[done % len(documents)]),
        )
        connection.execute("COMMIT")
        done += 1
    connection.close()
    return done / _SECONDS


def measure(instance: Path) -> list[Figure]:
    """Compare both in turn; the clients share the two cores with the server."""
    version_id = make_open_round(instance, "bench-p2")
    bodies, documents = forms(instance, document(), version_id, 300)
    raw, rates, took, failed = [], [], [], 0
    with serving("wsgi:app", environment(instance)) as server:
        for _ in range(_ROUNDS):
            raw.append(raw_commits(instance, documents))
            sends = send_for(_SECONDS, _CLIENTS, server.port, "/sv/r/bench-p2/answer", bodies)
            rates.append(sends.rate)
            took += sends.took
            failed += len(sends.refused)
    share = median(rates) / median(raw)
    p95 = quantiles(took, n=20)[-1] * 1000
    told = f"{share:.0%} ({median(rates):,.0f} against {median(raw):,.0f} a second)"
    late = f"p95 {p95:.0f} ms, {failed} errors, at {_CLIENTS} clients"
    return [
        Figure(
            "P2",
            "Submission through HTTP against raw SQLite commits",
            told,
            "≥ 25 %",
            share >= 0.25,
        ),
        Figure("P2", "How long a send takes", late, "≤ 50 ms, 0 errors", p95 <= 50 and not failed),
    ]
