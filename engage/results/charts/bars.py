"""Bars: one row per answer, growing from the side where reading starts; also two for two groups."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from engage.results.charts.svg import Drawing
from engage.results.disclosure import Shown

#: How much of the width the longest bar takes; the rest is for its value.
_TRACK = 82.0


@dataclass(frozen=True)
class Bar:
    """One row: its label, and a figure with its words for each series."""

    label: str
    figures: Sequence[Shown]
    words: Sequence[str]


def bars(
    title: str,
    rows: Sequence[Bar],
    *,
    is_rtl: bool = False,
    tight: bool = False,
    heading: str = "",
) -> Markup:
    """Draw rows of bars on tracks of 100 %; `tight` rows touch, as classes of one number do.

    `heading` stands above where there are several such drawings.
    """
    drawing = Drawing(title, is_rtl)
    drawing.heading(heading)
    for row in rows:
        drawing.label(row.label)
        drawing.y += 0.25
        hatched = len(row.figures) > 1
        for series, (shown, words) in enumerate(zip(row.figures, row.words, strict=True), start=1):
            _bar(drawing, shown.percent, words, series, hatched=hatched)
        drawing.y += 0.2 if tight else 0.7
    return drawing.markup()


def _bar(
    drawing: Drawing, percent: float | None, words: str, series: int, *, hatched: bool = False
) -> None:
    drawing.rect("track", 0, _TRACK, drawing.y, 1.1)
    if percent is None:
        drawing.text(words, 1.5, drawing.y + 0.9, "label-2")
    else:
        hatch = series if hatched else 0
        drawing.rect(f"viz-{series}", 0, percent * _TRACK / 100, drawing.y, 1.1, hatch)
        drawing.text(words, _TRACK + 2, drawing.y + 0.95)
    drawing.y += 1.35


@dataclass(frozen=True)
class Score:
    """One row of a ranking: how far it gets on the way to the best place, 0 to 1."""

    label: str
    reach: float | None
    words: str


def scores(title: str, rows: Sequence[Score], *, is_rtl: bool = False) -> Markup:
    """Draw a ranking: the best first, each with its score in words."""
    drawing = Drawing(title, is_rtl)
    for row in rows:
        drawing.label(row.label)
        drawing.y += 0.25
        _bar(drawing, None if row.reach is None else row.reach * 100, row.words, 1)
        drawing.y += 0.7
    return drawing.markup()


def columns(title: str, percents: Sequence[int | None], *, is_rtl: bool = False) -> Markup:
    """Draw thin columns beside each other: how something goes over time, without labels.

    Time runs along the line of reading; hidden ones are left blank.
    """
    drawing = Drawing(title, is_rtl)
    tallest = max((percent for percent in percents if percent), default=1)
    step = 100 / max(len(percents), 1)
    for place, percent in enumerate(percents):
        if percent:
            height = 6 * percent / tallest
            drawing.rect("viz-1", place * step + step * 0.1, step * 0.8, 6 - height, height)
    drawing.rect("track", 0, 100, 6, 0.15)
    drawing.y = 6.3
    return drawing.markup()
