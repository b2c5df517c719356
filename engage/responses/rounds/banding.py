"""How many answers a round has, told so that no single one shows."""

from engage.i18n.formats import number
from engage.i18n.gettext import s_


def about(count: int, k: int) -> str:
    """Return a number of answers in words: fewer than k, or rounded down to fives."""
    if count < k:
        return s_("fewer than %(k)s answers", k=number(k))
    return s_("about %(count)s answers", count=number(count - count % 5))


def about_people(count: int, k: int) -> str:
    """Return a number of people in words, in the same bands."""
    if count < k:
        return s_("fewer than %(k)s people", k=number(k))
    return s_("about %(count)s people", count=number(count - count % 5))


def about_texts(count: int, k: int) -> str:
    """Return a number of texts in words, in the same bands."""
    if count < k:
        return s_("fewer than %(k)s texts", k=number(k))
    return s_("about %(count)s texts", count=number(count - count % 5))


def about_in_signs(count: int, k: int) -> str:
    """Return the same without words, for the log: `<5` or `240+`."""
    return f"<{k}" if count < k else f"{count - count % 5}+"
