"""The choice lists of a form: keys made fit, choices that come twice put together or set apart."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import regex

from engage.i18n.gettext import s_lazy
from engage.questionnaires.document import CHOICE_KEY_PATTERN, OTHER
from engage.questionnaires.xlsform.form import Row
from engage.questionnaires.xlsform.report import Report

LONGEST_LIST_NAME = 100
_CHOICE_KEY = regex.compile(CHOICE_KEY_PATTERN)
_LONGEST_KEY = 128


@dataclass
class ChoiceDraft:
    """One choice on its way into the document; `name` is what the form calls it."""

    row: Row
    key: str
    name: str
    columns: dict[str, str]


@dataclass
class ListDraft:
    """One list; `keys_of` says which keys stand for a name that could not stay as it was."""

    name: str
    by_key: dict[str, ChoiceDraft] = field(default_factory=dict)
    keys_of: dict[str, list[str]] = field(default_factory=dict)

    def keys(self, name: str) -> list[str]:
        """Return the keys that stand for a name of the form."""
        return self.keys_of.get(name, [name])

    @property
    def choices(self) -> list[ChoiceDraft]:
        """Return the choices in order."""
        return list(self.by_key.values())

    @property
    def columns(self) -> set[str]:
        """Return the properties that a filter may look at."""
        return {"name", *(column for choice in self.choices for column in choice.columns)}


def shortened(name: str, longest: int) -> str:
    """Return a name within a length, told apart from others that begin like it."""
    if len(name) <= longest:
        return name
    return f"{name[: longest - 9]}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def read_choices(
    rows: tuple[Row, ...], report: Report, real_names: Mapping[str, str], as_is: bool
) -> dict[str, ListDraft]:
    """Return the lists by name.

    `real_names` says what a list is called besides in the sheet; with `as_is` every row stays.
    """
    lists: dict[str, ListDraft] = {name: ListDraft(name) for name in real_names.values()}
    for row in rows:
        in_sheet = shortened(row.cell("list_name"), LONGEST_LIST_NAME)
        if not in_sheet:
            if row.texts or row.cells:
                what = row.cell("name") or next(iter(row.texts.get("label", {}).values()), "")
                report.loss(row.spot("list_name"), what, s_lazy("The choice is in no list."))
            continue
        name = real_names.get(in_sheet, in_sheet)
        _add(lists.setdefault(name, ListDraft(name)), row, report, as_is)
    return lists


def _add(to: ListDraft, row: Row, report: Report, as_is: bool) -> None:
    name = row.cell("name") or _name_of_nameless(to, row, report)
    if not name and not as_is:
        return
    name = name or f"choice_{len(to.by_key) + 1}"
    key = name if _CHOICE_KEY.fullmatch(name) else fit_key(name)
    twin = to.by_key.get(key)
    if twin is not None:
        # Under a filter, choices of one name need not be one choice.
        if not as_is and twin.name == name and twin.columns == row.properties:
            _put_together(twin, row, report)
            return
        key = _free(key, to)
    if key != name:
        to.keys_of.setdefault(name, [name] if twin and twin.name == name else []).append(key)
        reason = s_lazy("The choice is called “%(key)s” from here on.", key=key)
        report.note(row.spot("name"), name, reason)
    to.by_key[key] = ChoiceDraft(row, key, name, dict(sorted(row.properties.items())))


def _name_of_nameless(to: ListDraft, row: Row, report: Report) -> str:
    words = next(iter(row.texts.get("label", {}).values()), "")
    if not words and not row.properties:
        return ""
    report.loss(row.spot("name"), words, s_lazy("The choice had no name and got one."))
    return words or f"choice_{len(to.by_key) + 1}"


def fit_key(name: str) -> str:
    """Return a key without spaces and the signs that separate values."""
    return shortened(regex.sub(r"[\s~,|]+", "_", name).strip("_") or "choice", _LONGEST_KEY)


def _free(key: str, within: ListDraft) -> str:
    number, start = 2, key[: _LONGEST_KEY - 6]
    while f"{start}_{number}" in within.by_key:
        number += 1
    return f"{start}_{number}"


def _put_together(twin: ChoiceDraft, row: Row, report: Report) -> None:
    """Fill translations that the first lacks from the second; the second stays out otherwise."""
    differs = False
    for name, text in row.texts.items():
        kept = twin.row.texts.setdefault(name, {})
        for language, words in text.items():
            differs = differs or kept.setdefault(language, words) != words
    if differs:
        words = next(iter(row.texts.get("label", {}).values()), "")
        reason = s_lazy(
            "The list has a choice called “%(name)s” already. Its words are kept.", name=twin.name
        )
        report.loss(row.spot("name"), words, reason)
    else:
        reason = s_lazy("The choice is in the list twice and was put together.")
        report.note(row.spot("name"), twin.name, reason)


def without_other(of: ListDraft, name: str) -> ListDraft:
    """Return a list without its own “other”, for questions that offer words of one's own."""
    kept = {key: choice for key, choice in of.by_key.items() if key != OTHER}
    return ListDraft(name, kept, dict(of.keys_of))
