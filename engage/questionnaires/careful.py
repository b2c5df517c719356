"""A questionnaire as it is put to minors and in sensitive rounds: each type takes its own care."""

from functools import lru_cache

from engage.questionnaires.document import Document, Item, Question
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.rebuilding import each_item, remade


class _ByDigest:
    """A document that is known by its digest, so that what is made of it can be kept."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def __hash__(self) -> int:
        return hash(self.document.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByDigest) and self.document.digest == other.document.digest


def careful_document(document: Document) -> Document:
    """Return the document with every question as it is put where answers could harm somebody."""
    return _made(_ByDigest(document))


@lru_cache(maxsize=64)
def _made(known: _ByDigest) -> Document:
    document = known.document
    return remade(document, items=each_item(document.items, _careful))


def _careful(item: Item) -> Item:
    return QUESTION_TYPES[item.type].careful(item) if isinstance(item, Question) else item
