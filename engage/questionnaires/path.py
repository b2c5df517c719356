"""Walks a questionnaire with one person's answers: what is asked, what was answered, what is wrong.

One pass, in order: a question is read only if its condition holds with what was answered before it.
What is off the path is *not asked*, whatever the client sent. Pure: no database, no request, no
page.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import regex

from engage.i18n.gettext import lazy_gettext as _
from engage.i18n.text import in_language
from engage.questionnaires.document import (
    Choice,
    Document,
    Group,
    Item,
    Question,
    Repeat,
    walk,
)
from engage.questionnaires.entry import Entry
from engage.questionnaires.evaluation import evaluate
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.question_types.base import (
    AnswerError,
    Asked,
    FormValues,
    Missing,
    QuestionType,
    choice_label,
)
from engage.questionnaires.scope import Scope, Surroundings
from engage.questionnaires.values import Value, as_number

_NUMBER = regex.compile(r"[1-9][0-9]{0,5}", regex.ASCII)


@dataclass(slots=True)
class Step:
    """One question that is asked: as it is put, under which field name, with what came of it.

    `within` holds (key of repeat, number of entry from 1) for each repeat around it.
    """

    asked: Asked
    name: str
    within: tuple[tuple[str, int], ...]
    value: Value
    missing: Missing | None
    words: str
    error: Any = None


@dataclass(frozen=True)
class Walked:
    """The result of a walk: the entry to store and every step, errors in their steps."""

    entry: Entry
    steps: tuple[Step, ...]

    @property
    def errors(self) -> dict[str, Any]:
        """Return the lazy message of each field that cannot be taken."""
        return {step.name: step.error for step in self.steps if step.error is not None}

    @property
    def is_empty(self) -> bool:
        """Say whether something was asked and nothing said, not even that one does not know."""
        asked = [step for step in self.steps if step.missing is not None or step.value is not None]
        return bool(asked) and all(step.missing == "skipped" and not step.words for step in asked)


class _Walker:
    def __init__(
        self, document: Document, form: Mapping[str, Sequence[str]], language: str, today: date
    ) -> None:
        self.document, self.form, self.language, self.today = document, form, language, today
        self.around = Surroundings(document, today, self.label)
        self.steps: list[Step] = []
        self.begun = _begun(form) if document.has_repeats else {}

    def label(self, question: str, choice: str) -> str:
        asked = self.document.questions.get(question)
        return choice_label(self.document, asked, choice, self.language) if asked else choice

    def items(
        self, items: Sequence[Item], scope: Scope, entry: Entry, prefix: str, within: Any
    ) -> None:
        for item in items:
            if not scope.holds(item.relevant):
                self._not_asked(item, scope, entry)
            elif isinstance(item, Question):
                self._question(item, scope, entry, prefix, within)
            elif isinstance(item, Group):
                self.items(item.items, scope, entry, prefix, within)
            else:
                self._repeat(item, scope, entry, prefix, within)

    def _not_asked(self, item: Item, scope: Scope, entry: Entry) -> None:
        for inner, repeats in walk((item,)):
            if not isinstance(inner, Question):
                continue
            scope.put(inner.key, None)
            if QUESTION_TYPES[inner.type].is_asked and not repeats:
                entry.missing[inner.key] = "not_asked"

    def _repeat(self, repeat: Repeat, scope: Scope, entry: Entry, prefix: str, within: Any) -> None:
        inside = [item.key for item, _ in walk(repeat.items) if isinstance(item, Question)]
        for key in inside:
            scope.every[key] = []
        made = []
        times = self.times(repeat, scope, prefix)
        scope.put(repeat.key, times)
        for number in range(1, times + 1):
            inner, one = Scope(self.around, scope, number), Entry()
            place = (*within, (repeat.key, number))
            self.items(repeat.items, inner, one, f"{prefix}{repeat.key}.{number}.", place)
            made.append(one)
            for key in inside:
                own = inner.every.get(key)
                scope.every[key] += own if own is not None else [inner.values.get(key)]
        entry.answers[repeat.key] = made

    def times(self, repeat: Repeat, scope: Scope, prefix: str) -> int:
        """Return how many entries there are: worked out, or as many as were sent."""
        if repeat.times is not None:
            number = as_number(evaluate(repeat.times, scope.context())) or 0
            return max(0, min(int(number), repeat.maximum))
        sent = self.begun.get(f"{prefix}{repeat.key}.", 0)
        return max(repeat.minimum, min(sent, repeat.maximum))

    def _question(
        self, question: Question, scope: Scope, entry: Entry, prefix: str, within: Any
    ) -> None:
        kind = QUESTION_TYPES[question.type]
        if kind.is_calculated:
            calculation = question.calculation
            value = evaluate(calculation, scope.context()) if calculation else None
            scope.put(question.key, value)
            if value not in (None, ""):
                entry.answers[question.key] = value
            return
        asked = Asked(question, self.document, self._offered(question, scope), self.today)
        step = self._step(kind, asked, scope, prefix, within)
        self.steps.append(step)
        scope.put(question.key, step.value)
        if not kind.is_asked:
            return
        if step.missing is not None:
            entry.missing[question.key] = step.missing
        else:
            entry.answers[question.key] = step.value
        if step.words:
            entry.words[question.key] = step.words

    def _offered(self, question: Question, scope: Scope) -> tuple[Choice, ...]:
        choices = self.document.choices(question)
        if question.choice_filter is None:
            return choices
        return tuple(
            choice
            for choice in choices
            if scope.holds(question.choice_filter, columns={"name": choice.key, **choice.columns})
        )

    def _step(
        self, kind: QuestionType, asked: Asked, scope: Scope, prefix: str, within: Any
    ) -> Step:
        question = asked.question
        name = prefix + question.key
        form = FormValues(self.form, name)
        if not kind.is_asked:
            return Step(asked, name, within, None, None, "")
        marked = form.missing()
        if marked and getattr(question, marked):
            return Step(asked, name, within, None, marked, "")
        try:
            value = kind.read(asked, form)
            words = kind.words(asked, form)
        except AnswerError as refused:
            return Step(asked, name, within, None, "skipped", "", refused.message)
        complaint = self._complaint(question, value, scope)
        missing: Missing | None = "skipped" if value is None else None
        return Step(asked, name, within, value, missing, words, complaint)

    def _complaint(self, question: Question, value: Value, scope: Scope) -> Any:
        """Return what is wrong with a value that was read: missing though needed, or refused."""
        if value is None:
            needed = in_language(question.required_message, self.language)
            return (needed or _("Answer this question")) if question.required else None
        if scope.holds(question.constraint, checked=value):
            return None
        told = in_language(question.constraint_message, self.language)
        return told or _("Check this answer: it does not fit what is asked")


def _begun(form: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return by `repeat.` the highest entry that holds anything; empty ones were never begun.

    In one pass: a form may have thousands of fields that belong to nothing.
    """
    highest: dict[str, int] = {}
    for name, values in form.items():
        parts = name.partition(":")[0].split(".") if "." in name else ()
        if len(parts) < 3 or not any(value.strip() for value in values):
            continue
        start = ""
        for repeat, number in zip(parts[:-1:2], parts[1:-1:2], strict=False):
            if not _NUMBER.fullmatch(number):
                break
            start += f"{repeat}."
            highest[start] = max(highest.get(start, 0), int(number))
            start += f"{number}."
    return highest


def walk_answers(
    document: Document, form: Mapping[str, Sequence[str]], language: str, today: date
) -> Walked:
    """Walk the questionnaire with the submitted fields; nothing the client says of the path counts.

    `form` maps field names to their values: a question's key, `key:part` for its parts,
    `key:missing` for a way of not answering, each with `repeat.number.` in front inside a repeat.
    """
    walker = _Walker(document, form, language, today)
    entry = Entry()
    walker.items(document.items, Scope(walker.around), entry, "", ())
    return Walked(entry, tuple(walker.steps))


def form_of(document: Document, entry: Entry) -> dict[str, list[str]]:
    """Return the fields that would submit a stored entry again, to show and correct it."""
    return dict(_fields(document.items, entry, ""))


def _fields(items: Sequence[Item], entry: Entry, prefix: str) -> Iterator[tuple[str, list[str]]]:
    for item in items:
        if isinstance(item, Group):
            yield from _fields(item.items, entry, prefix)
        elif isinstance(item, Repeat):
            for number, inner in enumerate(entry.answers.get(item.key, ()), start=1):
                yield from _fields(item.items, inner, f"{prefix}{item.key}.{number}.")
        elif item.key in entry.answers and QUESTION_TYPES[item.type].is_asked:
            words = entry.words.get(item.key, "")
            parts = QUESTION_TYPES[item.type].form_values(entry.answers[item.key], words)
            for part, values in parts.items():
                yield (f"{prefix}{item.key}:{part}" if part else prefix + item.key), values
        elif entry.missing.get(item.key) in {"dont_know", "prefer_not"}:
            yield f"{prefix}{item.key}:missing", [entry.missing[item.key]]
