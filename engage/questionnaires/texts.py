"""The texts of a questionnaire by place: what translators see, and the way back into the document.

A place names a text by the keys around it, `question.age.label` or `choice.areas.skalby.label`, so
it stays the same when items move or words change.
"""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from engage.i18n.text import Text
from engage.questionnaires.document import Choice, ChoiceList, Document, Item, Question
from engage.questionnaires.piping import PIPE
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.rebuilding import each_item, remade

#: (place, text as it is) → text as it shall be.
_Change = Callable[[str, Text], Text]
_DOCUMENT = ("title", "thanks")
_INTRODUCTION = ("who", "why", "what_happens", "more")
_QUESTION = ("label", "hint", "easy", "why", "required_message", "constraint_message")
_CONTAINER = ("title", "hint")
_CHOICE = ("label", "easy")


def piped_keys(words: str) -> list[str]:
    """Return the keys of the answers that a text repeats with `${key}`, in order."""
    return list(PIPE.findall(words))


def has_words(text: Mapping[str, str]) -> bool:
    """Say whether a text has words in any language."""
    return any(words.strip() for words in text.values())


def place_of(item: Item) -> str:
    """Return the place of an item, with which the places of its texts begin."""
    return f"{item.kind}.{item.key}"


def choice_place(list_name: str, choice_key: str) -> str:
    """Return the place of a choice; points in the list's name would make it ambiguous."""
    return f"choice.{list_name.replace('%', '%25').replace('.', '%2E')}.{choice_key}"


def texts_of(document: Document) -> dict[str, Text]:
    """Return every text that has words in some language, by place, in the document's order."""
    found: dict[str, Text] = {}

    def collect(place: str, text: Text) -> Text:
        if has_words(text):
            found[place] = text
        return text

    _each_text(document, collect)
    return found


def with_texts(document: Document, changes: Mapping[str, Mapping[str, str]]) -> Document:
    """Return the document with words put in by place and language; empty words take them out.

    Languages that are not mentioned keep their words; places that do not exist are passed over.
    """

    def put(place: str, text: Text) -> Text:
        merged = {**text, **changes.get(place, {})}
        return {language: words for language, words in merged.items() if words.strip()}

    return _each_text(document, lambda place, text: put(place, text) if place in changes else text)


def _each_text(document: Document, change: _Change) -> Document:
    changed: dict[str, Any] = _changed(document, "document", _DOCUMENT, change)
    introduction = _changed(document.introduction, "introduction", _INTRODUCTION, change)
    if introduction:
        changed["introduction"] = remade(document.introduction, **introduction)
    items = each_item(document.items, lambda item: _item(item, change))
    if items != document.items:
        changed["items"] = items
    lists = {name: _list(name, each, change) for name, each in document.choice_lists.items()}
    if lists != document.choice_lists:
        changed["choice_lists"] = lists
    return remade(document, **changed) if changed else document


def _changed(
    part: BaseModel, place: str, names: tuple[str, ...], change: _Change
) -> dict[str, Any]:
    """Return those fields of a part that come out different."""
    before = {name: getattr(part, name) for name in names}
    after = {name: change(f"{place}.{name}", text) for name, text in before.items()}
    return {name: text for name, text in after.items() if text != before[name]}


def _list(name: str, choices: ChoiceList, change: _Change) -> ChoiceList:
    made = tuple(_choice(name, choice, change) for choice in choices.choices)
    return choices if made == choices.choices else ChoiceList(choices=made)


def _choice(name: str, choice: Choice, change: _Change) -> Choice:
    fields = _changed(choice, choice_place(name, choice.key), _CHOICE, change)
    return remade(choice, **fields) if fields else choice


def _item(item: Item, change: _Change) -> Item:
    place = place_of(item)
    if not isinstance(item, Question):
        fields = _changed(item, place, _CONTAINER, change)
        return remade(item, **fields) if fields else item
    fields = _changed(item, place, _QUESTION, change)
    settings = item.settings
    for inner, text in setting_texts(item).items():
        after = change(f"{place}.setting.{inner}", text)
        if after != text:
            settings = _put(_with_default(item, settings, inner), inner.split("."), after)
    if settings != item.settings:
        fields["settings"] = settings
    return remade(item, **fields) if fields else item


def setting_texts(question: Question) -> dict[str, Text]:
    """Return the texts inside a question's settings; none where the settings cannot be read."""
    kind = QUESTION_TYPES.get(question.type)
    if kind is None:
        return {}
    try:
        return dict(kind.texts(question))
    except ValidationError:
        return {}


def scale_texts(question: Question) -> list[str]:
    """Return the places, inside a question's settings, of the steps of its scales."""
    if not setting_texts(question):
        return []
    return list(QUESTION_TYPES[question.type].settings(question).texts_of_steps())


def _with_default(question: Question, settings: dict[str, Any], place: str) -> dict[str, Any]:
    """Return settings that hold the part a text stands in, though it was at its default."""
    name = place.partition(".")[0]
    if name in settings:
        return settings
    whole = QUESTION_TYPES[question.type].settings(question).model_dump(mode="json")
    return {**settings, name: whole[name]} if whole.get(name) else settings


def _put(inside: Any, path: list[str], text: Text) -> Any:
    """Return settings with a text put in at its path: names of fields, keys of entries in lists."""
    if not path:
        return {**inside, "label": text} if isinstance(inside, dict) and "key" in inside else text
    name, rest = path[0], path[1:]
    if isinstance(inside, list | tuple):
        return [
            _put(entry, rest, text) if _is_named(entry, number, name) else entry
            for number, entry in enumerate(inside)
        ]
    inside = inside or {}
    return {**inside, name: _put(inside.get(name, {}), rest, text)}


def _is_named(entry: Any, number: int, name: str) -> bool:
    if isinstance(entry, dict) and "key" in entry:
        return bool(entry["key"] == name)
    return str(number) == name
