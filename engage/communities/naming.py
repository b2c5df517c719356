"""How a text of a community is shown to staff: in their language, else in another, marked so."""

from collections.abc import Iterable, Mapping

from markupsafe import Markup, escape

from engage.i18n.current import current_language
from engage.i18n.languages import LANGUAGES
from engage.i18n.text import with_fallback


def plain_text(text: Mapping[str, str], order: Iterable[str] = ()) -> str:
    """Return a text in the reader's language, else in the first of `order` that has it."""
    return with_fallback(text, current_language().code, order).text


def marked_text(text: Mapping[str, str], order: Iterable[str] = ()) -> Markup:
    """Return a text for HTML, with the language it is in."""
    shown = with_fallback(text, current_language().code, order)
    language = LANGUAGES.get(shown.language)
    if language is None:
        return Markup("<bdi>{}</bdi>").format(shown.text)
    return Markup('<bdi lang="{}">{}</bdi>').format(language.code, escape(shown.text))
