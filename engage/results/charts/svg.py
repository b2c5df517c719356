"""A drawing as wide as its place on the page: widths in percent, heights in rem.

Without a view box nothing is scaled, so words keep their size on a phone; labels are wrapped here.
"""

from dataclasses import dataclass, field

from markupsafe import Markup, escape

#: A line of a label holds this many characters at 320 px.
LINE = 34
_MOST_LINES = 3


@dataclass
class Drawing:
    """One SVG in the making; `y` is how far down it is drawn, in rem."""

    title: str
    is_rtl: bool = False
    y: float = 0.0
    _parts: list[str] = field(default_factory=list)

    def rect(
        self, css: str, start: float, width: float, top: float, height: float, hatch: int = 0
    ) -> None:
        """Draw a box `start` percent from the side where reading starts; hatched where printed."""
        x = 100 - start - width if self.is_rtl else start
        box = f'x="{x:.4g}%" y="{top:.4g}rem" width="{width:.4g}%" height="{height:.4g}rem"'
        self._parts.append(f'<rect class="{css}" {box}/>')
        if hatch:
            self._parts.append(f'<rect class="pattern" {box} fill="url(#hatch-{hatch})"/>')

    def text(
        self, words: str, start: float, base: float, css: str = "", anchor: str = "start"
    ) -> None:
        """Write a line; `anchor` start is where reading starts."""
        x = 100 - start if self.is_rtl else start
        kind = f' class="{css}"' if css else ""
        side = f' text-anchor="{anchor}"' if anchor != "start" else ""
        self._parts.append(
            f'<text{kind} x="{x:.4g}%" y="{base:.4g}rem"{side}>{escape(words)}</text>'
        )

    def heading(self, words: str) -> None:
        """Write what the whole drawing is about, if there is anything to say, and move below it."""
        for line in wrapped(words) if words else ():
            self.text(line, 0, self.y + 1.05, "heading")
            self.y += 1.35
        self.y += 0.4 if words else 0.0

    def label(self, words: str) -> None:
        """Write a label in as many lines as it needs, and move below it."""
        for line in wrapped(words):
            self.text(line, 0, self.y + 1.05)
            self.y += 1.35

    def raw(self, shape: str) -> None:
        """Add a shape made elsewhere, its texts escaped."""
        self._parts.append(shape)

    def markup(self) -> Markup:
        """Return the finished picture; its title says in words what it shows."""
        title = escape(self.title)
        shapes = "".join(self._parts)
        size = f'width="100%" height="{self.y:.4g}rem" role="img"'
        # Where the drawing does not turn round, its words begin on the left in every language.
        side = "" if self.is_rtl else ' direction="ltr"'
        svg = f'<svg class="chart" {size}{side} aria-label="{title}">{shapes}</svg>'
        return Markup(svg)  # noqa: S704 - made of numbers and escaped words only


def wrapped(words: str, line: int = LINE) -> list[str]:
    """Return a label in lines; what does not fit into the last one is cut with an ellipsis."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= line or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], lines[_MOST_LINES - 1][: line - 1] + " …"]
    return [one if len(one) <= line else one[: line - 1] + "…" for one in lines]
