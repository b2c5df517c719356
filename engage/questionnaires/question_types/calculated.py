"""A value worked out from other answers."""

from collections.abc import Callable, Mapping
from typing import Any, Literal, get_args

from wtforms import RadioField

from engage.accounts.fields import options
from engage.i18n.gettext import s_lazy
from engage.questionnaires import spoken
from engage.questionnaires.document import Document, Question
from engage.questionnaires.expressions import (
    Arithmetic,
    Comparison,
    Expression,
    Logic,
)
from engage.questionnaires.question_types.base import (
    TYPES_BY_NAME,
    Asked,
    Column,
    FormValues,
    QuestionType,
    Settings,
    SettingsForm,
    export_name,
)
from engage.questionnaires.values import Value, as_date, as_number, as_text, as_truth

Kind = Literal["flag", "number", "text", "date"]
_KINDS: dict[str, Kind] = {
    **dict.fromkeys((*get_args(Logic), *get_args(Comparison)), "flag"),
    **dict.fromkeys(("answered", "selected", "contains", "matches"), "flag"),
    **dict.fromkeys(("starts_with", "ends_with"), "flag"),
    **dict.fromkeys(get_args(Arithmetic), "number"),
    **dict.fromkeys(("count", "sum", "mean", "smallest", "largest", "position"), "number"),
    **dict.fromkeys(("round", "floor", "ceiling", "absolute", "square_root"), "number"),
    **dict.fromkeys(("length", "number"), "number"),
    **dict.fromkeys(("date", "today"), "date"),
}
_OF_COLUMNS: dict[str, Kind] = {
    "flag": "flag",
    "integer": "number",
    "number": "number",
    "date": "date",
}


class CalculatedSettings(Settings):
    """What kind of value comes out, where the calculation does not tell."""

    kind: Literal["auto", "flag", "number", "text", "date"] = "auto"


class CalculatedForm(SettingsForm):
    """What kind of value comes out."""

    kind = RadioField(
        s_lazy("What comes out"),
        choices=options(
            [
                ("auto", s_lazy("As the calculation says")),
                ("number", s_lazy("A number")),
                ("text", s_lazy("A text")),
                ("date", s_lazy("A date")),
                ("flag", s_lazy("Yes or no")),
            ]
        ),
        default="auto",
    )


class Calculated(QuestionType):
    """Nobody is asked; the value follows from the answers, on the server and on the phone."""

    name = "calculated"
    label = s_lazy("Calculated value")
    help = s_lazy("A value worked out from other answers; nobody sees it.")
    Settings = CalculatedSettings
    settings_form = CalculatedForm
    is_asked = False
    is_calculated = True
    shape = "nothing"
    operators = ("answered", "is", "is_not", "at_least", "at_most", "more_than", "less_than")

    def read(self, asked: Asked, form: FormValues) -> Value:
        """Return nothing: what the phone says it came to does not count."""
        return None

    def text(self, question: Question, document: Document, value: Value, language: str) -> str:
        """Return a number or a date as the language writes it."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            return spoken.number(value, language)
        day = as_date(value) if isinstance(value, str) and len(value) == 10 else None
        return spoken.day(day, language) if day else as_text(value)

    def columns(self, question: Question, document: Document) -> list[Column]:
        """One column of the kind the calculation, or else its setting, says."""
        return [
            Column(
                export_name(question), question.key, self._kind(question, document), question.label
            )
        ]

    def cells(self, question: Question, document: Document, value: Value) -> list[Value]:
        """Return the value as the column's kind has it; what does not fit is no value."""
        return [_CASTS[self._kind(question, document)](value)]

    def _kind(self, question: Question, document: Document) -> Kind:
        kind = self.settings(question).kind
        if kind != "auto":
            chosen: Kind = kind
            return chosen
        return _kind_of(question.calculation, document, {question.key}) or "text"

    def from_xlsform(self, word: str, appearance: str, parameters: Mapping[str, str]) -> Any:
        """Take XLSForm's `calculate`."""
        return {} if word == "calculate" else None

    def to_xlsform(self, question: Question) -> tuple[str, str, str]:
        """Return `calculate`."""
        return ("calculate", "", "")


def _kind_of(node: Expression | None, document: Document, seen: set[str]) -> Kind | None:
    """Return the kind of value an expression always has; None where it says nothing."""
    if node is None:
        return None
    if node.op == "value":
        return _kind_of_literal(node.value)
    if node.op == "answer":
        return _kind_of_answer(node, document, seen)
    if node.op == "if":
        return _common([_kind_of(branch, document, seen) for branch in node.args[1:]])
    if node.op == "coalesce":
        return _common([_kind_of(branch, document, seen) for branch in node.args])
    if node.op == "item" and node.args[0].op == "answer":
        return _kind_of_answer(node.args[0].model_copy(update={"every": False}), document, seen)
    return _KINDS.get(node.op, "text")


def _kind_of_literal(value: Value) -> Kind | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "flag"
    return "number" if isinstance(value, int | float) else "text"


def _kind_of_answer(node: Expression, document: Document, seen: set[str]) -> Kind | None:
    question = document.questions.get(node.name)
    if question is None or node.part or node.every:
        return "text"
    if question.calculation is not None and TYPES_BY_NAME[question.type].is_calculated:
        if question.key in seen:
            return None
        return _kind_of(question.calculation, document, seen | {question.key})
    columns = TYPES_BY_NAME[question.type].columns(question, document)
    kinds = {_OF_COLUMNS.get(column.kind, "text") for column in columns}
    return kinds.pop() if len(columns) == 1 else "text"


def _common(kinds: list[Kind | None]) -> Kind | None:
    known = {kind for kind in kinds if kind is not None}
    return known.pop() if len(known) == 1 else ("text" if known else None)


def _date(value: Value) -> Value:
    day = as_date(value)
    return None if day is None else day.isoformat()


_CASTS: dict[Kind, Callable[[Value], Value]] = {
    "flag": as_truth,
    "number": as_number,
    "text": as_text,
    "date": _date,
}
