"""`python -m benchmarks [P1 P2 …]`: measures and rewrites docs/performance.md."""

import platform
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from pkgutil import iter_modules

import benchmarks
from benchmarks.figures import Figure
from benchmarks.servers import ROOT, installation

_PAGE = ROOT / "docs" / "performance.md"
_NAMED = ("flask", "sqlalchemy", "gunicorn", "duckdb")


def _measurements(wanted: list[str]) -> dict[str, Callable[[Path], list[Figure]]]:
    found = {}
    for module in iter_modules(benchmarks.__path__):
        row = module.name.split("_")[0].upper()
        if module.name.startswith("p") and (not wanted or row in wanted):
            found[row] = import_module(f"benchmarks.{module.name}").measure
    return dict(sorted(found.items(), key=lambda item: int(item[0][1:])))


def _commit() -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout.strip()


def _page(figures: list[Figure]) -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in _NAMED)
    lines = [
        "# Performance",
        "",
        "Every figure is a ratio of two things measured in the same run on the same machine, in "
        "turn, several rounds, the median; `make bench` writes this page.",
        "",
        f"Measured {datetime.now(UTC):%Y-%m-%d} at {_commit()} on 2 cores, Python "
        f"{platform.python_version()}, {versions}.",
        "",
        "| row | what | measured | to reach | reached |",
        "|---|---|---|---|---|",
    ]
    for one in figures:
        reached = "yes" if one.reached else "no"
        cells = (one.row, one.what, one.measured, one.to_reach, reached)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure what was asked for, everything if nothing was; a whole run rewrites the page."""
    wanted = [row.upper() for row in sys.argv[1:]]
    figures: list[Figure] = []
    with installation() as instance:
        for row, measure in _measurements(wanted).items():
            print(f"measuring {row} …", flush=True)
            figures += measure(instance)
            for one in (each for each in figures if each.row == row):
                print(f"  {one.what}: {one.measured} (to reach {one.to_reach})", flush=True)
    if not wanted:
        _PAGE.write_text(_page(figures), encoding="utf-8")


if __name__ == "__main__":
    main()
