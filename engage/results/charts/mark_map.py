"""Map of marks: each square that may be told in one of five depths, and borders of areas."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from engage.communities.area_map import AreaMap
from engage.results.charts.svg import wrapped

#: Side of the drawing in units, as that of the areas.
_SIDE = 440
#: Smaller squares hold no number; the table and the depth tell it.
_LEAST_FOR_WORDS = 22
#: Height of a line, and about the width of a letter.
_LINE, _LETTER = 24, 8.5


@dataclass(frozen=True)
class MarkSquare:
    """One square: its borders in degrees, how dark it is (1 to 5), its number, and all in words."""

    south: float
    west: float
    north: float
    east: float
    step: int
    number: str
    words: str


def mark_chart(title: str, caption: str, areas: AreaMap, squares: Sequence[MarkSquare]) -> Markup:
    """Draw the squares under the borders of the areas. North stays up in every language."""
    frame = areas.degrees
    if frame is None:
        return Markup()
    _x, _y, width, height = (float(number) for number in areas.view_box.split())
    scale = _SIDE / max(width, height)
    lines = wrapped(caption, max(16, int(width * scale / _LETTER)))
    top = _LINE * len(lines) + 8
    shapes, words = [], []
    for one in squares:
        x = (one.west - frame.west) * frame.across * scale
        y = (frame.north - one.north) * frame.down * scale + top
        wide = (one.east - one.west) * frame.across * scale
        high = (one.north - one.south) * frame.down * scale
        box = f'x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}"'
        shapes.append(
            f'<rect class="cell-{one.step}" {box}><title>{escape(one.words)}</title></rect>'
            f'<rect class="pattern" {box} fill="url(#hatch-{one.step})"/>'
        )
        if wide >= _LEAST_FOR_WORDS:
            at = f'x="{x + wide / 2:.1f}" y="{y + high / 2 + 5:.1f}"'
            words.append(
                f'<text class="area-label" {at} text-anchor="middle">{escape(one.number)}</text>'
            )
    wide, high = width * scale, top + height * scale
    captions = [
        f'<text x="{wide / 2:.1f}" y="{_LINE * (at + 0.75):.1f}" text-anchor="middle">'
        f"{escape(line)}</text>"
        for at, line in enumerate(lines)
    ]
    borders = "".join(shape.d for shape in areas.shapes)
    svg = (
        f'<svg class="chart areas" viewBox="0 0 {wide:.1f} {high:.1f}" role="img"'
        f' aria-label="{escape(title)}">{"".join(captions)}{"".join(shapes)}'
        f'<g transform="translate(0 {top}) scale({scale:.4f})">'
        f'<path class="axis" d="{borders}"/></g>{"".join(words)}</svg>'
    )
    return Markup(svg)  # noqa: S704 - made of numbers and escaped words only
