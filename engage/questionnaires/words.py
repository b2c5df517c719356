"""An answer in words, found from where it is needed: for piping, reviews and downloads."""

from engage.questionnaires.document import OTHER, Document
from engage.questionnaires.entry import Entry
from engage.questionnaires.piping import Words
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.spoken import listing
from engage.questionnaires.values import as_text

#: (key of repeat, number of entry from 1) for each repeat around something, outermost first.
Place = tuple[tuple[str, int], ...]


def entries_around(entry: Entry, within: Place) -> list[Entry]:
    """Return the whole entry and the entries of repeats down to a place; missing ones are left."""
    found = [entry]
    for repeat, number in within:
        inside = found[-1].answers.get(repeat, [])
        if not isinstance(inside, list) or not 1 <= number <= len(inside):
            break
        found.append(inside[number - 1])
    return found


def answer_in_words(document: Document, entry: Entry, key: str, language: str) -> str:
    """Return what somebody answered, their own words for `other`; empty for no answer."""
    value = entry.answers.get(key)
    if value is None:
        return ""
    question = document.questions[key]
    kind = QUESTION_TYPES[question.type]
    if kind.is_calculated:
        return as_text(value)
    own = entry.words.get(key)
    if not own:
        return kind.text(question, document, value, language)
    if not isinstance(value, list):
        return own
    chosen = [as_text(one) for one in value]
    said = (own if k == OTHER else kind.text(question, document, k, language) for k in chosen)
    return listing(said, language)


def words_at(document: Document, entry: Entry, within: Place, language: str) -> Words:
    """Return how `${key}` reads at a place: as answered there, or else further out."""
    around = entries_around(entry, within)

    def words(key: str) -> str:
        if key not in document.questions:
            return ""
        nearest = next((one for one in reversed(around) if key in one.answers), None)
        return answer_in_words(document, nearest, key, language) if nearest else ""

    return words
