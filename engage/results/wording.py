"""Figures and labels as they are read: in words of the reader's language, hidden ones too."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup, escape

from engage.i18n import formats
from engage.i18n.gettext import gettext as _
from engage.i18n.gettext import ngettext
from engage.i18n.languages import LANGUAGES
from engage.i18n.text import Shown as ShownText
from engage.i18n.text import Text, has_text, with_fallback
from engage.results.disclosure import Shown
from engage.results.small_areas import LEAST_RESIDENTS

_BDI, _BDI_END = Markup("<bdi>"), Markup("</bdi>")


def percent_words(percent: int) -> str:
    """Return a whole percent."""
    return formats.percent(percent / 100)


def number_words(value: int) -> str:
    """Return a whole number."""
    return formats.number(value)


def too_few() -> str:
    """Return what stands in place of a hidden figure."""
    return _("Too few to show")


def share_words(shown: Shown) -> str:
    """Return a share as a whole percent, or why there is none."""
    if shown.is_hidden:
        return too_few()
    return "–" if shown.percent is None else percent_words(shown.percent)


def about_words(shown: Shown) -> str:
    """Return about how many persons, or why it is not told."""
    return too_few() if shown.about is None else number_words(shown.about)


def range_words(shown: Shown) -> str:
    """Return within which shares the true one lies with 95 % confidence."""
    if shown.low is None or shown.high is None:
        return "–"
    low, high = percent_words(shown.low), percent_words(shown.high)
    # Translators: an interval, such as “41 % to 50 %”
    return _("%(low)s to %(high)s", low=low, high=high)


def base_words(base: int | None) -> str:
    """Return how many answers figures are made of."""
    if base is None:
        return _("Too few answers to show.")
    # Translators: how many answers a figure is made of; the number is rounded to fives
    return ngettext("n = about %(num)s answer.", "n = about %(num)s answers.", base)


def small_areas_words() -> str:
    """Return why some areas are not shown."""
    return _(
        "Areas in which fewer than %(number)s people live are not shown,"
        " and some others with them.",
        number=formats.number(LEAST_RESIDENTS),
    )


@dataclass(frozen=True)
class Reader:
    """Who reads: the language the questions are shown in, and those to fall back to."""

    language: str
    order: tuple[str, ...] = ()
    is_rtl: bool = False

    def label(self, text: Text, house: Any = "", key: str = "") -> ShownText:
        """Return words of a questionnaire: in the reader's language, the house's, or another."""
        if has_text(text, self.language):
            return ShownText(text[self.language], self.language, is_fallback=False)
        if str(house):
            return ShownText(str(house), self.language, is_fallback=False)
        found = with_fallback(text, self.language, self.order)
        return found if found.text else ShownText(key, self.language, is_fallback=False)


def marked(label: ShownText, reader: Reader) -> Markup:
    """Return a label for HTML; words of another language say which one they are."""
    words = escape(formats.neutralise_controls(label.text))
    if not label.is_fallback or label.language not in LANGUAGES:
        return _BDI + words + _BDI_END
    language = LANGUAGES[label.language]
    return Markup('<span class="fallback" lang="{}" dir="{}" title="{}">{}</span>').format(
        language.code, language.direction, language.autonym, words
    )


def plain_words(words: object) -> str:
    """Return a cell or a sentence without markup, for what is no page."""
    return words.striptags() if isinstance(words, Markup) else str(words)


def listed(words: Iterable[str]) -> str:
    """Return words as a list in a sentence."""
    return formats.listing(words)


@dataclass(frozen=True)
class OwnWords:
    """A sentence that staff wrote about results, and the day they did."""

    words: str
    day: str

    @property
    def stands_above(self) -> str:
        """Return whose words these are, before what the figures say by themselves."""
        return _("In the words of those who ask, %(day)s. The figures say:", day=self.day)


def own_words(written: Iterable[tuple[str, Text, date]], language: str) -> dict[str, OwnWords]:
    """Return sentences of staff by question, given as (question, words, day); only in a language.

    A reader of another language is told what the figures say instead of a foreign sentence.
    """
    return {
        question: OwnWords(formats.neutralise_controls(words[language]), formats.day(day))
        for question, words, day in written
        if has_text(words, language)
    }
