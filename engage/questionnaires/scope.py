"""What is known at one place of a walk: the answers so far, and calculations that stand later."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engage.questionnaires.document import Document, Question
from engage.questionnaires.evaluation import Context, evaluate, holds
from engage.questionnaires.expressions import Expression
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.values import Value


@dataclass(frozen=True)
class Surroundings:
    """What is the same everywhere in a walk."""

    document: Document
    today: date
    labels: Callable[[str, str], str]
    #: Calculation that was needed before its place → the keys it reads.
    reads: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def later(self, key: str) -> Question | None:
        """Return a question whose value can be worked out wherever it stands."""
        question = self.document.questions.get(key)
        if question is None or question.calculation is None:
            return None
        if self.document.repeats_of[key] or not QUESTION_TYPES[question.type].is_calculated:
            return None
        return question

    def read_by(self, key: str) -> tuple[str, ...]:
        """Return what has to be known before this can be worked out."""
        if key not in self.reads:
            question = self.later(key)
            said = (question.calculation, question.relevant) if question else ()
            found = {name for one in said if one is not None for name in one.questions()}
            self.reads[key] = tuple(sorted(found))
        return self.reads[key]


class Scope:
    """Values known so far, by key, in one entry; what is not here is looked for further out.

    `worked` remembers what was looked for before its place, until something there turns out other.
    """

    def __init__(
        self, around: Surroundings, outer: "Scope | None" = None, position: int = 1
    ) -> None:
        self.around, self.outer, self.position = around, outer, position
        self.values: dict[str, Value] = {}
        self.every: dict[str, list[Value]] = {}
        self.worked: dict[str, Value] = {}

    def put(self, key: str, value: Value) -> None:
        """Keep the value of a question from here on."""
        self.values[key] = value
        if key in self.worked and self.worked[key] != value:
            self.worked.clear()

    def look_up(self, key: str, every: bool) -> Value:
        """Return an answer, or the answers of all entries so far."""
        scope: Scope | None = self
        while scope is not None:
            if not every and key in scope.values:
                return scope.values[key]
            if key in scope.every:
                mine = [self.values[key]] if every and key in self.values else []
                return [*scope.every[key], *mine]
            scope = scope.outer
        return self._ahead(key)

    def _ahead(self, key: str) -> Value:
        """Work out a calculation that stands further down than where it is needed.

        What it reads comes first, one after the other, as chains may have thousands of links.
        """
        way = [] if key in self.worked else [key]
        while way:
            current = way[-1]
            self.worked[current] = None
            following = next(filter(self._is_open, self.around.read_by(current)), None)
            if following is not None:
                way.append(following)
            else:
                self.worked[way.pop()] = self._work_out(current)
        return self.worked[key]

    def _is_open(self, key: str) -> bool:
        """Say whether a value is to be worked out: nothing knows it, and nothing waits for it."""
        scope: Scope | None = self
        while scope is not None and key not in scope.values and key not in scope.every:
            scope = scope.outer
        return scope is None and key not in self.worked

    def _work_out(self, key: str) -> Value:
        question = self.around.later(key)
        if question is None or question.calculation is None or not self.holds(question.relevant):
            return None
        return evaluate(question.calculation, self.context())

    def holds(self, condition: Expression | None, **more: Any) -> bool:
        """Say whether a condition holds here; most questions have none."""
        return condition is None or holds(condition, self.context(**more))

    def context(self, checked: Value = None, columns: Mapping[str, str] | None = None) -> Context:
        """Return what an expression sees here."""
        return Context(
            answers=self.look_up,
            today=self.around.today,
            labels=self.around.labels,
            checked=checked,
            columns=columns or {},
            position=self.position,
        )
