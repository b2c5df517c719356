"""Translates the expressions of a form where they stand, demand by demand."""

from engage.i18n.gettext import s_lazy
from engage.questionnaires.expressions import MAX_DEPTH, Expression, call
from engage.questionnaires.xlsform.functions import FUNCTIONS
from engage.questionnaires.xlsform.meaning import Meaning, Place
from engage.questionnaires.xlsform.syntax import Node, UntranslatableError, parse


def translate(text: str, place: Place) -> Expression:
    """Return the whole expression; raises UntranslatableError."""
    return _meant(parse(text), place)


def translate_condition(text: str, place: Place) -> tuple[Expression | None, list[object]]:
    """Return what can be said of a condition, and the reasons why the rest cannot.

    Of several demands joined by `and` those that cannot be said fall away, the others stay.
    """
    try:
        tree = parse(text)
    except UntranslatableError as error:
        return None, [error.reason]
    demands = tree.args if tree.kind == "chain" and tree.name == "and" else (tree,)
    kept: list[Expression] = []
    reasons: list[object] = []
    for demand in demands:
        try:
            kept.append(_meant(demand, place))
        except UntranslatableError as error:
            reasons.append(error.reason)
    return all_of(kept), reasons


def all_of(demands: list[Expression]) -> Expression | None:
    """Return one condition for several demands, None for none."""
    return call("all", *demands) if len(demands) > 1 else next(iter(demands), None)


def demands_of(condition: Expression | None) -> list[Expression]:
    """Return the demands of a condition, one by one."""
    if condition is None:
        return []
    return list(condition.args) if condition.op == "all" else [condition]


def _meant(node: Node, place: Place) -> Expression:
    made = Meaning(place, FUNCTIONS).of(node)
    if node.depth > MAX_DEPTH // 2 and made.depth() >= MAX_DEPTH:
        raise UntranslatableError(s_lazy("It is too long. Split it into several calculations."))
    return made
