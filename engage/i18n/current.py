"""The language of the page at hand: taken from its address, kept on Flask's `g`."""

from collections.abc import Iterator
from contextlib import contextmanager

from babel import Locale
from flask import current_app, g
from flask_babel import refresh

from engage.i18n.languages import LANGUAGES, Language, language_or_none

ENGLISH = LANGUAGES["en"]


def current_language() -> Language:
    """Return the language of the address, or the installation's own outside of such a page."""
    language: Language | None = g.get("language") if g else None
    if language is not None:
        return language
    default = current_app.config["DEFAULT_LANGUAGE"] if current_app else "en"
    return language_or_none(default) or ENGLISH


def interface_language() -> Language:
    """Return the language the house's own words are in, English where there is no catalogue.

    A variant such as Dari uses the catalogue of its base language.
    """
    language = current_language()
    base = LANGUAGES.get(language.code.split("-")[0], language)
    if g and g.get("for_staff"):
        return language if language.staff else ENGLISH
    return next((one for one in (language, base) if one.interface), ENGLISH)


def locale_of(language: Language) -> Locale:
    """Return Babel's locale for a language; English where Babel has none."""
    return Locale.parse((language.locale or language.code).replace("-", "_")) or Locale("en")


def current_locale() -> Locale:
    """Return the locale of numbers, dates and catalogues on this page."""
    spoken, language = interface_language(), current_language()
    same = spoken.code.split("-")[0] == language.code.split("-")[0]
    return locale_of(language if same else spoken)


def set_language(language: Language, *, for_staff: bool = False) -> None:
    """Make `language` the one of this request; on staff pages only staff catalogues count."""
    g.language = language
    g.for_staff = for_staff
    refresh()


@contextmanager
def use_language(code: str, *, for_staff: bool = False) -> Iterator[Language]:
    """Speak another language for a while: jobs, commands, pages rendered once for everybody."""
    before = g.get("language"), g.get("for_staff", False)
    language = LANGUAGES[code]
    set_language(language, for_staff=for_staff)
    try:
        yield language
    finally:
        g.language, g.for_staff = before
        refresh()
