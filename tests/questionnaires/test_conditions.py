"""Rows of a condition and the expression they say are two forms of one thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.questionnaires.conditions import (
    OPERATORS,
    ConditionRow,
    Rows,
    expression_of,
    needs_value,
    operators_for,
    rows_of,
)
from engage.questionnaires.expressions import Expression, answer, call, literal
from tests.factories.questionnaires import small_document

DOCUMENT = small_document()


@st.composite
def rows(draw):
    operator = draw(st.sampled_from(sorted(OPERATORS)))
    value = draw(st.sampled_from(["yes", "3", "-1", "2027-03-01"])) if needs_value(operator) else ""
    return ConditionRow(draw(st.sampled_from(sorted(DOCUMENT.questions))), operator, value)


@given(st.lists(rows(), max_size=4), st.booleans())
def test_rows_become_an_expression_and_come_back(listed, is_any):
    said = Rows(tuple(listed), is_any and len(listed) > 1)
    assert rows_of(expression_of(said), DOCUMENT) == said


@pytest.mark.parametrize(
    "node",
    [
        call("is", answer("wish"), answer("children")),
        call("is", answer("nobody"), literal("x")),
        call("more_than", call("count", answer("children")), literal(1)),
        call("all", call("answered", answer("wish")), call("any", Expression(op="today"))),
        call("is", Expression(op="answer", name="wish", every=True), literal("x")),
    ],
)
def test_what_says_more_than_rows_can_is_left_alone(node):
    assert rows_of(node, DOCUMENT) is None


def test_operators_follow_from_the_type_of_question():
    assert operators_for(DOCUMENT.questions["how_many"])[0] == "is"
    assert "at_least" in operators_for(DOCUMENT.questions["how_many"])
    assert "at_least" not in operators_for(DOCUMENT.questions["children"])
    assert {"answered", "not_answered"} <= set(operators_for(DOCUMENT.questions["wish"]))


def test_numbers_are_compared_as_numbers_and_dates_as_dates():
    number = expression_of(Rows((ConditionRow("how_many", "at_least", "٣"),)))
    assert number.args[1].value == 3
    day = expression_of(Rows((ConditionRow("how_many", "at_least", "2027-03-01"),)))
    assert day.args[1].value == "2027-03-01"
