"""How a value reads as a number, a text, a date or a truth: the same on server and phone."""

import math
from datetime import date

import regex

Value = None | bool | int | float | str | list["Value"] | dict[str, "Value"]
#: Dates count as days since this one in arithmetic and order, as in ODK XForms.
EPOCH = date(1970, 1, 1)
_NUMBER = regex.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)\s*", regex.ASCII)
#: A day, perhaps with a time after it, or a month; Python reads week dates too, the phone not.
_DATE = regex.compile(r"(\d{4}-\d\d)(-\d\d|\Z)", regex.ASCII)
_YEAR = regex.compile(r"\d{4}", regex.ASCII)


def as_date(value: Value) -> date | None:
    """Return the day an ISO text begins with, the first day of a month; else None."""
    found = _DATE.match(value) if isinstance(value, str) else None
    if found is None:
        return None
    try:
        return date.fromisoformat(found[1] + (found[2] or "-01"))
    except ValueError:
        return None


def with_year_as_day(value: Value) -> Value:
    """Return a text that is a year as its first day; anything else as it is."""
    return f"{value}-01-01" if isinstance(value, str) and _YEAR.fullmatch(value) else value


def as_numbers(left: Value, right: Value) -> tuple[float | None, float | None]:
    """Return two values as numbers; a year alone is a number, but beside a date its first day."""
    first = left if as_date(right) is None else with_year_as_day(left)
    second = right if as_date(left) is None else with_year_as_day(right)
    return as_number(first), as_number(second)


def as_number(value: Value) -> float | None:
    """Return the value as a number: text in digits, a date as days since 1970, a list of one."""
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, int | float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, list):
        return as_number(value[0]) if len(value) == 1 else None
    if not isinstance(value, str):
        return None
    day = as_date(value)
    if day is not None:
        return float((day - EPOCH).days)
    # The closed form keeps Python's extras (1_000, inf, nan) out: the phone must agree.
    number = float(value) if _NUMBER.fullmatch(value) else math.nan
    return number if math.isfinite(number) else None


def as_text(value: Value) -> str:
    """Return the value as text: whole numbers without a point, several choices with spaces."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(int(value)) if float(value).is_integer() else _with_decimals(value)
    if isinstance(value, list):
        return " ".join(as_text(entry) for entry in value)
    if isinstance(value, dict):
        return " ".join(as_text(entry) for entry in value.values())
    return value


def _with_decimals(value: float) -> str:
    """Return a number with 12 decimals at most and never as 1e-05, which no reader knows."""
    text = f"{value:.12f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def as_truth(value: Value) -> bool:
    """Return whether the value counts as true: a number other than 0, text or list not empty."""
    return bool(value)
