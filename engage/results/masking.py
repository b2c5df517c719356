"""Free words made safe to read and to hand on: identity numbers and addresses marked or masked."""

from collections.abc import Sequence
from dataclasses import dataclass

from engage.i18n.formats import neutralise_controls
from engage.responses.identity import marks_in


@dataclass(frozen=True)
class Piece:
    """A piece of a text; `kind` says what it may tell of a person, "" for nothing."""

    text: str
    kind: str = ""
    #: It is what the reader looked for.
    is_found: bool = False


def pieces(text: str, country: str, names: Sequence[str] = ()) -> list[Piece]:
    """Return a text in pieces, those marked that may tell who somebody is."""
    plain = neutralise_controls(text)
    found: list[Piece] = []
    start = 0
    for mark in marks_in(plain, country, names):
        found += [Piece(plain[start : mark.start]), Piece(plain[mark.start : mark.end], mark.kind)]
        start = mark.end
    return [piece for piece in (*found, Piece(plain[start:])) if piece.text]
