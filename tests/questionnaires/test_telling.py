"""Conditions in words: short where they can be said, and said to be unsaid where they cannot."""

import pytest

from engage.i18n.current import use_language
from engage.questionnaires.document import Document
from engage.questionnaires.expressions import Expression, answer, call, literal
from engage.questionnaires.telling import Told, told

DOCUMENT = Document.model_validate(
    {
        "languages": ["en"],
        "choice_lists": {
            "tenure": {
                "choices": [
                    {"key": "rent", "label": {"en": "I rent"}},
                    {"key": "own", "label": {"en": "I own"}},
                ]
            }
        },
        "items": [
            {
                "key": "home",
                "type": "single_choice",
                "choice_list": "tenure",
                "label": {"en": "Do you rent or own, ${name}?"},
            },
            {"key": "age", "type": "number", "label": {"en": "How old?"}},
            {
                "key": "sum",
                "type": "calculated",
                "calculation": {"op": "value", "value": 1},
            },
        ],
    }
)
RENTS = call("is", answer("home"), literal("rent"))
OWNS = call("selected", answer("home"), literal("own"))
ADULT = call("at_least", answer("age"), literal(18))


@pytest.fixture(autouse=True)
def _in_english(app):
    with use_language("en"):
        yield


pytestmark = pytest.mark.sqlite_only


@pytest.mark.parametrize(
    ("condition", "claims"),
    [
        (RENTS, ["You answered “I rent” to “Do you rent or own, …?”."]),
        (call("not", RENTS), ["You did not answer “I rent” to “Do you rent or own, …?”."]),
        (
            call("is_not", answer("home"), literal("own")),
            ["You did not answer “I own” to “Do you rent or own, …?”."],
        ),
        (ADULT, ["Your answer to “How old?” is 18 or more."]),
        (
            call("less_than", answer("age"), literal("1200")),
            ["Your answer to “How old?” is less than 1,200."],
        ),
        (
            call("more_than", answer("age"), literal(1)),
            ["Your answer to “How old?” is more than 1."],
        ),
        (call("at_most", answer("age"), literal(9)), ["Your answer to “How old?” is 9 or less."]),
        (call("answered", answer("age")), ["You answered “How old?”."]),
        (call("not", call("answered", answer("age"))), ["You did not answer “How old?”."]),
        (
            call("any", RENTS, OWNS),
            ["You answered “I rent” or “I own” to “Do you rent or own, …?”."],
        ),
        (
            call("all", RENTS, call("all", ADULT)),
            [
                "You answered “I rent” to “Do you rent or own, …?”.",
                "Your answer to “How old?” is 18 or more.",
            ],
        ),
    ],
)
def test_a_condition_is_said_in_words(condition, claims):
    assert told(condition, DOCUMENT, "en") == Told(tuple(claims), is_any=False)


def test_one_of_several_claims_is_enough():
    assert told(call("any", RENTS, ADULT), DOCUMENT, "en").is_any


@pytest.mark.parametrize(
    "condition",
    [
        call("is", call("add", answer("age"), literal(1)), literal(3)),
        call("all", RENTS, call("matches", answer("home"), literal("r.*"))),
        call("is", answer("sum"), literal(1)),
        call("is", answer("nothing"), literal(1)),
        call("is", answer("home", "part"), literal("x")),
        call("less_than", answer("age"), literal("2027-01-01")),
        call("is", answer("age"), literal("")),
        Expression(op="value", value=True),
    ],
)
def test_what_would_take_too_long_is_left_unsaid(condition):
    assert told(condition, DOCUMENT, "en").claims == ()


def test_no_condition_says_nothing():
    assert told(None, DOCUMENT, "en") is None
