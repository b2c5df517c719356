"""Many of many."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field
from wtforms import IntegerField, RadioField, StringField
from wtforms.validators import NumberRange, Optional

from engage.accounts.fields import options
from engage.i18n.gettext import LazyText, ngettext, s_lazy
from engage.i18n.gettext import lazy_gettext as _
from engage.questionnaires.document import OTHER, Document, Question
from engage.questionnaires.expressions import Expression, call, literal
from engage.questionnaires.question_types.base import (
    AnswerError,
    Asked,
    ChoiceType,
    Column,
    FormValues,
    Limit,
    Settings,
    SettingsForm,
    chosen_keys,
    export_name,
)
from engage.questionnaires.spoken import listing
from engage.questionnaires.values import Value, as_text

#: Appearances by which another type knows its rows.
_OF_OTHERS = {"no-buttons"}


_NOT_TOGETHER = _("One of your answers cannot go together with others. Take one of them away")


class MultipleChoiceSettings(Settings):
    """How many may be chosen, and the choice that stands alone (“none of these”)."""

    minimum: int | None = Field(None, ge=1)
    maximum: int | None = Field(None, ge=1)
    alone: str = ""
    layout: Literal["tiles", "columns"] = "tiles"


class MultipleChoiceForm(SettingsForm):
    """How many may be chosen, and which choice stands alone."""

    minimum = IntegerField(s_lazy("At least how many"), [Optional(), NumberRange(1, 100)])
    maximum = IntegerField(s_lazy("At most how many"), [Optional(), NumberRange(1, 100)])
    alone = StringField(
        s_lazy("Key of the choice that stands alone"),
        filters=[lambda typed: (typed or "").strip()],
        description=s_lazy("Such as “None of these”: it cannot be chosen with others."),
    )
    layout = RadioField(
        s_lazy("How the choices are shown"),
        choices=options(
            [
                ("tiles", s_lazy("One below the other")),
                ("columns", s_lazy("Two beside each other where there is room")),
            ]
        ),
        default="tiles",
    )


class MultipleChoice(ChoiceType):
    """Any number of choices, within bounds; kept in the order of the list."""

    name = "multiple_choice"
    label = s_lazy("Many of many")
    help = s_lazy("Several answers from a list of choices.")
    Settings = MultipleChoiceSettings
    settings_form = MultipleChoiceForm
    shape = "many"
    summary_kind = "several"
    operators = ("answered", "selected", "count")

    def read(self, asked: Asked, form: FormValues) -> Value:
        """Return the keys in the list's order; raises AnswerError for too few, many or unknown."""
        chosen = chosen_keys(asked, form)
        if not set(chosen) <= asked.choice_keys:
            raise AnswerError(_("Choose among the answers in the list"))
        if not chosen:
            return None
        settings: MultipleChoiceSettings = self.settings(asked.question)
        if settings.alone in chosen and len(chosen) > 1:
            raise AnswerError(_NOT_TOGETHER)
        if settings.alone not in chosen:
            _check_number(len(chosen), settings)
        order = [choice.key for choice in asked.choices] + [OTHER]
        return [key for key in order if key in chosen]

    def form_values(self, value: Value, words: str = "") -> dict[str, list[str]]:
        """Return the choices and the words beside them."""
        return {"": _keys(value), **({"words": [words]} if words else {})}

    def text(self, question: Question, document: Document, value: Value, language: str) -> str:
        """Return the labels of the choices as a list in words."""
        labels = [
            super(type(self), self).text(question, document, k, language) for k in _keys(value)
        ]
        return listing(labels, language)

    def columns(self, question: Question, document: Document) -> list[Column]:
        """One flag a choice: another choice in the list moves none of them."""
        name = export_name(question)
        return [
            Column(
                # `<name>_other` holds the words.
                f"{name}_is_other" if _is_own(question, code.value) else f"{name}_{code.value}",
                question.key,
                "flag",
                question.label,
                code.value,
                part_label=code.label,
                part_house=code.house,
            )
            for code in self.codes(question, document)
        ]

    def cells(self, question: Question, document: Document, value: Value) -> list[Value]:
        """Return for each choice whether it was chosen."""
        chosen = set(_keys(value))
        return [code.value in chosen for code in self.codes(question, document)]

    def problems(self, question: Question, document: Document) -> list[Any]:
        """Say where the bounds or the choice that stands alone cannot be."""
        settings: MultipleChoiceSettings = self.settings(question)
        number = len(self.codes(question, document))
        low, high = settings.minimum or 1, settings.maximum or max(number, 1)
        found = []
        if low > high:
            found.append(s_lazy("At least how many is more than at most how many."))
        if number and low > number:
            found.append(s_lazy("At least how many is more than there are choices."))
        if settings.alone and all(c.key != settings.alone for c in document.choices(question)):
            found.append(s_lazy("The choice that stands alone is not in the list."))
        return found

    def from_xlsform(self, word: str, appearance: str, parameters: Mapping[str, str]) -> Any:
        """Take XLSForm's `select_multiple` as long as no other type knows it by its appearance."""
        said = set(appearance.split())
        if word != "select_multiple" or said & _OF_OTHERS:
            return None
        beside = ("columns", "compact", "horizontal")
        return {"layout": "columns"} if any(one.startswith(beside) for one in said) else {}

    def to_xlsform(self, question: Question) -> tuple[str, str, str]:
        """Return `select_multiple`."""
        beside = self.settings(question).layout == "columns"
        return ("select_multiple", "columns" if beside else "", "")

    def limits(self, question: Question) -> list[Limit]:
        """Return the bounds on how many, and that what stands alone does."""
        settings: MultipleChoiceSettings = self.settings(question)
        this, count = Expression(op="self"), call("count", Expression(op="self"))
        alone = call("selected", this, literal(settings.alone))
        bounds: list[Limit] = []
        if settings.minimum:
            few = call("at_least", count, literal(settings.minimum))
            bounds.append((few, _at_least(settings.minimum)))
        if settings.maximum:
            many = call("at_most", count, literal(settings.maximum))
            bounds.append((many, _at_most(settings.maximum)))
        if settings.alone:
            bounds = [(call("any", alone, bound), told) for bound, told in bounds]
            one = call("is", count, literal(1))
            bounds.append((call("any", call("not", alone), one), _NOT_TOGETHER))
        return bounds


def _keys(value: Value) -> list[str]:
    return [as_text(one) for one in value] if isinstance(value, list) else [as_text(value)]


def _is_own(question: Question, key: str) -> bool:
    return question.other and key == OTHER


def _check_number(number: int, settings: MultipleChoiceSettings) -> None:
    low, high = settings.minimum, settings.maximum
    if low is not None and number < low:
        raise AnswerError(_at_least(low))
    if high is not None and number > high:
        raise AnswerError(_at_most(high))


def _at_least(low: int) -> LazyText:
    return LazyText(
        lambda: ngettext("Choose at least %(num)s answer", "Choose at least %(num)s answers", low)
    )


def _at_most(high: int) -> LazyText:
    return LazyText(
        lambda: ngettext("Choose at most %(num)s answer", "Choose at most %(num)s answers", high)
    )
