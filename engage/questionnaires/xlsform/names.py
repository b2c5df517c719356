"""What the names of a form stand for: keys made fit and unique, and why some names are gone."""

import hashlib
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

import regex

from engage.i18n.gettext import s_lazy
from engage.questionnaires.document import KEY_PATTERN
from engage.questionnaires.expressions import Expression
from engage.questionnaires.xlsform.choices import ListDraft, shortened
from engage.questionnaires.xlsform.form import Row
from engage.questionnaires.xlsform.kinds import Kind
from engage.questionnaires.xlsform.report import Report
from engage.questionnaires.xlsform.syntax import UntranslatableError

_KEY = regex.compile(KEY_PATTERN)
_LONGEST = 64

Shape = Literal["question", "group", "repeat"]


@dataclass(eq=False)
class Draft:
    """One item on its way into the document, with its place among the others.

    `part_of` is the key of the question whose part this row is. `expressions` are by field.
    """

    row: Row
    kind: Kind
    shape: Shape
    name: str
    parent: "Draft | None" = None
    children: list["Draft"] = field(default_factory=list)
    key: str = ""
    type: str = ""
    settings: dict[str, object] = field(default_factory=dict)
    choices: ListDraft | None = None
    other: bool = False
    export_name: str = ""
    expressions: dict[str, Expression] = field(default_factory=dict)

    def around(self) -> list["Draft"]:
        """Return the containers around it, innermost first."""
        found, outer = [], self.parent
        while outer is not None:
            found.append(outer)
            outer = outer.parent
        return found

    def repeats(self) -> list["Draft"]:
        """Return the repeats around it, innermost first."""
        return [outer for outer in self.around() if outer.shape == "repeat"]


def walk_drafts(drafts: list[Draft]) -> list[Draft]:
    """Return every draft, outer before inner, in order."""
    found = []
    for draft in drafts:
        found.append(draft)
        found += walk_drafts(draft.children)
    return found


@dataclass(frozen=True)
class Target:
    """What a name leads to: an item, one part of a question, or the day it is."""

    draft: Draft | None = None
    part: str = ""

    @property
    def is_today(self) -> bool:
        """Say whether the name stands for today."""
        return self.draft is None


class Names:
    """Every name of a form; `gone` says why a row is not here."""

    def __init__(self) -> None:
        self.targets: dict[str, list[Target]] = {}
        self.gone: dict[str, object] = {}
        self.gone_keys: dict[str, object] = {}

    def lose(self, name: str, reason: object) -> None:
        """Remember a row that was left out."""
        if name:
            self.gone.setdefault(name, reason)

    def forget(self, draft: Draft) -> None:
        """Take a draft out that was left out later, with the items in it."""
        for one in walk_drafts([draft]):
            left = [t for t in self.targets.get(one.name, []) if t.draft is not one]
            self.targets[one.name] = left
            reason = s_lazy("“%(name)s” is left out.", name=one.name)
            self.lose(one.name, reason)
            self.gone_keys[one.key] = reason

    def find(self, name: str, reader: Draft | None) -> Target:
        """Return what a name means where `reader` stands; raises UntranslatableError.

        Of several questions with one name the nearest counts: the one that shares most containers.
        """
        found = self.targets.get(name, [])
        if not found:
            raise UntranslatableError(self._reason(name))
        if len(found) == 1 or reader is None:
            return found[0]
        mine = set(reader.around()) | {reader}

        def shared(target: Target) -> tuple[int, bool]:
            around = target.draft.around() if target.draft else []
            is_question = target.draft is not None and target.draft.shape == "question"
            return len(mine & set(around)), is_question

        return max(found, key=lambda target: (shared(target)[1], shared(target)[0]))

    def _reason(self, name: str) -> object:
        if name in self.gone:
            return self.gone[name]
        return s_lazy("It reads “%(key)s”, but there is no such question.", key=name)


def name_all(drafts: list[Draft], names: Names, report: Report, as_is: bool) -> None:
    """Give every item a key of its own; questions keep their names before groups do."""
    taken: set[str] = set()
    every = walk_drafts(drafts)
    times = Counter(draft.name for draft in every if draft.shape == "question")
    for draft in sorted(every, key=lambda one: one.shape != "question"):
        fit = draft.name if _KEY.fullmatch(draft.name) else fit_key(draft.name)
        draft.key = _free(fit, taken)
        taken.add(draft.key)
        known = names.targets.setdefault(draft.name, [])
        known.append(Target(draft))
        if draft.key != draft.name and times[draft.name] == 1 and draft.row.cell("name"):
            draft.export_name = draft.name
        if draft.key != draft.name and draft.row.cell("name") and not as_is:
            _tell(draft, len(known) > 1, report)


def _tell(draft: Draft, is_double: bool, report: Report) -> None:
    if is_double:
        reason = s_lazy(
            "The name is there twice. This one is called “%(key)s” from here on.", key=draft.key
        )
    else:
        reason = s_lazy("The name cannot be a key. It is “%(key)s” from here on.", key=draft.key)
    if is_double and draft.shape == "question":
        report.loss(draft.row.spot("name"), draft.name, reason)
    else:
        report.note(draft.row.spot("name"), draft.name, reason)


def fit_key(name: str) -> str:
    """Return a key as like the name as possible: Latin letters, digits, `_` and `-`."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    fit = regex.sub(r"[^A-Za-z0-9_-]+", "_", plain)
    if not regex.search(r"[A-Za-z0-9]", fit):
        fit = hashlib.sha256(name.encode()).hexdigest()[:8]
    if not regex.match(r"[A-Za-z_]", fit):
        fit = f"q_{fit}"
    return shortened(fit, _LONGEST)


def _free(key: str, taken: set[str]) -> str:
    number, free = 1, key
    while free in taken:
        number += 1
        free = f"{key[: _LONGEST - 5]}_{number}"
    return free
