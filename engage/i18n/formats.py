"""Numbers, shares, dates and lists as the reader's language writes them; codes in Latin digits."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Literal

from babel.dates import format_time as babel_time
from babel.dates import get_timezone
from babel.lists import format_list as babel_list
from flask import current_app

from engage.i18n import writing
from engage.i18n.current import current_locale
from engage.i18n.writing import with_local_digits

_ALL_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "0123456789" * 2)
_BETWEEN_DIGITS = re.compile(
    r"[\s\-\u2010-\u2015.·_\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+"
)
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u206f\ufeff]"
)


def number(value: float, decimals: int | None = None) -> str:
    """Return a number with the reader's digits, separators and, if asked, fixed decimals."""
    pattern = None if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    return writing.decimal(value, current_locale(), pattern)


def percent(share: float) -> str:
    """Return a share of 1 as a whole percent: 0.453 → “45 %”."""
    return writing.percent(share, current_locale())


def _local(moment: date | datetime) -> date:
    if not isinstance(moment, datetime):
        return moment
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(get_timezone(current_app.config["TIME_ZONE"]))


def day(moment: date | datetime) -> str:
    """Return a date with its month by name: “3 mars 2027”."""
    return writing.day_in_words(_local(moment), current_locale(), "long")


def day_of_week(moment: date | datetime) -> str:
    """Return a date with its week day: “onsdag 3 mars 2027”."""
    return writing.day_in_words(_local(moment), current_locale(), "full")


def month(moment: date | datetime) -> str:
    """Return month and year: “mars 2027”."""
    return writing.month_and_year(_local(moment), current_locale())


def clock(moment: datetime | time) -> str:
    """Return hours and minutes on the installation's clock."""
    locale = current_locale()
    local = _local(moment) if isinstance(moment, datetime) else moment
    at = local.time() if isinstance(local, datetime) else local
    text = babel_time(at, "short", locale=locale) if isinstance(at, time) else ""
    return with_local_digits(text, locale)


def months() -> list[str]:
    """Return the names of the twelve months as they stand alone."""
    return list(writing.months(current_locale()))


def weekdays() -> list[str]:
    """Return the names of the week days; every week starts on Monday."""
    names = current_locale().days["stand-alone"]["wide"]
    return [names[index] for index in range(7)]


def listing(items: Iterable[object], kind: Literal["and", "or"] = "and") -> str:
    """Return items as a list in words: “a, b och c”."""
    style: Literal["standard", "or"] = "standard" if kind == "and" else "or"
    return babel_list([str(item) for item in items], style, current_locale())


def code_groups(code: str) -> str:
    """Return a code of digits in groups of four, always in Latin digits: “4829 1307 …”."""
    plain = normal_digits(code)
    return " ".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def normal_digits(typed: str) -> str:
    """Return digits as typed on any keyboard as Latin ones, without spaces, hyphens, marks."""
    return _BETWEEN_DIGITS.sub("", typed.translate(_ALL_DIGITS))


def neutralise_controls(text: str) -> str:
    """Return text safe to show: no control characters or bidi overrides; ZWNJ and ZWJ stay."""
    return _CONTROLS.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


class LocalisedCount(int):
    """A count that reads “۱۲۰” or “1 200” in a sentence when filled in with `%(num)s`."""

    def __str__(self) -> str:
        return number(int(self)) if current_app else int.__repr__(self)
