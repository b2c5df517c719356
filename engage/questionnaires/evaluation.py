"""Works out an expression: the authority on what a condition means.

Values are None (no answer), bool, number, text, or a list (several choices, or one entry per
repeat). A comparison of order with something that is no number is false; arithmetic with it gives
None. Dates are ISO text and count as days since 1970-01-01 in arithmetic and order, as in ODK
XForms: a month (`2027-03`) as its first day, and so a year (`2027`) beside a date or in a function
of dates. A year beside a number is a number.
"""

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import regex

from engage.questionnaires.expressions import Expression
from engage.questionnaires.values import (
    EPOCH,
    Value,
    as_date,
    as_number,
    as_numbers,
    as_text,
    as_truth,
    with_year_as_day,
)

#: (key of a question, whether of every entry of its repeat) → its value.
Lookup = Callable[[str, bool], Value]
_PATTERN_SECONDS = 0.1


def _no_label(_question: str, choice: str) -> str:
    return choice


@dataclass(frozen=True)
class Context:
    """What an expression may look at: answers by key, the value checked, the choice filtered."""

    answers: Lookup
    today: date
    labels: Callable[[str, str], str] = _no_label
    checked: Value = None
    columns: Mapping[str, str] = field(default_factory=dict)
    position: int = 1


def _same(left: Value, right: Value) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return as_truth(left) == as_truth(right)
    if isinstance(left, int | float) or isinstance(right, int | float):
        first, second = as_number(left), as_number(right)
        return first is not None and first == second
    return as_text(left) == as_text(right)


def _ordered(compare: Callable[[float, float], bool]) -> Callable[..., Value]:
    def compared(_context: Context, left: Value, right: Value) -> Value:
        first, second = as_numbers(left, right)
        return first is not None and second is not None and compare(first, second)

    return compared


def _arithmetic(work: Callable[[float, float], float]) -> Callable[..., Value]:
    def worked(_context: Context, left: Value, right: Value) -> Value:
        first, second = as_numbers(left, right)
        if first is None or second is None:
            return None
        try:
            result = work(first, second)
        except (ArithmeticError, ValueError):
            return None
        return result if isinstance(result, float) and math.isfinite(result) else None

    return worked


def _of_number(work: Callable[[float], float]) -> Callable[..., Value]:
    def worked(_context: Context, value: Value) -> Value:
        number = as_number(value)
        try:
            return None if number is None else float(work(number))
        except (ArithmeticError, ValueError):
            return None

    return worked


def _of_text(work: Callable[[str], Value]) -> Callable[..., Value]:
    return lambda _context, value: work(as_text(value))


def _of_texts(work: Callable[[str, str], Value]) -> Callable[..., Value]:
    return lambda _context, left, right: work(as_text(left), as_text(right))


def _entries(value: Value) -> list[Value]:
    if isinstance(value, list):
        return [entry for entry in value if entry not in (None, "")]
    return [] if value in (None, "") else [value]


def _numbers(values: Sequence[Value]) -> list[float]:
    flat = [entry for value in values for entry in _entries(value)]
    return [number for number in map(as_number, flat) if number is not None]


def _sum(_context: Context, value: Value) -> Value:
    total = sum(_numbers([value]))
    return total if math.isfinite(total) else None


def _mean(_context: Context, value: Value) -> Value:
    total, number = _sum(_context, value), len(_numbers([value]))
    return total / number if isinstance(total, int | float) and number else None


def _selected(_context: Context, value: Value, choice: Value) -> bool:
    wanted = as_text(choice)
    return any(
        wanted == as_text(entry) or (isinstance(entry, list) and _selected(_context, entry, choice))
        for entry in _entries(value)
    )


def _nth(_context: Context, value: Value, index: Value, start: int = 1) -> Value:
    number = as_number(index)
    entries = value if isinstance(value, list) else _entries(value)
    at = -1 if number is None else int(number) - start
    return entries[at] if 0 <= at < len(entries) else None


def _round(_context: Context, value: Value, digits: Value = 0.0) -> Value:
    """Round half up, as XPath and JavaScript do, not to even as Python does."""
    number, places = as_number(value), as_number(digits)
    if number is None or places is None or abs(places) > 15:
        return None
    scale = 10.0**places
    scaled = number * scale + 0.5
    return math.floor(scaled) / scale if math.isfinite(scaled) else None


def _substring(_context: Context, value: Value, start: Value, end: Value = None) -> Value:
    first, last = as_number(start), as_number(end)
    text = as_text(value)
    if first is None:
        return ""
    return text[max(int(first), 0) : None if last is None else max(int(last), 0)]


def _matches(_context: Context, value: Value, pattern: Value) -> bool:
    """Say whether the whole text has the form; a form that cannot be read matches nothing."""
    try:
        found = regex.fullmatch(as_text(pattern), as_text(value), timeout=_PATTERN_SECONDS)
    except (regex.error, TimeoutError):
        return False
    return found is not None


def _date(_context: Context, value: Value) -> Value:
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return (EPOCH + timedelta(days=math.floor(value))).isoformat()
        except OverflowError:
            return None
    day = as_date(with_year_as_day(value))
    return None if day is None else day.isoformat()


def _format_date(_context: Context, value: Value, form: Value) -> Value:
    day = as_date(_date(_context, value))
    if day is None:
        return ""
    parts = {
        "%Y": f"{day.year:04d}",
        "%y": f"{day.year % 100:02d}",
        "%m": f"{day.month:02d}",
        "%n": str(day.month),
        "%d": f"{day.day:02d}",
        "%e": str(day.day),
    }
    written = regex.sub(r"%[YymnDde]", lambda found: parts.get(found[0], found[0]), as_text(form))
    return str(written)


def _join(_context: Context, separator: Value, *values: Value) -> str:
    texts = [as_text(entry) for value in values for entry in _entries(value)]
    return as_text(separator).join(texts)


_FUNCTIONS: dict[str, Callable[..., Value]] = {
    "is": lambda _context, left, right: _same(left, right),
    "is_not": lambda _context, left, right: not _same(left, right),
    "more_than": _ordered(operator.gt),
    "at_least": _ordered(operator.ge),
    "less_than": _ordered(operator.lt),
    "at_most": _ordered(operator.le),
    "add": _arithmetic(operator.add),
    "subtract": _arithmetic(operator.sub),
    "multiply": _arithmetic(operator.mul),
    "divide": _arithmetic(operator.truediv),
    "modulo": _arithmetic(math.fmod),
    "power": _arithmetic(operator.pow),
    "negate": _of_number(operator.neg),
    "not": lambda _context, value: not as_truth(value),
    "answered": lambda _context, value: bool(_entries(value)),
    "selected": _selected,
    "count": lambda _context, value: len(_entries(value)),
    "selected_at": lambda context, value, index: _nth(context, value, index, start=0),
    "item": _nth,
    "split": _of_text(lambda text: list(text.split())),
    "sum": _sum,
    "mean": _mean,
    "smallest": lambda _context, *values: min(_numbers(values), default=None),
    "largest": lambda _context, *values: max(_numbers(values), default=None),
    "round": _round,
    "floor": _of_number(math.floor),
    "truncate": _of_number(math.trunc),
    "ceiling": _of_number(math.ceil),
    "absolute": _of_number(abs),
    "square_root": _of_number(math.sqrt),
    "number": lambda _context, value: as_number(value),
    "text": _of_text(lambda text: text),
    "concat": lambda _context, *values: "".join(as_text(value) for value in values),
    "join": _join,
    "length": _of_text(len),
    "contains": _of_texts(operator.contains),
    "starts_with": _of_texts(str.startswith),
    "ends_with": _of_texts(str.endswith),
    "substring": _substring,
    "upper": _of_text(str.upper),
    "lower": _of_text(str.lower),
    "matches": _matches,
    "date": _date,
    "format_date": _format_date,
}


def _leaf(node: Expression, context: Context) -> Value:
    if node.op == "value":
        return node.value
    if node.op == "answer":
        return _part(context.answers(node.name, node.every), node.part)
    if node.op == "self":
        return context.checked
    if node.op == "column":
        return context.columns.get(node.name, "")
    if node.op == "entries":
        return context.answers(node.name, False) or 0
    return context.position if node.op == "position" else context.today.isoformat()


def _part(value: Value, part: str) -> Value:
    if not part:
        return value
    if isinstance(value, list):
        return [_part(entry, part) for entry in value]
    return value.get(part) if isinstance(value, dict) else None


def _label(node: Expression, context: Context) -> str:
    question = node.args[0]
    chosen = _entries(_leaf(question, context))
    return ", ".join(context.labels(question.name, as_text(choice)) for choice in chosen)


def evaluate(node: Expression, context: Context) -> Value:
    """Return what the expression comes to in this context; it never raises for any answer."""
    if not node.args:
        return _leaf(node, context)
    if node.op == "all":
        return all(as_truth(evaluate(argument, context)) for argument in node.args)
    if node.op == "any":
        return any(as_truth(evaluate(argument, context)) for argument in node.args)
    if node.op == "if":
        test, then, otherwise = node.args
        return evaluate(then if as_truth(evaluate(test, context)) else otherwise, context)
    if node.op == "coalesce":
        values = (evaluate(argument, context) for argument in node.args)
        return next((value for value in values if value not in (None, "", [])), None)
    if node.op == "label":
        return _label(node, context)
    return _FUNCTIONS[node.op](context, *(evaluate(argument, context) for argument in node.args))


def holds(node: Expression | None, context: Context) -> bool:
    """Say whether a condition holds; no condition always does."""
    return node is None or as_truth(evaluate(node, context))
