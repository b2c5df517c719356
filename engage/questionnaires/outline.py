"""A draft as rows of an outline: how deep each item stands, and its conditions in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from engage.i18n.text import with_fallback
from engage.questionnaires.checking.reads import expressions_of, is_too_deep
from engage.questionnaires.document import Document, Item, Question
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.wording import expression_in_words


@dataclass(frozen=True)
class OutlineRow:
    """One item: what to call it, its type, what it depends on, and the rows inside."""

    item: Item
    words: str
    is_fallback: bool
    type_label: Any
    condition: str
    inside: tuple["OutlineRow", ...]


def outline(document: Document) -> tuple[OutlineRow, ...]:
    """Return the whole questionnaire as nested rows."""
    return tuple(_rows(document, document.items))


def _rows(document: Document, items: Sequence[Item]) -> Iterator[OutlineRow]:
    source = document.languages[0] if document.languages else "en"
    for item in items:
        is_question = isinstance(item, Question)
        text = item.label if isinstance(item, Question) else item.title
        shown = with_fallback(text, source, document.languages)
        kind = QUESTION_TYPES.get(item.type) if isinstance(item, Question) else None
        yield OutlineRow(
            item=item,
            words=shown.text,
            is_fallback=shown.is_fallback,
            type_label=kind.label if kind else getattr(item, "type", ""),
            condition=condition_words(document, item, "relevant"),
            inside=() if is_question else tuple(_rows(document, item.items)),  # type: ignore[union-attr]
        )


def condition_words(document: Document, item: Item, field: str) -> str:
    """Return one expression of an item in words, or nothing where it has none."""
    expression = expressions_of(item).get(field)
    if expression is None:
        return ""
    if is_too_deep(expression):
        return "…"
    return expression_in_words(expression, document, document.languages[0])
