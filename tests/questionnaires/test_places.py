"""Places of texts are told to staff as they see them, never as keys with points between."""

import pytest

from engage.i18n.current import use_language
from engage.questionnaires.document import Document
from engage.questionnaires.places import PlaceNames
from engage.questionnaires.texts import texts_of
from engage.questionnaires.translation.checks import back_translated

pytestmark = pytest.mark.sqlite_only


def question(key, **given):
    return {"key": key, "type": "short_text", "label": {"en": key.title()}, **given}


STEPS = [{"key": "1", "label": {"en": "Bad"}}, {"key": "2", "label": {"en": "Good"}}]
ITEMS = [
    question("a", hint={"en": "Short"}),
    {
        "kind": "group",
        "key": "g",
        "title": {"en": "Home"},
        "items": [question("b", type="scale", settings={"steps": STEPS})],
    },
    {"kind": "repeat", "key": "r", "title": {"en": "Child"}, "items": [question("c")]},
    question("d", type="scale", choice_list="l.x"),
]
MADE = Document.model_validate(
    {
        "languages": ["en"],
        "items": ITEMS,
        "choice_lists": {"l.x": {"choices": STEPS}},
        "introduction": {"who": {"en": "We"}},
    }
)


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("document.title", "Title"),
        ("document.items", "The questionnaire"),
        ("introduction.who", "Introduction: Who asks"),
        ("question.a.label", "Question 1: Question"),
        ("question.a.hint", "Question 1: Hint"),
        ("question.a.relevant", "Question 1"),
        (
            "question.b.setting.steps.2",
            "Question 2: Steps, one a line (line 2)",
        ),
        ("group.g.title", "Group 1: Heading"),
        ("group.g", "Group 1"),
        ("repeat.r.title", "Repeat 1: Heading"),
        ("question.c.label", "Question 3: Question"),
        ("choice.l%2Ex.2.label", "List “l.x”, choice 2: Words"),
        ("choice.gone.2.label", "choice.gone.2.label"),
        ("question.gone.label", "question.gone.label"),
    ],
)
def test_a_place_is_named_as_staff_see_it(app, place, name):
    with use_language("en", for_staff=True):
        assert PlaceNames(MADE).of(place) == name


def test_every_text_has_a_name_of_its_own(app):
    with use_language("sv", for_staff=True):
        names = [PlaceNames(MADE).of(place) for place in texts_of(MADE)]
    assert len(set(names)) == len(names)
    assert not [name for name in names if "question." in name or "%" in name]


def test_l15_consent_and_the_steps_of_scales_are_translated_back():
    assert back_translated(MADE) == {
        "introduction.who",
        "question.b.setting.steps.1",
        "question.b.setting.steps.2",
        "choice.l%2Ex.1.label",
        "choice.l%2Ex.2.label",
    }
