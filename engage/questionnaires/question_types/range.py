"""A number on a line from one end to the other: steps to choose, never a slider."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from pydantic import Field
from wtforms import StringField
from wtforms.validators import InputRequired

from engage.i18n.gettext import lazy_gettext as _
from engage.i18n.gettext import s_lazy
from engage.i18n.text import Text, in_language
from engage.questionnaires import spoken
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
from engage.questionnaires.settings import AnyNumberField
from engage.questionnaires.typed import plain_number
from engage.questionnaires.values import Value, as_number

_MOST_STEPS = 201
#: More steps than this are a list, not radio buttons.
_MOST_TILES = 13


class Option(NamedTuple):
    """One step to choose: as the field sends it, in words, and whether they are more than it."""

    key: str
    words: str
    is_long: bool


class RangeSettings(Settings):
    """First and last number, how far the steps are apart, and the words at the two ends."""

    start: float = Field(1, allow_inf_nan=False)
    end: float = Field(10, allow_inf_nan=False)
    step: float = Field(1, allow_inf_nan=False)
    low: Text = Field(default_factory=dict)
    high: Text = Field(default_factory=dict)

    @property
    def steps(self) -> list[float]:
        """Return the numbers to choose among, without the dust of binary fractions."""
        start, end, step = (Decimal(repr(n)) for n in (self.start, self.end, self.step))
        step = abs(step).copy_sign(end - start)
        if step == 0:
            return [self.start]
        number = min(int((end - start) / step), _MOST_STEPS)
        return [_whole(float(start + n * step)) for n in range(number + 1)]

    @property
    def minimum(self) -> float:
        """Return the smaller of the two ends."""
        return min(self.start, self.end)

    @property
    def maximum(self) -> float:
        """Return the larger of the two ends."""
        return max(self.start, self.end)

    @property
    def is_list(self) -> bool:
        """Say whether there are too many steps for radio buttons."""
        return len(self.steps) > _MOST_TILES

    def options(self, language: str) -> list[Option]:
        """Return each step as the field sends it and in words; the ends may have words beside."""
        return [
            Option(
                plain_number(step), self.words(step, language), bool(self.beside(step, language))
            )
            for step in self.steps
        ]

    def beside(self, step: float, language: str) -> str:
        """Return the words that stand beside a step: only at the ends there are any."""
        ends = {self.steps[0]: self.low, self.steps[-1]: self.high}
        return in_language(ends.get(step, {}), language)

    def words(self, step: float, language: str) -> str:
        """Return a step as the language writes it; at the ends with its words."""
        shown, said = spoken.number(step, language), self.beside(step, language)
        return f"{shown} – {said}" if said else shown


class RangeForm(SettingsForm):
    """The ends, the steps and the words at the ends."""

    start = AnyNumberField(s_lazy("First number"), [InputRequired()], default=1)
    end = AnyNumberField(s_lazy("Last number"), [InputRequired()], default=10)
    step = AnyNumberField(s_lazy("Distance between steps"), [InputRequired()], default=1)
    low = StringField(s_lazy("Words at the first number"))
    high = StringField(s_lazy("Words at the last number"))


class Range(QuestionType):
    """One of the numbers between two ends."""

    name = "range"
    label = s_lazy("Number on a line")
    help = s_lazy("One number from a row of numbers, with words at the two ends.")
    Settings = RangeSettings
    settings_form = RangeForm
    shape = "one"
    summary_kind = "numbers"
    operators = ("answered", "is", "is_not", "at_least", "at_most", "more_than", "less_than")

    def read(self, asked: Asked, form: FormValues) -> Value:
        """Return the number; raises AnswerError for what is no step."""
        settings: RangeSettings = self.settings(asked.question)
        steps = {plain_number(step): step for step in settings.steps}
        chosen = form.chosen()
        if len(chosen) > 1 or not set(chosen) <= steps.keys():
            raise AnswerError(_("Choose one of the numbers"))
        return steps[chosen[0]] if chosen else None

    def form_values(self, value: Value, words: str = "") -> dict[str, list[str]]:
        """Return the number as its radio button has it."""
        number = as_number(value)
        return {} if number is None else {"": [plain_number(_whole(number))]}

    def text(self, question: Question, document: Document, value: Value, language: str) -> str:
        """Return the number, at an end with its words."""
        number = as_number(value)
        return "" if number is None else self.settings(question).words(number, language)

    def columns(self, question: Question, document: Document) -> list[Column]:
        """One column: integer where all steps are whole."""
        whole = all(isinstance(step, int) for step in self.settings(question).steps)
        kind: ColumnKind = "integer" if whole else "number"
        return [Column(export_name(question), question.key, kind, question.label)]

    def cells(self, question: Question, document: Document, value: Value) -> list[Value]:
        """Return the number."""
        return [value]

    def problems(self, question: Question, document: Document) -> list[Any]:
        """Say where there are no steps, or more than anyone can choose among."""
        number = len(self.settings(question).steps)
        if number < 2:
            return [s_lazy("The steps do not lead from the first number to the last.")]
        if number > _MOST_STEPS:
            return [s_lazy("There are too many steps. Ask for a number to be typed in.")]
        return []

    def from_xlsform(self, word: str, appearance: str, parameters: Mapping[str, str]) -> Any:
        """Take XLSForm's `range` with `start`, `end` and `step`."""
        if word != "range":
            return None
        told = {name: parameters[name] for name in ("start", "end", "step") if name in parameters}
        read = {name: _number(text) for name, text in told.items()}
        return {name: number for name, number in read.items() if number is not None}

    def to_xlsform(self, question: Question) -> tuple[str, str, str]:
        """Return `range` with its parameters."""
        settings: RangeSettings = self.settings(question)
        told = {"start": settings.start, "end": settings.end, "step": settings.step}
        said = (f"{name}={_digits(number)}" for name, number in told.items())
        return ("range", "", " ".join(said))


def _whole(number: float) -> float:
    return int(number) if float(number).is_integer() else number


def _digits(number: float) -> str:
    return format(Decimal(repr(_whole(number))), "f")


def _number(text: str) -> float | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return _whole(float(number)) if number.is_finite() else None
