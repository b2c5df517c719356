"""Two versions of a questionnaire: questions gone and new, a longer list, other words."""

from tests.factories.questionnaires import small_document
from tests.results.rounds import ITEMS, LISTS, forms

FAMILY = {
    "kind": "repeat",
    "key": "kids",
    "title": {"sv": "Barn", "ar": "طفل"},
    "items": [{"key": "old", "type": "number", "label": {"sv": "Ålder", "ar": "عمر"}}],
}
PETS = {
    "kind": "repeat",
    "key": "pets",
    "title": {"sv": "Djur", "ar": "حيوان"},
    "items": [{"key": "legs", "type": "number", "label": {"sv": "Ben", "ar": "ساق"}}],
}
COLOUR = {
    "key": "colour",
    "type": "single_choice",
    "label": {"sv": "Färg", "ar": "لون"},
    "choice_list": "ages",
}
TOYS = {
    "kind": "repeat",
    "key": "toys",
    "title": {"sv": "Leksak", "ar": "لعبة"},
    "items": [{"key": "size", "type": "number", "label": {"sv": "Storlek", "ar": "حجم"}}],
}
NEW = {"key": "new", "type": "multiple_choice", "label": {"sv": "Ny", "ar": "ج"}}
GONE = {"years", "moved"}


def text(words):
    return {"sv": words, "ar": f"ع {words}"}


def question(key, kind, words, **more):
    return {"key": key, "type": kind, "label": text(words), **more}


def earlier():
    """Return a version of every kind of question, with a repeat."""
    return small_document(items=[*ITEMS, PETS], choice_lists=LISTS)


def earlier_forms(number):
    """Return believable answers to it; all have a pet."""
    for at, form in enumerate(forms(number)):
        yield {**form, "pets.1.legs": str(at % 5)}


def later():
    """Return the next version: two questions gone, two more, one more need, other words."""
    kept = [item for item in ITEMS if item["key"] not in GONE]
    kept[0] = {**kept[0], "label": text("Hur mår du nu?")}
    needs = [*LISTS["needs"]["choices"], {"key": "trams", "label": text("Spårvagn")}]
    lists = {**LISTS, "needs": {"choices": needs}}
    pets = {**PETS, "items": [*PETS["items"], COLOUR, TOYS]}
    items = [*kept, {**NEW, "choice_list": "needs"}, FAMILY, pets]
    return small_document(items=items, choice_lists=lists)


def later_forms(number):
    """Return believable answers to the next version; all have a pet with a toy."""
    for at, form in enumerate(forms(number, seed=2)):
        left = {key: value for key, value in form.items() if key.split(":")[0] not in GONE}
        left["order:4"] = "trams"
        pets = {"pets.1.legs": "4", "pets.1.colour": "young", "pets.1.toys.1.size": str(at)}
        kids = {"kids.1.old": str(at % 9), "kids.2.old": "3"}
        yield {**left, "new": ["trams"], **kids, **pets}
