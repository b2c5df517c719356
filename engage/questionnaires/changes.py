"""What sets a draft apart from the version before, each change classed by what it does to answers.

Wording and translation leave answers as they are; additive changes ask more, less or other people;
breaking ones would give a key that has answers another meaning, so they need a new key.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from pydantic import ValidationError

from engage.i18n.gettext import s_lazy
from engage.i18n.text import Text
from engage.questionnaires.column import Column
from engage.questionnaires.document import Document, Item, Question, walk
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.rebuilding import remade
from engage.questionnaires.texts import choice_place, place_of, setting_texts, texts_of

ChangeKind = Literal["wording", "translation", "additive", "breaking"]
#: From the least to the most: a version is classed by its weightiest change.
KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)
_TEXT_FIELDS = {
    *("label", "hint", "easy", "why", "title", "required_message", "constraint_message"),
    *("settings", "items", "kind", "key", "type", "audio", "image"),
}
_FIELD_NAMES = {
    "required": s_lazy("Whether it must be answered has changed."),
    "relevant": s_lazy("Who is asked has changed."),
    "constraint": s_lazy("The check of the answer has changed."),
    "calculation": s_lazy("The calculation has changed."),
    "choice_filter": s_lazy("The filter of choices has changed."),
    "times": s_lazy("The number of entries has changed."),
    "background": s_lazy("Whether it is a background question has changed."),
    "export_name": s_lazy("The name in exports has changed."),
}


@dataclass(frozen=True)
class Change:
    """One difference: its class, its place, what it is, and the words before and after."""

    kind: ChangeKind
    place: str
    message: Any
    before: Text | None = None
    after: Text | None = None
    #: True where something that may have been answered is no longer asked.
    takes_away: bool = False


def differences(old: Document, new: Document) -> list[Change]:
    """Return every change from one document to another; none from a document to itself."""
    return [*_structure(old, new), *_texts(old, new), *_media(old, new), *_settings(old, new)]


def class_of(changes: list[Change]) -> str:
    """Return the weightiest class among changes, or `none`."""
    return max((change.kind for change in changes), key=KINDS.index, default="none")


def _items(document: Document) -> dict[str, Item]:
    return {item.key: item for item, _ in walk(document.items)}


def _structure(old: Document, new: Document) -> Iterator[Change]:
    before, after = _items(old), _items(new)
    for key, item in before.items():
        if key not in after:
            message = s_lazy("Is no longer asked.")
            yield Change("additive", place_of(item), message, takes_away=True)
    for key, item in after.items():
        if key not in before:
            yield Change("additive", place_of(item), s_lazy("Is new."))
        else:
            yield from _item(old, new, before[key], item)
    kept_before = [key for key in before if key in after]
    if kept_before != [key for key in after if key in before]:
        yield Change("additive", "document.items", s_lazy("The order has changed."))


def _item(old: Document, new: Document, before: Item, after: Item) -> Iterator[Change]:
    place = place_of(after)
    if before.kind != after.kind:
        message = s_lazy("The key stood for something else. Give this one a new key.")
        yield Change("breaking", place, message, takes_away=True)
        return
    if old.repeats_of[before.key] != new.repeats_of[after.key]:
        message = s_lazy("It moved into or out of a repeated part. Give it a new key there.")
        yield Change("breaking", place, message, takes_away=True)
    if isinstance(before, Question) and isinstance(after, Question):
        yield from _question(old, new, before, after)
    yield from _fields(before, after, place)


def _fields(before: Item, after: Item, place: str) -> Iterator[Change]:
    for name in type(after).model_fields:
        if name in _TEXT_FIELDS or getattr(before, name) == getattr(after, name):
            continue
        yield Change(
            _kind_of_field(name, after),
            f"{place}.{name}",
            _FIELD_NAMES.get(name, s_lazy("How it is asked has changed.")),
        )


def _kind_of_field(name: str, after: Item) -> ChangeKind:
    """A calculated key means its calculation; everything else only changes who is asked how."""
    calculated = isinstance(after, Question) and (
        after.type in QUESTION_TYPES and QUESTION_TYPES[after.type].is_calculated
    )
    return "breaking" if name == "calculation" and calculated else "additive"


def _question(old: Document, new: Document, before: Question, after: Question) -> Iterator[Change]:
    place = place_of(after)
    if before.type != after.type:
        message = s_lazy("The type of question has changed. Give the question a new key.")
        yield Change("breaking", f"{place}.type", message, takes_away=True)
        return
    if _is_same(old, new, before, after):
        return
    earlier, later = _columns(old, before), _columns(new, after)
    for name in earlier.keys() - later.keys():
        yield _taken_away(place, _what(earlier[name]))
    for name in later.keys() - earlier.keys():
        message = s_lazy("“%(part)s” is new.", part=_what(later[name]))
        yield Change("additive", place, message)
    for name in sorted(earlier.keys() & later.keys()):
        yield from _column(place, earlier[name], later[name])


def _is_same(old: Document, new: Document, before: Question, after: Question) -> bool:
    """Say whether nothing that columns are made of has changed; lists may be very long."""
    return (
        before.settings == after.settings
        and before.choice_list == after.choice_list
        and before.other == after.other
        and _keys_in(old, before) == _keys_in(new, after)
    )


def _keys_in(document: Document, question: Question) -> list[str]:
    listed = document.choice_lists.get(question.choice_list)
    return list(listed.by_key) if listed else []


def _what(column: Column) -> str:
    return column.part or column.name


def _taken_away(place: str, what: str) -> Change:
    message = s_lazy(
        "“%(part)s” was taken away, although it may have been answered. "
        "Keep it, or give the question a new key.",
        part=what,
    )
    return Change("breaking", place, message, takes_away=True)


def _column(place: str, before: Column, after: Column) -> Iterator[Change]:
    if before.kind != after.kind:
        message = s_lazy("The kind of answer has changed. Give the question a new key.")
        yield Change("breaking", place, message, takes_away=True)
    earlier = [code.value for code in before.codes]
    later = [code.value for code in after.codes]
    if before.ordered and after.ordered and earlier != later:
        message = s_lazy("The steps of the scale have changed. Give the question a new key.")
        yield Change("breaking", place, message, takes_away=True)
        return
    was, now = set(earlier), set(later)
    for value in [value for value in earlier if value not in now]:
        yield _taken_away(place, value)
    for value in [value for value in later if value not in was]:
        yield Change("additive", place, s_lazy("“%(part)s” is new.", part=value))
    if earlier != later and sorted(earlier) == sorted(later):
        yield Change("additive", place, s_lazy("The order of the choices has changed."))


def _columns(document: Document, question: Question) -> dict[str, Column]:
    """Return the columns by name, under the key: a new name in exports is no other column."""
    kind = QUESTION_TYPES.get(question.type)
    if kind is None:
        return {}
    try:
        columns = kind.columns(remade(question, export_name=""), document)
    except ValidationError:
        return {}
    return {column.name: column for column in columns}


def _texts(old: Document, new: Document) -> Iterator[Change]:
    before, after = texts_of(old), texts_of(new)
    source = new.languages[0] if new.languages else ""
    kept = {place_of(item) for key, item in _items(new).items() if key in _items(old)}
    kept |= {"document", "introduction"} | _kept_choices(old, new)
    for place in dict.fromkeys([*before, *after]):
        if not _belongs_to(place, kept):
            continue
        earlier, later = before.get(place, {}), after.get(place, {})
        if earlier == later:
            continue
        own = earlier.get(source, "") != later.get(source, "")
        message = s_lazy("The words have changed.") if own else s_lazy("A translation has changed.")
        yield Change("wording" if own else "translation", place, message, earlier, later)


def _kept_choices(old: Document, new: Document) -> set[str]:
    return {
        choice_place(name, key)
        for name, choices in new.choice_lists.items()
        for key in choices.by_key
        if name in old.choice_lists and key in old.choice_lists[name].by_key
    }


def _belongs_to(place: str, kept: set[str]) -> bool:
    """Say whether a text is of something that both documents have; what is new is told as new."""
    parts = place.split(".")
    return any(".".join(parts[:length]) in kept for length in range(1, len(parts)))


def _media(old: Document, new: Document) -> Iterator[Change]:
    before, after = old.questions, new.questions
    for key, question in after.items():
        if key not in before:
            continue
        for name in ("image", "audio"):
            if getattr(before[key], name) != getattr(question, name):
                message = s_lazy("The picture or the recording has changed.")
                yield Change("wording", f"{place_of(question)}.{name}", message)
    for name, choices in new.choice_lists.items():
        earlier = old.choice_lists.get(name)
        for choice in choices.choices:
            known = earlier.by_key.get(choice.key) if earlier else None
            if known and known.image != choice.image:
                message = s_lazy("The picture or the recording has changed.")
                yield Change("wording", f"{choice_place(name, choice.key)}.image", message)
            if known and known.columns != choice.columns:
                message = s_lazy("The columns that filters look at have changed.")
                yield Change("additive", f"{choice_place(name, choice.key)}.columns", message)


def _settings(old: Document, new: Document) -> Iterator[Change]:
    """Yield settings that changed besides their texts; what they do to columns is told there."""
    for key, question in new.questions.items():
        before = old.questions.get(key)
        if before is None or before.type != question.type:
            continue
        if _without_texts(before) != _without_texts(question):
            message = s_lazy("How it is asked has changed.")
            yield Change("additive", f"{place_of(question)}.settings", message)
    if old.languages != new.languages:
        message = s_lazy("The languages have changed.")
        yield Change("translation", "document.languages", message)
    if old.minutes != new.minutes:
        yield Change("wording", "document.minutes", s_lazy("The minutes it takes have changed."))


def _without_texts(question: Question) -> Any:
    words = {text for each in setting_texts(question).values() for text in each.values()}
    return _emptied(question.settings, words)


def _emptied(value: Any, words: set[str]) -> Any:
    """Return settings in which every text is blank, so that only what is no text is compared."""
    if isinstance(value, Mapping):
        kept = {name: _emptied(inner, words) for name, inner in value.items()}
        return {name: inner for name, inner in kept.items() if inner not in ("", {})}
    if isinstance(value, list | tuple):
        return [_emptied(inner, words) for inner in value]
    return "" if isinstance(value, str) and value in words else value
