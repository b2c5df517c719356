"""Formulas are written as they may be read again."""

import pytest

from engage.questionnaires.document import Document
from engage.questionnaires.expressions import Expression, answer, call, literal
from engage.questionnaires.formulas import formula_of, read_formula
from engage.questionnaires.refusals import Refused
from tests.factories.questionnaires import SMALL, small_document

DOCUMENT = small_document(
    items=[
        *SMALL["items"],
        {
            "kind": "repeat",
            "key": "child",
            "items": [
                {"key": "age", "type": "number", "label": {"sv": "Ålder"}},
                {"key": "later", "type": "short_text", "label": {"sv": "Sedan"}},
            ],
        },
    ]
)
assert isinstance(DOCUMENT, Document)


@pytest.mark.parametrize(
    "node",
    [
        call("is", answer("children"), literal("yes")),
        call("not", call("answered", answer("wish"))),
        call("any", call("more_than", answer("how_many"), literal(2)), literal(True)),
        call("add", answer("how_many"), call("negate", literal(1))),
        call("if", call("answered", answer("wish")), literal(1.5), literal(0)),
        call("sum", answer("age")),
        Expression(op="entries", name="child"),
        Expression(op="today"),
        call("label", answer("children")),
    ],
)
def test_a_formula_reads_back_as_what_was_written(node):
    formula = formula_of(DOCUMENT, "wish", node)
    assert read_formula(DOCUMENT, "wish", "relevant", formula) == node


def test_the_check_of_an_answer_has_a_point_for_it():
    node = call("at_most", Expression(op="self"), literal(9))
    assert formula_of(DOCUMENT, "how_many", node) == ". <= 9"
    assert read_formula(DOCUMENT, "how_many", "constraint", ". <= 9") == node
    with pytest.raises(Refused):
        read_formula(DOCUMENT, "how_many", "relevant", ". <= 9")


def test_no_condition_is_no_formula():
    assert formula_of(DOCUMENT, "wish", None) == ""
