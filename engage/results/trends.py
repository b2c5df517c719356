"""A question over rounds: its figures by stable key, with changes of wording marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from engage.i18n.text import Text
from engage.questionnaires.document import Document
from engage.results.comparing import Difference, difference_of_shares
from engage.results.statistics import Interval, share, wilson
from engage.results.table.layout import Version, layout_of


@dataclass(frozen=True)
class Wording:
    """What was read when a question was asked: its words, and those of parts and answers."""

    question: Text
    answers: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True)
class Measured:
    """One round's answers to a question: who chose the answer looked at, of how many."""

    round: str
    persons: int
    base: int
    wording: Wording


@dataclass(frozen=True)
class Point:
    """One round in a trend; `since` is against the round before that asked, None for the first."""

    round: str
    share: float
    interval: Interval
    since: Difference | None = None
    #: Languages whose words are not those of the round before: a change may come from that.
    reworded: tuple[str, ...] = ()


def wording_of(document: Document, key: str) -> Wording | None:
    """Return the words of a question in one version; None where it was not asked."""
    question = document.questions.get(key)
    if question is None:
        return None
    words: dict[str, Text] = {}
    for column in layout_of([Version(0, 0, document)]).columns_of(key):
        words[f"{column.part}:"] = column.part_label
        words |= {f"{column.part}:{code.value}": code.label for code in column.codes}
    return Wording(question.label, tuple(words.items()))


def reworded(before: Wording, after: Wording) -> tuple[str, ...]:
    """Return the languages in which words changed; a language that came or went is no change.

    An answer that was added or taken away changes what the others mean, in every language.
    """
    shared = set(before.question) & set(after.question)
    if [key for key, _words in before.answers] != [key for key, _words in after.answers]:
        return tuple(sorted(shared))
    pairs = [(before.question, after.question)]
    of_answers = zip(before.answers, after.answers, strict=True)
    pairs += [(one, other) for (_key, one), (_same, other) in of_answers]
    return tuple(
        sorted(
            language
            for language in shared
            if any(one.get(language) != other.get(language) for one, other in pairs)
        )
    )


def trend(rounds: Sequence[Measured]) -> list[Point]:
    """Return the share in each round that asked, in the order given, with Wilson's interval.

    Steps from one round to the next are differences of independent shares, by Newcombe's method
    10 (see `difference_of_shares`).
    """
    points: list[Point] = []
    before: Measured | None = None
    for one in rounds:
        if not one.base:
            continue
        counted = (one.persons, one.base)
        step: Difference | None = None
        words: tuple[str, ...] = ()
        if before is not None:
            step = difference_of_shares((before.persons, before.base), counted)
            words = reworded(before.wording, one.wording)
        points.append(Point(one.round, share(*counted), wilson(*counted), step, words))
        before = one
    return points
