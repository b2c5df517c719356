"""The frame all types share: how they are found, what was submitted, defaults."""

import types
from datetime import date

import pytest

from engage.questionnaires import question_types
from engage.questionnaires.document import Document, Question
from engage.questionnaires.question_types import QUESTION_TYPES, base
from engage.questionnaires.question_types.base import Asked, FormValues, QuestionType
from engage.questionnaires.submitted import too_long


class Bare(QuestionType):
    """A type that only reads."""

    name = "bare"

    def read(self, asked, form):
        return form.one() or None


QUESTION = Question(key="q", type="bare")
DOCUMENT = Document(languages=("sv",), items=(QUESTION,))


def test_a_type_that_only_reads_has_every_face():
    bare = Bare()
    asked = Asked(QUESTION, DOCUMENT, (), date(2027, 1, 1))
    form = FormValues({"q": ["x"]}, "q")
    assert bare.read(asked, form) == "x"
    assert bare.words(asked, form) == ""
    assert bare.form_values("x") == {"": ["x"]}
    assert bare.form_values(None) == {}
    assert bare.text(QUESTION, DOCUMENT, "x", "sv") == "x"
    assert bare.free_words("x", "y") == ["y"]
    assert bare.columns(QUESTION, DOCUMENT) == bare.cells(QUESTION, DOCUMENT, "x") == []
    assert bare.problems(QUESTION, DOCUMENT) == []
    assert bare.parts(QUESTION, DOCUMENT) == bare.texts(QUESTION) == {}
    assert bare.codes(QUESTION, DOCUMENT) == bare.xlsform_parts(QUESTION, DOCUMENT) == ()
    assert bare.from_xlsform("text", "", {}) is None
    assert bare.to_xlsform(QUESTION) == ("text", "", "")
    assert bare.as_constraint(QUESTION) is None
    assert bare.shape_of(QUESTION) == "one"
    assert bare.summary_of(QUESTION) == "none"
    assert bare.input_template == "questionnaires/types/bare.html"


def test_two_types_of_one_name_stop_the_app(monkeypatch):
    double = types.ModuleType("double")
    double.Bare = type("Bare", (Bare,), {"name": "note", "__module__": "double"})
    real = question_types.import_module

    def imported(name):
        return double if name.endswith(".range") else real(name)

    monkeypatch.setattr(question_types, "import_module", imported)
    with pytest.raises(RuntimeError, match="two question types are called note"):
        question_types._find()


def test_types_can_look_each_other_up():
    assert base.TYPES_BY_NAME is QUESTION_TYPES


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({}, None),
        ({"q": [""]}, None),
        ({"q:missing": ["dont_know"]}, "dont_know"),
        ({"q:missing": ["prefer_not", "dont_know"]}, "prefer_not"),
        ({"q": ["", "~prefer_not"]}, "prefer_not"),
        ({"q": ["~nonsense"]}, None),
        ({"q:missing": ["not_asked"]}, None),
        ({"q": ["dont_know"]}, None),
        ({"q": ["a", "~dont_know"]}, None),
        ({"q": ["a"], "q:missing": ["dont_know"]}, "dont_know"),
    ],
)
def test_a_way_of_not_answering_is_a_mark_and_never_a_word(fields, missing):
    assert FormValues(fields, "q").missing() == missing


def test_fields_are_read_by_part():
    form = FormValues({"q": [" a ", "b", "~dont_know", "a"], "q:x": ["\r\ny\0"]}, "q")
    assert form.many() == [" a ", "b", "~dont_know", "a"]
    assert form.chosen() == ["a", "b"]
    assert form.one() == "a"
    assert form.typed("x") == "\ny\ufffd"
    assert form.one("x") == "y\ufffd"
    assert form.one("none") == ""


def test_how_much_is_too_long_is_told_in_numbers():
    assert str(too_long(1)) == "Your text is 1 character too long. Shorten it."
    assert str(too_long(3)) == "Your text is 3 characters too long. Shorten it."
