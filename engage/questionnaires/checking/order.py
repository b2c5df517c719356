"""Where each question stands, and so what a condition may read: what is known by then."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from engage.i18n.gettext import s_lazy
from engage.questionnaires.checking.reads import expressions_of, reads_of
from engage.questionnaires.document import Document, Item, Question, Repeat, walk
from engage.questionnaires.expressions import Expression
from engage.questionnaires.question_types import QUESTION_TYPES

#: Behind the last question: what cannot be known anywhere is known there at the earliest.
_NOWHERE = 10**9


@dataclass
class Order:
    """Says of an answer whether it can be read at a place; chains of any length are followed."""

    document: Document
    positions: dict[str, int] = field(default_factory=dict)
    containers: dict[str, Item] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, (item, _repeats) in enumerate(walk(self.document.items)):
            self.positions.setdefault(item.key, number)
            if not isinstance(item, Question):
                self.containers[item.key] = item

    def complaint(self, reader: str, node: Expression) -> Any:
        """Return why this answer cannot be read where `reader` stands, or None if it can.

        A calculation that stands later can, if everything it reads can.
        """
        #: Calculations that are looked into, each with what is left of what it reads.
        way: dict[str, Iterator[Expression]] = {"": iter([node])}
        fine: set[str] = set()
        while way:
            current = next(reversed(way))
            read = next(way[current], None)
            if read is None:
                fine.add(current)
                del way[current]
                continue
            complaint = self._complaint(reader, read, way)
            if complaint is not None:
                return complaint
            if read.name not in fine and not self._is_known(reader, read):
                way[read.name] = iter(self._reads[read.name])
        return None

    def _complaint(self, reader: str, node: Expression, way: Collection[str]) -> Any:
        key, is_first = node.name, len(way) == 1
        if node.op == "entries":
            return self._entries_complaint(reader, key)
        question = self.document.questions.get(key)
        if question is None:
            return s_lazy("It reads “%(key)s”, but there is no such question.", key=key)
        if key in way or (key == reader and not is_first):
            return s_lazy("It goes round in a circle through “%(key)s”.", key=key)
        if not _holds_a_value(question):
            return s_lazy("It reads “%(key)s”, which nobody answers.", key=key)
        if node.part and node.part not in _parts_of(self.document, question):
            return s_lazy("“%(key)s” has no part “%(part)s”.", key=key, part=node.part)
        if self._is_known(reader, node):
            return None
        if key == reader:
            return s_lazy("It reads the answer of its own question.")
        if key not in self._reads:
            return s_lazy("It reads “%(key)s”, which is asked later.", key=key)
        return None

    def _entries_complaint(self, reader: str, key: str) -> Any:
        """Return why the entries of a repeat cannot be counted where `reader` stands."""
        if not isinstance(self.containers.get(key), Repeat):
            return s_lazy("It counts the entries of “%(key)s”, which is no repeat.", key=key)
        inside = key in self.document.repeats_of.get(reader, ())
        if inside or self.positions[key] < self.positions[reader]:
            return None
        return s_lazy("It reads “%(key)s”, which is asked later.", key=key)

    def _is_known(self, reader: str, node: Expression) -> bool:
        """Say whether nothing more is to be looked into."""
        if node.op == "entries" or self.positions[node.name] < self.positions[reader]:
            return True
        of = self.document.repeats_of
        if node.every and set(of.get(reader, ())) & set(of.get(node.name, ())):
            return True
        return self._earliest.get(node.name, _NOWHERE) <= self.positions[reader]

    @cached_property
    def _reads(self) -> dict[str, list[Expression]]:
        """What each calculation outside repeats reads: its value is known before its place."""
        return {
            key: [node for one in expressions_of(question).values() for node in reads_of(one)]
            for key, question in self.document.questions.items()
            if _is_calculated(question) and not self.document.repeats_of[key]
        }

    @cached_property
    def _earliest(self) -> dict[str, int]:
        """The position from which on each calculation can be read, whoever reads it."""
        found: dict[str, int] = {}
        for start in self._reads:
            way = {start: None} if start not in found else {}
            while way:
                current = next(reversed(way))
                reads = self._reads[current]
                calculations = (one.name for one in reads if one.name in self._reads)
                following = next((one for one in calculations if one not in found), None)
                if following is not None and following not in way:
                    way[following] = None
                    continue
                # In a circle, one of them waits for another that is on the way.
                known = [found.get(one.name, self._asked_at(one)) for one in reads]
                found[current] = max(known, default=0)
                del way[current]
        return found

    def _asked_at(self, node: Expression) -> int:
        """Return the position behind what is asked, far behind everything where nothing is."""
        question = self.document.questions.get(node.name)
        if node.op == "entries":
            is_there = isinstance(self.containers.get(node.name), Repeat)
        else:
            is_there = question is not None and _holds_a_value(question) and not node.part
        if not is_there or node.name in self._reads:
            return _NOWHERE
        return self.positions[node.name] + 1


def _is_calculated(question: Question) -> bool:
    kind = QUESTION_TYPES.get(question.type)
    return kind is not None and kind.is_calculated and question.calculation is not None


def _holds_a_value(question: Question) -> bool:
    kind = QUESTION_TYPES.get(question.type)
    return kind is None or kind.is_asked or kind.is_calculated


def _parts_of(document: Document, question: Question) -> set[str]:
    """Return the parts of an answer that can be read: rows, choices, halves of a pair."""
    kind = QUESTION_TYPES[question.type]
    try:
        return set(kind.parts(question, document))
    except ValidationError:
        return set()
