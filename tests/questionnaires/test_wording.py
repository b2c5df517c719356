"""Every expression can be read in words by staff."""

import pytest

from engage.i18n.current import use_language
from engage.questionnaires.expressions import ARITY, Expression, answer, call, literal
from engage.questionnaires.wording import expression_in_words
from tests.factories.questionnaires import small_document

pytestmark = pytest.mark.sqlite_only
CHILDREN, HOW_MANY, WISH = (answer(key) for key in ("children", "how_many", "wish"))
YES = call("is", CHILDREN, literal("yes"))


@pytest.mark.parametrize(
    ("node", "words"),
    [
        (YES, "“Har du barn?” is “Ja”"),
        (
            call("not", call("selected", CHILDREN, literal("no"))),
            "“Nej” is not chosen in “Har du barn?”",
        ),
        (call("is", CHILDREN, literal("maybe")), "“Har du barn?” is “maybe”"),
        (call("at_least", HOW_MANY, literal(2)), "“Hur många barn?” is 2 or more"),
        (call("not", call("answered", WISH)), "“Vad saknas här?” is not answered"),
        (
            call("all", YES, call("any", call("answered", WISH), call("not", YES))),
            "“Har du barn?” is “Ja” and "
            "(“Vad saknas här?” is answered or “Har du barn?” is not “Ja”)",
        ),
        (call("add", HOW_MANY, literal(1)), "“Hur många barn?” + 1"),
        (Expression(op="self"), "this answer"),
        (call("is", Expression(op="column", name="area"), CHILDREN),
         "the column “area” of the choice is “Har du barn?”"),
        (call("if", YES, literal(1), literal(0)), "1 if “Har du barn?” is “Ja”, else 0"),
        (call("substring", WISH, literal(1)), "substring of “Vad saknas här?” and 1"),
        (Expression(op="answer", name="wish", every=True), "every answer to “Vad saknas här?”"),
    ],
)  # fmt: skip
def test_an_expression_reads_as_a_sentence(app, node, words):
    with use_language("en", for_staff=True):
        assert expression_in_words(node, small_document(), "sv") == words


def test_questions_are_quoted_in_the_language_asked_for(app):
    with use_language("en", for_staff=True):
        assert expression_in_words(YES, small_document(), "ar") == "“هل لديك أطفال؟” is “نعم”"


@pytest.mark.parametrize("op", sorted(set(ARITY) - {"answer", "column", "entries"}))
def test_every_operation_has_words(app, op):
    least, _most = ARITY[op]
    node = call(op, *([CHILDREN] * least))
    assert expression_in_words(node, small_document(), "sv").strip()
