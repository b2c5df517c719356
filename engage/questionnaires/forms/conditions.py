"""Forms of the condition editor: choose a question, then say what of it must be so."""

from collections.abc import Sequence
from typing import Any

from wtforms import Field, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import ValidationError

from engage.accounts.fields import LinesField, one_line, options
from engage.i18n.gettext import s_, s_lazy
from engage.i18n.text import with_fallback
from engage.questionnaires.conditions import OPERATORS, ConditionRow, is_numeric, needs_value
from engage.questionnaires.document import Document, Question
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.typed import readings_of_number
from engage.questionnaires.values import as_date
from engage.web.forms import Form


class AskForm(Form):
    """Which question the new row is about; sent with GET, as nothing changes yet."""

    class Meta(Form.Meta):
        """Without a token: it only opens the next page."""

        csrf = False

    question = SelectField(s_lazy("Question"))

    def __init__(self, *, questions: Sequence[tuple[str, str]], **more: Any) -> None:
        """Offer the questions that may be read here."""
        super().__init__(**more)
        self.question.choices = options(questions)


class RowForm(Form):
    """What of a question must be so."""

    opened = HiddenField()
    question = HiddenField()
    operator = SelectField(s_lazy("Condition"))
    value = StringField(s_lazy("Value"), filters=[one_line])
    choice = SelectField(s_lazy("Choice"))

    def __init__(
        self,
        *,
        operators: Sequence[str],
        choices: Sequence[tuple[str, str]],
        **more: Any,
    ) -> None:
        """Offer what makes sense for the question: its choices, or a value to type."""
        super().__init__(**more)
        self.operator.choices = options((name, OPERATORS[name]) for name in operators)
        if choices:
            self.choice.choices = options([("", "–"), *choices])
            del self.value
        else:
            del self.choice

    @property
    def compared(self) -> Field:
        """Return the field with what is compared."""
        return self.choice if "choice" in self else self.value

    def validate_operator(self, field: Field) -> None:
        """Ask for a value where the operator needs one, and for a number where it counts."""
        value = self.compared.data or ""
        if not needs_value(field.data):
            return
        if not value:
            raise ValidationError(s_("Say what to compare with."))
        is_number = len(readings_of_number(value, decimals=0)) == 1
        if is_numeric(field.data) and not is_number and as_date(value) is None:
            raise ValidationError(s_("Write a number, such as 12, or a date, such as 2027-03-31."))

    @property
    def row(self) -> ConditionRow:
        """Return the row that the form says."""
        value = self.compared.data if needs_value(self.operator.data) else ""
        return ConditionRow(self.question.data or "", self.operator.data, value or "")


class HowForm(Form):
    """Whether all rows must hold, or one is enough."""

    opened = HiddenField()
    how = RadioField(
        s_lazy("The question is asked if"),
        choices=options(
            [
                ("all", s_lazy("all of these hold")),
                ("any", s_lazy("at least one of these holds")),
            ]
        ),
    )


class FormulaForm(Form):
    """An expression written out, for what rows cannot say."""

    opened = HiddenField()
    formula = LinesField(
        s_lazy("Formula"),
        longest=4000,
        description=s_lazy("As in XLSForm, such as: ${age} >= 18 and selected(${needs}, 'work')"),
        render_kw={"rows": 3, "dir": "ltr", "spellcheck": "false"},
    )


def value_choices(document: Document, question: Question | None) -> list[tuple[str, str]]:
    """Return what an answer can be compared with, in words, where that is known beforehand."""
    if question is None or question.type not in QUESTION_TYPES:
        return []
    kind = QUESTION_TYPES[question.type]
    source = document.languages[0] if document.languages else ""
    found = []
    for code in kind.codes(question, document):
        words = with_fallback(code.label, source, document.languages).text
        found.append((code.value, words or kind.text(question, document, code.value, source)))
    return found
