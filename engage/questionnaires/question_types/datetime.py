"""A day and a time of day together."""

from collections.abc import Mapping
from typing import Any

from engage.i18n.gettext import lazy_gettext as _
from engage.i18n.gettext import s_lazy
from engage.questionnaires import spoken
from engage.questionnaires.dates import date_fields, read_date, read_time, say_date, say_time
from engage.questionnaires.document import Document, Question
from engage.questionnaires.question_types.base import (
    AnswerError,
    Asked,
    Column,
    FormValues,
    QuestionType,
    Settings,
    export_name,
)
from engage.questionnaires.values import Value, as_text


class DateTimeSettings(Settings):
    """Nothing to set."""

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the fields of the day, in order."""
        return ("day", "month", "year")

    def months(self, language: str) -> tuple[str, ...]:
        """Return the names of the months."""
        return spoken.months(language)


class DateTime(QuestionType):
    """A day and a time on the clock of whoever answers, kept as `2027-03-31T14:30`."""

    name = "datetime"
    label = s_lazy("Date and time")
    help = s_lazy("A day, and the time of day.")
    Settings = DateTimeSettings
    shape = "date"
    summary_kind = "dates"
    operators = ("answered", "at_least", "at_most", "more_than", "less_than")

    def read(self, asked: Asked, form: FormValues) -> Value:
        """Return day and time; raises AnswerError where one is missing or is none."""
        day, time = read_date(form, "day"), read_time(form.one("time"))
        if day is None and time is None:
            return None
        if day is None or time is None:
            raise AnswerError(_("Write the day, the month, the year and the time"))
        return f"{day}T{time}"

    def form_values(self, value: Value, words: str = "") -> dict[str, list[str]]:
        """Return the fields of the day and the time."""
        day, _t, time = as_text(value).partition("T")
        return {**date_fields(day), "time": [time]}

    def text(self, question: Question, document: Document, value: Value, language: str) -> str:
        """Return the day with its month by name, and the time."""
        day, _t, time = as_text(value).partition("T")
        return f"{say_date(day, language)} {say_time(time, language)}" if time else day

    def columns(self, question: Question, document: Document) -> list[Column]:
        """One column of days with times."""
        return [Column(export_name(question), question.key, "datetime", question.label)]

    def cells(self, question: Question, document: Document, value: Value) -> list[Value]:
        """Return the ISO text."""
        return [value]

    def from_xlsform(self, word: str, appearance: str, parameters: Mapping[str, str]) -> Any:
        """Take XLSForm's `dateTime`, however it is written."""
        return {} if word.lower() == "datetime" else None

    def to_xlsform(self, question: Question) -> tuple[str, str, str]:
        """Return `dateTime`."""
        return ("dateTime", "", "")
