"""Sets type without a browser: reports as PDF, charts as PNG, in fonts that come with Engage."""

from functools import cache
from pathlib import Path

import typst

from engage.results.charts.standalone import turned

#: Pixels for each unit of a drawing, of which there are 96 to the inch.
_FINE = 2
_PICTURE = (
    b"#set page(width: auto, height: auto, margin: 0pt)\n"
    b'#image(bytes(sys.inputs.svg), format: "svg")'
)


def typeset_pdf(source: Path, inputs: dict[str, str]) -> bytes:
    """Return a document, tagged in any case, and declared as PDF/UA-1 where that can be proved.

    Arabic letters join to shapes that cannot always be traced back to letters one by one, and a
    resident's sign may have no font here: then it has the same structure without the declaration.
    """
    try:
        return typst.compile(source, font_paths=_fonts(), sys_inputs=inputs, pdf_standards=["ua-1"])
    except typst.TypstError:
        return typst.compile(source, font_paths=_fonts(), sys_inputs=inputs)


def png_of(svg: str) -> bytes:
    """Return a chart's file as pixels, for programs that read no SVG."""
    inputs = {"svg": turned(svg)}
    return typst.compile(
        _PICTURE, format="png", ppi=96 * _FINE, font_paths=_fonts(), sys_inputs=inputs
    )


@cache
def _fonts() -> typst.Fonts:
    """Return our own fonts and, for scripts they lack, those of the machine."""
    return typst.Fonts(font_paths=[Path(__file__).with_name("fonts")])
