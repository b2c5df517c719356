"""Numbers and ranges: what only they do."""

import pytest

from engage.questionnaires.question_types.base import AnswerError
from tests.questionnaires.question_types.samples import Sample


def complaint(settings, typed, kind="number"):
    with pytest.raises(AnswerError) as refused:
        Sample(kind, settings).read({"": [typed]})
    return str(refused.value.message)


@pytest.mark.parametrize(
    ("settings", "typed", "said"),
    [
        ({"minimum": 0, "maximum": 1_000_000}, "-1", "Write a number from 0 to 1,000,000"),
        ({"minimum": 18}, "17", "Write a number that is 18 or more"),
        ({"maximum": 5}, "6", "Write a number that is 5 or less"),
        ({}, "2,5", "Write a whole number, without decimals"),
        ({"decimals": 1}, "2.55", "Write at most 1 decimal"),
        ({"decimals": 2}, "2.5555", "Write at most 2 decimals"),
        ({}, "två", "Write a number with digits, for example 12"),
        (
            {"decimals": 2},
            "1,200",
            "This number can be read in two ways. Write 1.2 or 1200",
        ),
        (
            {"decimals": 3},
            "1.234",
            "This number can be read in two ways. Write 1.2340 or 1234",
        ),
    ],
)
def test_what_to_do_is_said(settings, typed, said):
    assert complaint(settings, typed) == said


def test_zeros_after_the_last_decimal_are_no_decimals():
    assert Sample("number").read({"": ["12.0"]}) == 12


def test_a_number_is_told_with_its_unit_as_the_language_writes_it():
    sample = Sample("number", {"decimals": 1, "unit": {"sv": "kr"}})
    assert sample.kind.text(sample.question, sample.document, 1234.5, "sv") == "1\xa0234,5 kr"
    assert sample.kind.text(sample.question, sample.document, 1234.5, "fa") == "۱٬۲۳۴٫۵"
    assert sample.kind.text(sample.question, sample.document, None, "sv") == " kr"


def test_a_keypad_is_asked_for_only_where_no_minus_is_needed():
    settings = [{}, {"minimum": -1}, {"minimum": 0}]
    samples = [Sample("number", each) for each in settings]
    assert [s.kind.settings(s.question).may_be_negative for s in samples] == [True, True, False]


def test_bounds_are_a_condition_in_xlsform():
    both = Sample("number", {"minimum": 1, "maximum": 5})
    assert both.kind.as_constraint(both.question).op == "all"
    low = Sample("number", {"minimum": 1})
    assert low.kind.as_constraint(low.question).op == "at_least"


def test_bounds_that_cannot_be_are_a_problem():
    sample = Sample("number", {"minimum": 5, "maximum": 1})
    assert len(sample.kind.problems(sample.question, sample.document)) == 1


@pytest.mark.parametrize(
    ("settings", "steps"),
    [
        ({}, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
        ({"start": 0, "end": 0.3, "step": 0.1}, [0, 0.1, 0.2, 0.3]),
        ({"start": 3, "end": 1}, [3, 2, 1]),
        ({"start": 0, "end": 10, "step": 4}, [0, 4, 8]),
        ({"start": -1, "end": 1, "step": -1}, [-1, 0, 1]),
    ],
)
def test_steps_lead_from_one_end_towards_the_other(settings, steps):
    sample = Sample("range", settings)
    assert sample.kind.settings(sample.question).steps == steps


def test_the_ends_of_a_range_have_words():
    sample = Sample("range", {"end": 5, "low": {"sv": "inte alls"}, "high": {"sv": "helt"}})
    texts = [sample.kind.text(sample.question, sample.document, n, "sv") for n in (1, 3, 5)]
    assert texts == ["1 – inte alls", "3", "5 – helt"]
    settings = sample.kind.settings(sample.question)
    assert (settings.minimum, settings.maximum) == (1, 5)


def test_only_the_ends_of_a_range_that_have_words_take_the_whole_width():
    sample = Sample("range", {"end": 4, "low": {"sv": "inte alls"}})
    steps = sample.kind.settings(sample.question).options("sv")
    assert [step.words for step in steps] == ["1 – inte alls", "2", "3", "4"]
    assert [step.is_long for step in steps] == [True, False, False, False]


def test_a_range_is_whole_numbers_only_where_every_step_is():
    kinds = {}
    for step in (1, 0.5):
        sample = Sample("range", {"step": step})
        kinds[step] = sample.kind.columns(sample.question, sample.document)[0].kind
    assert kinds == {1: "integer", 0.5: "number"}


@pytest.mark.parametrize(
    "settings", [{"step": 0}, {"start": 1, "end": 1}, {"end": 1e9}, {"step": 20}]
)
def test_a_range_without_steps_or_with_too_many_is_a_problem(settings):
    sample = Sample("range", settings)
    assert len(sample.kind.problems(sample.question, sample.document)) == 1


def test_parameters_of_xlsform_that_are_no_numbers_are_left_at_their_defaults():
    take = Sample("range").kind.from_xlsform
    assert take("range", "", {"start": "0", "end": "x", "step": "0.5", "other": "1"}) == {
        "start": 0,
        "step": 0.5,
    }
    assert take("range", "", {"start": "inf"}) == {}
