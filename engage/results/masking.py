"""Free words made safe to read and to hand on: identity numbers and addresses marked or masked."""

from dataclasses import dataclass

from engage.i18n.formats import neutralise_controls
from engage.responses.identity import marks_in

#: Stands for what was masked, in every language.
MASK = "[***]"


@dataclass(frozen=True)
class Piece:
    """A piece of a text; `kind` says what it may tell of a person, "" for nothing."""

    text: str
    kind: str = ""


def pieces(text: str, country: str) -> list[Piece]:
    """Return a text in pieces, those marked that may tell who somebody is."""
    plain = neutralise_controls(text)
    found: list[Piece] = []
    start = 0
    for mark in marks_in(plain, country):
        found += [Piece(plain[start : mark.start]), Piece(plain[mark.start : mark.end], mark.kind)]
        start = mark.end
    return [piece for piece in (*found, Piece(plain[start:])) if piece.text]


def masked(text: str, country: str) -> str:
    """Return a text in which what may tell who somebody is cannot be read."""
    return "".join(MASK if piece.kind else piece.text for piece in pieces(text, country))
