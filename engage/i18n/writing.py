"""How a language writes numbers and months, as Babel knows it, where Babel alone would slip."""

from copy import deepcopy
from datetime import date
from functools import lru_cache
from typing import Literal

from babel import Locale, localedata
from babel.dates import format_date
from babel.localedata import LocaleDataDict
from babel.numbers import format_decimal, format_percent, get_minus_sign_symbol

from engage.i18n.languages import language_or_none

#: Number system of CLDR → its zero; a system not named here is shown in Latin digits.
_ZEROS = {"arab": 0x660, "arabext": 0x6F0, "beng": 0x9E6, "deva": 0x966, "mymr": 0x1040}
_PERCENT = {"arab": "٪", "arabext": "٪"}
_MONTH_ALONE = "LLLL"
#: Numbers and dates kept as they were written: a page has hundreds, of few kinds.
_KEPT = 4096


def number_system(locale: Locale) -> str:
    """Return the digits to write with: the language's own switch, else what CLDR says."""
    language = language_or_none(str(locale))
    system = (language.digits if language else "") or str(locale.default_numbering_system)
    return system if system in _ZEROS else "latn"


@lru_cache(maxsize=200)
def _signs(locale: Locale) -> dict[int, str]:
    system = number_system(locale)
    if system not in _ZEROS:
        return {}
    digits = {ord("0") + digit: chr(_ZEROS[system] + digit) for digit in range(10)}
    return {**digits, ord("%"): _PERCENT.get(system, "%")}


def with_local_digits(text: str, locale: Locale) -> str:
    """Return a text with its digits in the language's own form."""
    return text.translate(_signs(locale))


def _finished(written: str, locale: Locale) -> str:
    """Put in the language's own minus, which Babel leaves as a hyphen; nothing has none."""
    if written.startswith("-"):
        minus = get_minus_sign_symbol(locale, numbering_system=number_system(locale))
        is_nothing = not any(sign in "123456789" for sign in written)
        written = ("" if is_nothing else minus) + written[1:]
    return with_local_digits(written, locale)


@lru_cache(maxsize=_KEPT)
def decimal(value: float, locale: Locale, pattern: str | None = None) -> str:
    """Return a number with the language's digits, minus, decimal mark and thousands."""
    written = format_decimal(value, pattern, locale, numbering_system=number_system(locale))
    return _finished(written, locale)


@lru_cache(maxsize=_KEPT)
def percent(share: float, locale: Locale) -> str:
    """Return a share of 1 as a whole percent."""
    written = format_percent(share, None, locale, numbering_system=number_system(locale))
    return _finished(written, locale)


@lru_cache(maxsize=_KEPT)
def day_in_words(day: date, locale: Locale, style: Literal["long", "full"]) -> str:
    """Return a date with its month by name, and the week day if it is `full`."""
    return with_local_digits(format_date(day, style, locale), locale)


@lru_cache(maxsize=200)
def months(locale: Locale) -> tuple[str, ...]:
    """Return the twelve months as they are called alone.

    Not `Locale.months`: where a language has no such names Babel fills in those it writes in dates
    and keeps them where other languages look as well, so that March would be “מרץ” in Portuguese.
    """
    data = localedata.load(str(locale))
    own = LocaleDataDict({"months": deepcopy(data["months"])})
    names = own["months"]["stand-alone"]["wide"]
    return tuple(names[index] for index in range(1, 13))


def month_and_year(day: date, locale: Locale) -> str:
    """Return a month by name and its year, in the language's own order."""
    pattern = str(locale.datetime_skeletons["yMMMM"].pattern)
    name = months(locale)[day.month - 1].replace("'", "''")
    written = format_date(day, pattern.replace(_MONTH_ALONE, f"'{name}'"), locale)
    return with_local_digits(written, locale)
