"""P10: the report of the example's closed round as PDF, in Swedish and in Arabic."""

import re
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from benchmarks.answers import most_memory
from benchmarks.figures import Figure
from benchmarks.rounds import app_of
from benchmarks.servers import ROOT
from engage.exports.contents import Options
from engage.exports.making import make_export
from engage.extensions import db, reading_only
from engage.responses.models import Round

_ROUND = "backby-2025"
_MOST_SECONDS = 3
_PAGES = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)|/Count\s+(\d+)[^>]*?/Type\s*/Pages\b")


def _report(instance: Path, language: str) -> tuple[float, Path]:
    """Return the seconds it takes, figures and charts included, and the file."""
    target = instance / f"report.{language}.pdf"
    found = db.session.scalars(db.select(Round).where(Round.slug == _ROUND)).one()
    start = time.perf_counter()
    with reading_only():
        options = Options(language, what="tables")
        make_export(found, "pdf", options, instance, target, date(2027, 3, 9), lambda *_: None)
    return time.perf_counter() - start, target


def _pages(file: Path) -> int:
    counts = [int(one or other) for one, other in _PAGES.findall(file.read_bytes())]
    return max(counts, default=0)


def measure(instance: Path) -> list[Figure]:
    """Make each in a process of its own: the first report of a day, fonts read anew."""
    figures = []
    for language in ("sv", "ar"):
        command = [sys.executable, "-m", "benchmarks.p10_report", str(instance), language]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        seconds, pages, memory = map(float, done.stdout.split()[-3:])
        what = f"Report of {pages:.0f} pages as PDF ({language})"
        told = f"{seconds:.1f} s, {memory:.0f} MB"
        limit = f"≤ {_MOST_SECONDS} s"
        figures.append(Figure("P10", what, told, limit, seconds <= _MOST_SECONDS))
    return figures


if __name__ == "__main__":
    with app_of(Path(sys.argv[1])).app_context():
        took, made = _report(Path(sys.argv[1]), sys.argv[2])
    print(took, _pages(made), most_memory())
