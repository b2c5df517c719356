"""Builds the document from drafts that know their fields, conditions and place."""

from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from engage.questionnaires.document import (
    Choice,
    ChoiceList,
    Document,
    Group,
    Item,
    Question,
    Repeat,
)
from engage.questionnaires.expressions import Expression
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.xlsform.choices import ListDraft
from engage.questionnaires.xlsform.conditions import all_of, demands_of
from engage.questionnaires.xlsform.exact import exactly
from engage.questionnaires.xlsform.fields import Fields
from engage.questionnaires.xlsform.form import Form
from engage.questionnaires.xlsform.names import Draft, walk_drafts
from engage.questionnaires.xlsform.report import Report
from engage.questionnaires.xlsform.tree import Tree

#: Lists that an export makes for rows which have choices of their own: no lists of the document.
MADE_LIST = "engage_list_"


@dataclass
class Builder:
    """Holds the fields read once, so that the document can be built again when drafts change."""

    form: Form
    tree: Tree
    report: Report
    document_fields: dict[str, Any] = field(default_factory=dict)
    item_fields: dict[str, dict[str, Any]] = field(default_factory=dict)
    lists: dict[str, ChoiceList] = field(default_factory=dict)

    def read(self, fields: Fields, title: str) -> None:
        """Read the fields of everything."""
        used: set[str] = set()
        drafts = walk_drafts(self.tree.drafts)
        asked = sum(draft.type in QUESTION_TYPES for draft in drafts)
        self.document_fields = fields.document(self.form.settings, title, asked)
        for draft in drafts:
            if draft.shape == "question":
                self.item_fields[draft.key] = fields.question(draft)
                used.add(draft.choices.name if draft.choices else "")
            else:
                self.item_fields[draft.key] = fields.container(draft)
        for name, listed in self.tree.lists.items():
            if not name.startswith(MADE_LIST):
                self.lists[name] = self._list(listed, fields, name in used)

    def _list(self, listed: ListDraft, fields: Fields, is_used: bool) -> ChoiceList:
        made = []
        for draft in listed.choices:
            choice = Choice.model_validate(fields.choice(draft, is_used))
            made.append(exactly(choice, draft.row, self.report))
        return ChoiceList(choices=tuple(made))

    def document(self, *, exact: bool = False) -> Document:
        """Return the document; with `exact`, what exports keep beside the form is put in."""
        made = Document.model_validate(
            {
                "languages": self.form.languages,
                **self.document_fields,
                "choice_lists": self.lists,
                "items": tuple(self._item(draft, exact) for draft in self.tree.drafts),
            }
        )
        return exactly(made, self.form.settings, self.report) if exact else made

    def _item(self, draft: Draft, exact: bool) -> Item:
        fields: dict[str, Any] = {"key": draft.key, **self.item_fields.get(draft.key, {})}
        inside = tuple(self._item(child, exact) for child in draft.children)
        made: Item
        if draft.shape == "question":
            made = self._question(draft, fields)
        elif draft.shape == "group":
            made = Group.model_validate({**fields, **draft.expressions, "items": inside})
        else:
            made = Repeat.model_validate({**fields, **draft.expressions, "items": inside})
        return exactly(made, draft.row, self.report) if exact else made

    def _question(self, draft: Draft, fields: dict[str, Any]) -> Question:
        kind = QUESTION_TYPES.get(draft.type)
        has_list = draft.choices is not None and not draft.choices.name.startswith(MADE_LIST)
        made = Question.model_validate(
            {
                **fields,
                **draft.expressions,
                "type": draft.type,
                "settings": draft.settings,
                "choice_list": draft.choices.name if draft.choices and has_list else "",
            }
        )
        if kind is None or made.constraint is None:
            return made
        try:
            demanded = kind.as_constraint(made)
        except ValidationError:
            return made
        own = _without(made.constraint, demanded)
        return made if own is made.constraint else made.model_copy(update={"constraint": own})


def _without(constraint: Expression, demanded: Expression | None) -> Expression | None:
    """Return a check without what the settings demand anyway; exports write both together."""
    if demanded is None:
        return constraint
    if constraint == demanded:
        return None
    demands = demands_of(constraint)
    if len(demands) > 1 and demands[-1] == demanded:
        return all_of(demands[:-1])
    return constraint
