"""Checks of what a questionnaire is built of: keys, types, settings, choice lists, nesting."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import ValidationError

from engage.i18n.gettext import s_lazy
from engage.i18n.languages import LANGUAGES
from engage.questionnaires.checking.problem import Problem
from engage.questionnaires.document import OTHER, Document, Item, Question, Repeat, walk
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.texts import choice_place, place_of

#: Deeper nesting cannot be followed on a phone, and every walk here recurses.
MAX_NESTING = 12
_LONGEST_LIST_NAME = 100


def structure_problems(document: Document) -> Iterator[Problem]:
    """Yield what is wrong with keys, types, settings, lists and nesting."""
    yield from _languages(document)
    yield from _keys(document)
    if not any(_is_asked(question) for question in document.questions.values()):
        yield Problem("document.items", s_lazy("Add at least one question."))
    if _nesting(document.items) > MAX_NESTING:
        yield Problem("document.items", s_lazy("Groups stand too deep inside each other."))
    for name in document.choice_lists:
        yield from _choice_list(document, name)
    for item, _repeats in walk(document.items):
        if isinstance(item, Question):
            yield from _question(document, item)
        elif isinstance(item, Repeat) and item.minimum > item.maximum:
            message = s_lazy("The smallest number of entries is larger than the largest.")
            yield Problem(f"{place_of(item)}.minimum", message)


def _languages(document: Document) -> Iterator[Problem]:
    if not document.languages:
        yield Problem("document.languages", s_lazy("Choose at least one language."))
    for code, times in Counter(document.languages).items():
        if code not in LANGUAGES:
            message = s_lazy("Nobody here knows the language “%(code)s”.", code=code)
            yield Problem("document.languages", message)
        if times > 1:
            message = s_lazy("The language “%(code)s” is there twice.", code=code)
            yield Problem("document.languages", message)


def _keys(document: Document) -> Iterator[Problem]:
    items = [item for item, _ in walk(document.items)]
    for key, times in Counter(item.key for item in items).items():
        if times > 1:
            place = next(place_of(item) for item in items if item.key == key)
            message = s_lazy("The key “%(key)s” is used more than once. Keys are unique.", key=key)
            yield Problem(f"{place}.key", message)
    named = Counter(item.export_name or item.key for item in items if isinstance(item, Question))
    for item in items:
        if isinstance(item, Question) and item.export_name and named[item.export_name] > 1:
            message = s_lazy("Another question has this name in exports.")
            yield Problem(f"{place_of(item)}.export_name", message)


def _is_asked(question: Question) -> bool:
    kind = QUESTION_TYPES.get(question.type)
    return kind is not None and kind.is_asked


def _nesting(items: Sequence[Item]) -> int:
    deepest, level = 0, list(items)
    while level and deepest <= MAX_NESTING:
        deepest += 1
        level = [inner for item in level if not isinstance(item, Question) for inner in item.items]
    return deepest


def _choice_list(document: Document, name: str) -> Iterator[Problem]:
    choices = document.choice_lists[name].choices
    place = choice_place(name, "").removesuffix(".")
    if not name or len(name) > _LONGEST_LIST_NAME or name != name.strip():
        yield Problem(place, s_lazy("Give the list of choices a short name."))
    for key, times in Counter(choice.key for choice in choices).items():
        if times > 1:
            message = s_lazy("The choice “%(key)s” is in the list more than once.", key=key)
            yield Problem(choice_place(name, key), message)


def _question(document: Document, question: Question) -> Iterator[Problem]:
    place = place_of(question)
    kind = QUESTION_TYPES.get(question.type)
    if kind is None:
        message = s_lazy("There is no type of question called “%(type)s”.", type=question.type)
        yield Problem(f"{place}.type", message)
        return
    try:
        kind.settings(question)
    except ValidationError as error:
        for one in error.errors():
            yield Problem(f"{place}.settings", _setting_message(one))
        return
    for message in kind.problems(question, document):
        yield Problem(f"{place}.settings", message)
    if kind.has_choices or (kind.may_have_choices and question.choice_list):
        yield from _choices_of(document, question, place)
    if kind.is_calculated and question.calculation is None:
        yield Problem(f"{place}.calculation", s_lazy("Say how this value is calculated."))


def _setting_message(error: Any) -> Any:
    name = ".".join(str(part) for part in error["loc"])
    return s_lazy("Check the setting “%(name)s”.", name=name)


def _choices_of(document: Document, question: Question, place: str) -> Iterator[Problem]:
    listed = document.choice_lists.get(question.choice_list)
    if listed is None:
        yield Problem(f"{place}.choice_list", s_lazy("Choose a list of choices."))
    elif not listed.choices:
        yield Problem(f"{place}.choice_list", s_lazy("Put choices into the list."))
    elif question.other and OTHER in listed.by_key:
        message = s_lazy(
            "The list has a choice with the key “other” already. "
            "Give that choice another key, or switch off words of one's own."
        )
        yield Problem(f"{place}.other", message)
