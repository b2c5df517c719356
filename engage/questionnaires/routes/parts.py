"""Saving a part of the draft that two people may have open at once."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from engage.questionnaires.forms.words import PartForm
from engage.questionnaires.merging import Clash, merged

P = TypeVar("P", bound=BaseModel)

#: Items stand in their container, and are changed for themselves.
_APART = {"items"}


@dataclass(frozen=True)
class Taken:
    """What came of a form: the part to store, or what clashes with somebody else's change."""

    part: Any
    clashes: tuple[Clash, ...]


def as_opened(part: BaseModel) -> str:
    """Return a part as the form carries it, to see later what changed in between."""
    return json.dumps(_plain(part), ensure_ascii=False, separators=(",", ":"))


def _plain(part: BaseModel) -> dict[str, Any]:
    return part.model_dump(mode="json", exclude=_APART)


def taken(form: PartForm, current: P, change: Callable[[P], P]) -> Taken:
    """Put a form's changes and those stored since it was opened together.

    `change` is given the part as it was opened and returns it as it was typed.
    """
    opened = _opened(form, current)
    typed = change(opened)
    together = merged(_plain(opened), _plain(current), _plain(typed))
    if together.clashes:
        form.opened.data = as_opened(current)
        return Taken(typed, together.clashes)
    kept = {name: getattr(current, name) for name in _APART if hasattr(current, name)}
    return Taken(type(current).model_validate({**together.fields, **kept}), ())


def _opened(form: PartForm, current: P) -> P:
    """Return the part as the form says it was opened; a form that lies gets it as it is."""
    kept = {name: getattr(current, name) for name in _APART if hasattr(current, name)}
    try:
        fields = json.loads(form.opened.data or "")
        opened = type(current).model_validate({**fields, **kept})
    except (ValueError, TypeError, ValidationError):
        return current
    same = getattr(opened, "key", None) == getattr(current, "key", None)
    return opened if same else current
