"""One of many."""

from collections.abc import Mapping
from typing import Any, Literal

from wtforms import RadioField

from engage.accounts.fields import options
from engage.i18n.gettext import lazy_gettext as _
from engage.i18n.gettext import s_lazy
from engage.questionnaires.document import Document, Question
from engage.questionnaires.question_types.base import (
    AnswerError,
    Asked,
    ChoiceType,
    Column,
    FormValues,
    Settings,
    SettingsForm,
    chosen_keys,
    export_name,
)
from engage.questionnaires.values import Value, as_text

#: Appearances of `select_one` that ask for a list to open, and for choices beside each other.
_LISTS = {"minimal", "autocomplete", "search"}
_COLUMNS = ("columns", "compact", "horizontal", "quick", "list-nolabel")
#: Appearances by which other types know their rows.
_OF_OTHERS = {"likert", "no-buttons", "yes-no"}


class SingleChoiceSettings(Settings):
    """How the choices are laid out; long lists become a searchable list by themselves."""

    layout: Literal["tiles", "columns", "list"] = "tiles"


class SingleChoiceForm(SettingsForm):
    """How the choices are laid out."""

    layout = RadioField(
        s_lazy("How the choices are shown"),
        choices=options(
            [
                ("tiles", s_lazy("One below the other")),
                ("columns", s_lazy("Two beside each other where there is room")),
                ("list", s_lazy("A list to open")),
            ]
        ),
        default="tiles",
    )


class SingleChoice(ChoiceType):
    """One choice among those the filter leaves."""

    name = "single_choice"
    label = s_lazy("One of many")
    help = s_lazy("One answer from a list of choices.")
    Settings = SingleChoiceSettings
    settings_form = SingleChoiceForm
    shape = "one"
    summary_kind = "frequencies"
    operators = ("answered", "is", "is_not", "selected")

    def read(self, asked: Asked, form: FormValues) -> Value:
        """Return the key of the choice; raises AnswerError for what is not offered."""
        chosen = chosen_keys(asked, form)
        if len(chosen) > 1:
            raise AnswerError(_("Choose one answer only"))
        if not set(chosen) <= asked.choice_keys:
            raise AnswerError(_("Choose one of the answers in the list"))
        return chosen[0] if chosen else None

    def form_values(self, value: Value, words: str = "") -> dict[str, list[str]]:
        """Return the choice and the words beside it."""
        return {"": [as_text(value)], **({"words": [words]} if words else {})}

    def columns(self, question: Question, document: Document) -> list[Column]:
        """One column of choice keys."""
        codes = self.codes(question, document)
        return [Column(export_name(question), question.key, "choice", question.label, codes=codes)]

    def cells(self, question: Question, document: Document, value: Value) -> list[Value]:
        """Return the key."""
        return [value]

    def from_xlsform(self, word: str, appearance: str, parameters: Mapping[str, str]) -> Any:
        """Take XLSForm's `select_one` as long as no other type knows it by its appearance."""
        said = set(appearance.split())
        if word != "select_one" or said & _OF_OTHERS:
            return None
        if said & _LISTS:
            return {"layout": "list"}
        return {"layout": "columns"} if any(one.startswith(_COLUMNS) for one in said) else {}

    def to_xlsform(self, question: Question) -> tuple[str, str, str]:
        """Return `select_one`."""
        looks = {"list": "minimal", "columns": "columns", "tiles": ""}
        return ("select_one", looks[self.settings(question).layout], "")
