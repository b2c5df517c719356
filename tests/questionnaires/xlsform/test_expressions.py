"""XPath in and out: what is written reads as the same tree, and means what ODK means by it."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.questionnaires.document import Document
from engage.questionnaires.evaluation import Context, evaluate
from engage.questionnaires.expressions import Expression, answer, call, literal
from engage.questionnaires.xlsform.choices import ChoiceDraft, ListDraft
from engage.questionnaires.xlsform.conditions import translate, translate_condition
from engage.questionnaires.xlsform.form import Row
from engage.questionnaires.xlsform.kinds import Kind
from engage.questionnaires.xlsform.meaning import Place
from engage.questionnaires.xlsform.names import Draft, Names, Target
from engage.questionnaires.xlsform.sheet_names import Seen, SheetNames
from engage.questionnaires.xlsform.syntax import UntranslatableError
from engage.questionnaires.xlsform.writing import write

TODAY = date(2027, 4, 1)
DOCUMENT = Document.model_validate(
    {
        "languages": ["en"],
        "choice_lists": {"l": {"choices": [{"key": "a", "columns": {"town": "x"}}, {"key": "b"}]}},
        "items": [
            {"key": "age", "type": "number"},
            {"key": "street", "type": "short_text"},
            {"key": "needs", "type": "multiple_choice", "choice_list": "l"},
            {
                "kind": "repeat",
                "key": "child",
                "items": [
                    {"key": "name", "type": "short_text"},
                    {"key": "years", "type": "number"},
                    {"key": "inside", "type": "multiple_choice", "choice_list": "l"},
                ],
            },
            {"key": "outside", "type": "multiple_choice", "choice_list": "l"},
        ],
    }
)


def _drafts(items, names, parent=None):
    made = {}
    for item in items:
        shape = item.kind
        draft = Draft(Row("survey", 2), Kind(""), shape, item.key, parent, key=item.key)
        if shape == "question":
            draft.type = item.type
            if item.choice_list:
                choices = DOCUMENT.choices(item)
                by_key = {
                    one.key: ChoiceDraft(Row("choices", 2), one.key, one.key, dict(one.columns))
                    for one in choices
                }
                draft.choices = ListDraft("l", by_key)
        else:
            made |= _drafts(item.items, names, draft)
        names.targets[item.key] = [Target(draft)]
        made[item.key] = draft
    return made


NAMES = Names()
DRAFTS = _drafts(DOCUMENT.items, NAMES)


def _place(reader="outside", field="constraint"):
    draft = DRAFTS[reader]
    return Place(NAMES, draft, field, draft.choices if field == "choice_filter" else None)


def _read(text, reader="outside", field="constraint"):
    return translate(text, _place(reader, field))


def _written(expression, reader):
    item = next(item for key, item in DOCUMENT.questions.items() if key == reader)
    return write(expression, Seen(SheetNames(DOCUMENT, {"l": "l"}), item))


_texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=6).filter(
    lambda text: not ("'" in text and '"' in text)
)
_numbers = st.integers(-1000, 1000) | st.floats(-1e6, 1e6).map(lambda one: round(one, 3))
_choices = st.sampled_from([answer("needs"), Expression(op="self")])


@st.composite
def _leaves(draw, reader):
    every = reader == "inside"
    return draw(
        st.sampled_from(
            [
                answer("age"),
                answer("street"),
                answer("years"),
                Expression(op="self"),
                Expression(op="position"),
                Expression(op="today"),
                Expression(op="entries", name="child"),
                literal(True),
                literal(False),
                call("item", Expression(op="answer", name="name", every=every), answer("age")),
                Expression(op="answer", name="years", every=every),
            ]
        )
        | st.builds(literal, _texts | _numbers)
    )


_ONE = (
    *("not", "answered", "sum", "floor", "ceiling", "truncate", "absolute", "square_root"),
    *("number", "text", "length", "date", "upper", "lower", "round", "negate"),
)
_TWO = (
    *("is", "is_not", "more_than", "at_least", "less_than", "at_most", "add", "subtract"),
    *("multiply", "divide", "modulo", "power", "contains", "starts_with", "ends_with"),
    *("all", "any", "concat", "join", "smallest", "largest", "round", "substring"),
)


@st.composite
def _calls(draw, inner):
    shape = draw(st.sampled_from(["one", "two", "three", "choice"]))
    if shape == "one":
        return call(draw(st.sampled_from(_ONE)), draw(inner))
    if shape == "two":
        return call(draw(st.sampled_from(_TWO)), draw(inner), draw(inner))
    if shape == "three":
        op = draw(st.sampled_from(["if", "all", "any", "concat", "substring", "join"]))
        return call(op, draw(inner), draw(inner), draw(inner))
    return draw(
        st.sampled_from(
            [
                call("selected", answer("needs"), literal("a")),
                call("selected", Expression(op="self"), literal("b")),
                call("count", answer("needs")),
                call("selected_at", answer("needs"), literal(0)),
                call("count", call("split", answer("street"))),
                call("label", answer("needs")),
                call("matches", answer("street"), literal("[A-Z].*")),
                call("format_date", Expression(op="today"), literal("%Y-%m-%d")),
                call("coalesce", answer("street"), answer("age")),
            ]
        )
    )


@settings(deadline=None, max_examples=150)
@given(st.data(), st.sampled_from(["inside", "outside"]))
def test_what_is_written_reads_as_the_same_tree(data, reader):
    expression = data.draw(st.recursive(_leaves(reader), _calls, max_leaves=12))
    written = _written(expression, reader)
    assert _read(written, reader) == expression, written


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=60) | st.text("${}()[].,'\"=<>!+-*/ andorivm09ax", max_size=60))
def test_any_text_is_read_or_refused_with_words(text):
    made, reasons = translate_condition(text, _place())
    assert made is not None or reasons
    assert all(str(reason) for reason in reasons)


ANSWERS = {
    "age": 17,
    "street": "Allmogeplatsen 2",
    "needs": ["a", "b"],
    "years": [3, None, 9],
    "name": ["Ada", "Bo", "Cy"],
    "child": 3,
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("${age} >= 18 or selected(${needs}, 'a')", True),
        ("${age}>=18 and ${street}!=''", False),
        ("not(${age} < 18)", False),
        ("${street} = ''", False),
        ("${age} = ‘17’", True),
        ("${age} == 17", True),
        ("${age} ≥ 17 AND true()", True),
        ("2 + 3 * 4 - 6 div 3", 12.0),
        ("-7 mod 3", -1.0),
        ("- ${age}", -17.0),
        ("int(-2.7)", -2.0),
        ("round(2.5)", 3.0),
        ("round(2.345, 2)", 2.35),
        ("pow(2, 10)", 1024.0),
        ("sum(${years})", 12.0),
        ("max(${years})", 9.0),
        ("min(3, 2, ${age})", 2.0),
        ("count(${child})", 3),
        ("count(${years})", 3),
        ("count-selected(${needs})", 2),
        ("count-selected(${street})", 2),
        ("selected-at(${street}, 0)", "Allmogeplatsen"),
        ("selected-at(${needs}, 1)", "b"),
        ("selected(${street}, '2')", True),
        ("indexed-repeat(${name}, ${child}, 2)", "Bo"),
        ("indexed-repeat(${name}, ${child}, 9)", None),
        ("join(', ', ${name})", "Ada, Bo, Cy"),
        ("concat('a', 1, ${street})", "a1Allmogeplatsen 2"),
        ("substr('abcdef', 1, 3)", "bc"),
        ("substring('abcdef', 2, 3)", "bcd"),
        ("string-length(${street})", 16),
        ("contains(${street}, 'platsen')", True),
        ("starts-with(${street}, 'All')", True),
        ("ends-with(${street}, 'x')", False),
        ("regex(${street}, '[A-Z][a-z]+ [0-9]')", True),
        ("if(${age} > 12, 'old', 'young')", "old"),
        ("coalesce('', coalesce(${none}, 5))", 5),
        ("today() - date('2027-03-01')", 31.0),
        ("format-date(today(), '%d/%m/%y')", "01/04/27"),
        ("format-date-time(now(), '%Y-%m-%d')", "2027-04-01"),
        ("decimal-date-time('1970-01-11')", 10.0),
        ("boolean(${age})", True),
        ("once(${age})", 17),
        ("translate('ABC', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')", "abc"),
        ("number('12') + string(3)", 15.0),
        ("boolean-from-string('1')", True),
        ("/data/group/age", 17),
        ("../age + 1", 18.0),
        ("current()/../age", 17),
        ("jr:choice-name(${needs}, '${needs}')", "A, B"),
    ],
)
def test_an_expression_means_what_odk_means_by_it(text, value):
    NAMES.targets["none"] = NAMES.targets["street"] if "none" in text else []
    context = Context(
        answers=lambda key, _every: "" if "none" in text and key == "street" else ANSWERS.get(key),
        today=TODAY,
        labels=lambda _question, key: key.upper(),
    )
    assert evaluate(_read(text), context) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("${nobody} = 1", "there is no such question"),
        ("${child} = 1", "which nobody answers"),
        ("random() < 0.5", "by chance"),
        ("uuid()", "by chance"),
        ("pulldata('a', 'b', 'c', 'd')", "other files"),
        ("instance('l')/root/item[name='a']/label", "[ ]"),
        ("checksum(${age})", "There is no function “checksum()” here."),
        ("format-date(today(), '%b %Y')", "figures only"),
        ("regex(${street}, '([')", "The pattern “([” cannot be read."),
        ("position(${child})", "the innermost repeat"),
        ("indexed-repeat(${age}, ${child}, 1)", "does not stand in a repeat"),
        ("selected(${needs})", "too many or too few"),
        ("../../*", "It cannot be read near"),
        ("age = 1", "Write “${age}” to read an answer."),
        ("1 +", "It cannot be read near"),
        ("'open", "It cannot be read near"),
        ("(" * 200 + "1" + ")" * 200, "too long"),
        ("1" + "+1" * 400, "too long"),
        ("", "It is empty."),
        ("x" * 30_000, "too long"),
    ],
)
def test_what_cannot_be_said_is_refused_with_the_reason(text, reason):
    with pytest.raises(UntranslatableError) as refused:
        _read(text)
    assert reason in str(refused.value.reason)


def test_columns_are_read_in_filters_only():
    assert _read("town = ${street}", field="choice_filter").columns() == {"town"}
    with pytest.raises(UntranslatableError) as refused:
        _read("nothing = ${street}", field="choice_filter")
    assert "No choice in the list has a column" in str(refused.value.reason)


def test_of_several_demands_those_that_can_be_said_stay():
    made, reasons = translate_condition("${age} > 5 and random() = 1 and ${street} != ''", _place())
    assert [demand.op for demand in made.args] == ["more_than", "answered"]
    assert len(reasons) == 1
    made, reasons = translate_condition("${age} > 5 or random() = 1", _place())
    assert made is None
    assert len(reasons) == 1
