"""Changes between two documents, classed by what they do to answers."""

import pytest
from hypothesis import given

from engage.questionnaires.changes import class_of, differences
from tests.factories.questionnaires import SMALL, small_document
from tests.questionnaires.documents import documents

CHILDREN, HOW_MANY, WISH = SMALL["items"]
YES, NO = SMALL["choice_lists"]["yes_no"]["choices"]


def items(*given):
    return {"items": list(given)}


def lists(*choices):
    return {"choice_lists": {"yes_no": {"choices": list(choices)}}}


CHANGES = {
    "wording": [
        items({**CHILDREN, "label": {**CHILDREN["label"], "sv": "Egna barn?"}}, HOW_MANY, WISH),
        lists({**YES, "label": {"sv": "Jo", "ar": "نعم"}}, NO),
        {"title": {"sv": "Nytt", "ar": "كيف هو العيش هنا؟"}},
        {"minutes": 9},
        items({**CHILDREN, "image": "a" * 64}, HOW_MANY, WISH),
        lists({**YES, "image": "a" * 64}, NO),
    ],
    "translation": [
        items({**CHILDREN, "label": {"sv": "Har du barn?", "ar": "جديد"}}, HOW_MANY, WISH),
        lists({**YES, "label": {"sv": "Ja"}}, NO),
        {"languages": ["sv", "ar", "so"]},
    ],
    "additive": [
        items(CHILDREN, HOW_MANY),
        items(CHILDREN, HOW_MANY, WISH, {**WISH, "key": "more"}),
        items(CHILDREN, WISH, HOW_MANY),
        items({**CHILDREN, "required": False}, HOW_MANY, WISH),
        items(CHILDREN, {**HOW_MANY, "relevant": None}, WISH),
        items(CHILDREN, {**HOW_MANY, "settings": {"maximum": 30}}, WISH),
        items({**CHILDREN, "other": True}, HOW_MANY, WISH),
        items({**CHILDREN, "export_name": "kids"}, HOW_MANY, WISH),
        items(CHILDREN, HOW_MANY, {"kind": "group", "key": "g", "items": [WISH]}),
        lists(YES, NO, {"key": "maybe", "label": {"sv": "Kanske"}}),
        lists(NO, YES),
        lists({**YES, "columns": {"area": "north"}}, NO),
    ],
    "breaking": [
        items(CHILDREN, {**HOW_MANY, "type": "short_text", "settings": {}}, WISH),
        items(CHILDREN, {**HOW_MANY, "settings": {"decimals": 2}}, WISH),
        items(CHILDREN, HOW_MANY, {"kind": "repeat", "key": "r", "items": [WISH]}),
        items(CHILDREN, HOW_MANY, {"kind": "group", "key": "wish", "items": []}),
        lists(YES),
        lists(YES, {**NO, "key": "nope"}),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "given_"), [(kind, one) for kind, several in CHANGES.items() for one in several]
)
def test_a_change_is_classed_by_what_it_does_to_answers(kind, given_):
    assert class_of(differences(small_document(), small_document(**given_))) == kind


@given(documents())
def test_a_document_against_itself_has_no_change(document):
    assert differences(document, document) == []
    assert class_of([]) == "none"


@given(documents(), documents())
def test_any_two_documents_can_be_compared(old, new):
    changes = differences(old, new)
    assert bool(changes) or old == new
    assert all(change.place and str(change.message) for change in changes)


def test_a_new_question_is_told_once_not_text_by_text():
    document = small_document(**items(CHILDREN, HOW_MANY, WISH, {**WISH, "key": "more"}))
    changes = differences(small_document(), document)
    assert [change.place for change in changes] == ["question.more"]


def test_words_before_and_after_are_told():
    document = small_document(**items(CHILDREN, HOW_MANY, {**WISH, "label": {"sv": "Nytt"}}))
    (change,) = differences(small_document(), document)
    assert change.before["sv"] == "Vad saknas här?"
    assert change.after == {"sv": "Nytt"}


def test_what_takes_something_away_says_so():
    gone = differences(small_document(), small_document(**items(CHILDREN, HOW_MANY)))
    assert [change.takes_away for change in gone] == [True]
    fewer = differences(small_document(), small_document(**lists(YES)))
    assert any(change.takes_away for change in fewer)
