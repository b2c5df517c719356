"""P9: the charts of a page of results, drawn without the figures."""

import time
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure
from engage.results.charts.bars import Bar, bars
from engage.results.charts.stacked import Stack, stacked
from engage.results.disclosure import Shown

_CHARTS, _MOST_MS, _TIMES = 20, 5, 30


def _shown(percent: int) -> Shown:
    return Shown(percent, percent, percent - 2, percent + 2, "")


def _draw() -> float:
    """Return the milliseconds for ten charts of six bars and ten of five rows in five steps."""
    start = time.perf_counter()
    for chart in range(_CHARTS // 2):
        rows = [Bar(f"Answer {n}", [_shown(10 + n)], [f"{10 + n} %"]) for n in range(6)]
        bars(f"Chart {chart}", rows)
        steps = [_shown(20)] * 5
        stacked(f"Chart {chart}", [Stack(f"Row {n}", steps, ["20 %"] * 5) for n in range(5)])
    return (time.perf_counter() - start) * 1000


def measure(_instance: Path) -> list[Figure]:
    """Draw them some times and take the median."""
    took = median(_draw() for _ in range(_TIMES))
    what = f"{_CHARTS} charts as SVG, 60 bars and 50 divided ones"
    told, limit = f"{took:.1f} ms", f"≤ {_MOST_MS} ms"
    return [Figure("P9", what, told, limit, took <= _MOST_MS)]
