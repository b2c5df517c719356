"""Fields whose words are in a language of the questionnaire, not of the page."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import Field, HiddenField

from engage.accounts.fields import several_lines
from engage.i18n.languages import LANGUAGES
from engage.i18n.text import Text
from engage.web.forms import Form

LONGEST_TEXT = 4000


class PartForm(Form):
    """A form for a part of the draft; `opened` is that part as it was when the page was made."""

    opened = HiddenField()


def speak(form: Form, names: Iterable[str], language: str) -> None:
    """Let fields say in which language they are written, and run in its direction."""
    known = LANGUAGES.get(language)
    for name in names:
        field: Field = form[name]
        direction = known.direction if known else "auto"
        field.render_kw = {**(field.render_kw or {}), "lang": language, "dir": direction}


def in_form(texts: Mapping[str, Text], language: str) -> dict[str, str]:
    """Return texts as the data of fields in one language."""
    return {name: text.get(language, "") for name, text in texts.items()}


def with_words(text: Text, language: str, words: Any) -> Text:
    """Return a text with its words in one language changed; empty words take them out."""
    changed = {**text, language: several_lines(words)}
    return {code: each for code, each in changed.items() if each}
