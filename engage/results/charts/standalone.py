"""A chart as a file of its own: with its question, finding, names of colours and base, in SVG.

On the page a chart takes its size, colours and direction from around it; a file brings them along.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

_WIDTH, _MARGIN = 800.0, 28.0
_INNER = _WIDTH - 2 * _MARGIN
_REM = 16.0
_CHART = re.compile(r"<svg class=\"chart( areas)?\"([^>]*)>(.*?)</svg>", re.DOTALL)
_MEASURE = re.compile(r'="(-?[\d.e+-]+)(%|rem)"')
_HEIGHT = re.compile(r'height="([\d.]+)rem"')
_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_TEXT = re.compile(r"<text([^>]*)>([^<]*)</text>")
_LEFT_TO_RIGHT = re.compile(r'(<g [^>]*direction="ltr">.*?</g>)', re.DOTALL)
_END, _RTL = ' text-anchor="end"', ' direction="rtl"'
_FONTS = '"Noto Sans","Noto Naskh Arabic"'
_ARABIC_FONTS = '"Noto Sans Arabic","Noto Sans"'
#: Right-to-left mark: what it stands before and after is read in that direction.
_MARK = "\u200f"
_HATCHES = ("M0 8 8 0", "M0 0 8 8", "M4 0v8", "M0 4h8", "M0 0 8 8M0 8 8 0", "M4 3v2")
_VIZ = ("#0F5C5E", "#B84F14", "#6A4C93", "#2B6CB0", "#75721A", "#B23A6B")
_LIK = ("#A6471A", "#E3A178", "#D8D2C6", "#86B9B3", "#0F5C5E")
_STYLE = (
    f'text{{font:16px {_FONTS},"Segoe UI",Arial,sans-serif;fill:#1D2433}}'
    ".title{font-size:22px;font-weight:700}.label-2{fill:#4A5266}"
    ".on-deep,.on-viz{fill:#FFF}.on-viz,.area-label,.heading{font-weight:700}"
    # Read on hatching, too.
    ".on-deep{paint-order:stroke;stroke:#1D2433;stroke-width:3px;stroke-linejoin:round}"
    ".area-label{paint-order:stroke;stroke:#FFF;stroke-width:4px}"
    ".track,.lik-none,.cell-0{fill:#F2ECE2}"
    ".axis{stroke:#7A7468;fill:none}.grid{stroke:#7A7468;fill:none}"
    ".pattern{fill-opacity:.55}[class*=line-]{fill:none;stroke-width:3}"
    + "".join(
        f".viz-{n}{{fill:{colour}}}.line-{n}{{stroke:{colour}}}" for n, colour in enumerate(_VIZ, 1)
    )
    + "".join(f".lik-{n}{{fill:{colour};stroke:#4A5266}}" for n, colour in enumerate(_LIK, 1))
    + "".join(f".cell-{n}{{fill:#0F5C5E;fill-opacity:{n / 5:.1f}}}" for n in range(1, 6))
)


@dataclass(frozen=True)
class Picture:
    """What stands in the file: words above and below the chart, and the same numbers in words."""

    title: str
    finding: str
    chart: Markup
    base: str
    language: str
    legend: tuple[str, tuple[tuple[int, str], ...]] | None = None
    numbers: Sequence[str] = ()
    #: What the numbers of points stand for.
    points: Sequence[str] = ()
    is_rtl: bool = False


def svg_file(picture: Picture) -> str:
    """Return the file; its hatching stays, so that it can be told apart in grey."""
    side = _WIDTH - _MARGIN if picture.is_rtl else _MARGIN
    parts: list[str] = []
    y = _MARGIN
    for css, words, line, step in (("title", picture.title, 62, 30), ("", picture.finding, 88, 24)):
        for one in _lines(words, line):
            y += step
            parts.append(_text(one, side, y, css))
        y += 8
    drawing, y = _drawing(picture, y + 8)
    parts += [drawing, _text(picture.base, side, y + 24, "label-2")]
    return _framed(picture, "".join(parts), y + 24 + _MARGIN)


def drawing_file(picture: Picture) -> str:
    """Return the drawing with its names of colours alone, for a page that has the words itself."""
    drawing, y = _drawing(picture, 0)
    return turned(_framed(picture, drawing, y + _MARGIN / 2))


def turned(file: str) -> str:
    """Return a file for readers of SVG that know no direction of writing: each text brings its own.

    What is drawn from left to right in every language stays as it is.
    """
    if _RTL not in file:
        return file
    pieces = _LEFT_TO_RIGHT.split(file.replace(_RTL, "", 1).replace(_FONTS, _ARABIC_FONTS, 1))
    pieces[::2] = [_TEXT.sub(_turned, piece) for piece in pieces[::2]]
    return "".join(pieces)


def _turned(found: re.Match[str]) -> str:
    """Anchor a text at its other end, and say with marks that it runs from right to left."""
    attributes, words = found[1], found[2]
    if _END in attributes:
        attributes = attributes.replace(_END, "")
    elif "text-anchor" not in attributes:
        attributes += _END
    return f"<text{attributes}>{_MARK}{words}{_MARK}</text>"


def _drawing(picture: Picture, y: float) -> tuple[str, float]:
    """Return the charts from `y` down, what numbers in them stand for, and the names of colours."""
    side = _WIDTH - _MARGIN if picture.is_rtl else _MARGIN
    charts, y = _charts(picture, y)
    legend, y = _legend(picture, y)
    parts = [charts]
    for one in picture.points:
        y += 22
        parts.append(_text(one, side, y))
    return "".join([*parts, legend]), y


def _framed(picture: Picture, shapes: str, height: float) -> str:
    direction = "rtl" if picture.is_rtl else "ltr"
    told = "\n".join((picture.finding, *picture.numbers, picture.base))
    hatches = "".join(
        f'<pattern id="hatch-{n}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<path d="{shape}" stroke="#fff" stroke-width="2" fill="none"/></pattern>'
        for n, shape in enumerate(_HATCHES, 1)
    )
    size = f'width="{_WIDTH:.0f}" height="{height:.0f}" viewBox="0 0 {_WIDTH:.0f} {height:.0f}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} xml:lang="{escape(picture.language)}"'
        f' direction="{direction}" role="img" aria-labelledby="title numbers">'
        f'<title id="title">{escape(picture.title)}</title>'
        f'<desc id="numbers">{escape(told)}</desc>'
        f"<style>{_STYLE}</style><defs>{hatches}</defs>"
        f'<rect width="100%" height="100%" fill="#FFF"/>{shapes}</svg>\n'
    )


def _charts(picture: Picture, y: float) -> tuple[str, float]:
    """Return the drawings of a question below each other, with sizes in units of the file."""
    made = []
    for is_map, attributes, shapes in _CHART.findall(str(picture.chart)):
        box = _BOX.search(attributes)
        height = _HEIGHT.search(attributes)
        left = _MARGIN
        if is_map and box:
            tall = float(box[2])
            left = (_WIDTH - float(box[1])) / 2
        else:
            tall = float(height[1]) * _REM if height else 0.0
            shapes = _MEASURE.sub(_in_units, shapes)
        if picture.legend is None:
            shapes = re.sub(r'<rect class="pattern"[^>]*/>', "", shapes)
        side = ' direction="ltr"' if 'direction="ltr"' in attributes else ""
        made.append(f'<g transform="translate({left:.0f} {y:.0f})"{side}>{shapes}</g>')
        y += tall + 16
    return "".join(made), y


def _in_units(found: re.Match[str]) -> str:
    factor = _REM if found[2] == "rem" else _INNER / 100
    return f'="{float(found[1]) * factor:.1f}"'


def _legend(picture: Picture, y: float) -> tuple[str, float]:
    if picture.legend is None:
        return "", y
    family, names = picture.legend
    made = []
    for number, name in names:
        y += 24
        x = _WIDTH - _MARGIN - 16 if picture.is_rtl else _MARGIN
        box = f'x="{x:.0f}" y="{y - 13:.0f}" width="16" height="16"'
        made.append(f'<rect class="{family}-{number}" {box}/>')
        made.append(f'<rect class="pattern" {box} fill="url(#hatch-{number})"/>')
        made.append(_text(name, x - 8 if picture.is_rtl else x + 24, y))
    return "".join(made), y + 8


def _text(words: str, x: float, y: float, css: str = "") -> str:
    kind = f' class="{css}"' if css else ""
    return f'<text{kind} x="{x:.0f}" y="{y:.0f}">{escape(words)}</text>'


def _lines(words: str, most: int) -> list[str]:
    """Return words in lines of at most so many characters, none cut."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= most or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
