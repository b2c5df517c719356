"""Makes the rows of the survey sheet into a tree of items, and says which rows cannot be one."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from engage.i18n.gettext import s_lazy
from engage.questionnaires.checking.structure import MAX_NESTING
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.xlsform import kinds
from engage.questionnaires.xlsform.choices import ListDraft, without_other
from engage.questionnaires.xlsform.extras import extra_json, extra_yes
from engage.questionnaires.xlsform.form import Row, says_yes
from engage.questionnaires.xlsform.headings import OWN
from engage.questionnaires.xlsform.kinds import Kind, kind_of
from engage.questionnaires.xlsform.names import Draft, Names, Target
from engage.questionnaires.xlsform.parameters import parameters_of
from engage.questionnaires.xlsform.report import Report

#: Drafts may be deeper than what can be published, but not without end.
_DEEPEST = 60


@dataclass
class Tree:
    """The items of a form with what is needed to place them; `as_is` leaves every row in place."""

    report: Report
    names: Names
    lists: dict[str, ListDraft]
    as_is: bool
    drafts: list[Draft] = field(default_factory=list)
    open: list[Draft] = field(default_factory=list)
    #: Parts that were left out: how many of them are open.
    skipped: int = 0

    def add(self, row: Row) -> None:
        """Put one row in its place."""
        kind = self._within_the_file(kind_of(row.cell("type")))
        if kind.word == kinds.BEGIN and kind.part:
            self._begin(row, kind)
        elif kind.word == kinds.END and kind.part:
            self._end(row, kind)
        elif not self.skipped and self.open and self.open[-1].shape == "question":
            self._part(row)
        elif not self.skipped and self._may_stay(row, kind):
            self._question(row, kind)

    def _within_the_file(self, kind: Kind) -> Kind:
        """Return `select_one_external` as `select_one` where the file holds the list itself."""
        word = kind.word.removesuffix("_external")
        if word == kind.word or kind.argument not in self.lists:
            return kind
        return replace(kind, word=word)

    def close(self) -> None:
        """Name the parts that nobody ended."""
        for draft in self.open:
            self.report.problem(
                draft.row.spot("type"), draft.name, s_lazy("This part is begun but never ended.")
            )

    def _begin(self, row: Row, kind: Kind) -> None:
        is_within_question = bool(self.open) and self.open[-1].shape == "question"
        if self.skipped or is_within_question or says_yes(row.cell("disabled")):
            self.skipped += 1
            if self.skipped == 1 and not is_within_question:
                self._leave_out(row, s_lazy("The row is switched off."))
            return
        if not kind.is_known:
            reason = s_lazy("Nobody here knows parts of this kind.")
            self.report.problem(row.spot("type"), row.cell("type"), reason)
        is_question = f"{OWN}:type" in row.cells
        shape: Any = "repeat" if kind.part == kinds.REPEAT else "group"
        if len(self.open) >= (_DEEPEST if self.as_is else MAX_NESTING - 1):
            reason = s_lazy("Groups stand too deep inside each other.")
            self.report.problem(row.spot("type"), row.cell("name"), reason)
            self.skipped += 1
            return
        draft = self._draft(row, kind, "question" if is_question else shape)
        self.open.append(draft)

    def _end(self, row: Row, kind: Kind) -> None:
        if self.skipped:
            self.skipped -= 1
            return
        if not self.open:
            reason = s_lazy("This part is ended but never begun.")
            self.report.problem(row.spot("type"), row.cell("type"), reason)
            return
        begun = self.open.pop()
        if begun.kind.part != kind.part:
            reason = s_lazy("Another kind of part was begun in row %(row)s.", row=begun.row.number)
            self.report.problem(row.spot("type"), row.cell("type"), reason)

    def _part(self, row: Row) -> None:
        """Take a row for one part of the question around it, as an export writes them."""
        part = row.cells.get(f"{OWN}:part", "")
        target = Target(self.open[-1], part)
        self.names.targets.setdefault(row.cell("name"), []).append(target)

    def _draft(self, row: Row, kind: Kind, shape: Any) -> Draft:
        name = row.cell("name") or f"{kind.part or kind.word}_{row.number}"
        parent = self.open[-1] if self.open else None
        draft = Draft(row, kind, shape, name, parent)
        (parent.children if parent else self.drafts).append(draft)
        if shape == "question":
            self._be_asked(draft)
        return draft

    def _may_stay(self, row: Row, kind: Kind) -> bool:
        """Say whether a row can become a question at all; if not, why is told."""
        if f"{OWN}:type" in row.cells:
            return True
        if not row.cell("type"):
            if row.cell("name") or row.texts:
                self._lose(row, s_lazy("The row has no type."))
            return False
        if says_yes(row.cell("disabled")):
            self._leave_out(row, s_lazy("The row is switched off."))
            return False
        if not kind.is_known:
            reason = s_lazy("Nobody here knows this type of question.")
            self.report.problem(row.spot("type"), row.cell("type"), reason)
            return False
        if kind.word in kinds.ABOUT_THE_DEVICE:
            self._about_the_device(row, kind)
            return False
        return not self._is_lost(row, kind)

    def _is_lost(self, row: Row, kind: Kind) -> bool:
        reason: Any = None
        if kind.word in kinds.FROM_FILES or "search(" in row.cell("appearance"):
            reason = s_lazy(
                "It takes its choices from another file. Put them on the choices sheet."
            )
        elif kind.word in kinds.ELSEWHERE:
            reason = s_lazy("Only KoboToolbox asks this way. Ask it as a single question.")
        elif kind.word in kinds.MEDIA and self._type_of(row, kind.word) is None:
            reason = s_lazy("Pictures, recordings, files and drawings cannot be given as answers.")
        elif kind.word in kinds.SELECTS:
            listed = self.lists.get(kind.argument or row.cell("list_name"))
            if listed is None or not listed.choices:
                reason = _no_list(kind.argument or row.cell("list_name"))
        if reason is not None:
            self._lose(row, reason)
        return reason is not None

    def _about_the_device(self, row: Row, kind: Kind) -> None:
        """Note what is never collected; the day somebody answers is known without the device."""
        name = row.cell("name")
        if kind.word == "today" and name:
            self.names.targets.setdefault(name, []).append(Target())
        reason = s_lazy("Nothing about the device or its owner is kept.")
        self._leave_out(row, reason)

    def _leave_out(self, row: Row, reason: object) -> None:
        self.report.note(row.spot("type"), row.cell("name") or row.cell("type"), reason)
        self.names.lose(row.cell("name"), _gone(row))

    def _lose(self, row: Row, reason: object) -> None:
        self.report.loss(row.spot("type"), row.cell("type") or row.cell("name"), reason)
        self.names.lose(row.cell("name"), _gone(row))

    def _question(self, row: Row, kind: Kind) -> None:
        if kind.word in kinds.SELECTS and "label" in row.cell("appearance").split():
            # The first row of a table shows the choices once more; nobody answers it.
            kind = Kind(kinds.NOTE)
            if not row.texts.get("label"):
                self._leave_out(row, s_lazy("The heading of a table is not needed."))
                return
        self._draft(row, kind, "question")

    def _be_asked(self, draft: Draft) -> None:
        """Find the way to ask: the type an export names, else the first that takes the row."""
        row, kind = draft.row, draft.kind
        own = row.cell(f"{OWN}:type")
        if own:
            draft.type = own
            draft.settings = {}
            if own not in QUESTION_TYPES:
                reason = s_lazy("There is no type of question called “%(type)s”.", type=own)
                self.report.problem(row.spot(f"{OWN}:type"), own, reason)
        else:
            draft.type, draft.settings = self._type_or_plainer(draft)
        said = extra_json(row, "settings", dict)
        draft.settings = draft.settings if said is None else said
        self._give_choices(draft, kind)

    def _type_or_plainer(self, draft: Draft) -> tuple[str, dict[str, object]]:
        row, word = draft.row, draft.kind.word
        found = self._type_of(row, word)
        while found is None and word in kinds.PLAINER:
            word = kinds.PLAINER[word]
            found = self._type_of(row, word)
            if found is not None:
                reason = s_lazy("It is asked as “%(word)s” instead.", word=word)
                self.report.loss(row.spot("type"), row.cell("type"), reason)
        if found is None:
            reason = s_lazy("Nobody here knows this type of question.")
            self.report.problem(row.spot("type"), row.cell("type"), reason)
            return "", {}
        return found

    def _type_of(self, row: Row, word: str) -> tuple[str, dict[str, object]] | None:
        return next(types_for(row, word), None)

    def _give_choices(self, draft: Draft, kind: Kind) -> None:
        name = draft.row.cells.get(f"{OWN}:choice_list") or kind.argument
        name = name or draft.row.cell("list_name")
        if kind.word not in kinds.SELECTS and f"{OWN}:choice_list" not in draft.row.cells:
            return
        listed = self.lists.get(name) or ListDraft(name)
        draft.other = kind.or_other or extra_yes(draft.row, "other")
        kind_here = QUESTION_TYPES.get(draft.type)
        if draft.other and kind_here and not kind_here.may_have_other:
            reason = s_lazy("Words of one's own cannot be added to this type of question.")
            self.report.loss(draft.row.spot("type"), draft.row.cell("type"), reason)
            draft.other = False
        if draft.other and "other" in listed.by_key and not self.as_is:
            apart = f"{name}_or_other"
            without = without_other(listed, apart)
            draft.other = bool(without.by_key)
            listed = self.lists.setdefault(apart, without) if draft.other else listed
        draft.choices = listed


def types_for(row: Row, word: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the types that take a row, with their settings: as it looks, then without its looks."""
    for appearance in (row.cell("appearance").lower(), ""):
        for name, kind in QUESTION_TYPES.items():
            settings = kind.from_xlsform(word, appearance, parameters_of(row))
            if settings is not None:
                yield name, settings


def _no_list(name: str) -> object:
    if not name:
        return s_lazy("It names no list. Write the name of a list of choices behind the type.")
    return s_lazy("There is no list of choices called “%(name)s”.", name=name)


def _gone(row: Row) -> object:
    return s_lazy("“%(name)s” is left out.", name=row.cell("name"))


def without_empty_parts(drafts: list[Draft], tree: Tree) -> list[Draft]:
    """Return the items without groups and repeats in which nothing is left."""
    kept = []
    for draft in drafts:
        draft.children = without_empty_parts(draft.children, tree)
        if draft.shape != "question" and not draft.children:
            tree.report.note(
                draft.row.spot("type"), draft.name, s_lazy("Nothing is left in this part.")
            )
            tree.names.lose(draft.name, _gone(draft.row))
        else:
            kept.append(draft)
    return kept


def read_tree(
    rows: tuple[Row, ...], lists: dict[str, ListDraft], report: Report, as_is: bool
) -> Tree:
    """Return the items of the survey sheet as a tree."""
    tree = Tree(report, Names(), lists, as_is)
    for row in rows:
        tree.add(row)
    tree.close()
    if not as_is:
        tree.drafts = without_empty_parts(tree.drafts, tree)
    return tree
