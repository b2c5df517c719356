"""A questionnaire as templates lay it out: every question, group and entry with what it shows.

It holds every question, also those whose condition does not hold: the phone hides them, and without
JavaScript each says in words when to answer it. The same tree serves the page that is one for all
(no form) and the page that shows one person's answers again (with a form and its walk).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from markupsafe import Markup

from engage.i18n.text import Text, has_text, in_language
from engage.questionnaires.document import Document, Group, Item, Question, Repeat, walk
from engage.questionnaires.entry import Entry
from engage.questionnaires.expressions import Expression
from engage.questionnaires.path import Walked
from engage.questionnaires.piping import Words
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.question_types.base import Asked, FormValues, QuestionType
from engage.questionnaires.repeats import entries_sent
from engage.questionnaires.telling import Told, told
from engage.questionnaires.words import Place, words_at

_AS_ATTRIBUTE = str.maketrans({"&": "&amp;", "'": "&#39;", "<": "&lt;"})


def as_attribute(value: Any) -> Markup:
    """Return JSON to stand between single quotes in HTML, where `"` need not be escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_AS_ATTRIBUTE))  # noqa: S704 - escaped right here


@dataclass(frozen=True)
class ShownQuestion:
    """One question in one place: its fields are called `name`, its answers piped by `words_of`."""

    asked: Asked
    name: str
    form: FormValues
    words_of: Words
    told: Told | None
    data: Mapping[str, Markup]
    error: Any = None
    kind: str = "question"

    @property
    def question(self) -> Question:
        """The question itself."""
        return self.asked.question

    @property
    def type(self) -> QuestionType:
        """How it is asked."""
        return QUESTION_TYPES[self.question.type]


@dataclass(frozen=True)
class ShownGroup:
    """A group with the items in it."""

    group: Group
    items: tuple["ShownItem", ...]
    words_of: Words
    told: Told | None
    data: Mapping[str, Markup]
    kind: str = "group"


@dataclass(frozen=True)
class ShownEntry:
    """One entry of a repeat: `prefix` begins the names of its fields."""

    number: int
    prefix: str
    items: tuple["ShownItem", ...]


@dataclass(frozen=True)
class ShownRepeat:
    """A repeat with the entries that are there; `prefix` + `.` + number begins their names."""

    repeat: Repeat
    prefix: str
    entries: tuple[ShownEntry, ...]
    #: How many of them are begun; without JavaScript an empty one follows where there is none.
    begun: int
    words_of: Words
    told: Told | None
    data: Mapping[str, Markup]
    kind: str = "repeat"

    @property
    def can_grow(self) -> bool:
        """Say whether the person may add another entry."""
        return self.repeat.times is None and len(self.entries) < self.repeat.maximum


@dataclass(frozen=True)
class ShownAside:
    """A screen of the house's own: before the first question about who somebody is."""

    kind: str = "aside"


ShownItem = ShownQuestion | ShownGroup | ShownRepeat | ShownAside


@dataclass(frozen=True)
class ShownPage:
    """The whole questionnaire in one language."""

    document: Document
    language: str
    items: tuple[ShownItem, ...]
    errors: Mapping[str, Any] = field(default_factory=dict)

    @property
    def has_easy(self) -> bool:
        """Say whether anything has an easy wording in this language."""
        document, language = self.document, self.language
        return any(has_text(question.easy, language) for question in document.questions.values())


class _Layout:
    def __init__(
        self,
        document: Document,
        language: str,
        today: date,
        form: Mapping[str, Sequence[str]],
        entry: Entry,
        errors: Mapping[str, Any],
    ) -> None:
        self.document, self.language, self.today, self.form = document, language, today, form
        self.entry, self.errors = entry, errors

    def items(self, items: Sequence[Item], prefix: str, within: Place) -> tuple[ShownItem, ...]:
        return tuple(self.item(item, prefix, within) for item in items)

    def item(self, item: Item, prefix: str, within: Place) -> ShownItem:
        words = words_at(self.document, self.entry, within, self.language)
        condition = told(item.relevant, self.document, self.language)
        if isinstance(item, Question):
            return self.question(item, prefix, words, condition)
        if isinstance(item, Group):
            inside = self.items(item.items, prefix, within)
            return ShownGroup(item, inside, words, condition, _expressions(relevant=item.relevant))
        return ShownRepeat(
            item,
            prefix + item.key,
            self.entries(item, prefix, within, begun := self.begun(item, prefix, within)),
            begun,
            words,
            condition,
            _expressions(relevant=item.relevant, times=item.times),
        )

    def begun(self, repeat: Repeat, prefix: str, within: Place) -> int:
        """Return how many entries were shown, worked out or answered."""
        if not self.form and repeat.times is None:
            return repeat.minimum
        return entries_sent(repeat, self.form, self.entry, prefix, within)

    def entries(
        self, repeat: Repeat, prefix: str, within: Place, number: int
    ) -> tuple[ShownEntry, ...]:
        """Return that many entries, and one to begin with."""
        made = []
        for at in range(1, max(number, 1) + 1):
            start = f"{prefix}{repeat.key}.{at}."
            inside = self.items(repeat.items, start, (*within, (repeat.key, at)))
            made.append(ShownEntry(at, start, inside))
        return tuple(made)

    def question(
        self, question: Question, prefix: str, words: Words, condition: Told | None
    ) -> ShownQuestion:
        name = prefix + question.key
        return ShownQuestion(
            asked=Asked(question, self.document, self.document.choices(question), self.today),
            name=name,
            form=FormValues(self.form, name),
            words_of=words,
            told=condition,
            data=_question_data(question, self.document, self.language),
            error=self.errors.get(name),
        )


def _expressions(**expressions: Expression | None) -> dict[str, Markup]:
    return {
        name: as_attribute(expression.model_dump(exclude_defaults=True))
        for name, expression in expressions.items()
        if expression is not None
    }


def _question_data(question: Question, document: Document, language: str) -> dict[str, Markup]:
    """Return what the phone needs to know of a question, as `data-…` attributes."""
    kind = QUESTION_TYPES[question.type]
    data = _expressions(
        relevant=question.relevant,
        constraint=question.constraint,
        filter=question.choice_filter,
        **{"calculation" if kind.is_calculated else "first": question.calculation},
    )
    if limits := kind.limits(question):
        data["limits"] = as_attribute(
            [[one.model_dump(exclude_defaults=True), str(told)] for one, told in limits]
        )
    if question.choice_filter is not None:
        columns = {choice.key: choice.columns for choice in document.choices(question)}
        data["columns"] = as_attribute(columns)
    if question.required:
        data["required"] = _told_or_nothing(question.required_message, language)
    if question.constraint is not None:
        data["complaint"] = _told_or_nothing(question.constraint_message, language)
    return data


def _told_or_nothing(text: Text, language: str) -> Markup:
    return Markup(in_language(text, language).translate(_AS_ATTRIBUTE))  # noqa: S704


def _with_aside(items: tuple[ShownItem, ...]) -> tuple[ShownItem, ...]:
    """Put the aside before the first item that asks who somebody is."""
    for index, item in enumerate(items):
        if _is_background(item):
            return (*items[:index], ShownAside(), *items[index:])
    return items


def _is_background(item: ShownItem) -> bool:
    if isinstance(item, ShownQuestion):
        return item.question.background
    inside = item.group if isinstance(item, ShownGroup) else None
    inner = walk((inside,)) if inside else ()
    return any(isinstance(one, Question) and one.background for one, _within in inner)


def shown_page(
    document: Document,
    language: str,
    today: date,
    form: Mapping[str, Sequence[str]] | None = None,
    walked: Walked | None = None,
    errors: Mapping[str, Any] | None = None,
) -> ShownPage:
    """Lay out a questionnaire; with a form and its walk, as this person has filled it in."""
    entry = walked.entry if walked else Entry()
    layout = _Layout(document, language, today, form or {}, entry, errors or {})
    items = _with_aside(layout.items(document.items, "", ()))
    return ShownPage(document, language, items, layout.errors)
