"""What a translation has to keep of its source: placeholders, markup, digits (L-16)."""

from collections import Counter
from typing import Any

import regex

from engage.i18n.gettext import s_lazy
from engage.questionnaires.document import Document
from engage.questionnaires.piping import PIPE
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.texts import choice_place, place_of, scale_texts, texts_of
from engage.questionnaires.typed import with_latin_digits

#: What people decide on before they take part: translated and reviewed by two people (L-14).
TWO_PEOPLE = ("introduction.",)
_TAG = regex.compile(r"</?[a-zA-Z][^<>]*>")
_NUMBER = regex.compile(r"[0-9]+", regex.ASCII)


def faults(source: str, words: str) -> list[Any]:
    """Return why a translation cannot be kept like this, as lazy staff texts; none if it can."""
    found = []
    if Counter(PIPE.findall(source)) != Counter(PIPE.findall(words)):
        keys = ", ".join(f"${{{key}}}" for key in dict.fromkeys(PIPE.findall(source)))
        found.append(
            s_lazy("Write the same repeated answers as in the source: %(keys)s.", keys=keys)
            if keys
            else s_lazy("The source repeats no answer, so take “${…}” away.")
        )
    if Counter(_TAG.findall(source)) != Counter(_TAG.findall(words)):
        found.append(s_lazy("Keep the marks in angle brackets as they are in the source."))
    return found


def back_translated(document: Document) -> set[str]:
    """Return the places whose translations staff should be able to read in their own words (L-15).

    What people decide on before they take part, and the steps of scales: a wrong word there makes
    a consent no consent, and answers in two languages two questions.
    """
    found = {place for place in texts_of(document) if place.startswith(TWO_PEOPLE)}
    for question in document.questions.values():
        start = f"{place_of(question)}.setting."
        found |= {f"{start}{place}" for place in scale_texts(question)}
        kind = QUESTION_TYPES.get(question.type)
        if kind and question.choice_list and "steps" in kind.Settings.model_fields:
            choices = document.choices(question)
            found |= {
                f"{choice_place(question.choice_list, choice.key)}.label" for choice in choices
            }
    return found


def doubts(source: str, words: str) -> list[Any]:
    """Return what a reviewer should look at: numbers that are not those of the source."""
    if words.strip() and _numbers(source) != _numbers(words):
        return [s_lazy("The numbers are not the same as in the source.")]
    return []


def _numbers(text: str) -> Counter[str]:
    """Count the numbers of a text; what stands in a placeholder is no number."""
    return Counter(_NUMBER.findall(with_latin_digits(PIPE.sub("", text))))
