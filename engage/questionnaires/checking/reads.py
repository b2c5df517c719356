"""The expressions of an item, and the answers they read."""

from engage.questionnaires.document import Item, Question, Repeat
from engage.questionnaires.expressions import MAX_DEPTH, Expression

_OF_QUESTION = ("relevant", "constraint", "calculation", "choice_filter")


def is_too_deep(expression: Expression) -> bool:
    """Say whether a tree is deeper than allowed, without recursing into it."""
    level, depth = [expression], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            return True
        level = [argument for node in level for argument in node.args]
    return False


def expressions_of(item: Item) -> dict[str, Expression]:
    """Return the expressions of an item by the field they stand in."""
    names: tuple[str, ...] = ("relevant",)
    if isinstance(item, Question):
        names = _OF_QUESTION
    elif isinstance(item, Repeat):
        names = ("relevant", "times")
    found = {name: getattr(item, name) for name in names}
    return {name: expression for name, expression in found.items() if expression is not None}


def reads_of(expression: Expression) -> list[Expression]:
    """Return the answers an expression reads and the repeats it counts; none if it is too deep."""
    if is_too_deep(expression):
        return []
    return [node for node in expression.walk() if node.op in {"answer", "entries"}]
