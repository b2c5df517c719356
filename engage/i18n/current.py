"""The language of the page at hand: taken from its address, kept on Flask's `g`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale
from flask import current_app, g
from flask_babel import refresh

from engage.i18n.languages import LANGUAGES, Language, language_or_none

ENGLISH = LANGUAGES["en"]


@dataclass(frozen=True)
class _Spoken:
    """A language as it is spoken on a page, with all that follows from it."""

    language: Language
    interface: Language
    locale: Locale


# Asked for with every word and number of a page, so nothing is worked out there.
@lru_cache
def _spoken(language: Language, *, for_staff: bool = False) -> _Spoken:
    base = LANGUAGES.get(language.code.split("-")[0], language)
    if for_staff:
        interface = language if language.staff else ENGLISH
    else:
        interface = next((one for one in (language, base) if one.interface), ENGLISH)
    same = interface.code.split("-")[0] == language.code.split("-")[0]
    return _Spoken(language, interface, locale_of(language if same else interface))


def _current() -> _Spoken:
    try:
        spoken: _Spoken = g.spoken
    except (AttributeError, RuntimeError):
        # Outside of a page, or even of an app.
        default = current_app.config["DEFAULT_LANGUAGE"] if current_app else "en"
        return _spoken(language_or_none(default) or ENGLISH)
    return spoken


def chosen_language() -> Language | None:
    """Return the language that the address of this page names, None where it names none."""
    spoken: _Spoken | None = g.get("spoken")
    return None if spoken is None else spoken.language


def current_language() -> Language:
    """Return the language of the address, or the installation's own outside of such a page."""
    return _current().language


def interface_language() -> Language:
    """Return the language the house's own words are in, English where there is no catalogue.

    A variant such as Dari uses the catalogue of its base language.
    """
    return _current().interface


def locale_of(language: Language) -> Locale:
    """Return Babel's locale for a language; English where Babel has none."""
    return Locale.parse((language.locale or language.code).replace("-", "_")) or Locale("en")


def current_locale() -> Locale:
    """Return the locale of numbers, dates and catalogues on this page."""
    return _current().locale


def set_language(language: Language, *, for_staff: bool = False) -> None:
    """Make `language` the one of this request; on staff pages only staff catalogues count."""
    g.spoken = _spoken(language, for_staff=for_staff)
    refresh()


@contextmanager
def use_language(code: str, *, for_staff: bool = False) -> Iterator[Language]:
    """Speak another language for a while: jobs, commands, pages rendered once for everybody."""
    before = g.get("spoken")
    language = LANGUAGES[code]
    set_language(language, for_staff=for_staff)
    try:
        yield language
    finally:
        if before is None:
            g.pop("spoken")
        else:
            g.spoken = before
        refresh()
