"""A day, a month or a year."""

import datetime
from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, DateField, RadioField
from wtforms.validators import Optional

from engage.accounts.fields import options
from engage.i18n.formats import day
from engage.i18n.gettext import LazyText, gettext, s_lazy
from engage.i18n.gettext import lazy_gettext as _
from engage.questionnaires import spoken
from engage.questionnaires.dates import (
    PARTS,
    Precision,
    as_precise,
    date_fields,
    read_date,
    say_date,
)
from engage.questionnaires.document import Document, Question
from engage.questionnaires.question_types.base import (
    AnswerError,
    Asked,
    Column,
    ColumnKind,
    FormValues,
    QuestionType,
    Settings,
    SettingsForm,
    export_name,
)
from engage.questionnaires.values import Value, as_text

_KINDS: dict[Precision, ColumnKind] = {"day": "date", "month": "text", "year": "integer"}
_APPEARANCES: dict[Precision, str] = {"day": "", "month": "month-year", "year": "year"}


class DateSettings(Settings):
    """How precisely a date is asked for, and between which days it lies."""

    precision: Precision = "day"
    earliest: datetime.date | None = None
    latest: datetime.date | None = None
    not_later_than_today: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the fields, in order."""
        return PARTS[self.precision]

    def months(self, language: str) -> tuple[str, ...]:
        """Return the names of the months."""
        return spoken.months(language)


class DateForm(SettingsForm):
    """Precision and bounds."""

    precision = RadioField(
        s_lazy("How precisely"),
        choices=options(
            [
                ("day", s_lazy("Day, month and year")),
                ("month", s_lazy("Month and year")),
                ("year", s_lazy("Year")),
            ]
        ),
        default="day",
    )
    earliest = DateField(s_lazy("Not before"), [Optional()])
    latest = DateField(s_lazy("Not after"), [Optional()])
    not_later_than_today = BooleanField(s_lazy("Not in the future"))


class Date(QuestionType):
    """A date in separate fields with the month by name, kept as an ISO text of its precision."""

    name = "date"
    label = s_lazy("Date")
    help = s_lazy("A day, a month or a year. For age, offer bands to choose from instead.")
    Settings = DateSettings
    settings_form = DateForm
    shape = "date"
    summary_kind = "dates"
    operators = ("answered", "is", "at_least", "at_most", "more_than", "less_than")

    def read(self, asked: Asked, form: FormValues) -> Value:
        """Return the date; raises AnswerError for what is none or out of bounds."""
        settings: DateSettings = self.settings(asked.question)
        found = read_date(form, settings.precision)
        if found is None:
            return None
        if settings.not_later_than_today and found > as_precise(asked.today, settings.precision):
            raise AnswerError(_("Write a date that is not in the future"))
        _check_bounds(found, settings)
        return found

    def form_values(self, value: Value, words: str = "") -> dict[str, list[str]]:
        """Return the fields of the date."""
        return date_fields(as_text(value))

    def text(self, question: Question, document: Document, value: Value, language: str) -> str:
        """Return the date with its month by name."""
        return say_date(as_text(value), language)

    def columns(self, question: Question, document: Document) -> list[Column]:
        """One column: of days, of months as `2027-03`, or of years."""
        kind = _KINDS[self.settings(question).precision]
        longest = len("2027-03") if kind == "text" else None
        return [Column(export_name(question), question.key, kind, question.label, longest=longest)]

    def cells(self, question: Question, document: Document, value: Value) -> list[Value]:
        """Return the ISO text, a year as a number."""
        iso = as_text(value)
        return [int(iso) if self.settings(question).precision == "year" else iso]

    def problems(self, question: Question, document: Document) -> list[Any]:
        """Say where no date fits the bounds."""
        settings: DateSettings = self.settings(question)
        if settings.earliest and settings.latest and settings.earliest > settings.latest:
            return [s_lazy("The earliest date is after the latest.")]
        return []

    def from_xlsform(self, word: str, appearance: str, parameters: Mapping[str, str]) -> Any:
        """Take XLSForm's `date` with its appearances."""
        if word != "date":
            return None
        said = set(appearance.split())
        found = (precise for precise, look in _APPEARANCES.items() if look and look in said)
        precision = next(found, None)
        return {"precision": precision} if precision else {}

    def to_xlsform(self, question: Question) -> tuple[str, str, str]:
        """Return `date` with its appearance."""
        return ("date", _APPEARANCES[self.settings(question).precision], "")


def _check_bounds(found: str, settings: DateSettings) -> None:
    early, late = settings.earliest, settings.latest
    if early and found < as_precise(early, settings.precision):
        raise AnswerError(
            LazyText(lambda: gettext("Write a date that is not before %(day)s", day=day(early)))
        )
    if late and found > as_precise(late, settings.precision):
        raise AnswerError(
            LazyText(lambda: gettext("Write a date that is not after %(day)s", day=day(late)))
        )
