"""Values in words of a language: numbers, dates, months and lists, as Babel knows them."""

from collections.abc import Iterable
from datetime import date, time
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list

from engage.i18n import writing
from engage.i18n.current import locale_of
from engage.i18n.languages import language_or_none


@lru_cache(maxsize=100)
def _locale(language: str) -> Locale:
    known = language_or_none(language)
    return locale_of(known) if known else Locale("en")


def with_local_digits(text: str, language: str) -> str:
    """Return a text with its digits in the language's own form."""
    return writing.with_local_digits(text, _locale(language))


def number(value: float, language: str) -> str:
    """Return a number with the language's digits, decimal mark and marks between thousands."""
    return writing.decimal(value, _locale(language), "#,##0.##########")


def day(value: date, language: str) -> str:
    """Return a date with its month by name."""
    return with_local_digits(format_date(value, "long", _locale(language)), language)


def month(value: date, language: str) -> str:
    """Return a month by name and its year."""
    return writing.month_and_year(value, _locale(language))


def clock(value: time, language: str) -> str:
    """Return hours and minutes."""
    return with_local_digits(format_time(value, "short", locale=_locale(language)), language)


def months(language: str) -> tuple[str, ...]:
    """Return the twelve months as they are called alone."""
    return writing.months(_locale(language))


def listing(items: Iterable[str], language: str) -> str:
    """Return items as a list in words: “a, b och c”."""
    return str(format_list(list(items), locale=_locale(language)))
