"""Texts by place: out of the document and back in, whatever the questionnaire."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.questionnaires.document import Document
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.texts import choice_place, has_words, piped_keys, texts_of, with_texts
from tests.factories.questionnaires import SMALL, small_document
from tests.questionnaires.documents import documents


def test_every_text_has_a_place_named_by_keys():
    places = texts_of(small_document())
    assert list(places)[:5] == [
        "document.title",
        "introduction.who",
        "introduction.why",
        "introduction.what_happens",
        "question.children.label",
    ]
    assert places["choice.yes_no.yes.label"] == {"sv": "Ja", "ar": "نعم"}


@given(documents())
def test_putting_the_same_texts_in_changes_nothing(document):
    assert with_texts(document, texts_of(document)) == document


@given(documents(), st.text("abc ", max_size=5))
def test_what_is_put_in_comes_out_again(document, words):
    places = list(texts_of(document))
    changed = with_texts(document, {place: {"so": words} for place in places})
    after = texts_of(changed)
    assert list(after) == places
    assert all(text.get("so", "") == (words if words.strip() else "") for text in after.values())
    assert with_texts(changed, {place: {"so": "x"} for place in places}).digest != changed.digest


def test_other_languages_and_places_stay_as_they_were():
    changed = with_texts(small_document(), {"question.wish.label": {"ar": "جديد"}, "no.such": {}})
    assert changed.questions["wish"].label == {"sv": "Vad saknas här?", "ar": "جديد"}
    assert texts_of(small_document()).keys() == texts_of(changed).keys()


def test_what_a_document_has_worked_out_is_not_taken_along():
    document = small_document()
    assert document.questions["wish"].label["ar"]
    changed = with_texts(document, {"question.wish.label": {"ar": ""}})
    assert "ar" not in changed.questions["wish"].label
    assert changed.digest != document.digest


def test_points_in_names_keep_places_apart():
    assert choice_place("a.b", "c") != choice_place("a", "b.c")


@pytest.mark.parametrize("name", QUESTION_TYPES)
def test_the_texts_in_the_settings_of_every_type_can_be_translated(name):
    kind = QUESTION_TYPES[name]
    asked = {"key": "q", "type": name, "label": {"sv": "F"}, "settings": example(kind)}
    document = Document.model_validate({**SMALL, "items": [asked]})
    question = document.questions["q"]
    for place in kind.texts(question):
        full = f"question.q.setting.{place}"
        changed = with_texts(document, {full: {"so": "Af Soomaali"}})
        assert kind.texts(changed.questions["q"])[place]["so"] == "Af Soomaali"
        assert texts_of(changed)[full]["so"] == "Af Soomaali"


def example(kind):
    """Return settings with something in each list of named parts."""
    fields = kind.Settings.model_fields
    parts = [{"key": "x1", "label": {"sv": "Ett"}}, {"key": "x2", "label": {"sv": "Två"}}]
    lists = [name for name, field in fields.items() if "Row" in str(field.annotation)]
    return dict.fromkeys(lists, parts)


def test_what_a_text_repeats_is_found():
    assert piped_keys("Hej ${name}, ${age} år, $x ${}") == ["name", "age"]
    assert has_words({"sv": " ", "ar": "x"})
    assert not has_words({"sv": " "})
