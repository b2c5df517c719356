"""Several rows judged on one scale."""

from typing import Any

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
    XlsformPart,
    choice_label,
    export_name,
)
from engage.questionnaires.settings import NamedLinesField, Rows
from engage.questionnaires.values import Value, as_text


class MatrixSettings(Settings):
    """The rows; the scale is the list of choices."""

    rows: Rows = ()


class MatrixForm(SettingsForm):
    """The rows in words."""

    rows = NamedLinesField(
        s_lazy("Rows, one a line"),
        description=s_lazy(
            "What stands before “|” is the row's name in exports and stays when you change the "
            "words; leave it out for a new row."
        ),
        render_kw={"rows": 8},
    )


class Matrix(QuestionType):
    """One step of the same scale for each row; stored by row, only the rows answered."""

    name = "matrix"
    label = s_lazy("Matrix of scales")
    help = s_lazy("Several things judged on the same scale, one below the other.")
    Settings = MatrixSettings
    settings_form = MatrixForm
    has_choices = True
    shape = "parts"
    summary_kind = "parts"
    operators = ("answered", "is", "is_not", "at_least", "at_most", "more_than", "less_than")

    def read(self, asked: Asked, form: FormValues) -> Value:
        """Return {row: key}; raises AnswerError for what is not offered, or a row left open."""
        rows = self.settings(asked.question).rows
        chosen = {row.key: form.chosen(row.key) for row in rows}
        if any(len(keys) > 1 for keys in chosen.values()):
            raise AnswerError(_("Choose one answer only in each row"))
        if any(not set(keys) <= asked.choice_keys for keys in chosen.values()):
            raise AnswerError(_("Choose one of the answers in the list in each row"))
        answered: dict[str, Value] = {row: keys[0] for row, keys in chosen.items() if keys}
        if answered and asked.question.required and len(answered) < len(rows):
            raise AnswerError(_("Choose an answer in each row"))
        return answered or None

    def form_values(self, value: Value, words: str = "") -> dict[str, list[str]]:
        """Return the chosen step of each row."""
        return (
            {row: [as_text(key)] for row, key in value.items()} if isinstance(value, dict) else {}
        )

    def text(self, question: Question, document: Document, value: Value, language: str) -> str:
        """Return a line for each row that was answered; of one part its words."""
        if not isinstance(value, dict):
            return choice_label(document, question, as_text(value), language)
        lines = []
        for row, label in self.parts(question, document).items():
            if row in value:
                chosen = choice_label(document, question, as_text(value[row]), language)
                lines.append(f"{in_language(label, language) or row}: {chosen}")
        return "\n".join(lines)

    def parts(self, question: Question, document: Document) -> dict[str, Text]:
        """Return the rows."""
        return {row.key: row.label for row in self.settings(question).rows}

    def codes(self, question: Question, document: Document) -> tuple[Code, ...]:
        """Return the steps of the scale."""
        return tuple(Code(choice.key, choice.label) for choice in document.choices(question))

    def columns(self, question: Question, document: Document) -> list[Column]:
        """One column of steps a row."""
        codes, name = self.codes(question, document), export_name(question)
        return [
            Column(
                f"{name}_{row}",
                question.key,
                "choice",
                question.label,
                row,
                codes=codes,
                ordered=True,
                part_label=label,
            )
            for row, label in self.parts(question, document).items()
        ]

    def cells(self, question: Question, document: Document, value: Value) -> list[Value]:
        """Return the step of each row, None for a row left open."""
        chosen = value if isinstance(value, dict) else {}
        return [chosen.get(row) for row in self.parts(question, document)]

    def problems(self, question: Question, document: Document) -> list[Any]:
        """Say where there are no rows, or one's own words are asked for."""
        found: list[Any] = []
        if not self.settings(question).rows:
            found.append(s_lazy("Add at least one row."))
        if question.other:
            found.append(s_lazy("A scale has no place for words of one's own."))
        return found

    def to_xlsform(self, question: Question) -> tuple[str, str, str]:
        """Return no word: a matrix is a group of rows."""
        return ("", "table-list", "")

    def xlsform_parts(self, question: Question, document: Document) -> tuple[XlsformPart, ...]:
        """Return one `select_one` a row."""
        return tuple(
            XlsformPart(f"{question.key}_{row}", "select_one", label, "", (), question.choice_list)
            for row, label in self.parts(question, document).items()
        )
