"""Two versions of a questionnaire: questions gone and new, a longer list, other words."""

from tests.factories.questionnaires import small_document
from tests.results.rounds import ITEMS, LISTS, forms

FAMILY = {
    "kind": "repeat",
    "key": "kids",
    "title": {"sv": "Barn", "ar": "طفل"},
    "items": [{"key": "old", "type": "number", "label": {"sv": "Ålder", "ar": "عمر"}}],
}
NEW = {"key": "new", "type": "multiple_choice", "label": {"sv": "Ny", "ar": "ج"}}
GONE = {"years", "moved"}


def text(words):
    return {"sv": words, "ar": f"ع {words}"}


def question(key, kind, words, **more):
    return {"key": key, "type": kind, "label": text(words), **more}


def earlier():
    return small_document(items=ITEMS, choice_lists=LISTS)


def later():
    """Return the next version: two questions gone, two more, one more need, other words."""
    kept = [item for item in ITEMS if item["key"] not in GONE]
    kept[0] = {**kept[0], "label": text("Hur mår du nu?")}
    needs = [*LISTS["needs"]["choices"], {"key": "trams", "label": text("Spårvagn")}]
    lists = {**LISTS, "needs": {"choices": needs}}
    items = [*kept, {**NEW, "choice_list": "needs"}, FAMILY]
    return small_document(items=items, choice_lists=lists)


def later_forms(number):
    for at, form in enumerate(forms(number, seed=2)):
        left = {key: value for key, value in form.items() if key.split(":")[0] not in GONE}
        left["order:4"] = "trams"
        yield {**left, "new": ["trams"], "kids.1.old": str(at % 9), "kids.2.old": "3"}
