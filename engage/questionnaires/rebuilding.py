"""Parts of the document made anew with something changed; the parts themselves never change."""

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel

from engage.questionnaires.document import Item, Question

P = TypeVar("P", bound=BaseModel)


def remade(part: P, **changed: Any) -> P:
    """Return a part with some fields changed, checked again.

    Not `model_copy`: that would take what the old part has cached (`questions`, `digest`) along.
    """
    fields = {name: getattr(part, name) for name in type(part).model_fields}
    return type(part).model_validate({**fields, **changed})


def each_item(items: tuple[Item, ...], change: Callable[[Item], Item]) -> tuple[Item, ...]:
    """Return the items with `change` applied to each, inner ones first; same if nothing changes."""
    made = []
    for item in items:
        if not isinstance(item, Question):
            inside = each_item(item.items, change)
            item = item if inside == item.items else remade(item, items=inside)
        made.append(change(item))
    return tuple(made)
