"""Conditions in words, for a page without JavaScript: when a question is for you."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from engage.i18n.formats import listing, number
from engage.i18n.gettext import gettext as _
from engage.i18n.text import in_language
from engage.questionnaires.document import Document, Question
from engage.questionnaires.expressions import Expression
from engage.questionnaires.piping import nothing_known, piped_text
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.values import as_number, as_text


@dataclass(frozen=True)
class Told:
    """What must be so for a question to be asked; no claims: it cannot be said shortly."""

    claims: tuple[str, ...]
    is_any: bool = False


@dataclass(frozen=True)
class _Teller:
    document: Document
    language: str

    def claim(self, node: Expression) -> str:
        """Return what a condition says, as a sentence, or nothing where that would be long."""
        teller = _TELLERS.get(node.op)
        return teller(self, node) if teller else ""

    def question(self, node: Expression) -> Question | None:
        """Return the question that a leaf reads, if it is one that people see."""
        if node.op != "answer" or node.part:
            return None
        found = self.document.questions.get(node.name)
        return found if found and QUESTION_TYPES[found.type].is_asked else None

    def words(self, question: Question) -> str:
        """Return the question as it is asked."""
        return piped_text(in_language(question.label, self.language), nothing_known)

    def choice(self, question: Question, key: Any) -> str:
        """Return the words of an answer."""
        kind = QUESTION_TYPES[question.type]
        try:
            return kind.text(question, self.document, key, self.language)
        except (TypeError, ValueError, KeyError, AttributeError):
            # A condition may compare with what is no answer to this type.
            return as_text(key)


def _asked_and_value(teller: _Teller, node: Expression) -> tuple[Question, Any] | None:
    left, right = node.args
    question = teller.question(left)
    if question is None or right.op != "value" or right.value in (None, ""):
        return None
    return question, right.value


def _said(teller: _Teller, node: Expression) -> dict[str, str]:
    """Return the words of the question and of the answer it is compared with, or nothing."""
    found = _asked_and_value(teller, node)
    if found is None:
        return {}
    question, value = found
    return {"answer": teller.choice(question, value), "question": teller.words(question)}


def _is(teller: _Teller, node: Expression) -> str:
    said = _said(teller, node)
    return _("You answered “%(answer)s” to “%(question)s”.", **said) if said else ""


def _is_not(teller: _Teller, node: Expression) -> str:
    said = _said(teller, node)
    return _("You did not answer “%(answer)s” to “%(question)s”.", **said) if said else ""


def _not(teller: _Teller, node: Expression) -> str:
    inner = node.args[0]
    if inner.op in {"is", "selected"}:
        return _is_not(teller, inner)
    if inner.op == "answered" and (question := teller.question(inner.args[0])):
        return _("You did not answer “%(question)s”.", question=teller.words(question))
    return ""


def _answered(teller: _Teller, node: Expression) -> str:
    question = teller.question(node.args[0])
    return _("You answered “%(question)s”.", question=teller.words(question)) if question else ""


def _one_of(teller: _Teller, node: Expression) -> str:
    """Return one sentence for several answers to one question."""
    found = [
        _asked_and_value(teller, part) if part.op in {"is", "selected"} else None
        for part in node.args
    ]
    if len({one[0].key if one else "" for one in found}) != 1 or found[0] is None:
        return ""
    question = found[0][0]
    answers = [_("“%(answer)s”", answer=teller.choice(question, one[1])) for one in found if one]
    return _(
        "You answered %(answers)s to “%(question)s”.",
        answers=listing(answers, "or"),
        question=teller.words(question),
    )


def _compared(sentence: Callable[[str, str], str]) -> Callable[[_Teller, Expression], str]:
    def told_so(teller: _Teller, node: Expression) -> str:
        found = _asked_and_value(teller, node)
        if found is None or isinstance(found[1], bool):
            return ""
        value = found[1]
        bound = number(value) if isinstance(value, int | float) else _plain_number(value)
        return sentence(bound, teller.words(found[0])) if bound else ""

    return told_so


def _plain_number(value: Any) -> str:
    """Return the number that a text in digits says; a date is not told as days."""
    parsed = as_number(value) if isinstance(value, str) and "-" not in value[1:] else None
    return number(parsed) if parsed is not None else ""


_TELLERS: dict[str, Callable[[_Teller, Expression], str]] = {
    "is": _is,
    "selected": _is,
    "is_not": _is_not,
    "not": _not,
    "answered": _answered,
    "any": _one_of,
    "more_than": _compared(
        lambda bound, question: _(
            "Your answer to “%(question)s” is more than %(number)s.",
            question=question,
            number=bound,
        )
    ),
    "at_least": _compared(
        lambda bound, question: _(
            "Your answer to “%(question)s” is %(number)s or more.",
            question=question,
            number=bound,
        )
    ),
    "less_than": _compared(
        lambda bound, question: _(
            "Your answer to “%(question)s” is less than %(number)s.",
            question=question,
            number=bound,
        )
    ),
    "at_most": _compared(
        lambda bound, question: _(
            "Your answer to “%(question)s” is %(number)s or less.",
            question=question,
            number=bound,
        )
    ),
}


def told(condition: Expression | None, document: Document, language: str) -> Told | None:
    """Return a condition as sentences, None where there is no condition."""
    if condition is None:
        return None
    teller = _Teller(document, language)
    whole = teller.claim(condition)
    if whole:
        return Told((whole,))
    parts = tuple(teller.claim(part) for part in _parts(condition))
    return Told(parts if parts and all(parts) else (), is_any=condition.op == "any")


def _parts(condition: Expression) -> Iterator[Expression]:
    if condition.op in {"all", "any"}:
        for part in condition.args:
            if part.op == condition.op == "all":
                yield from _parts(part)
            else:
                yield part
