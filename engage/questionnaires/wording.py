"""Any condition, check or calculation in words, for staff: “Do you have children?” is “Yes”.

What residents are told stands in `telling.py`: only what can be said in a plain sentence. Here
nothing is left out, so that staff can read back what a spreadsheet has brought in.
"""

from collections.abc import Callable
from typing import Any

from engage.i18n.formats import listing, number
from engage.i18n.gettext import s_, s_lazy
from engage.i18n.text import Text, with_fallback
from engage.questionnaires.checking.conditions import values_of
from engage.questionnaires.document import Document, Question, Repeat, walk
from engage.questionnaires.expressions import Expression
from engage.questionnaires.piping import nothing_known, piped_text
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.values import as_text

#: Operation → sentence; `a` and `b` are its arguments in words.
SENTENCES: dict[str, Any] = {
    "is": s_lazy("%(a)s is %(b)s"),
    "is_not": s_lazy("%(a)s is not %(b)s"),
    "more_than": s_lazy("%(a)s is more than %(b)s"),
    "at_least": s_lazy("%(a)s is %(b)s or more"),
    "less_than": s_lazy("%(a)s is less than %(b)s"),
    "at_most": s_lazy("%(a)s is %(b)s or less"),
    "selected": s_lazy("%(b)s is chosen in %(a)s"),
    "answered": s_lazy("%(a)s is answered"),
    "contains": s_lazy("%(a)s contains %(b)s"),
    "starts_with": s_lazy("%(a)s begins with %(b)s"),
    "ends_with": s_lazy("%(a)s ends with %(b)s"),
    "matches": s_lazy("%(a)s has the form %(b)s"),
    "not": s_lazy("not: %(a)s"),
    "add": s_lazy("%(a)s + %(b)s"),
    "subtract": s_lazy("%(a)s − %(b)s"),
    "multiply": s_lazy("%(a)s × %(b)s"),
    "divide": s_lazy("%(a)s ÷ %(b)s"),
    "modulo": s_lazy("what is left of %(a)s ÷ %(b)s"),
    "power": s_lazy("%(a)s to the power of %(b)s"),
    "negate": s_lazy("− %(a)s"),
    "count": s_lazy("the number of answers in %(a)s"),
    "sum": s_lazy("the sum of %(a)s"),
    "mean": s_lazy("the mean of %(a)s"),
    "smallest": s_lazy("the smallest of %(all)s"),
    "largest": s_lazy("the largest of %(all)s"),
    "coalesce": s_lazy("the first answer among %(all)s"),
    "concat": s_lazy("%(all)s put together"),
    "length": s_lazy("the number of characters in %(a)s"),
    "round": s_lazy("%(a)s rounded"),
    "number": s_lazy("%(a)s as a number"),
    "text": s_lazy("%(a)s as text"),
    "label": s_lazy("the words of %(a)s"),
    "date": s_lazy("%(a)s as a date"),
}
_OPPOSITES: dict[str, Any] = {
    "answered": s_lazy("%(a)s is not answered"),
    "selected": s_lazy("%(b)s is not chosen in %(a)s"),
    "is": SENTENCES["is_not"],
}
_COMPARING = {"is", "is_not", "selected"}


def expression_in_words(expression: Expression, document: Document, language: str) -> str:
    """Return what an expression says; questions and choices are quoted in `language`."""
    return _Words(document, language).of(expression)


class _Words:
    def __init__(self, document: Document, language: str) -> None:
        self.document, self.language = document, language
        self.leaves: dict[str, Callable[[Expression], str]] = {
            "value": lambda node: self.literal(node.value),
            "answer": self.answer,
            "self": lambda _node: s_("this answer"),
            "column": lambda node: s_("the column “%(name)s” of the choice", name=node.name),
            "entries": self.entries,
            "position": lambda _node: s_("the number of the entry"),
            "today": lambda _node: s_("today"),
        }

    def of(self, node: Expression, *, inside: bool = False) -> str:
        if node.op in self.leaves:
            return self.leaves[node.op](node)
        if node.op in {"all", "any"}:
            return self.several(node, inside)
        if node.op == "if":
            test, then, otherwise = (self.of(argument, inside=True) for argument in node.args)
            return s_(
                "%(then)s if %(test)s, else %(otherwise)s",
                then=then,
                test=test,
                otherwise=otherwise,
            )
        if node.op == "not" and node.args[0].op in _OPPOSITES:
            return self.filled(_OPPOSITES[node.args[0].op], node.args[0])
        if node.op in SENTENCES:
            return self.filled(SENTENCES[node.op], node)
        parts = listing([self.of(argument, inside=True) for argument in node.args])
        return s_("%(name)s of %(parts)s", name=node.op.replace("_", " "), parts=parts)

    def several(self, node: Expression, inside: bool) -> str:
        parts = [self.of(argument, inside=True) for argument in node.args]
        if len(parts) == 1:
            return parts[0]
        words = listing(parts, "and" if node.op == "all" else "or")
        return s_("(%(conditions)s)", conditions=words) if inside else words

    def filled(self, sentence: Any, node: Expression) -> str:
        parts = self.arguments(node)
        named = dict(zip("ab", parts, strict=False))
        return str(sentence) % {"a": "", "b": "", **named, "all": listing(parts)}

    def arguments(self, node: Expression) -> list[str]:
        """Return the arguments in words; what a question is compared with, as its choice."""
        question = self.question(node.args[0])
        if node.op not in _COMPARING or question is None:
            return [self.of(argument, inside=True) for argument in node.args]
        left, right = node.args
        words = self.of(right, inside=True)
        if right.op == "value" and as_text(right.value) in values_of(self.document, question):
            words = self.choice(question, as_text(right.value))
        return [self.of(left, inside=True), words]

    def question(self, node: Expression) -> Question | None:
        return self.document.questions.get(node.name) if node.op == "answer" else None

    def choice(self, question: Question, key: str) -> str:
        kind, known = QUESTION_TYPES[question.type], self.document.choice(question, key)
        label = known.label if known else self.label_of_code(question, key)
        words = with_fallback(label, self.language).text
        return s_("“%(words)s”", words=words or kind.text(question, self.document, key, "") or key)

    def label_of_code(self, question: Question, key: str) -> Text:
        codes = QUESTION_TYPES[question.type].codes(question, self.document)
        return next((code.label for code in codes if code.value == key), {})

    def answer(self, node: Expression) -> str:
        question = self.question(node)
        label = with_fallback(question.label, self.language).text if question else ""
        is_calculated = question is not None and (
            question.type in QUESTION_TYPES and QUESTION_TYPES[question.type].is_calculated
        )
        words = piped_text(label, nothing_known) if label and not is_calculated else node.name
        if node.part:
            return s_("“%(words)s” (%(part)s)", words=words, part=node.part)
        if node.every:
            return s_("every answer to “%(words)s”", words=words)
        return s_("“%(words)s”", words=words)

    def entries(self, node: Expression) -> str:
        found = next((one for one, _ in walk(self.document.items) if one.key == node.name), None)
        title = found.title if isinstance(found, Repeat) else {}
        words = with_fallback(title, self.language).text or node.name
        return s_("the number of entries in “%(words)s”", words=words)

    def literal(self, value: Any) -> str:
        if isinstance(value, bool):
            return s_("yes") if value else s_("no")
        if isinstance(value, int | float):
            return number(value, None)
        return s_("“%(words)s”", words=as_text(value)) if value else s_("empty")
