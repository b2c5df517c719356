"""Dates and times of day as people write them in fields of their own, kept as ISO texts.

A date has a precision: `2027-03-31` is a day, `2027-03` a month, `2027` a year.
"""

import datetime
from typing import Literal

import regex

from engage.i18n.gettext import lazy_gettext as _
from engage.questionnaires import spoken
from engage.questionnaires.submitted import AnswerError, FormValues
from engage.questionnaires.typed import typed_integer, with_latin_digits

Precision = Literal["day", "month", "year"]
PARTS: dict[Precision, tuple[str, ...]] = {
    "day": ("day", "month", "year"),
    "month": ("month", "year"),
    "year": ("year",),
}
_INCOMPLETE = {
    "day": _("Write the day, the month and the year"),
    "month": _("Write the month and the year"),
    "year": _("Write the year"),
}
#: Other years are slips, or of another calendar; nothing here converts calendars.
_FIRST_YEAR, _LAST_YEAR = 1800, 2200
_BETWEEN = r"[\s\u200b-\u200f\u061c\u2066-\u2069]*"
_TIME = regex.compile(rf"{_BETWEEN}(\d{{1,2}})[:.٫](\d{{2}})(?:[:.]\d{{2}}(?:\.\d+)?)?{_BETWEEN}")


def read_date(form: FormValues, precision: Precision) -> str | None:
    """Return the date in the fields `day`, `month`, `year`; raises AnswerError for what is none."""
    typed = {part: form.one(part) for part in PARTS[precision]}
    if not any(typed.values()):
        return None
    if not all(typed.values()):
        raise AnswerError(_INCOMPLETE[precision])
    numbers = {part: typed_integer(text) for part, text in typed.items()}
    year, month, day = numbers["year"], numbers.get("month", 1), numbers.get("day", 1)
    if year is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise AnswerError(_("Write the year with four digits, for example 1984"))
    if month is None or not 1 <= month <= 12:
        raise AnswerError(_("Choose a month"))
    try:
        found = datetime.date(year, month, 0 if day is None else day)
    except ValueError:
        raise AnswerError(_("This month has no such day. Check the day and the month")) from None
    return as_precise(found, precision)


def as_precise(day: datetime.date, precision: Precision) -> str:
    """Return a day's ISO text as far as the precision goes."""
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]]


def first_day(iso: str) -> datetime.date:
    """Return the day, or the first day of the month or year."""
    year, month, day = (int(part) for part in (iso[:10] + "-01-01").split("-")[:3])
    return datetime.date(year, month, day)


def date_fields(iso: str) -> dict[str, list[str]]:
    """Return the fields that give this date again."""
    numbers = (str(int(part)) for part in iso[:10].split("-"))
    return {part: [number] for part, number in zip(("year", "month", "day"), numbers, strict=False)}


def say_date(iso: str, language: str) -> str:
    """Return a date in words, as precisely as it is known."""
    if len(iso) == 4:
        return spoken.with_local_digits(iso, language)
    say = spoken.month if len(iso) == 7 else spoken.day
    return say(first_day(iso), language)


def read_time(typed: str) -> str | None:
    """Return a time of day as `14:30`; raises AnswerError for what is none."""
    if not typed:
        return None
    found = _TIME.fullmatch(with_latin_digits(typed))
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise AnswerError(_("Write the time as hours and minutes, for example 14:30"))
    return f"{int(found[1]):02d}:{found[2]}"


def say_time(iso: str, language: str) -> str:
    """Return a time of day as the language writes it."""
    return spoken.clock(datetime.time.fromisoformat(iso), language)
