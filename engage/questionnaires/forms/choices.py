"""Forms about lists of choices: a new list, one choice, many pasted at once."""

from collections.abc import Collection
from typing import Any

import regex
from wtforms import Field, HiddenField
from wtforms.validators import ValidationError

from engage.accounts.fields import LineField, LinesField
from engage.i18n.gettext import s_, s_lazy
from engage.questionnaires.document import CHOICE_KEY_PATTERN, Choice
from engage.questionnaires.forms.words import PartForm, in_form, speak, with_words
from engage.questionnaires.rebuilding import remade
from engage.web.forms import Form

_LIST_NAME = r"[A-Za-z0-9_-]{1,64}"
#: Pasting more at once is a mistake or mischief.
MOST_CHOICES = 5000


class ListForm(Form):
    """A new list."""

    name = LineField(
        s_lazy("Name of the list"),
        longest=64,
        description=s_lazy("Letters a–z, digits, _ and -. Residents do not see it."),
        render_kw={"dir": "ltr", "autocapitalize": "none"},
    )

    def __init__(self, *, taken: Collection[str], **more: Any) -> None:
        """Keep the names that are in use."""
        super().__init__(**more)
        self.taken = taken

    def validate_name(self, field: Field) -> None:
        """Ask for a short name that is free."""
        if not regex.fullmatch(_LIST_NAME, field.data):
            raise ValidationError(s_("Use letters a–z, digits, _ and -."))
        if field.data in self.taken:
            raise ValidationError(s_("There is a list with this name. Choose another."))


class ChoiceForm(PartForm):
    """One choice, in the questionnaire's own language."""

    label = LineField(s_lazy("Words"), longest=1000)
    easy = LineField(s_lazy("Easier text"), longest=1000, required=False)
    columns = LinesField(
        s_lazy("Columns for filters"),
        longest=4000,
        description=s_lazy("One a line, such as: area = north"),
        render_kw={"rows": 3, "dir": "ltr"},
    )

    def validate_columns(self, field: Field) -> None:
        """Ask for lines with a name and a value."""
        for line in (field.data or "").split("\n"):
            if line.strip() and not _column(line)[0]:
                raise ValidationError(s_("Write each line as: name = value"))


def _column(line: str) -> tuple[str, str]:
    name, _found, value = line.partition("=")
    return (name.strip(), value.strip()) if _found and name.strip() else ("", "")


def data_of_choice(choice: Choice, language: str) -> dict[str, Any]:
    """Return a choice as the data of its form."""
    columns = "\n".join(f"{name} = {value}" for name, value in choice.columns.items())
    return {**in_form({"label": choice.label, "easy": choice.easy}, language), "columns": columns}


def choice_form(choice: Choice, language: str) -> ChoiceForm:
    """Return the form of a choice, speaking the questionnaire's language."""
    form = ChoiceForm(data=data_of_choice(choice, language))
    speak(form, ("label", "easy"), language)
    return form


def choice_from(form: ChoiceForm, choice: Choice, language: str) -> Choice:
    """Return the choice as the form has it; its key stays."""
    lines = [line for line in (form.columns.data or "").split("\n") if line.strip()]
    return remade(
        choice,
        label=with_words(choice.label, language, form.label.data),
        easy=with_words(choice.easy, language, form.easy.data),
        columns=dict(_column(line) for line in lines),
    )


class PasteForm(Form):
    """Choices pasted at once: one a line, with or without a key."""

    lines = LinesField(
        s_lazy("Choices, one a line"),
        longest=400_000,
        description=s_lazy(
            "Only words, and a key is made for each. Or “key | words”: "
            "a key that is there already gets these words."
        ),
        render_kw={"rows": 6},
    )
    list_name = HiddenField()

    def validate_lines(self, field: Field) -> None:
        """Ask for keys that can be kept, each once, and not too many."""
        pairs = pasted(field.data or "")
        if len(pairs) > MOST_CHOICES:
            raise ValidationError(s_("Paste at most %(most)s choices.", most=MOST_CHOICES))
        keys = [key for key, _words in pairs if key]
        for key in keys:
            if not regex.fullmatch(CHOICE_KEY_PATTERN, key):
                raise ValidationError(
                    s_("“%(key)s” cannot be a key: no spaces, commas or ~.", key=key)
                )
        if len(set(keys)) < len(keys):
            raise ValidationError(s_("A key is there twice. Keys are unique."))


def pasted(lines: str) -> list[tuple[str, str]]:
    """Return (key or nothing, words) of each line; a tab from a spreadsheet parts them too."""
    found = []
    for line in lines.split("\n"):
        if not line.strip():
            continue
        first, sign, rest = line.partition("|" if "|" in line else "\t")
        found.append((first.strip(), rest.strip()) if sign else ("", line.strip()))
    return found
