"""A scale with words on every step."""

from collections.abc import Mapping
from typing import Any

from engage.i18n.gettext import lazy_gettext as _
from engage.i18n.gettext import s_lazy
from engage.i18n.text import in_language
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
from engage.questionnaires.settings import NamedLinesField, ScaleSteps
from engage.questionnaires.values import Value, as_text

_FEWEST, _MOST = 2, 11


class ScaleSettings(Settings):
    """The steps, from one end to the other, where they are not a list that questions share."""

    steps: ScaleSteps = ()


class ScaleForm(SettingsForm):
    """The steps in words."""

    steps = NamedLinesField(
        s_lazy("Steps, one a line"),
        description=s_lazy(
            "From one end to the other, each with words, if you have chosen no list. What stands "
            "before “|” is kept with the answers and stays when you change the words."
        ),
        numbered=True,
        render_kw={"rows": 6},
    )


class Scale(QuestionType):
    """One step of a scale; the steps keep their order and direction in every language."""

    name = "scale"
    label = s_lazy("Scale")
    help = s_lazy("One step of a scale, with words on every step.")
    Settings = ScaleSettings
    settings_form = ScaleForm
    may_have_choices = True
    shape = "one"
    summary_kind = "frequencies"
    operators = ("answered", "is", "is_not", "at_least", "at_most", "more_than", "less_than")

    def read(self, asked: Asked, form: FormValues) -> Value:
        """Return the key of the step; raises AnswerError for what is no step."""
        chosen = form.chosen()
        if len(chosen) > 1:
            raise AnswerError(_("Choose one answer only"))
        if asked.question.choice_list:
            steps = asked.choice_keys
        else:
            steps = frozenset(step.key for step in self.settings(asked.question).steps)
        if not set(chosen) <= steps:
            raise AnswerError(_("Choose one of the answers in the list"))
        return chosen[0] if chosen else None

    def codes(self, question: Question, document: Document) -> tuple[Code, ...]:
        """Return the steps: those of the list, else those in the settings."""
        steps = document.choices(question) or self.settings(question).steps
        return tuple(Code(step.key, step.label) for step in steps)

    def text(self, question: Question, document: Document, value: Value, language: str) -> str:
        """Return the words of the step."""
        key = as_text(value)
        labels = {code.value: code.label for code in self.codes(question, document)}
        return in_language(labels.get(key, {}), language) or key

    def columns(self, question: Question, document: Document) -> list[Column]:
        """One column of steps, in their order."""
        codes = self.codes(question, document)
        name = export_name(question)
        return [Column(name, question.key, "choice", question.label, codes=codes, ordered=True)]

    def cells(self, question: Question, document: Document, value: Value) -> list[Value]:
        """Return the key of the step."""
        return [value]

    def problems(self, question: Question, document: Document) -> list[Any]:
        """Say where the steps are too few or too many, or could come in another order."""
        number = len(self.codes(question, document))
        found: list[Any] = []
        if number < _FEWEST:
            found.append(s_lazy("A scale needs at least two steps."))
        if number > _MOST:
            found.append(s_lazy("A scale has eleven steps at most."))
        if question.randomise:
            found.append(s_lazy("The steps of a scale keep their order: do not shuffle them."))
        return found

    def from_xlsform(self, word: str, appearance: str, parameters: Mapping[str, str]) -> Any:
        """Take `select_one` with the appearance `likert`."""
        return {} if word == "select_one" and "likert" in appearance.split() else None

    def to_xlsform(self, question: Question) -> tuple[str, str, str]:
        """Return `select_one` as `likert`."""
        return ("select_one", "likert", "")
