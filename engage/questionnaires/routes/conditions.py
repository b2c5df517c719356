"""Conditions of an item: rows of question, operator and value, or a formula for the rest."""

from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from engage.accounts.current import person
from engage.communities.models import Community
from engage.communities.permissions import Permission, requires
from engage.i18n.gettext import s_, s_lazy
from engage.i18n.text import with_fallback
from engage.questionnaires.actions import save_draft
from engage.questionnaires.checking.order import Order
from engage.questionnaires.conditions import (
    Rows,
    expression_of,
    operators_for,
    rows_of,
)
from engage.questionnaires.document import Document, Item, Question
from engage.questionnaires.editing import with_item
from engage.questionnaires.expressions import Expression
from engage.questionnaires.forms.conditions import (
    AskForm,
    FormulaForm,
    HowForm,
    RowForm,
    value_choices,
)
from engage.questionnaires.formulas import formula_of, read_formula
from engage.questionnaires.models import Questionnaire
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.rebuilding import remade
from engage.questionnaires.refusals import Refused
from engage.questionnaires.routes.pages import (
    back_to,
    blueprint,
    found_or_404,
    item_or_404,
    keep,
    source_of,
)
from engage.questionnaires.wording import expression_in_words

#: Field of an item → what it is called, and what it is for.
FIELDS: dict[str, tuple[Any, Any]] = {
    "relevant": (s_lazy("When it is asked"), s_lazy("Without a condition everybody is asked.")),
    "constraint": (
        s_lazy("Check of the answer"),
        s_lazy("An answer that does not pass is not taken."),
    ),
    "choice_filter": (
        s_lazy("Which choices are offered"),
        s_lazy("Compares a column of the choices with an earlier answer."),
    ),
    "calculation": (s_lazy("Calculation"), s_lazy("What the value is worked out from.")),
    "times": (
        s_lazy("Number of entries"),
        s_lazy("Without it, people add entries themselves."),
    ),
}
#: Those that are made of rows; the others are formulas.
_IN_ROWS = {"relevant", "constraint"}


@dataclass(frozen=True)
class Edited:
    """The condition at hand: whose it is, and what it says now."""

    found: Questionnaire
    document: Document
    item: Item
    field: str

    @property
    def expression(self) -> Expression | None:
        """Return what is stored."""
        stored: Expression | None = getattr(self.item, self.field)
        return stored

    @property
    def rows(self) -> Rows | None:
        """Return it as rows, or None where it says more than rows can."""
        return rows_of(self.expression, self.document) if self.field in _IN_ROWS else None

    @property
    def opened(self) -> str:
        """Return what a form carries to notice that somebody else changed it."""
        return self.expression.model_dump_json(exclude_defaults=True) if self.expression else ""


def _edited(community: Community, key: str, item_key: str, field: str) -> Edited:
    found = found_or_404(community, key, to_change=request.method == "POST")
    document = found.draft_document
    item = item_or_404(document, item_key)
    if field not in FIELDS or field not in type(item).model_fields:
        abort(404)
    return Edited(found, document, item, field)


@blueprint.get("/c/<community>/questionnaires/<key>/items/<item_key>/conditions/<field>")
@requires(Permission.EDIT_QUESTIONNAIRES)
def condition(community: Community, key: str, item_key: str, field: str) -> ResponseReturnValue:
    """Show a condition, and the way to change it."""
    return _page(_edited(community, key, item_key, field))


@blueprint.post("/c/<community>/questionnaires/<key>/items/<item_key>/conditions/<field>")
@requires(Permission.EDIT_QUESTIONNAIRES)
def change_condition(
    community: Community, key: str, item_key: str, field: str
) -> ResponseReturnValue:
    """Add a row, take one away, say how they go together, or write a formula."""
    edited = _edited(community, key, item_key, field)
    steps = {"add": _add, "remove": _remove, "how": _how, "clear": _clear, "formula": _formula}
    step = steps.get(request.form.get("do", ""))
    if step is None:
        abort(400)
    if request.form.get("opened", "") != edited.opened:
        words = s_("Somebody else has changed this condition. It is shown as it is now.")
        return _page(edited, clash=words), 409
    return step(edited)


def _store(edited: Edited, expression: Expression | None) -> ResponseReturnValue:
    changed = remade(edited.item, **{edited.field: expression})
    save_draft(edited.found, with_item(edited.document, changed), who=person())
    keep(s_("Saved"))
    return back_to(
        "questionnaires.condition", edited.found, item_key=edited.item.key, field=edited.field
    )


def _add(edited: Edited) -> ResponseReturnValue:
    form = _row_form(edited, request.form.get("question", ""))
    rows = edited.rows
    if form is None or rows is None:
        abort(400)
    if not form.validate_on_submit():
        return _page(edited, row_form=form)
    added = Rows((*rows.rows, form.row), rows.is_any)
    return _store(edited, expression_of(added))


def _remove(edited: Edited) -> ResponseReturnValue:
    rows, number = edited.rows, request.form.get("row", "")
    if rows is None or not (number.isascii() and number.isdigit()):
        abort(400)
    left = tuple(row for index, row in enumerate(rows.rows) if index != int(number))
    return _store(edited, expression_of(Rows(left, rows.is_any)))


def _how(edited: Edited) -> ResponseReturnValue:
    rows = edited.rows
    if rows is None:
        abort(400)
    return _store(edited, expression_of(Rows(rows.rows, request.form.get("how") == "any")))


def _clear(edited: Edited) -> ResponseReturnValue:
    return _store(edited, None)


def _formula(edited: Edited) -> ResponseReturnValue:
    form = FormulaForm()
    if not form.validate_on_submit():
        return _page(edited, formula_form=form)
    written = (form.formula.data or "").strip()
    if not written:
        return _store(edited, None)
    try:
        expression = read_formula(edited.document, edited.item.key, edited.field, written)
    except Refused as refused:
        form.formula.errors = [refused.message]
        return _page(edited, formula_form=form)
    return _store(edited, expression)


def readable_questions(document: Document, item: Item) -> list[Question]:
    """Return the questions whose answers are known when this item's turn comes."""
    order = Order(document)
    return [
        question
        for question in document.questions.values()
        if question.key != item.key
        and question.type in QUESTION_TYPES
        and order.complaint(item.key, Expression(op="answer", name=question.key)) is None
    ]


def _named(document: Document, question: Question) -> str:
    return with_fallback(question.label, source_of(document)).text or question.key


def _row_form(edited: Edited, question_key: str) -> RowForm | None:
    """Return the form of a new row about a question, or about the answer that is checked."""
    document, item = edited.document, edited.item
    if edited.field == "constraint":
        question = item if isinstance(item, Question) else None
        question_key = ""
    else:
        readable = {one.key: one for one in readable_questions(document, item)}
        question = readable.get(question_key)
    if question is None or question.type not in QUESTION_TYPES:
        return None
    form = RowForm(operators=operators_for(question), choices=value_choices(document, question))
    form.question.data = question_key
    form.opened.data = edited.opened
    return form


def _page(
    edited: Edited,
    *,
    row_form: RowForm | None = None,
    formula_form: FormulaForm | None = None,
    clash: str = "",
) -> str:
    document, item, rows = edited.document, edited.item, edited.rows
    asked = request.args.get("question", "")
    if row_form is None and rows is not None and (asked or edited.field == "constraint"):
        row_form = _row_form(edited, asked)
    if formula_form is None:
        formula_form = FormulaForm(formdata=None)
        formula_form.formula.data = formula_of(document, item.key, edited.expression)
    formula_form.opened.data = edited.opened
    questions = [(one.key, _named(document, one)) for one in readable_questions(document, item)]
    label, help_text = FIELDS[edited.field]
    return render_template(
        "questionnaires/condition.html",
        community=edited.found.community,
        questionnaire=edited.found,
        item=item,
        field_name=edited.field,
        label=label,
        help_text=help_text,
        rows=_in_words(document, rows),
        words=_words(edited),
        how=HowForm(data={"how": "any" if rows and rows.is_any else "all"}),
        ask=AskForm(questions=questions, formdata=None) if questions else None,
        row_form=row_form,
        about=_about(edited, row_form),
        formula_form=formula_form,
        form=row_form if row_form and row_form.errors else formula_form,
        opened=edited.opened,
        clash=clash,
    )


def _about(edited: Edited, form: RowForm | None) -> str:
    question = edited.document.questions.get(form.question.data or "") if form else None
    return _named(edited.document, question) if question else s_("this answer")


def _words(edited: Edited) -> str:
    if edited.expression is None:
        return ""
    return expression_in_words(edited.expression, edited.document, source_of(edited.document))


def _in_words(document: Document, rows: Rows | None) -> list[str] | None:
    """Return each row as a sentence; None where the condition is not made of rows."""
    if rows is None:
        return None
    made = (expression_of(Rows((row,))) for row in rows.rows)
    source = source_of(document)
    return [expression_in_words(each, document, source) for each in made if each is not None]
