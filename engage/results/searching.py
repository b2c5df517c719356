"""Looking for words in what people wrote, as each reader sees it, in every language alike.

Capitals and accents do not count: é is e, and Arabic vowel signs, the tatweel and the letters that
Arabic and Persian keyboards write differently make no difference. But å, ä, ö, æ and ø are letters
of their own in the Nordic languages: “får” is not “far”, so they are never folded into a and o.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

import regex

from engage.i18n.formats import neutralise_controls
from engage.results.masking import Piece

#: Nobody looks for more than a sentence.
LONGEST_SEARCH = 200
_OWN_LETTERS = frozenset("åäö")
_TATWEEL = "\u0640"
#: Letters and digits that keyboards of one alphabet write differently.
_ALIKE = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه"}
    | {digit: str(at % 10) for at, digit in enumerate("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩")}
)
_CLUSTER = regex.compile(r"\X")


def search_typed(typed: str) -> str:
    """Return what was typed as it is looked for: one line, no controls, not too long."""
    return " ".join(neutralise_controls(typed).replace("\ufffd", " ").split())[:LONGEST_SEARCH]


def searched_words(search: str) -> list[str]:
    """Return the words to find, folded; none where nothing but signs was typed."""
    return [folded for word in search.split() if (folded := _folded(word)[0])]


def may_have(text: str, words: Sequence[str]) -> bool:
    """Say whether all words are in a text, masked or not: cheap, before marks are looked for."""
    told = _folded(neutralise_controls(text))[0] if words else ""
    return all(word in told for word in words)


def found_pieces(
    pieces: Sequence[Piece], words: Sequence[str], *, sees_all: bool
) -> list[Piece] | None:
    """Return the pieces of a text with every word marked as found; None unless all are there.

    Who does not see all finds nothing in or across masked pieces: a search must not tell who wrote
    a number that the reader may not read.
    """
    if not words:
        return list(pieces)
    seen = list(_seen(pieces, sees_all=sees_all))
    folded = [(_folded(text), at) for at, text in seen]
    if not all(any(word in told for (told, _places), _at in folded) for word in words):
        return None
    marks: set[int] = set()
    for (told, places), at in folded:
        for word in words:
            marks |= {at + place for place in _places_of(word, told, places)}
    return [part for at, piece in _placed(pieces) for part in _parted(piece, at, marks, sees_all)]


def _placed(pieces: Sequence[Piece]) -> Iterator[tuple[int, Piece]]:
    start = 0
    for piece in pieces:
        yield start, piece
        start += len(piece.text)


def _seen(pieces: Sequence[Piece], *, sees_all: bool) -> Iterator[tuple[int, str]]:
    """Yield the stretches that are read in one go, with where they begin."""
    if sees_all:
        yield 0, "".join(piece.text for piece in pieces)
        return
    for at, piece in _placed(pieces):
        if not piece.kind:
            yield at, piece.text


def _folded(text: str) -> tuple[str, list[range]]:
    """Return a text as it is compared, and for each of its characters the places it stands for."""
    letters, places = [], []
    for match in _CLUSTER.finditer(text):
        for letter in _folded_cluster(match[0]):
            letters.append(letter)
            places.append(range(*match.span()))
    return "".join(letters), places


@lru_cache(maxsize=4096)
def _folded_cluster(cluster: str) -> str:
    """Return one letter with its signs as it is compared; nothing for what is no letter."""
    composed = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", cluster).casefold())
    return "".join(map(_folded_letter, composed))


def _folded_letter(letter: str) -> str:
    if letter in _OWN_LETTERS:
        return letter
    plain = (
        part
        for part in unicodedata.normalize("NFKD", letter)
        if unicodedata.category(part) not in {"Mn", "Cf"} and part != _TATWEEL
    )
    return "".join(plain).translate(_ALIKE)


def _places_of(word: str, told: str, places: Sequence[range]) -> Iterator[int]:
    start = told.find(word)
    while start >= 0:
        yield from range(places[start].start, places[start + len(word) - 1].stop)
        start = told.find(word, start + 1)


def _parted(piece: Piece, start: int, marks: set[int], sees_all: bool) -> Iterator[Piece]:
    """Yield a piece in parts, those that were looked for marked; a masked one stays whole."""
    if piece.kind and not sees_all:
        yield piece
        return
    begin = 0
    for end in range(1, len(piece.text) + 1):
        is_found = start + begin in marks
        if end == len(piece.text) or (start + end in marks) != is_found:
            yield replace(piece, text=piece.text[begin:end], is_found=is_found)
            begin = end
