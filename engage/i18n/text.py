"""Text kept in several languages, and how a reader's language is chosen from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: `{language code: text}`; an absent or blank entry is a missing translation.
Text = dict[str, str]


@dataclass(frozen=True)
class Shown:
    """A text as shown to staff: in which language, and whether that is only a fallback."""

    text: str
    language: str
    is_fallback: bool


def has_text(text: Mapping[str, str], language: str) -> bool:
    """Say whether the text has words in this language."""
    return bool(text.get(language, "").strip())


def in_language(text: Mapping[str, str], language: str) -> str:
    """Return the text in exactly this language, or an empty string (residents never see a mix)."""
    return text.get(language, "")


def with_fallback(text: Mapping[str, str], language: str, order: Iterable[str] = ()) -> Shown:
    """Return the text for staff: in `language`, else the first of `order`, else any, marked so."""
    if has_text(text, language):
        return Shown(text[language], language, is_fallback=False)
    for other in (*order, *text):
        if has_text(text, other):
            return Shown(text[other], other, is_fallback=True)
    return Shown("", language, is_fallback=True)


def missing_languages(text: Mapping[str, str], languages: Iterable[str]) -> list[str]:
    """Return those of `languages` that a text, used at all, has no words in."""
    if not any(value.strip() for value in text.values()):
        return []
    return [language for language in languages if not has_text(text, language)]
