"""The state of every text in a language: missing, machine, draft or reviewed.

A review holds for one pair of source and translation. When either changes, it holds no more, the
same moment and without anybody having to notice (L-13).
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from engage.i18n.text import Text, has_text
from engage.questionnaires.checking.languages import needed_texts
from engage.questionnaires.document import Document
from engage.questionnaires.models import TextReview
from engage.questionnaires.translation.checks import back_translated

State = Literal["missing", "machine", "draft", "reviewed"]


@dataclass(frozen=True)
class TextState:
    """One text in one language; `outdated` says that it was reviewed before the words changed."""

    place: str
    source: str
    words: str
    state: State
    outdated: bool = False
    translated_by: int | None = None
    #: What the words say, in the source language; None where nobody is asked to write that.
    back: str | None = None


def pair_digest(source: str, words: str) -> str:
    """Return what a review is of: this source together with this translation."""
    return hashlib.sha256(f"{source}\0{words}".encode()).hexdigest()


def state_of(text: Text, source_language: str, language: str, review: TextReview | None) -> State:
    """Return how far one text is in one language."""
    words = text.get(language, "")
    if not words.strip():
        return "missing"
    if language == source_language:
        return "reviewed"
    if review is None:
        return "draft"
    same = review.source_digest == pair_digest(text.get(source_language, ""), words)
    if review.state == "machine":
        return "machine"
    return "reviewed" if same and review.state == "reviewed" else "draft"


def states_of(document: Document, language: str, reviews: Sequence[TextReview]) -> list[TextState]:
    """Return the state of every text residents may see, in the document's order."""
    source = document.languages[0] if document.languages else language
    by_place: Mapping[str, TextReview] = {
        review.place: review for review in reviews if review.language == language
    }
    wanted = back_translated(document)
    return [
        TextState(
            place=place,
            source=text.get(source, ""),
            words=text.get(language, ""),
            state=(state := state_of(text, source, language, by_place.get(place))),
            outdated=(
                state == "draft" and place in by_place and by_place[place].state == "reviewed"
            ),
            translated_by=by_place[place].translated_by if place in by_place else None,
            back=_back(by_place.get(place)) if place in wanted else None,
        )
        for place, text in needed_texts(document).items()
        if has_text(text, source) or has_text(text, language)
    ]


def _back(review: TextReview | None) -> str:
    return review.back_translation if review else ""


def counts_of(states: Sequence[TextState]) -> dict[State, int]:
    """Return how many texts are in each state."""
    counted = Counter(state.state for state in states)
    return {state: counted[state] for state in ("missing", "machine", "draft", "reviewed")}
