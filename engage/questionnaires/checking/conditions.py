"""Checks of conditions: they read what exists and was answered before, and never in a circle."""

from collections.abc import Collection, Iterator
from typing import Any

import regex
from pydantic import ValidationError

from engage.i18n.gettext import s_lazy
from engage.questionnaires.checking.order import Order
from engage.questionnaires.checking.problem import Problem
from engage.questionnaires.checking.reads import expressions_of, is_too_deep, reads_of
from engage.questionnaires.document import OTHER, Document, Item, Question, walk
from engage.questionnaires.expressions import Expression
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.texts import place_of
from engage.questionnaires.values import as_text

_COMPARING_CHOICES = {"is", "is_not", "selected"}


def condition_problems(document: Document) -> Iterator[Problem]:
    """Yield what is wrong with the conditions, filters and calculations of every item."""
    if any(question.type not in QUESTION_TYPES for question in document.questions.values()):
        return  # Said elsewhere; nothing can be known about what such a question holds.
    order = Order(document)
    for item, _repeats in walk(document.items):
        for name, expression in expressions_of(item).items():
            place = f"{place_of(item)}.{name}"
            if is_too_deep(expression):
                yield Problem(place, s_lazy("This condition is too long. Split it."))
                continue
            for message in _complaints(order, item, name, expression):
                yield Problem(place, message)


def _complaints(order: Order, item: Item, name: str, expression: Expression) -> Iterator[Any]:
    said = set()
    for node in reads_of(expression):
        complaint = order.complaint(item.key, node)
        if complaint is not None and str(complaint) not in said:
            said.add(str(complaint))
            yield complaint
    yield from _misplaced(name, expression)
    if isinstance(item, Question) and name == "choice_filter":
        yield from _unknown_columns(order.document, item, expression)


def _misplaced(name: str, expression: Expression) -> Iterator[Any]:
    ops = {node.op for node in expression.walk()}
    if "self" in ops and name != "constraint":
        yield s_lazy("Only the check of an answer can look at “this answer”.")
    if "column" in ops and name != "choice_filter":
        yield s_lazy("Only a filter of choices can look at the columns of choices.")
    for node in expression.walk():
        pattern = node.args[1] if node.op == "matches" else None
        if pattern is not None and pattern.op == "value" and not _is_pattern(pattern.value):
            yield s_lazy("The pattern “%(pattern)s” cannot be read.", pattern=pattern.value)


def _is_pattern(pattern: Any) -> bool:
    try:
        regex.compile(str(pattern))
    except regex.error:
        return False
    return True


def _unknown_columns(
    document: Document, question: Question, expression: Expression
) -> Iterator[Any]:
    known = {"name", *(name for choice in document.choices(question) for name in choice.columns)}
    for name in sorted(expression.columns() - known):
        yield s_lazy("No choice in the list has a column “%(name)s”.", name=name)


def condition_warnings(document: Document) -> Iterator[Problem]:
    """Yield conditions that compare with a choice the question does not have."""
    for item, _repeats in walk(document.items):
        for name, expression in expressions_of(item).items():
            if is_too_deep(expression):
                continue
            for node in expression.walk():
                if node.op in _COMPARING_CHOICES:
                    yield from _no_such_choice(document, node, f"{place_of(item)}.{name}")


def _no_such_choice(document: Document, node: Expression, place: str) -> Iterator[Problem]:
    left, right = node.args
    if left.op == "value":
        left, right = right, left
    question = document.questions.get(left.name) if left.op == "answer" else None
    if question is None or right.op != "value" or right.value in (None, ""):
        return
    known, wanted = values_of(document, question), as_text(right.value)
    if not known or wanted in known or (question.other and wanted == OTHER):
        return
    message = s_lazy(
        "“%(key)s” has no choice “%(choice)s”, so this never holds.",
        key=question.key,
        choice=wanted,
    )
    yield Problem(place, message)


def values_of(document: Document, question: Question) -> Collection[str]:
    """Return the values an answer may have, where they are known beforehand."""
    listed = document.choice_lists.get(question.choice_list)
    if listed is not None and listed.choices:
        return listed.by_key
    kind = QUESTION_TYPES.get(question.type)
    try:
        return {code.value for code in kind.codes(question, document)} if kind else set()
    except ValidationError:
        return set()
