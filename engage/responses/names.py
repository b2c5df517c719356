"""Finds names in free text that staff have listed, however they are spelled and inflected.

Pure: text and names in, places out. Who may know the list is not known here.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import regex

_BEFORE, _AFTER = r"(?<![\p{L}\p{N}])", r"(?![\p{L}\p{N}])"
#: What may follow a name: the genitive of most languages here, and the cases of Finnish.
_ENDING = r"(?:['’:]?s)?"
_FINNISH_ENDING = (
    r"(?:[:'’]?(?:s|i?n|an|aan|lla|llä|lle|lta|ltä|ssa|ssä|sta|stä|n?a|n?ä|ta|tä|ksi))?"
)
#: Arabic writes “and”, “for”, “with” and “then” as a letter of the next word.
_ARABIC_PREFIX = r"(?:[وفبلك])?"
#: Letters that Arabic and Persian keyboards write differently.
_ALIKE = str.maketrans({"ی": "ي", "ى": "ي", "ک": "ك", "ة": "ه", "ø": "o", "đ": "d", "ł": "l"})


@cache
def _folded_letter(letter: str) -> str:
    """Return a letter without accents and in small; always one character, so places stay."""
    plain = unicodedata.normalize("NFD", letter)[0].casefold().translate(_ALIKE)
    return plain if len(plain) == 1 else letter


def _folded(text: str) -> str:
    return "".join(map(_folded_letter, text))


def _pattern_of(name: str) -> str:
    words = [
        "".join(rf"{regex.escape(letter)}\p{{M}}*" for letter in word)
        for word in _folded(name).replace("-", " ").split()
    ]
    prefix = _ARABIC_PREFIX if regex.match(r"\p{Arabic}", name) else ""
    return prefix + r"[\s\-\u200c]+".join(words)


@lru_cache(maxsize=32)
def _pattern(names: tuple[str, ...], country: str) -> regex.Pattern[str]:
    ending = _FINNISH_ENDING if country == "FI" else _ENDING
    longest_first = sorted(names, key=len, reverse=True)
    any_name = "|".join(map(_pattern_of, longest_first))
    return regex.compile(f"{_BEFORE}(?:{any_name}){ending}{_AFTER}")


def names_in(text: str, names: Sequence[str], country: str = "SE") -> Iterator[tuple[int, int]]:
    """Yield where listed names stand."""
    wanted = tuple(name for name in names if name.strip(" -"))
    if wanted:
        for match in _pattern(wanted, country).finditer(_folded(text)):
            yield match.span()
