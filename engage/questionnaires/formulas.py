"""Expressions written out and read as formulas, in the language of XLSForm that the field knows."""

from collections.abc import Sequence
from dataclasses import dataclass

from engage.i18n.gettext import s_lazy
from engage.questionnaires.document import Document, Item, Question, Repeat
from engage.questionnaires.expressions import Expression
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.refusals import Refused
from engage.questionnaires.xlsform.choices import ChoiceDraft, ListDraft
from engage.questionnaires.xlsform.conditions import translate
from engage.questionnaires.xlsform.form import Row
from engage.questionnaires.xlsform.kinds import Kind
from engage.questionnaires.xlsform.meaning import Place
from engage.questionnaires.xlsform.names import Draft, Names, Shape, Target
from engage.questionnaires.xlsform.syntax import UntranslatableError
from engage.questionnaires.xlsform.writing import write


@dataclass(frozen=True)
class _Written:
    """How answers are called in a formula that stands in one item."""

    document: Document
    reader: str

    def reference(self, key: str, part: str) -> str:
        return f"${{{key}.{part}}}" if part else f"${{{key}}}"

    def path(self, key: str) -> str:
        return f"/data/{key}"

    def repeat_of(self, key: str) -> str:
        around = self.document.repeats_of.get(key, ())
        return around[-1] if around else ""

    def is_beside(self, key: str) -> bool:
        mine = self.document.repeats_of.get(self.reader, ())
        return bool(set(self.document.repeats_of.get(key, ())) & set(mine))

    def has_choices(self, key: str) -> bool:
        found = self.document.questions.get(key or self.reader)
        return found is not None and found.choice_list in self.document.choice_lists


def formula_of(document: Document, reader: str, expression: Expression | None) -> str:
    """Return an expression as a formula, as it may be read again; nothing for none."""
    return write(expression, _Written(document, reader)) if expression is not None else ""


def read_formula(document: Document, reader: str, field: str, formula: str) -> Expression:
    """Return the expression that a formula says; raises Refused with the reason."""
    names = Names()
    drafts = _drafts(document, document.items, names, None)
    own = drafts[reader]
    filtered = own.choices if field == "choice_filter" else None
    try:
        return translate(formula, Place(names, own, field, filtered))
    except UntranslatableError as error:
        raise Refused(error.reason, field="formula") from None
    except (ValueError, RecursionError):
        raise Refused(s_lazy("This formula cannot be read."), field="formula") from None


def _drafts(
    document: Document, items: Sequence[Item], names: Names, parent: Draft | None
) -> dict[str, Draft]:
    """Return every item as the reader of forms knows it, and give each its names."""
    found: dict[str, Draft] = {}
    for item in items:
        draft = Draft(
            row=Row("", 0),
            kind=Kind(""),
            shape=_shape(item),
            name=item.key,
            parent=parent,
            key=item.key,
        )
        names.targets[item.key] = [Target(draft)]
        found[item.key] = draft
        if isinstance(item, Question):
            _name_parts(document, item, draft, names)
        else:
            inside = _drafts(document, item.items, names, draft)
            draft.children = [inside[inner.key] for inner in item.items]
            found |= inside
    return found


def _shape(item: Item) -> Shape:
    if isinstance(item, Question):
        return "question"
    return "repeat" if isinstance(item, Repeat) else "group"


def _name_parts(document: Document, question: Question, draft: Draft, names: Names) -> None:
    kind = QUESTION_TYPES.get(question.type)
    for part in kind.parts(question, document) if kind else ():
        names.targets[f"{question.key}.{part}"] = [Target(draft, part)]
    if question.choice_list in document.choice_lists:
        draft.choices = ListDraft(
            question.choice_list,
            {
                choice.key: ChoiceDraft(Row("", 0), choice.key, choice.key, dict(choice.columns))
                for choice in document.choices(question)
            },
        )
