"""P1: the questionnaire page, anonymous, against a bare Flask page on the same server."""

import re
import shutil
import subprocess
from pathlib import Path

from benchmarks.figures import Figure, interleaved
from benchmarks.servers import Server, environment, serving

_SECONDS, _ROUNDS = 4, 5


def _load(address: str) -> float:
    """Return the requests a second that wrk gets with 16 connections."""
    command = ["wrk", "-t1", "-c16", f"-d{_SECONDS}s", "-H", "Accept-Encoding: gzip", address]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])


def _per_request(server: Server, address: str) -> tuple[float, float]:
    """Return requests a second, and the workers' processor time per request in milliseconds."""
    before = server.cpu_seconds()
    rate = _load(address)
    return rate, (server.cpu_seconds() - before) * 1000 / (rate * _SECONDS)


def measure(instance: Path) -> list[Figure]:
    """Compare both pages in turn on two workers each."""
    if shutil.which("wrk") is None:
        return [Figure("P1", "Questionnaire page", "wrk is not installed", "≥ 85 %", False)]
    env = environment(instance)
    with serving("benchmarks.bare:app", env) as bare, serving("wsgi:app", env) as engage:
        page = f"{engage.address}/ar/r/backby-2026/answer"
        cpu: dict[str, list[float]] = {"bare": [], "page": []}

        def of(name: str, server: Server, address: str) -> float:
            rate, spent = _per_request(server, address)
            cpu[name].append(spent)
            return rate

        rates = interleaved(
            _ROUNDS,
            lambda: of("bare", bare, f"{bare.address}/"),
            lambda: of("page", engage, page),
        )
    share = rates[1] / rates[0]
    spent = {name: sorted(values)[len(values) // 2] for name, values in cpu.items()}
    told = (
        f"{share:.0%} ({rates[1]:,.0f} against {rates[0]:,.0f} requests/s; "
        f"{spent['page']:.2f} against {spent['bare']:.2f} ms of processor each)"
    )
    return [
        Figure(
            "P1",
            "Questionnaire page of 22 questions against bare Flask",
            told,
            "≥ 85 %",
            share >= 0.85,
        )
    ]
