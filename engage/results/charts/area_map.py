"""Area map: each area in one of five depths, by how many of the answers are about it."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from engage.communities.area_map import AreaMap
from engage.results.disclosure import HIDDEN, Shown

STEPS = 5
#: Side of the drawing in units: words keep a size that can be read on a phone and on a desk.
_SIDE = 440


@dataclass(frozen=True)
class AreaLabel:
    """What is told of one area: its name, its figure, and the figure in words."""

    name: str
    figure: Shown
    words: str


def depth(figure: Shown, largest: int) -> int:
    """Return how dark an area is: 0 where nothing is shown, then 1 to 5 by share of the largest."""
    if figure.percent is None or largest == 0:
        return 0
    return max(1, min(STEPS, -(-figure.percent * STEPS // largest)))


def area_chart(title: str, areas: AreaMap, labels: Mapping[str, AreaLabel]) -> Markup:
    """Draw the areas with their figures. North stays up in every language."""
    largest = max((label.figure.percent or 0 for label in labels.values()), default=0)
    nothing = AreaLabel("", HIDDEN, "")
    fills, borders, words = [], [], []
    _x, _y, width, height = (float(number) for number in areas.view_box.split())
    scale = _SIDE / max(width, height)
    for shape in areas.shapes:
        label = labels.get(shape.key, nothing)
        fills.append(
            f'<path class="cell-{depth(label.figure, largest)}" fill-rule="evenodd" d="{shape.d}">'
            f"<title>{escape(label.name)}: {escape(label.words)}</title></path>"
        )
        borders.append(shape.d)
        if not label.figure.is_hidden:
            x, y = shape.label_x * scale, shape.label_y * scale
            place = f'class="area-label" x="{x:.1f}" y="{y:.1f}" text-anchor="middle"'
            words.append(f"<text {place}>{escape(label.words)}</text>")
    box = f"0 0 {width * scale:.1f} {height * scale:.1f}"
    svg = (
        f'<svg class="chart areas" viewBox="{box}" role="img"'
        f' aria-label="{escape(title)}"><g transform="scale({scale:.4f})">{"".join(fills)}'
        f'<path class="axis" d="{"".join(borders)}"/></g>{"".join(words)}</svg>'
    )
    return Markup(svg)  # noqa: S704 - made of numbers and escaped words only
