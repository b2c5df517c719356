"""Fields of staff forms that clean what is typed before it is looked at."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from wtforms import PasswordField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp

from engage.i18n.gettext import s_lazy
from engage.i18n.languages import Language

#: Line breaks, tabs, and the joiners that Persian and Sorani are written with.
_KEPT = "\n\t\u200c\u200d"
EMAIL = re.compile(r"[^@\s<>\"',;:]+@[^@\s<>\"',;:]+\.[^@\s<>\"',;:.]+")


def several_lines(typed: str | None) -> str:
    """Return a text with its line breaks, without control characters and bidi overrides."""
    text = (typed or "").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in text if letter in _KEPT or not _is_control(letter)).strip()


def one_line(typed: str | None) -> str:
    """Return a text on one line, without control characters and bidi overrides."""
    return " ".join(several_lines(typed).split())


def _is_control(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Cf", "Cs"}


def options(pairs: Iterable[tuple[str, object]]) -> list[SelectChoice]:
    """Return what to choose from, given as value and words."""
    return [SelectChoice(value, words) for value, words in pairs]


def language_options(
    languages: Iterable[Language], words: Callable[[Language], object] | None = None
) -> list[SelectChoice]:
    """Return languages to choose from, by their own names and marked as what they are."""
    return [
        SelectChoice(
            one.code,
            words(one) if words else one.autonym,
            render_kw={"lang": one.code, "dir": one.direction},
        )
        for one in languages
    ]


class LineField(StringField):
    """A text of one line; `required` and `longest` say what is right."""

    def __init__(self, label: Any, *, longest: int, required: bool = True, **more: Any) -> None:
        """Add the validators that every line needs."""
        first = [DataRequired()] if required else [Optional()]
        checks = [*first, *more.pop("validators", []), Length(max=longest)]
        super().__init__(label, checks, filters=[one_line], **more)


class LinesField(TextAreaField):
    """A text of several lines."""

    def __init__(self, label: Any, *, longest: int, **more: Any) -> None:
        """Add the validators that every longer text needs."""
        checks = [Optional(), Length(max=longest)]
        super().__init__(label, checks, filters=[several_lines], **more)


class EmailField(LineField):
    """An e-mail address, roughly looked at: only a mail can prove one."""

    def __init__(self, label: Any, *, required: bool = True, **more: Any) -> None:
        """Add the rough look."""
        words = s_lazy("Write an e-mail address, such as name@example.org.")
        attributes = {"type": "email", "inputmode": "email", "dir": "ltr"}
        super().__init__(
            label,
            longest=254,
            required=required,
            validators=[Regexp(f"{EMAIL.pattern}$", message=words)],
            render_kw={**attributes, **more.pop("render_kw", {})},
            **more,
        )


class SecretField(PasswordField):
    """A password as it is typed: nothing is trimmed and pasting is welcome."""

    def __init__(self, label: Any, autocomplete: str, **more: Any) -> None:
        """Tell password managers what belongs here."""
        attributes = {"autocomplete": autocomplete, "dir": "ltr"}
        super().__init__(label, [InputRequired()], render_kw=attributes, **more)
