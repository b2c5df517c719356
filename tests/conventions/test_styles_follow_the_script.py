"""Styles use logical directions (L-21), whole colours (T-10) and no fonts from the network."""

import re

from tests.conventions.sources import files, lines_with, nothing

#: A line that must be physical says so and why: /* physical: a map is never mirrored */
EXCUSE = "physical:"
PHYSICAL = re.compile(
    r"(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)\b"
    r"|border-(?:top|bottom)-(?:left|right)-radius"
    r"|(?<![\w-])(?:left|right)\s*:"
    r"|(?:text-align|float|clear|caption-side)\s*:\s*(?:left|right)\b"
)
#: The tokens (DESIGN: light and dark) that meet as text on ground, and the contrast they need.
PAIRS = {
    ("ink", "paper"): 6.6,
    ("ink", "surface"): 6.6,
    ("ink", "surface-2"): 6.6,
    ("ink", "sun-soft"): 6.6,
    ("ink", "brand-soft"): 6.6,
    ("ink", "ok-soft"): 6.6,
    ("ink", "danger-soft"): 6.6,
    ("ink-2", "paper"): 6.6,
    ("ink-2", "surface"): 6.6,
    ("ink-2", "surface-2"): 4.5,
    ("brand", "paper"): 6.6,
    ("brand", "surface"): 6.6,
    ("brand", "brand-soft"): 4.7,
    ("on-brand", "brand"): 6.6,
    ("on-brand", "brand-hover"): 6.6,
    ("danger", "paper"): 4.7,
    ("danger", "surface"): 4.7,
    ("danger", "danger-soft"): 4.7,
    ("ok", "paper"): 4.7,
    ("ok", "ok-soft"): 4.7,
    ("brick", "paper"): 4.5,
    ("line-strong", "surface"): 3,
    ("line-strong", "paper"): 3,
    **{(f"viz-{number}", "surface"): 3 for number in range(1, 7)},
}


def _schemes() -> list[dict[str, str]]:
    css = "\n".join(path.read_text(encoding="utf-8") for path in files("*.css"))
    # Paper is white and ink black: print has no scheme to measure.
    css = re.sub(r"@media print\s*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", css)
    blocks = [
        dict(re.findall(r"--([\w-]+)\s*:\s*([^;}]+)", block))
        for block in re.findall(r"\{([^{}]*--paper\s*:[^{}]*)\}", css)
    ]
    return [{**blocks[0], **block} for block in blocks]


def _luminance(colour: str) -> float:
    digits = colour.strip().removeprefix("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG counts it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_directions_are_logical():
    found = [
        f"{place}: {line.strip()}"
        for path in files("*.css")
        for place, line in lines_with(path)
        if PHYSICAL.search(line) and EXCUSE not in line
    ]
    nothing(found, "Say inline-start and inline-end, not left and right:")


def test_every_pair_of_colours_has_contrast():
    schemes = _schemes()
    assert len(schemes) >= 2, "a light and a dark scheme"
    low = [
        f"{text} on {ground}: {found:.2f}, needs {needed} ({'dark' if number else 'light'})"
        for number, scheme in enumerate(schemes)
        for (text, ground), needed in PAIRS.items()
        if (found := contrast(scheme[text], scheme[ground])) < needed
    ]
    nothing(low, "Too little contrast:")


def test_the_dark_schemes_are_the_same():
    dark = _schemes()[1:]
    assert all(scheme == dark[0] for scheme in dark), "chosen dark and the system's dark differ"


def test_no_fonts_travel():
    found = [
        place
        for path in files("*.css")
        for place, line in lines_with(path)
        if "@font-face" in line or "@import" in line
    ]
    nothing(found, "The phone has fonts for every script we offer:")


def test_contrast_is_counted_as_wcag_does():
    assert round(contrast("#000", "#FFFFFF"), 1) == 21
    assert round(contrast("#767676", "#fff"), 2) == 4.54
