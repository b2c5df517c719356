"""Choices in order of importance: all of them, or the first few."""

from collections.abc import Mapping
from typing import Any

import regex
from pydantic import Field
from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional

from engage.i18n.gettext import LazyText, ngettext, s_lazy
from engage.i18n.gettext import lazy_gettext as _
from engage.questionnaires import spoken
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
    choice_label,
    export_name,
)
from engage.questionnaires.values import Value, as_text

#: More places than this are a burden to fill in, and as many lists on the page.
_MOST = 20
_TOP = regex.compile(r"top-([1-9][0-9]?)")


class RankingSettings(Settings):
    """How many of the choices are put in order; None: all."""

    top: int | None = Field(None, ge=1, le=_MOST)

    def places(self, asked: Asked) -> int:
        """Return how many places there are to fill."""
        return min(self.top or _MOST, len(asked.listed))


class RankingForm(SettingsForm):
    """How many places there are."""

    top = IntegerField(
        s_lazy("Only the first"),
        [Optional(), NumberRange(1, _MOST)],
        description=s_lazy("How many choices are put in order. Leave it empty for all of them."),
    )


class Ranking(QuestionType):
    """The keys of choices in order, the most important first."""

    name = "ranking"
    label = s_lazy("Ranking")
    help = s_lazy("Choices put in order of importance, all or only the first few.")
    Settings = RankingSettings
    settings_form = RankingForm
    has_choices = True
    shape = "ranks"
    summary_kind = "ranks"
    operators = ("answered", "selected", "count")

    def read(self, asked: Asked, form: FormValues) -> Value:
        """Return the keys in order; raises AnswerError for gaps, repetitions, unknown choices."""
        offered = {choice.key for choice in asked.choices}
        places = min(self.settings(asked.question).places(asked), len(offered))
        put = [next(iter(form.chosen(str(n))), "") for n in range(1, len(asked.listed) + 1)]
        ranks: list[Value] = [key for key in put if key]
        if not ranks:
            return None
        if not set(ranks) <= offered:
            raise AnswerError(_("Choose among the answers in the list"))
        if len(set(map(as_text, ranks))) < len(ranks):
            raise AnswerError(_("Give each answer one place only"))
        if "" in put[: len(ranks)]:
            raise AnswerError(_("Fill the places in order, from the first one"))
        if len(ranks) > places or (asked.question.required and len(ranks) < places):
            raise AnswerError(
                LazyText(
                    lambda: ngettext(
                        "Choose %(num)s answer", "Choose %(num)s answers, in order", places
                    )
                )
            )
        return ranks

    def form_values(self, value: Value, words: str = "") -> dict[str, list[str]]:
        """Return the choice in each place."""
        return {str(place): [key] for place, key in enumerate(_keys(value), start=1)}

    def text(self, question: Question, document: Document, value: Value, language: str) -> str:
        """Return a numbered line for each choice; of one choice its label."""
        labels = [choice_label(document, question, key, language) for key in _keys(value)]
        if not isinstance(value, list):
            return labels[0]
        return "\n".join(
            f"{spoken.number(place, language)}. {label}"
            for place, label in enumerate(labels, start=1)
        )

    def codes(self, question: Question, document: Document) -> tuple[Code, ...]:
        """Return the choices."""
        return tuple(Code(choice.key, choice.label) for choice in document.choices(question))

    def columns(self, question: Question, document: Document) -> list[Column]:
        """One column a choice with the place it was given."""
        name = export_name(question)
        return [
            Column(
                f"{name}_{code.value}",
                question.key,
                "integer",
                question.label,
                code.value,
                part_label=code.label,
            )
            for code in self.codes(question, document)
        ]

    def cells(self, question: Question, document: Document, value: Value) -> list[Value]:
        """Return the place of each choice, None for one that was given none."""
        places: dict[str, Value] = {key: n for n, key in enumerate(_keys(value), start=1)}
        return [places.get(code.value) for code in self.codes(question, document)]

    def problems(self, question: Question, document: Document) -> list[Any]:
        """Say where there are more places than choices or than anyone would fill."""
        number, top = len(document.choices(question)), self.settings(question).top
        found: list[Any] = []
        if top is not None and top > number > 0:
            found.append(s_lazy("There are fewer choices than places."))
        if top is None and number > _MOST:
            found.append(s_lazy("Nobody puts so many in order. Say how many come first."))
        if question.other:
            found.append(s_lazy("A ranking has no place for words of one's own."))
        return found

    def from_xlsform(self, word: str, appearance: str, parameters: Mapping[str, str]) -> Any:
        """Take XLSForm's `rank`; the appearance `top-3` is ours."""
        if word != "rank":
            return None
        found = next(filter(None, map(_TOP.fullmatch, appearance.split())), None)
        return {"top": min(int(found[1]), _MOST)} if found else {}

    def to_xlsform(self, question: Question) -> tuple[str, str, str]:
        """Return `rank`."""
        top = self.settings(question).top
        return ("rank", f"top-{top}" if top else "", "")


def _keys(value: Value) -> list[str]:
    return [as_text(one) for one in value] if isinstance(value, list) else [as_text(value)]
