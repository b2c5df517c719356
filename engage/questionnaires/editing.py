"""Changes of a draft as functions from document to document: add, replace, move, take away.

Pure, so that two people's changes can be put on top of each other: each is made on the draft as it
is now, whatever it was when the page was opened.
"""

import unicodedata
from collections.abc import Collection, Iterable
from typing import NamedTuple

import regex

from engage.questionnaires.checking.reads import expressions_of, reads_of
from engage.questionnaires.document import (
    Choice,
    ChoiceList,
    Document,
    Group,
    Item,
    Question,
    Repeat,
    walk,
)
from engage.questionnaires.rebuilding import remade
from engage.questionnaires.texts import piped_keys, texts_of


class Spot(NamedTuple):
    """Where an item stands: the key of the group or repeat around it, its number among others."""

    parent: str
    number: int


def item_of(document: Document, key: str) -> Item | None:
    """Return the item with this key, or None."""
    return next((item for item, _ in walk(document.items) if item.key == key), None)


def items_in(document: Document, parent: str) -> tuple[Item, ...]:
    """Return the items of a group or repeat, or with no key those of the questionnaire."""
    if not parent:
        return document.items
    found = item_of(document, parent)
    return found.items if isinstance(found, Group | Repeat) else ()


def spot_of(document: Document, key: str) -> Spot | None:
    """Return where the item with this key stands, or None."""
    parents = ["", *(item.key for item, _ in walk(document.items) if not _is_question(item))]
    for parent in parents:
        keys = [item.key for item in items_in(document, parent)]
        if key in keys:
            return Spot(parent, keys.index(key))
    return None


def _is_question(item: Item) -> bool:
    return isinstance(item, Question)


def with_items(document: Document, parent: str, items: Iterable[Item]) -> Document:
    """Return the document with other items in a group, or with no key in the questionnaire."""
    if not parent:
        return remade(document, items=tuple(items))
    return remade(document, items=_with_items(document.items, parent, tuple(items)))


def _with_items(among: tuple[Item, ...], parent: str, items: tuple[Item, ...]) -> tuple[Item, ...]:
    made: list[Item] = []
    for item in among:
        if isinstance(item, Question):
            made.append(item)
        elif item.key == parent:
            made.append(remade(item, items=items))
        else:
            made.append(remade(item, items=_with_items(item.items, parent, items)))
    return tuple(made)


def with_item(document: Document, item: Item) -> Document:
    """Return the document with the item of the same key replaced."""
    spot = spot_of(document, item.key)
    if spot is None:
        return document
    items = list(items_in(document, spot.parent))
    items[spot.number] = item
    return with_items(document, spot.parent, items)


def without_item(document: Document, key: str) -> Document:
    """Return the document without an item and all that stands in it."""
    spot = spot_of(document, key)
    if spot is None:
        return document
    items = [item for item in items_in(document, spot.parent) if item.key != key]
    return with_items(document, spot.parent, items)


def with_added(document: Document, item: Item, parent: str = "", after: str = "") -> Document:
    """Return the document with a new item, after another one or at the end of a group."""
    spot = spot_of(document, after) if after else None
    if spot is not None:
        parent = spot.parent
    items = list(items_in(document, parent))
    items.insert(spot.number + 1 if spot else len(items), item)
    return with_items(document, parent, items)


def moved(document: Document, key: str, step: int) -> Document:
    """Return the document with an item one place up (-1) or down (1), into and out of groups too.

    So every place can be reached with two buttons, without dragging (S-05).
    """
    item, spot = item_of(document, key), spot_of(document, key)
    if item is None or spot is None:
        return document
    siblings = items_in(document, spot.parent)
    beside = spot.number + step
    if 0 <= beside < len(siblings):
        neighbour = siblings[beside]
        rest = without_item(document, key)
        if isinstance(neighbour, Question):
            return _put(rest, item, spot.parent, beside)
        return _put(rest, item, neighbour.key, 0 if step > 0 else len(neighbour.items))
    outer = spot_of(document, spot.parent) if spot.parent else None
    if outer is None:
        return document
    rest = without_item(document, key)
    return _put(rest, item, outer.parent, outer.number + (1 if step > 0 else 0))


def _put(document: Document, item: Item, parent: str, index: int) -> Document:
    items = list(items_in(document, parent))
    items.insert(index, item)
    return with_items(document, parent, items)


def with_list(document: Document, name: str, choices: Iterable[Choice]) -> Document:
    """Return the document with the choices of a list, new or changed."""
    lists = {**document.choice_lists, name: ChoiceList(choices=tuple(choices))}
    return remade(document, choice_lists=lists)


def without_list(document: Document, name: str) -> Document:
    """Return the document without a list of choices."""
    lists = {key: each for key, each in document.choice_lists.items() if key != name}
    return remade(document, choice_lists=lists)


def users_of_list(document: Document, name: str) -> list[Question]:
    """Return the questions that use a list of choices."""
    return [each for each in document.questions.values() if each.choice_list == name]


def readers_of(document: Document, key: str) -> list[str]:
    """Return the keys of what reads an item's answers, in conditions or in texts."""
    item = item_of(document, key)
    gone = {inner.key for inner, _ in walk((item,))} if item else {key}
    found = []
    for other, _repeats in walk(document.items):
        read = {node.name for each in expressions_of(other).values() for node in reads_of(each)}
        if read & gone and other.key not in gone:
            found.append(other.key)
    for place, text in texts_of(document).items():
        piped = {name for words in text.values() for name in piped_keys(words)}
        owner = place.split(".")[1]
        if piped & gone and owner not in {*gone, *found}:
            found.append(owner)
    return found


def free_key(words: str, taken: Collection[str], otherwise: str) -> str:
    """Return a key made of words, as statistics programs like them, that is not taken yet."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    name = regex.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:30].strip("_")
    name = name if name[:1].isalpha() else f"{otherwise}_{name}".strip("_")
    numbered = (f"{name}_{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (name, *numbered) if key not in taken)


def keys_of(document: Document) -> set[str]:
    """Return every key of an item that is in use."""
    return {item.key for item, _ in walk(document.items)}
