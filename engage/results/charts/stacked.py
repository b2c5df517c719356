"""Stacked scale: each row is 100 %, divided from the one end of an ordered scale to the other."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from engage.results.charts.svg import Drawing
from engage.results.disclosure import Shown

#: Number of steps → their colours among the five of the scale.
_COLOURS = {
    1: (5,),
    2: (1, 5),
    3: (1, 3, 5),
    4: (1, 2, 4, 5),
    5: (1, 2, 3, 4, 5),
    6: (1, 1, 2, 4, 5, 5),
    7: (1, 1, 2, 3, 4, 5, 5),
}
#: A narrower step has no room for its percentage.
_LEAST_LABELLED = 13.0
_DARK = {1, 5}


@dataclass(frozen=True)
class Stack:
    """One row: its label (none if it is the only one) and a figure per step."""

    label: str
    figures: Sequence[Shown]
    words: Sequence[str]


def colours(steps: int) -> tuple[int, ...]:
    """Return which colour of the scale each step has; neighbours may share one on long scales."""
    if steps in _COLOURS:
        return _COLOURS[steps]
    return tuple(1 + round(step * 4 / (steps - 1)) for step in range(steps))


def stacked(
    title: str, rows: Sequence[Stack], *, is_rtl: bool = False, heading: str = ""
) -> Markup:
    """Draw the rows; what is hidden of a row is one pale piece at its end.

    `heading` stands above where there are several such drawings.
    """
    drawing = Drawing(title, is_rtl)
    drawing.heading(heading)
    for row in rows:
        if row.label:
            drawing.label(row.label)
            drawing.y += 0.25
        _draw(drawing, row)
        drawing.y += 0.9
    return drawing.markup()


def _draw(drawing: Drawing, row: Stack) -> None:
    shown = [figure.percent for figure in row.figures]
    visible = sum(percent or 0 for percent in shown)
    hides = any(percent is None for percent in shown)
    # Whole percents need not add up to 100: where all are shown, they fill the row together.
    scale = 100 / (max(visible, 100) if hides else max(visible, 1))
    start, top = 0.0, drawing.y
    for colour, percent, words in zip(colours(len(shown)), shown, row.words, strict=True):
        if not percent:
            continue
        width = percent * scale
        drawing.rect(f"lik-{colour}", start, width, top, 2.2, colour)
        if width >= _LEAST_LABELLED:
            css = "on-deep" if colour in _DARK else "on-pale"
            drawing.text(words, start + width / 2, top + 1.4, css, "middle")
        start += width
    if hides and start < 99.5:
        drawing.rect("lik-none", start, 100 - start, top, 2.2)
        if not start:
            drawing.text(next(iter(row.words)), 1.5, top + 1.4, "label-2")
    drawing.y += 2.4
