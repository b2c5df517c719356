"""T-34: for any questionnaire the checks accept, each path ends and nothing is out of reach."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from engage.questionnaires.checking import languages_complete, problems_of
from engage.questionnaires.document import Question, walk
from engage.questionnaires.editing import moved, without_item
from engage.questionnaires.path import walk_answers
from engage.questionnaires.question_types import QUESTION_TYPES
from tests.questionnaires.documents import documents

TODAY = date(2027, 3, 1)


def outside_repeats(document):
    return [
        item.key
        for item, repeats in walk(document.items)
        if isinstance(item, Question) and not repeats and QUESTION_TYPES[item.type].is_asked
    ]


@given(documents())
def test_what_is_made_to_be_sound_is_found_sound(document):
    assert problems_of(document) == []
    assert "sv" in languages_complete(document)


@given(documents(), st.dictionaries(st.sampled_from(["q1", "q2", "q3"]), st.just(["a"])))
def test_every_path_ends_and_accounts_for_every_question(document, form):
    walked = walk_answers(document, form, "sv", TODAY)
    for key in outside_repeats(document):
        answered = key in walked.entry.answers
        assert answered != (key in walked.entry.missing), key
    asked = [step.asked.question.key for step in walked.steps if not step.within]
    assert asked == [key for key in document.questions if key in asked], "in the document's order"


@given(documents())
def test_without_conditions_everything_is_asked(document):
    free = document.model_validate_json(document.to_json())
    stripped = free.model_dump()

    def strip(items):
        for item in items:
            item["relevant"] = None
            strip(item.get("items", ()))

    strip(stripped["items"])
    opened = type(document).model_validate(stripped)
    walked = walk_answers(opened, {}, "sv", TODAY)
    seen = {step.asked.question.key for step in walked.steps}
    assert set(outside_repeats(opened)) <= seen


@given(documents(), st.data())
def test_moving_or_taking_away_is_checked_again(document, data):
    """Whatever editing does, the checks and the walk give an answer instead of failing."""
    key = data.draw(st.sampled_from(sorted(document.questions)))
    for changed in (moved(document, key, 1), moved(document, key, -1), without_item(document, key)):
        problems_of(changed)
        walk_answers(changed, {}, "sv", TODAY)
