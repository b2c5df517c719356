"""The closed tree in which conditions, constraints, filters and calculations are written.

It is stored as JSON inside the document, evaluated by `evaluation.py` on the server and by
`web/static/conditions.js` on the phone; `tests/vectors/expressions.json` holds both to one meaning.
"""

from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

Scalar = str | int | float | bool | None

#: What stands at the ends of the tree: a literal, an answer, the value being checked, a property
#: of the choice being filtered, the number of entries of a repeat, the place in it, today.
Leaf = Literal["value", "answer", "self", "column", "entries", "position", "today"]
Logic = Literal["all", "any", "not"]
Comparison = Literal["is", "is_not", "more_than", "at_least", "less_than", "at_most"]
Arithmetic = Literal["add", "subtract", "multiply", "divide", "modulo", "negate", "power"]
Function = Literal[
    "answered",
    "selected",
    "count",
    "selected_at",
    "split",
    "sum",
    "mean",
    "smallest",
    "largest",
    "if",
    "coalesce",
    "round",
    "floor",
    "ceiling",
    "truncate",
    "absolute",
    "square_root",
    "number",
    "text",
    "concat",
    "join",
    "length",
    "contains",
    "starts_with",
    "ends_with",
    "substring",
    "upper",
    "lower",
    "matches",
    "label",
    "item",
    "date",
    "format_date",
]
Op = Leaf | Logic | Comparison | Arithmetic | Function

#: How many arguments each operation takes: (at least, at most); None is any number.
ARITY: dict[str, tuple[int, int | None]] = {
    **dict.fromkeys(("value", "answer", "self", "column", "entries", "position", "today"), (0, 0)),
    **dict.fromkeys(("all", "any"), (1, None)),
    **dict.fromkeys(("not", "negate", "answered", "count", "split", "sum", "mean"), (1, 1)),
    **dict.fromkeys(("is", "is_not", "more_than", "at_least", "less_than", "at_most"), (2, 2)),
    **dict.fromkeys(("add", "subtract", "multiply", "divide", "modulo", "power"), (2, 2)),
    **dict.fromkeys(("selected", "selected_at", "contains", "starts_with", "ends_with"), (2, 2)),
    **dict.fromkeys(("matches", "item", "format_date"), (2, 2)),
    **dict.fromkeys(("smallest", "largest", "coalesce", "concat"), (1, None)),
    **dict.fromkeys(("floor", "ceiling", "truncate", "absolute", "square_root"), (1, 1)),
    **dict.fromkeys(("number", "text", "length", "upper", "lower", "date"), (1, 1)),
    "label": (1, 1),
    "if": (3, 3),
    "round": (1, 2),
    "join": (2, None),
    "substring": (2, 3),
}
_NAMED = {"answer", "column", "entries"}
#: Deeper trees are refused: they come from mistakes or mischief, and every walk here recurses.
MAX_DEPTH = 60


class Expression(BaseModel):
    """One node: an operation and its arguments.

    `value` belongs to `value`; `name` is the question key of `answer`, the choice property of
    `column` or the repeat of `entries`; `part` picks one row of a matrix or one half of a pair;
    `every` reads the answers of all entries of a repeat so far instead of only this entry's.
    `label` takes an `answer` and gives the words of the chosen choice. `item` gives the n-th entry
    (from 1) of a repeated answer, `split` the words of a text as a list.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    op: Op
    args: tuple["Expression", ...] = ()
    value: Scalar = None
    name: str = ""
    part: str = ""
    every: bool = False

    @model_validator(mode="after")
    def _is_well_formed(self) -> "Expression":
        least, most = ARITY[self.op]
        if len(self.args) < least or (most is not None and len(self.args) > most):
            raise ValueError(f"{self.op} takes another number of arguments")
        if (self.op in _NAMED) != bool(self.name):
            raise ValueError(f"{self.op}: a name is needed by answers, columns and entries only")
        if self.op == "label" and self.args[0].op != "answer":
            raise ValueError("label takes an answer")
        return self

    def walk(self) -> Iterator["Expression"]:
        """Yield this node and all below it."""
        yield self
        for argument in self.args:
            yield from argument.walk()

    def questions(self) -> set[str]:
        """Return the keys of the questions it reads."""
        return {node.name for node in self.walk() if node.op == "answer"}

    def columns(self) -> set[str]:
        """Return the choice properties it reads."""
        return {node.name for node in self.walk() if node.op == "column"}

    def depth(self) -> int:
        """Return the height of the tree."""
        return 1 + max((argument.depth() for argument in self.args), default=0)


def literal(value: Scalar) -> Expression:
    """Return a literal."""
    return Expression(op="value", value=value)


def answer(key: str, part: str = "") -> Expression:
    """Return a reference to an answer."""
    return Expression(op="answer", name=key, part=part)


def call(op: Op, *args: Expression) -> Expression:
    """Return an operation on arguments."""
    return Expression(op=op, args=args)
