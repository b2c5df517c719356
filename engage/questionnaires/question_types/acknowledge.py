"""One box to tick: it was read, it is agreed to."""

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
from engage.questionnaires.values import Value

#: What XLSForm's `acknowledge` stores, and conditions compare with.
OK = "OK"
_HOUSE = _("Yes, I have read this")


class AcknowledgeSettings(Settings):
    """What stands beside the box, in other words than the house's."""

    statement: Text = Field(default_factory=dict)

    @property
    def value(self) -> str:
        """Return what the ticked box sends."""
        return OK

    def words(self, language: str) -> str:
        """Return what stands beside the box."""
        return in_language(self.statement, language) or str(_HOUSE)


class AcknowledgeForm(SettingsForm):
    """The words beside the box."""

    statement = StringField(
        s_lazy("Words beside the box"),
        description=s_lazy("Leave them empty for “Yes, I have read this”."),
    )


class Acknowledge(QuestionType):
    """`OK` where the box is ticked; never ticked beforehand."""

    name = "acknowledge"
    label = s_lazy("Confirmation")
    help = s_lazy("One box to tick, such as “I have read this”.")
    Settings = AcknowledgeSettings
    settings_form = AcknowledgeForm
    shape = "one"
    summary_kind = "frequencies"
    operators = ("answered", "is")

    def read(self, asked: Asked, form: FormValues) -> Value:
        """Return `OK` or nothing; raises AnswerError for anything else."""
        if not set(form.chosen()) <= {OK}:
            raise AnswerError(_("Tick the box, or leave it empty"))
        return OK if form.chosen() else None

    def text(self, question: Question, document: Document, value: Value, language: str) -> str:
        """Return the words beside the box."""
        return str(self.settings(question).words(language))

    def codes(self, question: Question, document: Document) -> tuple[Code, ...]:
        """Return the one value."""
        return (Code(OK, self.settings(question).statement, _HOUSE),)

    def columns(self, question: Question, document: Document) -> list[Column]:
        """One column of one code."""
        codes = self.codes(question, document)
        return [Column(export_name(question), question.key, "choice", question.label, codes=codes)]

    def cells(self, question: Question, document: Document, value: Value) -> list[Value]:
        """Return the code."""
        return [value]

    def from_xlsform(self, word: str, appearance: str, parameters: Mapping[str, str]) -> Any:
        """Take XLSForm's `acknowledge`, also by its old name."""
        return {} if word in {"acknowledge", "trigger"} else None

    def to_xlsform(self, question: Question) -> tuple[str, str, str]:
        """Return `acknowledge`."""
        return ("acknowledge", "", "")
