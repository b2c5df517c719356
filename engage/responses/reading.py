"""Reads a sent form strictly: text that is no text is found, named and never stored as nothing.

Flask's own parser quietly puts marks in place of broken characters and drops what it cannot read.
"""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote_to_bytes

import regex

#: More fields than any questionnaire has; each is only a little memory.
MOST_FIELDS = 20_000
#: Names longer than this belong to no question.
_LONGEST_NAME = 400
_UNREADABLE = regex.compile(r"[\x00\ud800-\udfff\ufffd]")
_MARK = "\ufffd"


class TooManyFieldsError(Exception):
    """A form of more fields than any questionnaire has."""


@dataclass(frozen=True)
class SentForm:
    """Fields by name; `damaged` are those in which something could not be read as text.

    In damaged values the broken places are marked with U+FFFD, so that the person sees them.
    """

    fields: dict[str, list[str]]
    damaged: frozenset[str]

    def one(self, name: str) -> str:
        """Return the last value of a field, or an empty text."""
        return next(reversed(self.fields.get(name, ())), "")


def read_form(body: bytes) -> SentForm:
    """Read a body of `application/x-www-form-urlencoded`."""
    parts = [part for part in body.split(b"&") if part]
    if len(parts) > MOST_FIELDS:
        raise TooManyFieldsError
    fields: dict[str, list[str]] = {}
    damaged: set[str] = set()
    for part in parts:
        name, _, value = part.partition(b"=")
        if len(name) > _LONGEST_NAME:
            continue
        key, key_is_whole = _known_name(name)
        text, is_whole = _text(value)
        if not key_is_whole:
            continue
        fields.setdefault(key, []).append(text)
        if not is_whole:
            damaged.add(key)
    return SentForm(fields, frozenset(damaged))


def read_fields(values: list[tuple[str, str]]) -> SentForm:
    """Take fields that were parsed already; what could not be read is marked in them."""
    fields: dict[str, list[str]] = {}
    damaged = set()
    for name, value in values[:MOST_FIELDS]:
        text = _UNREADABLE.sub(_MARK, value)
        fields.setdefault(name, []).append(text)
        if _MARK in text:
            damaged.add(name)
    return SentForm(fields, frozenset(damaged))


@lru_cache(maxsize=4096)
def _known_name(encoded: bytes) -> tuple[str, bool]:
    """Decode a name: the same few come with every send."""
    return _text(encoded)


def _text(encoded: bytes) -> tuple[str, bool]:
    """Decode one part; a character U+FFFD that somebody typed counts as damage, too."""
    if b"+" in encoded:
        encoded = encoded.replace(b"+", b" ")
    raw = unquote_to_bytes(encoded) if b"%" in encoded else encoded
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return raw.decode(errors="replace").replace("\0", _MARK), False
    if "\0" in text or _MARK in text:
        return text.replace("\0", _MARK), False
    return text, True
