"""Whether texts are plain: short sentences and words, statements without “not” (A-19, A-21).

Advice, never a reason to refuse: a formula knows nothing of meaning.
"""

from collections.abc import Iterator

import regex

from engage.i18n.gettext import s_lazy
from engage.i18n.text import Text
from engage.questionnaires.checking.problem import Problem
from engage.questionnaires.document import Document
from engage.questionnaires.piping import PIPE
from engage.questionnaires.texts import texts_of

_WORD = regex.compile(r"\p{L}[\p{L}\p{M}’'-]*")
_SENTENCE = regex.compile(r"[.!?…:\n]+")
#: LIX was made for Swedish: the share of words over six letters, plus words a sentence.
_LIX_LANGUAGE = "sv"
_LIX_PLAIN, _LIX_EASY = 35, 25
_LONG_SENTENCE = 12
_LONGEST_WORD = 20
#: Fewer words say nothing about how a text reads.
_ENOUGH_WORDS = 60
#: Answers of fewer words are steps such as “not at all”, not statements.
_STATEMENT = 4
#: “No, I do not agree” says no twice, and is understood.
_NO = {"nej", "no"}
_NEGATIONS = {
    "sv": {"inte", "ej", "icke"},
    "da": {"ikke", "ej"},
    "en": {"not", "don’t", "don't", "doesn’t", "doesn't", "isn’t", "isn't", "can’t", "can't"},
}

_HARD = s_lazy("The texts in Swedish are hard to read. Use shorter words and sentences.")
_HARD_EASY = s_lazy("The easier texts in Swedish are hard to read. Make them easier.")
_LONG = s_lazy("The texts in Swedish have long sentences. Split them.")
_LONG_EASY = s_lazy("The easier texts in Swedish have long sentences. Split them.")


def plainness_warnings(document: Document) -> Iterator[Problem]:
    """Yield what may be hard to read."""
    texts = texts_of(document)
    easy = {place: text for place, text in texts.items() if place.endswith(".easy")}
    plain = {place: text for place, text in texts.items() if place not in easy}
    yield from _heavy(plain, _LIX_PLAIN, _HARD, _LONG)
    yield from _heavy(easy, _LIX_EASY, _HARD_EASY, _LONG_EASY)
    for place, text in texts.items():
        yield from _long_words(place, text)
        if place.startswith("choice."):
            yield from _negated(place, text)


def _heavy(texts: dict[str, Text], limit: int, hard: object, long: object) -> Iterator[Problem]:
    words, sentences = [], 0
    for text in texts.values():
        plain = PIPE.sub("", text.get(_LIX_LANGUAGE, ""))
        found = _WORD.findall(plain)
        words += found
        sentences += max(1, len([part for part in _SENTENCE.split(plain) if part.strip()]))
    if len(words) < _ENOUGH_WORDS:
        return
    mean = len(words) / sentences
    lix = mean + 100 * sum(len(word) > 6 for word in words) / len(words)
    if lix > limit:
        yield Problem("document.title", hard)
    if mean > _LONG_SENTENCE:
        yield Problem("document.title", long)


def _long_words(place: str, text: Text) -> Iterator[Problem]:
    """Yield words that are too long to be read at a glance, in Swedish."""
    for word in _WORD.findall(PIPE.sub("", text.get(_LIX_LANGUAGE, ""))):
        if len(word) > _LONGEST_WORD:
            yield Problem(place, s_lazy("“%(word)s” is a long word. Explain it.", word=word))


def _negated(place: str, text: Text) -> Iterator[Problem]:
    for language, negations in _NEGATIONS.items():
        words = [word.lower() for word in _WORD.findall(text.get(language, ""))]
        is_statement = len(words) >= _STATEMENT and words[0] not in _NO
        if is_statement and negations & set(words):
            yield Problem(place, s_lazy("Say it without “not”: people misread such answers."))
            return
