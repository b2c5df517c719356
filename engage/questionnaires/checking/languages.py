"""In which languages a questionnaire is whole: only those are ever offered to residents."""

from engage.i18n.text import Text, has_text
from engage.questionnaires.checking.wording import used_lists
from engage.questionnaires.document import Document
from engage.questionnaires.texts import choice_place, texts_of

#: Where they have no words in a language, the house's own message stands in.
_STOOD_IN = (".required_message", ".constraint_message")


def needed_texts(document: Document) -> dict[str, Text]:
    """Return the texts that residents may see, by place: not those of lists that nobody uses."""
    used = tuple(choice_place(name, "") for name in used_lists(document))
    return {
        place: text
        for place, text in texts_of(document).items()
        if (not place.startswith("choice.") or place.startswith(used))
        and not place.endswith(_STOOD_IN)
    }


def missing_texts(document: Document) -> dict[str, list[str]]:
    """Return for each language the places whose text it lacks, in the document's order."""
    needed = needed_texts(document)
    return {
        language: [place for place, text in needed.items() if not has_text(text, language)]
        for language in document.languages
    }


def languages_complete(document: Document) -> list[str]:
    """Return the languages in which every text exists; an empty questionnaire has none."""
    if not texts_of(document):
        return []
    return [language for language, places in missing_texts(document).items() if not places]
