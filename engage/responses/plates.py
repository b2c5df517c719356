"""Finds number plates of cars in free text, as Sweden, Denmark, Norway and Finland have them.

Letters a country gives to no plate, and how people write them, keep plates apart from amounts,
streets and rooms. Pure: text in, places out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

_BEFORE, _AFTER = r"(?<![\p{L}\p{N}])", r"(?![\p{L}\p{N}])"
#: Three letters, two digits, and a digit or since 2019 a letter.
_SWEDISH = r"(?P<w>[A-HJ-PR-UW-Z]{3})GAP\d\d[\dA-HJ-NPR-UW-Z]"
#: Two letters and five digits, in Denmark often in three groups.
_DANISH_NORWEGIAN = r"(?P<w>[A-HJ-NPR-Z]{2})GAP\d\dGAP\d{3}"
_FINNISH = r"(?P<w>[A-ZÅÄÖ]{3})-\d{3}"
#: What only those at home there are likely to mean: elsewhere it is something else.
_AT_HOME = {
    "FI": r"(?P<w>[A-ZÅÄÖ]{2,3})-\d{1,3}|(?P<w>[A-ZÅÄÖ]{3})GAP\d{3}",
    "NO": r"(?P<w>[A-HJ-NPR-Z]{2})GAP\d{4}",
}
#: Words after which small letters and digits apart are a plate too: “bilen abc 123”.
_CAR = (
    r"(?:bil\w{0,4}|reg\w{0,3}\.?\s?(?:nr|nummer)?|registrerings?(?:nr|nummer)|skylt\w{0,3}|"
    r"nummerpl[aå]\w{1,4}|n?ummerskilt\w{0,2}|skilt\w{0,2}|kjennemerke\w{0,2}|auto\w{0,3}|"
    r"rekisteri\w{0,8}|plate|car)[\s:.]{1,3}(?:är |er |on |is )?"
)
#: Letters right before digits, as every plate has them; most texts have none.
_ANY = regex.compile(r"\p{L}{2}[ \u00a0\-]?\d")
#: What stands before numbers and looks like the letters of a plate.
_NO_PLATES = frozenset((
    "eu", "tv", "kr", "nr", "se", "dk", "sek", "dkk", "nok", "eur", "usd", "cad", "bmw", "klo",
    "nro", "tel", "rum", "hus", "bus", "max", "min", "par", "cov", "iso", "kpl", "tlf", "www",
    "sas", "abb", "hsl", "kap", "str", "kwh",
))  # fmt: skip
#: The same before numbers of fewer digits, which only some countries have on plates.
_NO_SHORT_PLATES = _NO_PLATES | frozenset(
    ("kl", "pk", "co", "ps", "sm", "mm", "em", "vm", "pc", "cd", "st", "kw", "ca", "km")
)


@dataclass(frozen=True)
class _Way:
    """A way to write plates, and letters that are none."""

    pattern: regex.Pattern[str]
    none: frozenset[str] = frozenset()


def _ways(plate: str, none: frozenset[str] = _NO_PLATES) -> tuple[_Way, ...]:
    capitals = plate.replace("GAP", r"[ \u00a0\-]?")
    joined = plate.replace("GAP", "")
    return (
        _Way(regex.compile(f"{_BEFORE}(?P<plate>{capitals}){_AFTER}"), none),
        _Way(regex.compile(f"{_BEFORE}(?P<plate>{joined}){_AFTER}", regex.IGNORECASE), none),
        _Way(regex.compile(f"{_BEFORE}{_CAR}(?P<plate>{capitals}){_AFTER}", regex.IGNORECASE)),
    )


_EVERYWHERE = tuple(way for one in (_SWEDISH, _DANISH_NORWEGIAN, _FINNISH) for way in _ways(one))
_BY_COUNTRY = {
    country: (*_EVERYWHERE, *_ways(one, _NO_SHORT_PLATES)) for country, one in _AT_HOME.items()
}


def plates_in(text: str, country: str = "SE") -> Iterator[tuple[int, int]]:
    """Yield where plates stand; `country` is where the people who write live."""
    if not _ANY.search(text):
        return
    for way in _BY_COUNTRY.get(country, _EVERYWHERE):
        for match in way.pattern.finditer(text):
            if match["w"].casefold() not in way.none:
                yield match.span("plate")
