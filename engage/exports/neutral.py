"""Keeps spreadsheet programs from taking texts for formulas, and texts from telling of people.

A text that begins like a formula, also after spaces or a byte-order mark and in full-width
characters, gets an apostrophe in CSV (OWASP, CSV injection). Real negative numbers stay numbers.
"""

import re
from collections.abc import Sequence

from engage.i18n.formats import neutralise_controls
from engage.responses.identity import marks_in

_FORMULA = r"^[\s\x{FEFF}\x{200B}]*[=+\-@\t\r\n\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}\x{2212}]"
_NUMBER = r"^-?[0-9]+([.,][0-9]+)?$"
_BEGINS_A_FORMULA = re.compile(r"^[\s\ufeff\u200b]*[=+\-@\t\r\n＝＋－＠\u2212]|^[\t\r\n\x00]")
_IS_NUMBER = re.compile(_NUMBER)
_MASK = "█"


def without_formula(text: str) -> str:
    """Return the text so that a spreadsheet program shows it and calculates nothing."""
    if _BEGINS_A_FORMULA.match(text) and not _IS_NUMBER.match(text):
        return f"'{text}"
    return text


def without_formula_sql(expression: str) -> str:
    """Return the same as an SQL expression over a text."""
    begins = f"regexp_matches({expression}, '{_FORMULA}')"
    number = f"regexp_matches({expression}, '{_NUMBER}')"
    return f"CASE WHEN {begins} AND NOT {number} THEN '''' || {expression} ELSE {expression} END"


def told(text: str, country: str, *, mask: bool, names: Sequence[str] = ()) -> str:
    """Return typed words fit to hand out: no control characters; numbers and names blacked out."""
    clean = neutralise_controls(text)
    if not mask:
        return clean
    for mark in reversed(marks_in(clean, country, names)):
        clean = clean[: mark.start] + _MASK * (mark.end - mark.start) + clean[mark.end :]
    return clean
