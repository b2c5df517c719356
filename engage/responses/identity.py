"""Finds in free text what may tell who somebody is: numbers, addresses, plates, listed names.

It marks rather too much than too little: a person looks at each mark before sending, and exports
mask them. Pure: text in, places out.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import regex
from phonenumbers import Leniency, PhoneNumberMatcher
from stdnum import luhn
from stdnum.ca import sin
from stdnum.fi import hetu

from engage.responses.names import names_in
from engage.responses.plates import plates_in

Kind = Literal["identity_number", "phone", "address", "plate", "name"]

#: Each digit of any script stands for one character, so places stay the same.
_DIGITS = str.maketrans(
    {chr(ord(zero) + value): str(value) for zero in "٠۰０०০" for value in range(10)}
)
#: What people put between digits, also what they do not see.
_GAP = r"[\s\-+–−./·\u200b-\u200f\u202a-\u202e\u2066-\u2069]{0,3}"
_TWO = rf"\d\d{_GAP}"
_SWEDISH = regex.compile(rf"(?<!\d)(?:(?:1[89]|20){_GAP})?{_TWO}{_TWO}{_TWO}\d{{3}}{_GAP}\d(?!\d)")
_DANISH = regex.compile(rf"(?<!\d){_TWO}{_TWO}{_TWO}\d{{4}}(?!\d)")
_FINNISH = regex.compile(
    r"(?<!\d)\d{6}\s?[-+–A-FU-Y]\s?\d{3}\s?[0-9A-Y](?![0-9A-Z])", regex.IGNORECASE
)
_CANADIAN = regex.compile(rf"(?<!\d)\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{3}}(?!\d)")
_EMAIL = regex.compile(r"[^\s@<>()\",;:]{1,64}\s?@\s?[^\s@<>()\",;:]{1,250}\.\p{L}{2,24}")
_WEB = regex.compile(r"\b(?:https?://|www\.)[^\s<>\"]{3,300}", regex.IGNORECASE)
#: Texts longer than this are searched in part only; nobody writes so much by hand.
_LONGEST = 100_000


@dataclass(frozen=True, order=True)
class Mark:
    """A place in a text that may tell who somebody is."""

    start: int
    end: int
    kind: Kind


def _digits(found: str) -> str:
    return "".join(character for character in found if character.isdigit())


def _is_day(day: int, month: int, years: tuple[int, ...]) -> bool:
    for year in years:
        try:
            date(year, month, day)
        except ValueError:
            continue
        return True
    return False


def _is_swedish(found: str) -> bool:
    """Check date and check digit; coordination numbers have 60 added to their day."""
    digits = _digits(found)[-10:]
    year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    return _is_day(day % 60 or 60, month, (1900 + year, 2000 + year)) and bool(
        luhn.is_valid(digits)
    )


def _is_danish(found: str) -> bool:
    """Check the date alone: numbers given since 2007 have no check digit."""
    digits = _digits(found)
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    return _is_day(day % 60 or 60, month, (1900 + year, 2000 + year))


def _is_finnish(found: str) -> bool:
    compact = regex.sub(r"\s", "", found).replace("–", "-")
    return bool(hetu.is_valid(compact, allow_temporary=True))


def _is_canadian(found: str) -> bool:
    return bool(sin.is_valid(_digits(found)))


_NUMBERS: tuple[tuple[regex.Pattern[str], Callable[[str], bool]], ...] = (
    (_SWEDISH, _is_swedish),
    (_DANISH, _is_danish),
    (_FINNISH, _is_finnish),
    (_CANADIAN, _is_canadian),
)


def _found(text: str) -> Iterator[Mark]:
    for pattern, is_real in _NUMBERS:
        for match in pattern.finditer(text, overlapped=True):
            if is_real(match[0]):
                yield Mark(match.start(), match.end(), "identity_number")
    for pattern in (_EMAIL, _WEB):
        for match in pattern.finditer(text):
            yield Mark(match.start(), match.end(), "address")


def _phones(text: str, country: str, marks: list[Mark]) -> Iterator[Mark]:
    """Find phone numbers in what is left: digits next to one another confuse the search."""
    for mark in marks:
        text = text[: mark.start] + "§" * (mark.end - mark.start) + text[mark.end :]
    for number in PhoneNumberMatcher(text, country or None, leniency=Leniency.VALID):
        yield Mark(number.start, number.end, "phone")


def marks_in(text: str, country: str = "SE", names: Sequence[str] = ()) -> list[Mark]:
    """Return the places to look at, in order, none overlapping another.

    `country` is where phone numbers without a country code are from. `names` are those that staff
    keep; residents are never shown marks of them, which would tell who is on the list.
    """
    searched = text[:_LONGEST]
    marks = [Mark(*place, "name") for place in names_in(searched, names, country)]
    if not any(character.isdigit() or character in "@." for character in text):
        return _apart(marks)
    plain = searched.translate(_DIGITS)
    marks += _found(plain)
    marks += [Mark(*place, "plate") for place in plates_in(plain, country)]
    return _apart([*marks, *_phones(plain, country, _apart(marks))])


def _apart(found: Iterable[Mark]) -> list[Mark]:
    """Return the marks in order, those that overlap as one."""
    marks: list[Mark] = []
    for mark in sorted(found):
        if marks and mark.start < marks[-1].end:
            last = marks[-1]
            marks[-1] = Mark(last.start, max(last.end, mark.end), last.kind)
        else:
            marks.append(mark)
    return marks
