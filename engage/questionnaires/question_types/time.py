"""A time of day."""

from collections.abc import Mapping
from typing import Any

from engage.i18n.gettext import s_lazy
from engage.questionnaires.dates import read_time, say_time
from engage.questionnaires.document import Document, Question
from engage.questionnaires.question_types.base import (
    Asked,
    Column,
    FormValues,
    QuestionType,
    export_name,
)
from engage.questionnaires.values import Value, as_text


class Time(QuestionType):
    """Hours and minutes, kept as `14:30`."""

    name = "time"
    label = s_lazy("Time of day")
    help = s_lazy("Hours and minutes.")
    is_grouped = False
    shape = "text"

    def read(self, asked: Asked, form: FormValues) -> Value:
        """Return the time; raises AnswerError for what is none."""
        return read_time(form.one())

    def text(self, question: Question, document: Document, value: Value, language: str) -> str:
        """Return the time as the language writes it."""
        return say_time(as_text(value), language)

    def columns(self, question: Question, document: Document) -> list[Column]:
        """One column of times."""
        return [Column(export_name(question), question.key, "time", question.label)]

    def cells(self, question: Question, document: Document, value: Value) -> list[Value]:
        """Return the time."""
        return [value]

    def from_xlsform(self, word: str, appearance: str, parameters: Mapping[str, str]) -> Any:
        """Take XLSForm's `time`."""
        return {} if word == "time" else None

    def to_xlsform(self, question: Question) -> tuple[str, str, str]:
        """Return `time`."""
        return ("time", "", "")
