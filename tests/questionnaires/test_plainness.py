"""Texts that are hard to read are pointed out, and nothing is refused because of them."""

import pytest

from engage.questionnaires.checking import problems_of, warnings_of
from engage.questionnaires.checking.plainness import plainness_warnings
from engage.questionnaires.texts import with_texts
from tests.factories.questionnaires import small_document

HEAVY = "Kommunstyrelsens handläggningsrutiner förutsätter omfattande medborgarinflytande " * 40
PLAIN = "Vi bor här. Vi vill ha det bra. Säg vad du vill. " * 12


def places(document):
    return [warning.place for warning in plainness_warnings(document)]


def test_plain_texts_need_no_advice():
    assert places(with_texts(small_document(), {"introduction.why": {"sv": PLAIN}})) == []


def test_a19_heavy_texts_are_pointed_out_but_can_be_published():
    document = with_texts(small_document(), {"introduction.why": {"sv": HEAVY}})
    assert places(document).count("document.title") == 2
    assert problems_of(document) == []
    assert warnings_of(document)


def test_a19_easier_texts_are_held_to_more():
    middling = "Vi undrar ofta vad alla våra grannar behöver. " * 12
    texts = {"question.wish.easy": {"sv": middling}}
    assert "document.title" in places(with_texts(small_document(), texts))
    texts = {"question.wish.hint": {"sv": middling}}
    assert "document.title" not in places(with_texts(small_document(), texts))


def test_a19_a_long_word_is_pointed_out_where_it_stands():
    texts = {"question.wish.hint": {"sv": "Kommunfullmäktigesammanträde"}}
    assert places(with_texts(small_document(), texts)) == ["question.wish.hint"]


@pytest.mark.parametrize(
    ("words", "is_told"),
    [
        ({"sv": "Jag känner mig inte otrygg"}, True),
        ({"sv": "Jag känner mig trygg här"}, False),
        ({"sv": "Inte alls"}, False),
        ({"sv": "Nej, jag håller inte med"}, False),
        ({"sv": "Ja", "en": "I do not feel unsafe"}, True),
        ({"sv": "Ja", "da": "Jeg er ikke utryg her"}, True),
    ],
)
def test_a21_answers_that_say_not_are_pointed_out(words, is_told):
    document = with_texts(small_document(), {"choice.yes_no.yes.label": words})
    assert ("choice.yes_no.yes.label" in places(document)) == is_told
