"""Two people change the same thing: what each changed is kept, and only real clashes are shown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

#: What is one thing although it is stored as a dict.
_WHOLE = {"relevant", "constraint", "calculation", "choice_filter", "times"}
#: (field, language or setting, or nothing for a field that is not a dict).
Part = tuple[str, str]


@dataclass(frozen=True)
class Clash:
    """A part that both changed, each in another way; `now` is what the other person wrote."""

    field: str
    part: str
    now: Any


@dataclass(frozen=True)
class Merged:
    """Both people's changes together; where they clash, what was typed here."""

    fields: dict[str, Any]
    clashes: tuple[Clash, ...]


def merged(
    opened: Mapping[str, Any], current: Mapping[str, Any], typed: Mapping[str, Any]
) -> Merged:
    """Put together what was opened, what is stored now, and what was typed, part by part."""
    was, now, mine = (dict(_parts(each)) for each in (opened, current, typed))
    together: dict[Part, Any] = {}
    clashes = []
    for part in dict.fromkeys([*now, *mine]):
        before, theirs, ours = was.get(part), now.get(part), mine.get(part)
        if ours == before:
            together[part] = theirs
        else:
            together[part] = ours
            if theirs not in (before, ours):
                clashes.append(Clash(*part, theirs))
    return Merged(_whole(together, _divided(current, typed)), tuple(clashes))


def _parts(fields: Mapping[str, Any]) -> Iterator[tuple[Part, Any]]:
    for name, value in fields.items():
        if isinstance(value, Mapping) and name not in _WHOLE:
            for inner, each in value.items():
                yield (name, inner), each
        else:
            yield (name, ""), value


def _divided(*sides: Mapping[str, Any]) -> set[str]:
    """Return the fields that have parts, also where no part is left."""
    return {
        name
        for fields in sides
        for name, value in fields.items()
        if isinstance(value, Mapping) and name not in _WHOLE
    }


def _whole(parts: Mapping[Part, Any], divided: set[str]) -> dict[str, Any]:
    made: dict[str, Any] = {name: {} for name in divided}
    for (name, inner), value in parts.items():
        if not inner:
            made[name] = value if value is not None else made.get(name)
        elif value is not None:
            made[name] = {**(made.get(name) or {}), inner: value}
    return made
