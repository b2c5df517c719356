"""What people type, made fit to keep: texts that can be stored and shown, numbers."""

import re
import unicodedata
from decimal import Decimal

import regex

#: Other programs' ways to end a line: Word's soft break, form feed, NEL, U+2028, U+2029.
_LINE_ENDS = re.compile("[\r\x0b\x0c\x85\u2028\u2029]")
#: Control characters, halves of surrogate pairs, what is no character: put visibly out of action.
_UNFIT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("[\n\t]+")
_CHARACTER = regex.compile(r"\X")
#: Nobody writes one character of more than this many code points; counting stops there.
_LONGEST_CHARACTER = 16

_BETWEEN_DIGITS = regex.compile("[\\s'’\u066c\\p{Cf}]+")
_MINUS = regex.compile("^[\u2212\\p{Pd}]")
_POINTS = str.maketrans({"\u066b": ".", "\u060c": ",", "\uff0c": ",", "\uff0e": ".", "\uff0b": "+"})
_PLAIN = regex.compile(r"[+-]?([0-9]+[.,]?[0-9]*|[.,][0-9]+)", regex.ASCII)
#: One mark in steps of three digits, and perhaps the other one with decimals after it.
_GROUPED = regex.compile(
    r"[+-]?[1-9][0-9]{0,2}([.,])[0-9]{3}(?:\1[0-9]{3})*(?:(?!\1)[.,][0-9]*)?", regex.ASCII
)
#: Larger numbers are no answers, and floats no longer hold each whole number.
LARGEST = 10**15


def fit_text(typed: str) -> str:
    """Return a text with one way to end lines, and U+FFFD where nothing could be stored or shown.

    Nothing is left out: what cannot be kept is seen on the review page. Bidi controls stay as they
    are typed; they are put out of action where the text is shown.
    """
    if typed.isprintable():
        return typed
    return _UNFIT.sub("\ufffd", _LINE_ENDS.sub("\n", typed.replace("\r\n", "\n")))


def one_line(text: str) -> str:
    """Return a text without line breaks and tabs, for what is written in one line."""
    return _BREAKS.sub(" ", text)


def characters_over(text: str, most: int) -> int:
    """Return how many characters, as people count them, a text is longer than `most`; else 0."""
    if len(text) <= most:
        return 0
    if len(text) > most * _LONGEST_CHARACTER:
        return len(text) - most
    return max(0, sum(1 for _ in _CHARACTER.finditer(text)) - most)


def with_latin_digits(typed: str) -> str:
    """Return a text with the digits of every script as Latin ones."""
    if typed.isascii():
        return typed
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in typed)


def typed_integer(typed: str, most_digits: int = 4) -> int | None:
    """Return a whole number of few digits, as days and years are, None for anything else."""
    plain = _BETWEEN_DIGITS.sub("", with_latin_digits(typed))
    fits = plain.isascii() and plain.isdigit() and len(plain) <= most_digits
    return int(plain) if fits else None


def readings_of_number(typed: str, decimals: int) -> tuple[Decimal, ...]:
    """Return the numbers that what was typed may mean: none, one, or the smaller and the larger.

    `1 234,5`, `1.234,5`, `1,234.5`, `١٬٢٣٤٫٥` and `−5` are understood. What is between thousands
    in one country stands before decimals in another: `1,234` is a thousand where no decimals may
    be given (`decimals` is 0), and else has two readings, and only the person can choose.
    """
    plain = _BETWEEN_DIGITS.sub("", with_latin_digits(typed)).translate(_POINTS)
    plain = _MINUS.sub("-", plain)
    grouped = None if "\u066b" in typed else _GROUPED.fullmatch(plain)
    if grouped is None:
        return _in_bounds(plain)
    whole = _in_bounds(plain.replace(grouped[1], ""))
    has_one_mark = sum(map(plain.count, ".,")) == 1
    return (*_in_bounds(plain), *whole) if has_one_mark and decimals else whole


def _in_bounds(plain: str) -> tuple[Decimal, ...]:
    if not _PLAIN.fullmatch(plain):
        return ()
    number = Decimal(plain.replace(",", "."))
    return (number,) if abs(number) < LARGEST else ()


def plain_number(number: float) -> str:
    """Return a number as digits that have one reading only: 1.234 as `1.2340`."""
    text = format(Decimal(repr(number)), "f") if isinstance(number, float) else str(number)
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text}0" if _GROUPED.fullmatch(text) else text
