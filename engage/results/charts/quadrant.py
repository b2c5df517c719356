"""Quadrants: how much each need matters, beside how well it is met today."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from engage.results.charts.svg import Drawing

_HEIGHT = 20.0
#: Steps of the scale left free around the needs.
_ROOM = 0.4
#: Percent of the width that an arrow takes beside its words.
_BESIDE = 6


@dataclass(frozen=True)
class Point:
    """One need: its number in the table, how much it matters and how well it is met."""

    number: int
    importance: float
    met: float


def quadrant(
    title: str, points: Sequence[Point], steps: int, importance_words: str, met_words: str
) -> Markup:
    """Draw needs as numbered dots: what matters most is highest, what is met best furthest along.

    The lines stand at the means of all needs. Number axes do not turn round in right-to-left pages.
    """
    drawing = Drawing(title)
    along = _Axis.of([point.met for point in points], steps)
    up = _Axis.of([point.importance for point in points], steps)
    # An arrow is a text of its own: beside it the words keep their own direction and font.
    drawing.text("↑", 0, 1.05, "label-2")
    drawing.text(importance_words, _BESIDE, 1.05, "label-2")
    top = 1.5
    drawing.rect("track", 0, 100, top, _HEIGHT)
    middle_x, middle_y = f"{_x(along.middle):.4g}%", f"{_y(up.middle, top):.4g}rem"
    drawing.raw(_line(middle_x, f"{top}rem", middle_x, f"{top + _HEIGHT}rem"))
    drawing.raw(_line("0", middle_y, "100%", middle_y))
    for point in points:
        x, y = _x(along.part(point.met)), _y(up.part(point.importance), top)
        drawing.raw(
            f'<circle class="viz-1" cx="{x:.4g}%" cy="{y:.4g}rem" r="0.85rem"/>'
            f'<text class="on-viz" x="{x:.4g}%" y="{y + 0.35:.4g}rem"'
            f' text-anchor="middle">{escape(point.number)}</text>'
        )
    drawing.text(met_words, 100 - _BESIDE, top + _HEIGHT + 1.2, "label-2", "end")
    drawing.text("→", 100, top + _HEIGHT + 1.2, "label-2", "end")
    drawing.y = top + _HEIGHT + 1.6
    return drawing.markup()


@dataclass(frozen=True)
class _Axis:
    """The part of a scale that the needs lie on, with some room around them."""

    low: float
    high: float
    mean: float

    @classmethod
    def of(cls, values: Sequence[float], steps: int) -> "_Axis":
        low, high = max(1.0, min(values) - _ROOM), min(float(steps), max(values) + _ROOM)
        return cls(low, max(high, low + _ROOM), sum(values) / len(values))

    def part(self, value: float) -> float:
        return (value - self.low) / (self.high - self.low)

    @property
    def middle(self) -> float:
        return self.part(self.mean)


def _x(part: float) -> float:
    return 6 + 88 * part


def _y(part: float, top: float) -> float:
    return top + 1.2 + (_HEIGHT - 2.4) * (1 - part)


def _line(x1: str, y1: str, x2: str, y2: str) -> str:
    return f'<line class="grid" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>'
