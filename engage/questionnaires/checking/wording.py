"""Checks of texts: what must be written is, and what is repeated with `${key}` is known by then."""

from collections.abc import Iterator
from typing import Any

from engage.i18n.gettext import s_lazy
from engage.i18n.text import Text, has_text
from engage.questionnaires.checking.order import Order
from engage.questionnaires.checking.problem import Problem
from engage.questionnaires.document import Document, Item, Question, walk
from engage.questionnaires.expressions import Expression
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.texts import (
    choice_place,
    piped_keys,
    place_of,
    setting_texts,
    texts_of,
)

#: Shown after the answer was given, so they may repeat it.
_AFTER_ANSWERING = ("required_message", "constraint_message")


def text_problems(document: Document) -> Iterator[Problem]:
    """Yield texts that are missing in the questionnaire's own language, and pipes to nowhere."""
    if not document.languages or not all(
        question.type in QUESTION_TYPES for question in document.questions.values()
    ):
        return
    yield from _missing(document)
    order = Order(document)
    for item, _repeats in walk(document.items):
        yield from _pipes_of_item(order, item)
    for place, text in texts_of(document).items():
        if place.startswith(("document.", "introduction.", "choice.")):
            yield from _unknown_pipes(document, place, text)


def _missing(document: Document) -> Iterator[Problem]:
    source = document.languages[0]
    if not has_text(document.title, source):
        yield Problem("document.title", s_lazy("Write the title."))
    for question in document.questions.values():
        kind = QUESTION_TYPES[question.type]
        if not kind.is_calculated and not has_text(question.label, source):
            yield Problem(f"{place_of(question)}.label", s_lazy("Write the question."))
    for name in used_lists(document):
        for choice in document.choice_lists[name].choices:
            if not has_text(choice.label, source):
                message = s_lazy("Write the words of the choice “%(key)s”.", key=choice.key)
                yield Problem(f"{choice_place(name, choice.key)}.label", message)


def used_lists(document: Document) -> list[str]:
    """Return the names of the choice lists that some question uses, in the document's order."""
    used = {question.choice_list for question in document.questions.values()}
    return [name for name in document.choice_lists if name in used]


def _texts(item: Item) -> Iterator[tuple[str, Text]]:
    if not isinstance(item, Question):
        yield from (("title", item.title), ("hint", item.hint))
        return
    for name in ("label", "hint", "easy", "why", *_AFTER_ANSWERING):
        yield name, getattr(item, name)
    for name, text in setting_texts(item).items():
        yield f"setting.{name}", text


def _pipes_of_item(order: Order, item: Item) -> Iterator[Problem]:
    for name, text in _texts(item):
        for key in sorted({key for words in text.values() for key in piped_keys(words)}):
            if key == item.key and name in _AFTER_ANSWERING:
                continue
            complaint = order.complaint(item.key, Expression(op="answer", name=key))
            if complaint is not None:
                yield Problem(f"{place_of(item)}.{name}", _pipe_message(key, complaint))


def _pipe_message(key: str, complaint: Any) -> Any:
    return s_lazy("The text repeats “${%(key)s}”. %(why)s", key=key, why=complaint)


def _unknown_pipes(document: Document, place: str, text: Text) -> Iterator[Problem]:
    for key in sorted({key for words in text.values() for key in piped_keys(words)}):
        if key not in document.questions:
            message = s_lazy("The text repeats “${%(key)s}”, but nobody is asked that.", key=key)
            yield Problem(place, message)
