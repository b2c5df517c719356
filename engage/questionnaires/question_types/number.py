"""A number, whole or with decimals, within bounds."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic import Field
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, NumberRange

from engage.i18n.formats import number as shown_number
from engage.i18n.gettext import LazyText, gettext, ngettext, s_lazy
from engage.i18n.gettext import lazy_gettext as _
from engage.i18n.text import Text, in_language
from engage.questionnaires import spoken
from engage.questionnaires.document import Document, Question
from engage.questionnaires.expressions import Expression, call, literal
from engage.questionnaires.question_types.base import (
    AnswerError,
    Asked,
    Column,
    ColumnKind,
    FormValues,
    Limit,
    QuestionType,
    Settings,
    SettingsForm,
    export_name,
)
from engage.questionnaires.settings import AnyNumberField
from engage.questionnaires.typed import plain_number, readings_of_number
from engage.questionnaires.values import Value, as_number

#: More decimals than this a float does not keep.
_MOST_DECIMALS = 10
#: What `decimal` of XLSForm, which says nothing of decimals, is taken for.
_XLSFORM_DECIMALS = 6


class NumberSettings(Settings):
    """Bounds, and how many decimals may be given (0: whole numbers)."""

    minimum: float | None = Field(None, allow_inf_nan=False)
    maximum: float | None = Field(None, allow_inf_nan=False)
    decimals: int = Field(0, ge=0, le=_MOST_DECIMALS)
    unit: Text = Field(default_factory=dict)

    @property
    def may_be_negative(self) -> bool:
        """Say whether a minus may be needed."""
        return self.minimum is None or self.minimum < 0


class NumberForm(SettingsForm):
    """Bounds, decimals and unit."""

    minimum = AnyNumberField(s_lazy("Smallest number"))
    maximum = AnyNumberField(s_lazy("Largest number"))
    decimals = IntegerField(
        s_lazy("Decimals"),
        [InputRequired(), NumberRange(0, _MOST_DECIMALS)],
        default=0,
        description=s_lazy("0 for whole numbers."),
    )
    unit = StringField(
        s_lazy("Unit"), description=s_lazy("Stands after the number, such as “years”.")
    )


class Number(QuestionType):
    """A number typed in; any country's marks and any digits are understood."""

    name = "number"
    label = s_lazy("Number")
    help = s_lazy("A number that is typed in, such as a number of children.")
    Settings = NumberSettings
    settings_form = NumberForm
    is_grouped = False
    shape = "number"
    summary_kind = "numbers"
    operators = ("answered", "is", "is_not", "at_least", "at_most", "more_than", "less_than")

    def read(self, asked: Asked, form: FormValues) -> Value:
        """Return an int or a float; raises AnswerError for what is no number or out of bounds."""
        typed = form.one()
        if not typed:
            return None
        settings: NumberSettings = self.settings(asked.question)
        readings = readings_of_number(typed, settings.decimals)
        if not readings:
            raise AnswerError(_("Write a number with digits, for example 12"))
        if len(readings) > 1:
            raise AnswerError(_two_readings(*readings))
        number = readings[0]
        _check_decimals(number, settings.decimals)
        _check_bounds(number, settings)
        return int(number) if settings.decimals == 0 else float(number)

    def form_values(self, value: Value, words: str = "") -> dict[str, list[str]]:
        """Return the number in digits that have one reading."""
        return {"": [plain_number(value)]} if isinstance(value, int | float) else {}

    def text(self, question: Question, document: Document, value: Value, language: str) -> str:
        """Return the number as the language writes it, with its unit."""
        number = as_number(value)
        shown = "" if number is None else spoken.number(number, language)
        unit = in_language(self.settings(question).unit, language)
        return f"{shown} {unit}" if unit else shown

    def columns(self, question: Question, document: Document) -> list[Column]:
        """One column: integer or number by the settings, never by the answers."""
        kind: ColumnKind = "integer" if self.settings(question).decimals == 0 else "number"
        return [Column(export_name(question), question.key, kind, question.label)]

    def cells(self, question: Question, document: Document, value: Value) -> list[Value]:
        """Return the number itself."""
        return [value]

    def problems(self, question: Question, document: Document) -> list[Any]:
        """Say where no number fits the bounds."""
        low, high = self.settings(question).minimum, self.settings(question).maximum
        if low is None or high is None or low <= high:
            return []
        return [s_lazy("The smallest number is larger than the largest.")]

    def from_xlsform(self, word: str, appearance: str, parameters: Mapping[str, str]) -> Any:
        """Take XLSForm's `integer` and `decimal`."""
        return {"integer": {}, "decimal": {"decimals": _XLSFORM_DECIMALS}}.get(word)

    def to_xlsform(self, question: Question) -> tuple[str, str, str]:
        """Return `integer` or `decimal`."""
        return ("integer" if self.settings(question).decimals == 0 else "decimal", "", "")

    def limits(self, question: Question) -> list[Limit]:
        """Return the bounds; each time both are told."""
        settings: NumberSettings = self.settings(question)
        this, low, high = Expression(op="self"), settings.minimum, settings.maximum
        told = LazyText(lambda: _bounds_told(low, high))
        bounds = []
        if low is not None:
            bounds.append((call("at_least", this, literal(low)), told))
        if high is not None:
            bounds.append((call("at_most", this, literal(high)), told))
        return bounds


def _two_readings(small: Decimal, large: Decimal) -> Any:
    return _(
        "This number can be read in two ways. Write %(small)s or %(large)s",
        small=plain_number(float(small)),
        large=plain_number(int(large)),
    )


def _check_decimals(number: Decimal, most: int) -> None:
    digits = -int(number.normalize().as_tuple().exponent)
    if digits > most == 0:
        raise AnswerError(_("Write a whole number, without decimals"))
    if digits > most:
        raise AnswerError(
            LazyText(
                lambda: ngettext(
                    "Write at most %(num)s decimal", "Write at most %(num)s decimals", most
                )
            )
        )


def _check_bounds(number: Decimal, settings: NumberSettings) -> None:
    low, high = settings.minimum, settings.maximum
    below, above = low is not None and number < low, high is not None and number > high
    if below or above:
        raise AnswerError(LazyText(lambda: _bounds_told(low, high)))


def _bounds_told(low: float | None, high: float | None) -> str:
    """Return which numbers may be written; at least one bound is there."""
    if low is None:
        return gettext("Write a number that is %(high)s or less", high=shown_number(high or 0))
    if high is None:
        return gettext("Write a number that is %(low)s or more", low=shown_number(low))
    return gettext(
        "Write a number from %(low)s to %(high)s", low=shown_number(low), high=shown_number(high)
    )
