"""Yes or no."""

from collections.abc import Mapping
from typing import Any

from pydantic import Field
from wtforms import StringField

from engage.i18n.gettext import lazy_gettext as _
from engage.i18n.gettext import s_lazy
from engage.i18n.text import Text, in_language
from engage.questionnaires.document import Document, Question
from engage.questionnaires.question_types.base import (
    AnswerError,
    Asked,
    Code,
    Column,
    FormValues,
    QuestionType,
    Settings,
    SettingsForm,
    export_name,
)
from engage.questionnaires.values import Value, as_text

YES, NO = "yes", "no"
_HOUSE = {YES: _("Yes"), NO: _("No")}


class YesNoSettings(Settings):
    """The two answers in other words than the house's, where a question calls for them."""

    yes: Text = Field(default_factory=dict)
    no: Text = Field(default_factory=dict)

    @property
    def keys(self) -> tuple[str, str]:
        """Return the two answers, in order."""
        return (YES, NO)

    def words(self, key: str, language: str) -> str:
        """Return what an answer is called."""
        own = {YES: self.yes, NO: self.no}.get(key, {})
        return in_language(own, language) or str(_HOUSE.get(key, key))


class YesNoForm(SettingsForm):
    """Other words for the two answers."""

    yes = StringField(
        s_lazy("Other words for “Yes”"), description=s_lazy("Such as “Yes, I want to take part”.")
    )
    no = StringField(s_lazy("Other words for “No”"))


class YesNo(QuestionType):
    """`yes` or `no`."""

    name = "yes_no"
    label = s_lazy("Yes or no")
    help = s_lazy("Two answers: yes and no.")
    Settings = YesNoSettings
    settings_form = YesNoForm
    shape = "one"
    summary_kind = "frequencies"
    operators = ("answered", "is", "is_not")

    def read(self, asked: Asked, form: FormValues) -> Value:
        """Return `yes` or `no`; raises AnswerError for anything else."""
        chosen = form.chosen()
        if len(chosen) > 1 or not set(chosen) <= {YES, NO}:
            raise AnswerError(_("Choose one of the two answers"))
        return chosen[0] if chosen else None

    def codes(self, question: Question, document: Document) -> tuple[Code, ...]:
        """Return the two answers."""
        settings: YesNoSettings = self.settings(question)
        return (Code(YES, settings.yes, _HOUSE[YES]), Code(NO, settings.no, _HOUSE[NO]))

    def text(self, question: Question, document: Document, value: Value, language: str) -> str:
        """Return the words of the answer."""
        return str(self.settings(question).words(as_text(value), language))

    def columns(self, question: Question, document: Document) -> list[Column]:
        """One column of two codes."""
        codes = self.codes(question, document)
        return [Column(export_name(question), question.key, "choice", question.label, codes=codes)]

    def cells(self, question: Question, document: Document, value: Value) -> list[Value]:
        """Return the code."""
        return [value]

    def from_xlsform(self, word: str, appearance: str, parameters: Mapping[str, str]) -> Any:
        """Take `select_one` with our own appearance `yes-no`."""
        return {} if word == "select_one" and "yes-no" in appearance.split() else None

    def to_xlsform(self, question: Question) -> tuple[str, str, str]:
        """Return `select_one`; its list is written from `codes`."""
        return ("select_one", "yes-no", "")
