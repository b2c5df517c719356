"""Entries of a repeat as fields of a form: how many were shown, adding one, taking one away.

An entry on a page carries an empty field `<repeat>.<number>:here`, so that the server knows which
entries the person has seen: unchecked boxes and radios send nothing.
"""

from collections.abc import Iterator, Mapping, Sequence

import regex

from engage.questionnaires.document import Document, Item, Question, Repeat
from engage.questionnaires.entry import Entry
from engage.questionnaires.words import Place, entries_around

Form = Mapping[str, Sequence[str]]
HERE = ":here"
_NUMBER = regex.compile(r"[1-9][0-9]{0,2}", regex.ASCII)


def entries_sent(repeat: Repeat, form: Form, entry: Entry, prefix: str, within: Place) -> int:
    """Return how many entries to show again: those worked out or answered, those shown empty."""
    around = entries_around(entry, within)
    answered = len(around[-1].answers.get(repeat.key, ()))
    if repeat.times is not None:
        return answered
    numbers = numbers_shown(form, prefix + repeat.key, repeat.maximum)
    return max(repeat.minimum, answered, *numbers, 0)


def numbers_shown(form: Form, name: str, maximum: int) -> list[int]:
    """Return the numbers of the entries that were on the page, from the marks they left."""
    return [number for number in range(1, maximum + 1) if f"{name}.{number}{HERE}" in form]


def with_entry_added(form: Form, name: str, maximum: int) -> dict[str, list[str]]:
    """Return the fields with one more empty entry, unless there are as many as may be."""
    number = max(numbers_shown(form, name, maximum), default=0) + 1
    fields = {key: list(values) for key, values in form.items()}
    return fields if number > maximum else {**fields, f"{name}.{number}{HERE}": [""]}


def with_entry_removed(form: Form, name: str, number: int) -> dict[str, list[str]]:
    """Return the fields without one entry; those after it move up by one."""
    fields: dict[str, list[str]] = {}
    for key, values in form.items():
        at, rest = _entry_of(key, name)
        if at == number:
            continue
        moved = f"{name}.{at - 1}{rest}" if at > number else key
        fields[moved] = list(values)
    return fields


def _entry_of(key: str, name: str) -> tuple[int, str]:
    """Return the number of the entry a field belongs to and the rest of its name, else 0."""
    start = f"{name}."
    found = _NUMBER.match(key, len(start)) if key.startswith(start) else None
    rest = key[found.end() :] if found else ""
    return (int(found[0]), rest) if found and rest[:1] in {".", ":"} else (0, "")


def repeat_called(document: Document, name: str) -> Repeat | None:
    """Return the repeat whose fields begin with this name, `household.2.child`, or None."""
    items: Sequence[Item] = document.items
    repeat = None
    for part in regex.sub(r"\.[1-9][0-9]{0,2}\.", ".", name).split("."):
        repeat = next((one for one in _repeats(items) if one.key == part), None)
        if repeat is None:
            return None
        items = repeat.items
    return repeat


def _repeats(items: Sequence[Item]) -> Iterator[Repeat]:
    """Yield the repeats among items and in their groups, not those inside other repeats."""
    for item in items:
        if isinstance(item, Repeat):
            yield item
        elif not isinstance(item, Question):
            yield from _repeats(item.items)


def entries_not_shown(document: Document, form: Form, entry: Entry) -> list[str]:
    """Return the names of entries that answers call for but that were not on the page."""
    return list(_not_shown(document.items, form, entry, ""))


def _not_shown(items: Sequence[Item], form: Form, entry: Entry, prefix: str) -> Iterator[str]:
    for repeat in _repeats(items):
        inside = entry.answers.get(repeat.key, ())
        for number, one in enumerate(inside, start=1):
            name = f"{prefix}{repeat.key}.{number}"
            if name + HERE not in form:
                yield name
            yield from _not_shown(repeat.items, form, one, f"{name}.")
