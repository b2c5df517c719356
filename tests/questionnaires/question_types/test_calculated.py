"""Calculated values: what kind they are follows from the calculation, never from what came out."""

import pytest

from engage.questionnaires.document import Question
from engage.questionnaires.question_types import QUESTION_TYPES
from tests.questionnaires.question_types.samples import Sample, document_of

OTHERS = (
    Question(key="age", type="number"),
    Question(key="born", type="date"),
    Question(key="need", type="single_choice", choice_list="needs"),
    Question(key="needs", type="multiple_choice", choice_list="needs"),
    Question(
        key="double",
        type="calculated",
        calculation={
            "op": "add",
            "args": [{"op": "answer", "name": "age"}, {"op": "value", "value": 1}],
        },
    ),
    Question(key="round1", type="calculated", calculation={"op": "answer", "name": "round2"}),
    Question(key="round2", type="calculated", calculation={"op": "answer", "name": "round1"}),
)


def value(literal):
    return {"op": "value", "value": literal}


def answer(name, **more):
    return {"op": "answer", "name": name, **more}


def call(op, *args):
    return {"op": op, "args": list(args)}


def kind_of(calculation, **settings):
    question = Question(key="c", type="calculated", calculation=calculation, settings=settings)
    document = document_of(*OTHERS, question)
    kind = QUESTION_TYPES[question.type]
    return kind.columns(question, document)[0].kind


@pytest.mark.parametrize(
    ("calculation", "kind"),
    [
        (None, "text"),
        (value(5), "number"),
        (value(True), "flag"),
        (value("5"), "text"),
        (value(None), "text"),
        (answer("age"), "number"),
        (answer("born"), "date"),
        (answer("need"), "text"),
        (answer("needs"), "text"),
        (answer("nobody"), "text"),
        (answer("age", every=True), "text"),
        (answer("needs", part="work"), "text"),
        (answer("double"), "number"),
        (answer("round1"), "text"),
        (call("item", answer("age", every=True), value(1)), "number"),
        (call("sum", answer("age", every=True)), "number"),
        (call("is", answer("need"), value("work")), "flag"),
        (call("concat", answer("age"), value("x")), "text"),
        ({"op": "today"}, "date"),
        (call("if", value(True), value(1), value("")), "number"),
        (call("if", value(True), value(1), value("x")), "text"),
        (call("if", value(True), value(""), value(None)), "text"),
        (call("coalesce", answer("age"), value(0)), "number"),
        (call("coalesce", answer("age"), answer("need")), "text"),
    ],
)
def test_z_13_the_kind_of_a_value_comes_from_its_calculation(calculation, kind):
    assert kind_of(calculation) == kind


@pytest.mark.parametrize("kind", ["flag", "number", "text", "date"])
def test_staff_may_say_the_kind(kind):
    assert kind_of(answer("need"), kind=kind) == kind


@pytest.mark.parametrize(
    ("kind", "stored", "cell"),
    [
        ("number", "12", 12.0),
        ("number", "x", None),
        ("flag", 0, False),
        ("text", 12.0, "12"),
        ("date", "2027-03-31", "2027-03-31"),
        ("date", "soon", None),
    ],
)
def test_a_value_of_another_kind_is_no_value(kind, stored, cell):
    sample = Sample("calculated", {"kind": kind})
    assert sample.kind.cells(sample.question, sample.document, stored) == [cell]


@pytest.mark.parametrize(
    ("stored", "told"),
    [(1234.5, "1\xa0234,5"), ("2027-03-31", "31 mars 2027"), ("hej", "hej"), (True, "true")],
)
def test_a_value_is_told_as_the_language_writes_it(stored, told):
    sample = Sample("calculated")
    assert sample.kind.text(sample.question, sample.document, stored, "sv") == told


def test_nobody_can_send_it():
    assert Sample("calculated").read({"": ["1"]}) is None
