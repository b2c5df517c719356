"""One of many, many of many, pictures, yes or no: what only they do."""

import pytest

from engage.questionnaires.evaluation import Context, holds
from engage.questionnaires.question_types.base import AnswerError
from tests.questionnaires.question_types.samples import TODAY, Sample, form_of

ONE = Sample("single_choice", more={"other": True})
MANY = Sample("multiple_choice", {"minimum": 2, "maximum": 3, "alone": "none"})


def test_z_06_an_answer_is_the_key_whatever_the_language():
    assert ONE.read({"": ["vård"]}) == "vård"
    with pytest.raises(AnswerError):
        ONE.read({"": ["Behov vård"]})


def test_words_beside_other_are_kept_apart_from_the_choice():
    asked, kind = ONE.asked(), ONE.kind
    assert kind.words(asked, form_of({"": ["other"], "words": [" En\nbastu "]})) == "En bastu"
    assert kind.words(asked, form_of({"": ["work"], "words": ["En bastu"]})) == ""
    assert kind.words(asked, form_of({"": ["other"]})) == ""
    assert kind.free_words("other", "En bastu") == ["En bastu"]


def test_words_beside_other_may_not_be_a_book():
    with pytest.raises(AnswerError):
        ONE.kind.words(ONE.asked(), form_of({"words": ["x" * 201]}))


def test_a_filtered_choice_is_refused():
    asked = ONE.asked()
    few = type(asked)(asked.question, asked.document, asked.choices[:1], asked.today)
    with pytest.raises(AnswerError):
        ONE.kind.read(few, form_of({"": ["park"]}))
    assert len(few.listed) == len(asked.choices)


def test_a_choice_is_told_by_its_words_or_else_by_its_key():
    text = ONE.kind.text
    assert text(ONE.question, ONE.document, "vård", "sv") == "Behov vård"
    assert text(ONE.question, ONE.document, "gone", "sv") == "gone"
    assert text(ONE.question, ONE.document, "other", "sv") == "Something else"


def test_several_choices_are_told_as_a_list():
    text = MANY.kind.text(MANY.question, MANY.document, ["work", "park", "vård"], "sv")
    assert text == "Behov work, Behov park och Behov vård"
    assert MANY.kind.text(MANY.question, MANY.document, "park", "sv") == "Behov park"


def test_how_many_are_missing_or_too_many_is_said():
    with pytest.raises(AnswerError) as few:
        MANY.read({"": ["work"]})
    with pytest.raises(AnswerError) as many:
        MANY.read({"": ["work", "safety", "park", "vård"]})
    assert str(few.value.message) == "Choose at least 2 answers"
    assert str(many.value.message) == "Choose at most 3 answers"


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"minimum": 3, "maximum": 2}, "At least how many is more than at most how many."),
        ({"minimum": 6}, "At least how many is more than there are choices."),
        ({"alone": "gone"}, "The choice that stands alone is not in the list."),
    ],
)
def test_bounds_that_cannot_be_are_a_problem(settings, problem):
    sample = Sample("multiple_choice", settings)
    problems = map(str, sample.kind.problems(sample.question, sample.document))
    assert problem in problems


@pytest.mark.parametrize(
    "chosen", [["none"], ["work", "park"], ["work"], ["none", "work"], list("abcd")]
)
def test_the_demands_of_settings_as_a_condition_are_the_same_demands(chosen):
    demanded = MANY.kind.as_constraint(MANY.question)
    context = Context(answers=lambda key, every: None, today=TODAY, checked=chosen)
    fits = chosen == ["none"] or (2 <= len(chosen) <= 3 and "none" not in chosen)
    assert holds(demanded, context) == fits


def test_one_demand_is_no_list_of_demands():
    sample = Sample("multiple_choice", {"maximum": 2})
    assert sample.kind.as_constraint(sample.question).op == "at_most"
    bare = Sample("multiple_choice")
    assert bare.kind.as_constraint(bare.question) is None


def test_several_pictures_are_boxes_and_one_is_a_radio_button():
    one, several = Sample("picture_choice"), Sample("picture_choice", {"several": True})
    assert one.kind.shape_of(one.question) == "one"
    assert one.kind.summary_of(one.question) == "frequencies"
    assert several.kind.shape_of(several.question) == "many"
    assert several.kind.summary_of(several.question) == "several"


def test_a_choice_without_its_picture_is_a_problem():
    sample = Sample("picture_choice")
    assert len(sample.kind.problems(sample.question, sample.document)) == 1
    pictured = sample.document.model_copy(
        update={
            "choice_lists": {
                "needs": sample.document.choice_lists["needs"].model_copy(
                    update={
                        "choices": (sample.asked().choices[0].model_copy(update={"image": "x"}),)
                    }
                )
            }
        }
    )
    assert sample.kind.problems(sample.question, pictured) == []


def test_yes_may_be_said_in_other_words():
    sample = Sample("yes_no", {"yes": {"sv": "Absolut"}})
    text = sample.kind.text
    assert text(sample.question, sample.document, "yes", "sv") == "Absolut"
    assert text(sample.question, sample.document, "yes", "ar") == "Yes"
    assert text(sample.question, sample.document, "no", "sv") == "No"
    assert text(sample.question, sample.document, "maybe", "sv") == "maybe"
