"""Writes conditions and calculations as XLSForm's XPath, as like as that language allows.

What it cannot say is written nearly; the exact form stands beside it (`exact.py`).
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Protocol

import regex

from engage.questionnaires.expressions import Expression, literal

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_NAME = regex.compile(r"[\p{L}_][\p{L}\p{N}_.\-]*")
_SIGNS = {
    "is": "=",
    "is_not": "!=",
    "more_than": ">",
    "at_least": ">=",
    "less_than": "<",
    "at_most": "<=",
}
_FUNCTIONS = {
    "not": "not",
    "selected": "selected",
    "selected_at": "selected-at",
    "sum": "sum",
    "smallest": "min",
    "largest": "max",
    "if": "if",
    "round": "round",
    "floor": "floor",
    "ceiling": "ceiling",
    "truncate": "int",
    "absolute": "abs",
    "square_root": "sqrt",
    "power": "pow",
    "number": "number",
    "text": "string",
    "concat": "concat",
    "join": "join",
    "length": "string-length",
    "contains": "contains",
    "starts_with": "starts-with",
    "ends_with": "ends-with",
    "substring": "substr",
    "matches": "regex",
    "date": "date",
    "format_date": "format-date",
}
#: How closely each form binds: what binds less is put in brackets.
_OR, _AND, _COMPARED, _ADDED, _MULTIPLIED, _SIGNED, _WHOLE = range(1, 8)


class WrittenNames(Protocol):
    """How answers are called in the sheet, seen from one row."""

    def reference(self, key: str, part: str) -> str:
        """Return `${name}` of a question or of one row of it."""

    def path(self, key: str) -> str:
        """Return the path from the root."""

    def repeat_of(self, key: str) -> str:
        """Return the innermost repeat around a question, empty where there is none."""

    def is_beside(self, key: str) -> bool:
        """Say whether a question stands in a repeat that this row stands in too."""

    def has_choices(self, key: str) -> bool:
        """Say whether an answer is a list of choices already; no key means the row's own."""


def write(expression: Expression, names: WrittenNames) -> str:
    """Return an expression as XPath."""
    return _Writer(names).put(expression, _OR)


class _Writer:
    def __init__(self, names: WrittenNames) -> None:
        self.names = names

    def put(self, node: Expression, least: int) -> str:
        """Return a node, in brackets where it binds less than its surroundings need."""
        special: Callable[[Expression], tuple[str, int]] | None
        special = getattr(self, f"_{node.op}", None)
        text, binds = special(node) if special else self.usual(node)
        return f"({text})" if binds < least else text

    def usual(self, node: Expression) -> tuple[str, int]:
        if node.op in _SIGNS:
            left, right = (self.put(argument, _ADDED) for argument in node.args)
            return f"{left} {_SIGNS[node.op]} {right}", _COMPARED
        return self.function(_FUNCTIONS[node.op], *node.args), _WHOLE

    def function(self, name: str, *args: Expression) -> str:
        return f"{name}({', '.join(self.put(argument, _OR) for argument in args)})"

    def _value(self, node: Expression) -> tuple[str, int]:
        value = node.value
        if value is None:
            return "''", _WHOLE
        if isinstance(value, bool):
            return ("true()" if value else "false()"), _WHOLE
        if isinstance(value, int | float):
            return _number(value), _SIGNED if value < 0 else _WHOLE
        return _quoted(value), _WHOLE

    def _answer(self, node: Expression) -> tuple[str, int]:
        if node.every and not node.part and self.names.is_beside(node.name):
            return self.names.path(node.name), _WHOLE
        return self.names.reference(node.name, node.part), _WHOLE

    def _self(self, _node: Expression) -> tuple[str, int]:
        return ".", _WHOLE

    def _column(self, node: Expression) -> tuple[str, int]:
        return (node.name if _NAME.fullmatch(node.name) else _quoted(node.name)), _WHOLE

    def _entries(self, node: Expression) -> tuple[str, int]:
        return f"count(${{{node.name}}})", _WHOLE

    def _position(self, _node: Expression) -> tuple[str, int]:
        return "position(..)", _WHOLE

    def _today(self, _node: Expression) -> tuple[str, int]:
        return "today()", _WHOLE

    def _all(self, node: Expression) -> tuple[str, int]:
        if len(node.args) == 1:
            return self.function("boolean", *node.args), _WHOLE
        return " and ".join(self.put(argument, _COMPARED) for argument in node.args), _AND

    def _any(self, node: Expression) -> tuple[str, int]:
        if len(node.args) == 1:
            return self.function("boolean", *node.args), _WHOLE
        return " or ".join(self.put(argument, _AND) for argument in node.args), _OR

    def _not(self, node: Expression) -> tuple[str, int]:
        """`x = ''` is the form's usual way to say that nothing was answered."""
        if node.args[0].op == "answered":
            return f"{self.put(node.args[0].args[0], _ADDED)} = ''", _COMPARED
        return self.function("not", *node.args), _WHOLE

    def _answered(self, node: Expression) -> tuple[str, int]:
        return f"{self.put(node.args[0], _ADDED)} != ''", _COMPARED

    def _is(self, node: Expression) -> tuple[str, int]:
        return self._compared_with_nothing(node, "=")

    def _is_not(self, node: Expression) -> tuple[str, int]:
        return self._compared_with_nothing(node, "!=")

    def _compared_with_nothing(self, node: Expression, sign: str) -> tuple[str, int]:
        """Put `""` where a text is empty, since `''` says that nothing was answered."""
        left, right = node.args
        other = '""' if right == literal("") else self.put(right, _ADDED)
        return f"{self.put(left, _ADDED)} {sign} {other}", _COMPARED

    def _worked(self, node: Expression, sign: str, binds: int) -> tuple[str, int]:
        left, right = node.args
        return f"{self.put(left, binds)} {sign} {self.put(right, binds + 1)}", binds

    def _add(self, node: Expression) -> tuple[str, int]:
        return self._worked(node, "+", _ADDED)

    def _subtract(self, node: Expression) -> tuple[str, int]:
        return self._worked(node, "-", _ADDED)

    def _multiply(self, node: Expression) -> tuple[str, int]:
        return self._worked(node, "*", _MULTIPLIED)

    def _divide(self, node: Expression) -> tuple[str, int]:
        return self._worked(node, "div", _MULTIPLIED)

    def _modulo(self, node: Expression) -> tuple[str, int]:
        return self._worked(node, "mod", _MULTIPLIED)

    def _negate(self, node: Expression) -> tuple[str, int]:
        """A number with its sign is one number, so a turned sign stands in front of brackets."""
        inner = node.args[0]
        text = f"({self.put(inner, _OR)})" if inner.op == "value" else self.put(inner, _WHOLE)
        return f"-{text}", _SIGNED

    def _count(self, node: Expression) -> tuple[str, int]:
        """ODK counts the words of a text and the choices of an answer in one way."""
        inner = node.args[0]
        is_self = inner.op == "self" and self.names.has_choices("")
        is_list = is_self or (inner.op == "answer" and self.names.has_choices(inner.name))
        name = "count-selected" if is_list or inner.op == "split" else "count-non-empty"
        return self.function(name, inner), _WHOLE

    def _split(self, node: Expression) -> tuple[str, int]:
        """ODK's functions for choices take a text with spaces apart by themselves."""
        return self.put(node.args[0], _WHOLE), _WHOLE

    def _mean(self, node: Expression) -> tuple[str, int]:
        total, count = (self.function(name, *node.args) for name in ("sum", "count-selected"))
        return f"{total} div {count}", _MULTIPLIED

    def _label(self, node: Expression) -> tuple[str, int]:
        reference = self.names.reference(node.args[0].name, node.args[0].part)
        return f"jr:choice-name({reference}, '{reference}')", _WHOLE

    def _item(self, node: Expression) -> tuple[str, int]:
        read, number = node.args
        repeat = self.names.repeat_of(read.name) if read.op == "answer" else ""
        if not repeat:
            return f"selected-at({self.put(read, _OR)}, {self.put(number, _ADDED)} - 1)", _WHOLE
        reference = self.names.reference(read.name, read.part)
        return f"indexed-repeat({reference}, ${{{repeat}}}, {self.put(number, _OR)})", _WHOLE

    def _coalesce(self, node: Expression) -> tuple[str, int]:
        """ODK's takes two values, so more of them are nested."""
        *first, last = (self.put(argument, _OR) for argument in node.args)
        if not first:
            return f"coalesce({last}, '')", _WHOLE
        return "".join(f"coalesce({each}, " for each in first) + last + ")" * len(first), _WHOLE

    def _upper(self, node: Expression) -> tuple[str, int]:
        return self._translated(node, _LETTERS, _LETTERS.upper())

    def _lower(self, node: Expression) -> tuple[str, int]:
        return self._translated(node, _LETTERS.upper(), _LETTERS)

    def _translated(self, node: Expression, signs: str, put: str) -> tuple[str, int]:
        return f"translate({self.put(node.args[0], _OR)}, '{signs}', '{put}')", _WHOLE


def _number(value: int | float) -> str:
    text = repr(value)
    return format(Decimal(text), "f") if "e" in text else text


def _quoted(text: str) -> str:
    """Return a text in the quotation marks that do not stand in it; XPath has no escapes."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    parts = [f'"{part}"' if "'" in part else f"'{part}'" for part in regex.split('(")', text)]
    return f"concat({', '.join(parts)})"
