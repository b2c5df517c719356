"""Words for people: markup goes, line breaks stay, answers are repeated where they are known."""

import pytest

from engage.questionnaires.xlsform.texts import plain
from tests.questionnaires.xlsform.workbooks import imported, one, told


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**Bold** and *slanted* and __both__ and _so_", "Bold and slanted and both and so"),
        ("[Our page](https://a.example/x)", "Our page (https://a.example/x)"),
        ("**[Our page](https://a.example/x)**", "Our page (https://a.example/x)"),
        ('<a href="https://a.example" target="_blank">Here</a>', "Here (https://a.example)"),
        ("<span style='color:red'>Red</span><br/>line", "Red\nline"),
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("# Heading\ntext", "Heading\ntext"),
        ("a &lt; b &amp; c", "a < b & c"),
        ("Migrant\\*innen", "Migrant*innen"),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
        ("Name: _______", "Name: _______"),
        ("snake_case_name and 2*3*4", "snake_case_name and 2*3*4"),
        ("${first_name_} and ${_x_}", "${first_name_} and ${_x_}"),
        ('<output value="/data/person/age"/> years', "${age} years"),
        ("a & b; <3", "a & b; <3"),
    ],
)
def test_markup_goes_and_the_words_stay(written, shown):
    assert plain(written) == shown


def test_line_breaks_and_hard_spaces_inside_stay():
    question = one({"type": "text", "name": "a", "label": " Ja\u00a0?\r\nNon\x0b\x07 "}).document
    assert question.questions["a"].label == {"en": "Ja\u00a0?\nNon"}


def test_an_answer_is_repeated_by_its_key():
    found = one(
        {"type": "note", "name": "n", "label": "Hello ${ first name }"},
        {"type": "text", "name": "first name", "label": "Name?"},
    )
    assert found.document.questions["n"].label == {"en": "Hello ${first_name}"}
    assert not found.losses


@pytest.mark.parametrize("name", ["nobody", "later", "n", "photo", "day"])
def test_what_is_not_known_leaves_a_gap_and_is_named(name):
    rows = [
        ["type", "name", "label"],
        ["image", "photo", "P"],
        ["today", "day", ""],
        ["note", "n", f"Hello ${{{name}}}"],
        ["text", "later", "L"],
    ]
    found = imported(rows)
    assert found.document.questions["n"].label == {"en": "Hello …"}
    assert any(f"survey 4 label: ${{{name}}} |" in line for line in told(found.losses))


def test_a_message_may_repeat_the_answer_it_is_about():
    found = one(
        {
            "type": "integer",
            "name": "a",
            "label": "A",
            "constraint": ". < 5",
            "constraint_message": "${a} is too much",
        }
    )
    assert found.document.questions["a"].constraint_message == {"en": "${a} is too much"}


def test_without_words_the_hint_or_the_name_stands_in():
    found = one(
        {"type": "text", "name": "b", "label": "", "hint": ""},
        {"type": "text", "name": "a", "label": "", "hint": "Say it"},
    )
    questions = found.document.questions
    assert questions["a"].label == {"en": "Say it"}
    assert questions["a"].hint == {}
    assert questions["b"].label == {"en": "b"}
    assert "There are no words." in told(found.losses)[0]


def test_words_missing_in_the_forms_own_language_are_named():
    rows = [
        ["type", "name", "label::English", "label::Svenska"],
        ["text", "a", "A", ""],
        ["text", "b", "", "B"],
    ]
    found = imported(rows, settings=[["default_language"], ["English"]])
    assert found.document.questions["b"].label == {"en": "b", "sv": "B"}
    assert "There are no words in English." in told(found.losses)[0]


def test_guidance_for_interviewers_is_a_loss():
    found = one({"type": "text", "name": "a", "label": "A", "guidance_hint": "Ask twice"})
    assert "guidance_hint: Ask twice |" in told(found.losses)[0]
