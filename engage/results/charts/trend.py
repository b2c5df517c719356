"""Trend: one answer over rounds, each as a dot on its interval, time running downwards."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from engage.results.charts.svg import LINE, Drawing, wrapped

#: How much of the width 100 % takes.
_TRACK = 100.0
#: Beside the name of a round there is room for its share.
_LINE = LINE - 10


@dataclass(frozen=True)
class Step:
    """One round: whole percents with the interval, None where hidden, and their words."""

    label: str
    percent: int | None
    low: int | None
    high: int | None
    words: str


def trend_chart(title: str, answer: str, steps: Sequence[Step], *, is_rtl: bool = False) -> Markup:
    """Draw an answer over rounds: a row for each, so that names have room on a phone."""
    drawing = Drawing(title, is_rtl)
    drawing.label(answer)
    drawing.y += 0.25
    for step in steps:
        for line in wrapped(step.label, _LINE):
            drawing.text(line, 0, drawing.y + 1.05, "label-2")
            drawing.y += 1.35
        drawing.text(step.words, 100, drawing.y - 0.3, "", "end")
        drawing.rect("track", 0, _TRACK, drawing.y + 0.35, 0.3)
        if step.percent is not None:
            _dot(drawing, step, step.percent, is_rtl)
        drawing.y += 1.4
    return drawing.markup()


def _dot(drawing: Drawing, step: Step, percent: int, is_rtl: bool) -> None:
    if step.low is not None and step.high is not None:
        width = (step.high - step.low) * _TRACK / 100
        drawing.rect("range", step.low * _TRACK / 100, width, drawing.y + 0.2, 0.6)
    x = percent * _TRACK / 100
    # Kept whole at both ends of the track.
    x = min(max(100 - x if is_rtl else x, 1.5), 98.5)
    drawing.raw(f'<circle class="viz-1" cx="{x:.4g}%" cy="{drawing.y + 0.5:.4g}rem" r="0.5rem"/>')
