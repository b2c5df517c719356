"""Pictures and recordings that a form names: only those that are here can be shown."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from engage.i18n.gettext import s_lazy
from engage.questionnaires.document import Choice, ChoiceList, Document, Item, Question, walk
from engage.questionnaires.rebuilding import each_item, remade
from engage.questionnaires.xlsform.report import Imported, Loss


def media_of(document: Document) -> set[str]:
    """Return the names of all pictures and recordings in a document."""
    return {name for _item, name in _named(document) if name}


def _named(document: Document) -> Iterator[tuple[Question | Choice, str]]:
    for item, _repeats in walk(document.items):
        if isinstance(item, Question):
            yield item, item.image
            yield from ((item, name) for name in item.audio.values())
    for listed in document.choice_lists.values():
        yield from ((choice, choice.image) for choice in listed.choices)


def without_media(imported: Imported, known: Collection[str]) -> Imported:
    """Return an import without the media that are not here, each named as a loss."""
    document = imported.document
    if document is None or media_of(document) <= set(known):
        return imported

    def item_without(item: Item) -> Item:
        if not isinstance(item, Question) or not {item.image, *item.audio.values()} - {*known, ""}:
            return item
        audio = {code: name for code, name in item.audio.items() if name in known}
        return remade(item, image=item.image if item.image in known else "", audio=audio)

    lists = {
        name: ChoiceList(
            choices=tuple(
                choice if choice.image in {*known, ""} else remade(choice, image="")
                for choice in listed.choices
            )
        )
        for name, listed in document.choice_lists.items()
    }
    reason = s_lazy("This picture or recording is not here. Add it in the editor.")
    missing = tuple(
        Loss("survey" if isinstance(of, Question) else "choices", 0, of.key, name, reason)
        for of, name in _named(document)
        if name and name not in known
    )
    made = remade(document, items=each_item(document.items, item_without), choice_lists=lists)
    return replace(imported, document=made, losses=(*imported.losses, *missing))
