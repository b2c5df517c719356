"""Words on several lines."""

from collections.abc import Mapping
from typing import Any

from pydantic import Field
from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional

from engage.i18n.gettext import s_lazy
from engage.questionnaires.document import Document, Question
from engage.questionnaires.question_types.base import (
    AnswerError,
    Asked,
    Column,
    FormValues,
    Limit,
    QuestionType,
    Settings,
    SettingsForm,
    export_name,
    longest,
    too_long,
)
from engage.questionnaires.typed import characters_over
from engage.questionnaires.values import Value, as_text

_USUAL, _MOST = 5_000, 100_000


class LongTextSettings(Settings):
    """How many characters, as people count them, may be written."""

    maximum: int = Field(_USUAL, ge=1, le=_MOST)


class LongTextForm(SettingsForm):
    """How much may be written."""

    maximum = IntegerField(
        s_lazy("At most how many characters"),
        [Optional(), NumberRange(1, _MOST)],
        description=s_lazy("Leave it empty for 5,000."),
    )


class LongText(QuestionType):
    """Free words; typed text is never cut, and never shown before a person released it."""

    name = "long_text"
    label = s_lazy("Long text")
    help = s_lazy("Own words on several lines.")
    Settings = LongTextSettings
    settings_form = LongTextForm
    is_free_text = True
    is_grouped = False
    shape = "text"
    summary_kind = "texts"
    operators = ("answered", "contains")

    def read(self, asked: Asked, form: FormValues) -> Value:
        """Return the words; raises AnswerError where they are too many, saying how many."""
        typed = form.one()
        if over := characters_over(typed, self.settings(asked.question).maximum):
            raise AnswerError(too_long(over))
        return typed or None

    def columns(self, question: Question, document: Document) -> list[Column]:
        """One text column, held back until somebody may see it."""
        return [
            Column(
                export_name(question),
                question.key,
                "text",
                question.label,
                held_back="text",
                longest=self.settings(question).maximum,
            )
        ]

    def cells(self, question: Question, document: Document, value: Value) -> list[Value]:
        """Return the words."""
        return [as_text(value)]

    def from_xlsform(self, word: str, appearance: str, parameters: Mapping[str, str]) -> Any:
        """Take XLSForm's `text` over several lines; it knows no limit."""
        return {"maximum": _MOST} if word == "text" and "multiline" in appearance.split() else None

    def to_xlsform(self, question: Question) -> tuple[str, str, str]:
        """Return `text` over several lines."""
        return ("text", "multiline", "")

    def limits(self, question: Question) -> list[Limit]:
        """Return the limit where it is not the usual or the highest."""
        maximum = self.settings(question).maximum
        return [] if maximum in {_USUAL, _MOST} else [longest(maximum)]
