"""Choices shown as pictures: one, or several."""

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField

from engage.i18n.gettext import lazy_gettext as _
from engage.i18n.gettext import s_lazy
from engage.questionnaires import spoken
from engage.questionnaires.document import OTHER, Document, Question
from engage.questionnaires.question_types.base import (
    AnswerError,
    Asked,
    ChoiceType,
    Column,
    FormValues,
    Settings,
    SettingsForm,
    Shape,
    SummaryKind,
    chosen_keys,
    export_name,
)
from engage.questionnaires.values import Value, as_text


class PictureChoiceSettings(Settings):
    """Whether several pictures may be chosen."""

    several: bool = False


class PictureChoiceForm(SettingsForm):
    """Whether several pictures may be chosen."""

    several = BooleanField(s_lazy("Several may be chosen"))


class PictureChoice(ChoiceType):
    """Like one or many of many; the pictures are those of the choices, each with its words."""

    name = "picture_choice"
    label = s_lazy("Picture choice")
    help = s_lazy("Choices with a picture each. Every picture has words too.")
    Settings = PictureChoiceSettings
    settings_form = PictureChoiceForm
    shape = "many"
    summary_kind = "several"
    operators = ("answered", "selected", "count")

    def shape_of(self, question: Question) -> Shape:
        """Return how the phone reads it: radio buttons or boxes."""
        return "many" if self.settings(question).several else "one"

    def summary_of(self, question: Question) -> SummaryKind:
        """Return how results tell of it: as of one choice, or of several."""
        return "several" if self.settings(question).several else "frequencies"

    def read(self, asked: Asked, form: FormValues) -> Value:
        """Return the key, or the keys in the list's order; raises AnswerError for others."""
        chosen = chosen_keys(asked, form)
        if not set(chosen) <= asked.choice_keys:
            raise AnswerError(_("Choose among the answers in the list"))
        if not chosen:
            return None
        if self.settings(asked.question).several:
            order = [choice.key for choice in asked.choices] + [OTHER]
            return [key for key in order if key in chosen]
        if len(chosen) > 1:
            raise AnswerError(_("Choose one answer only"))
        return chosen[0]

    def form_values(self, value: Value, words: str = "") -> dict[str, list[str]]:
        """Return what was chosen and the words beside it."""
        return {"": _keys(value), **({"words": [words]} if words else {})}

    def text(self, question: Question, document: Document, value: Value, language: str) -> str:
        """Return the words of the pictures."""
        one = super().text
        words = [one(question, document, key, language) for key in _keys(value)]
        return spoken.listing(words, language)

    def columns(self, question: Question, document: Document) -> list[Column]:
        """One column of choice keys, or one flag a choice where several may be chosen."""
        name, codes = export_name(question), self.codes(question, document)
        if not self.settings(question).several:
            return [Column(name, question.key, "choice", question.label, codes=codes)]
        return [
            Column(
                f"{name}_is_other" if code.house else f"{name}_{code.value}",
                question.key,
                "flag",
                question.label,
                code.value,
                part_label=code.label,
                part_house=code.house,
            )
            for code in codes
        ]

    def cells(self, question: Question, document: Document, value: Value) -> list[Value]:
        """Return the key, or for each choice whether it was chosen."""
        if not self.settings(question).several:
            return [as_text(value)]
        chosen = set(_keys(value))
        return [code.value in chosen for code in self.codes(question, document)]

    def problems(self, question: Question, document: Document) -> list[Any]:
        """Say where a choice has no picture."""
        if all(choice.image for choice in document.choices(question)):
            return []
        return [s_lazy("Give each choice a picture.")]

    def from_xlsform(self, word: str, appearance: str, parameters: Mapping[str, str]) -> Any:
        """Take `select_one` and `select_multiple` without buttons: their choices are pictures."""
        if "no-buttons" not in appearance.split():
            return None
        return {"select_one": {}, "select_multiple": {"several": True}}.get(word)

    def to_xlsform(self, question: Question) -> tuple[str, str, str]:
        """Return `select_one` or `select_multiple` without buttons."""
        several = self.settings(question).several
        return ("select_multiple" if several else "select_one", "columns no-buttons", "")


def _keys(value: Value) -> list[str]:
    return [as_text(one) for one in value] if isinstance(value, list) else [as_text(value)]
