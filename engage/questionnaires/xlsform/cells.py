"""What stands in a cell, as text: numbers, dates and truths as people wrote them."""

from datetime import date, datetime, time
from typing import Any

import regex

#: How spreadsheets write control characters, which XML cannot hold.
_WRITTEN_OUT = regex.compile("_x00([01][0-9A-F])_", regex.IGNORECASE)
_LINE_ENDS = regex.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
#: Control characters, halves of surrogate pairs and marks that have no width and no meaning.
_NOTHING = regex.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\ufeff\ufffe\uffff\ud800-\udfff]"
)
_QUOTES = str.maketrans({"‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"'})


def cell_text(value: Any) -> str:
    """Return the content of a cell as text, without spaces around it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        midnight = value.time() == time.min
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return words(str(value))


def words(text: str) -> str:
    """Return a text with one kind of line break, without what cannot be shown; hard spaces stay."""
    if "_x00" in text:
        text = _WRITTEN_OUT.sub(lambda found: chr(int(found[1], 16)), text)
    kept: str = _NOTHING.sub("", _LINE_ENDS.sub("\n", text))
    return kept.replace("\t", " ").strip()


def straight(text: str) -> str:
    """Return a text on one line, hard spaces made plain and quotation marks a typewriter's.

    For what programs read: headings, names, types, conditions.
    """
    return " ".join(text.translate(_QUOTES).split())
