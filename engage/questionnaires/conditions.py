"""Conditions as rows of “question – operator – value”, as far as they can be put like that.

Rows make an expression and are read back from one. What is more than rows stays an expression that
the editor shows in words and leaves alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engage.i18n.gettext import s_lazy
from engage.questionnaires.document import Document, Question
from engage.questionnaires.expressions import Expression, Op, answer, call, literal
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.typed import readings_of_number
from engage.questionnaires.values import as_text

#: Operators of rows, in the editor's order; those with `not_` turn the one after it round.
OPERATORS: dict[str, Any] = {
    "is": s_lazy("is"),
    "is_not": s_lazy("is not"),
    "selected": s_lazy("includes"),
    "not_selected": s_lazy("does not include"),
    "at_least": s_lazy("is at least"),
    "at_most": s_lazy("is at most"),
    "more_than": s_lazy("is more than"),
    "less_than": s_lazy("is less than"),
    "contains": s_lazy("contains"),
    "answered": s_lazy("is answered"),
    "not_answered": s_lazy("is not answered"),
}
_NUMERIC = {"at_least", "at_most", "more_than", "less_than"}
_WITHOUT_VALUE = {"answered", "not_answered"}


@dataclass(frozen=True)
class ConditionRow:
    """One row: what of a question must be so. `question` is empty for the answer being checked."""

    question: str
    operator: str
    value: str = ""
    part: str = ""


@dataclass(frozen=True)
class Rows:
    """Rows of which all or any must hold."""

    rows: tuple[ConditionRow, ...] = ()
    is_any: bool = False


def operators_for(question: Question) -> list[str]:
    """Return the operators that make sense for a question, by its type."""
    known = QUESTION_TYPES[question.type].operators if question.type in QUESTION_TYPES else ()
    return [name for name in OPERATORS if name.removeprefix("not_") in _with_negations(known)]


def _with_negations(known: Sequence[str]) -> set[str]:
    return {*known, *(["is_not"] if "is" in known else [])}


def expression_of(rows: Rows) -> Expression | None:
    """Return the expression that rows say; None for no rows."""
    parts = [_of_row(row) for row in rows.rows]
    if not parts:
        return None
    if len(parts) == 1:
        return parts[0]
    return call("any" if rows.is_any else "all", *parts)


def _of_row(row: ConditionRow) -> Expression:
    subject = answer(row.question, row.part) if row.question else Expression(op="self")
    negated = row.operator.startswith("not_")
    op: Op = row.operator.removeprefix("not_")  # type: ignore[assignment]
    made = call(op, subject) if op == "answered" else call(op, subject, _literal(row))
    return call("not", made) if negated else made


def _literal(row: ConditionRow) -> Expression:
    """Return the value compared with: a number where numbers are compared, else text."""
    readings = readings_of_number(row.value, decimals=0) if row.operator in _NUMERIC else ()
    if len(readings) == 1:
        number = readings[0]
        return literal(int(number) if number == number.to_integral_value() else float(number))
    return literal(row.value.strip())


def rows_of(expression: Expression | None, document: Document) -> Rows | None:
    """Return an expression as rows, or None where it says more than rows can."""
    if expression is None:
        return Rows()
    parts = expression.args if expression.op in {"all", "any"} else (expression,)
    rows = [_row(part, document) for part in parts]
    known = tuple(row for row in rows if row is not None)
    if len(known) < len(rows):
        return None
    return Rows(known, is_any=expression.op == "any")


def _row(node: Expression, document: Document) -> ConditionRow | None:
    negated = node.op == "not"
    inner = node.args[0] if negated else node
    operator = f"not_{inner.op}" if negated else inner.op
    if operator not in OPERATORS:
        return None
    subject = inner.args[0]
    if subject.op not in {"answer", "self"} or subject.every:
        return None
    if subject.op == "answer" and subject.name not in document.questions:
        return None
    if operator in _WITHOUT_VALUE:
        return ConditionRow(subject.name, operator, part=subject.part)
    value = inner.args[1]
    if value.op != "value" or isinstance(value.value, bool) or value.value is None:
        return None
    return ConditionRow(subject.name, operator, as_text(value.value), subject.part)


def needs_value(operator: str) -> bool:
    """Say whether an operator compares with something."""
    return operator not in _WITHOUT_VALUE


def is_numeric(operator: str) -> bool:
    """Say whether an operator compares numbers (or dates)."""
    return operator in _NUMERIC
