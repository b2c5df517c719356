"""What a person sees before sending: every question, its answer in words or that it has none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engage.i18n.gettext import gettext as _
from engage.i18n.text import in_language
from engage.questionnaires.document import Document
from engage.questionnaires.path import Step, Walked
from engage.questionnaires.piping import piped_text
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.words import words_at
from engage.responses.checking import free_words
from engage.responses.identity import Mark, marks_in
from engage.responses.maps import AreasAt


@dataclass(frozen=True)
class Words:
    """Words somebody wrote, and the places in them that may tell who that is."""

    field: str
    text: str
    marks: tuple[Mark, ...]

    @property
    def parts(self) -> list[tuple[str, bool]]:
        """Return the text in pieces: (piece, whether it is marked)."""
        pieces, at = [], 0
        for mark in self.marks:
            pieces += [
                (self.text[at : mark.start], False),
                (self.text[mark.start : mark.end], True),
            ]
            at = mark.end
        return [piece for piece in [*pieces, (self.text[at:], False)] if piece[0]]


@dataclass(frozen=True)
class ReviewItem:
    """One question as it was asked and what was answered; `note` says why there is no answer."""

    name: str
    question: str
    where: str
    answer: str
    note: str
    written: tuple[Words, ...] = ()


def review_items(
    document: Document,
    walked: Walked,
    language: str,
    fields: Mapping[str, Sequence[str]],
    kept: frozenset[str] = frozenset(),
    country: str = "",
    areas: AreasAt | None = None,
) -> list[ReviewItem]:
    """Return every question that was asked, in order; `kept` are fields the person looked at."""
    reviewer = _Reviewer(document, walked, language, fields, kept, country, areas or AreasAt())
    return [
        reviewer.item(step)
        for step in walked.steps
        if QUESTION_TYPES[step.asked.question.type].is_asked
    ]


@dataclass(frozen=True)
class _Reviewer:
    document: Document
    walked: Walked
    language: str
    fields: Mapping[str, Sequence[str]]
    kept: frozenset[str]
    country: str
    areas: AreasAt

    def item(self, step: Step) -> ReviewItem:
        question = step.asked.question
        words = words_at(self.document, self.walked.entry, step.within, self.language)
        numbers = [_("Number %(number)s", number=number) for _repeat, number in step.within]
        texts = free_words(step, self.fields)
        written = set(texts.values())
        answer = piped_text(self.answer(step), words)
        if written:
            answer = "" if answer in written else _without(answer, written)
        return ReviewItem(
            name=step.name,
            question=piped_text(in_language(question.label, self.language), words),
            where=", ".join(numbers),
            answer=answer,
            note=_note(step),
            written=tuple(self.written(name, text) for name, text in texts.items()),
        )

    def answer(self, step: Step) -> str:
        question = step.asked.question
        if step.value is None:
            return ""
        kind = QUESTION_TYPES[question.type]
        value = kind.located(step.value, self.areas.name_at)
        return kind.text(question, self.document, value, self.language)

    def written(self, name: str, text: str) -> Words:
        marks = () if name in self.kept else tuple(marks_in(text, self.country))
        return Words(name, text, marks)


def _without(answer: str, written: set[str]) -> str:
    """Return an answer without the lines that stand under it as somebody wrote them."""
    return "\n".join(line for line in answer.split("\n") if line not in written)


def _note(step: Step) -> str:
    notes = {
        "skipped": _("Not answered"),
        "dont_know": _("I do not know"),
        "prefer_not": _("I do not want to answer"),
    }
    return notes.get(step.missing or "", "")


def without_marks(
    fields: Mapping[str, Sequence[str]], name: str, country: str
) -> dict[str, list[str]]:
    """Return the fields with the marked places of one of them taken out."""
    return {
        key: [_cleaned(value, country) for value in values] if key == name else list(values)
        for key, values in fields.items()
    }


def _cleaned(text: str, country: str) -> str:
    for mark in reversed(marks_in(text, country)):
        text = f"{text[: mark.start]}…{text[mark.end :]}"
    return text
