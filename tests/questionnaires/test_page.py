"""The page of questions: what the phone needs stands in attributes, safely; answers are piped."""

import html
import json
from datetime import date

import pytest

from engage.questionnaires.document import Document
from engage.questionnaires.expressions import answer, call, literal
from engage.questionnaires.page import as_attribute, shown_page
from engage.questionnaires.path import walk_answers
from engage.questionnaires.piping import piped_html, piped_text

TODAY = date(2027, 3, 1)


def document(*items, **given):
    return Document.model_validate({"languages": ["en"], "items": items, **given})


def question(key, **given):
    return {"key": key, "type": "short_text", "label": {"en": key.title()}, **given}


@pytest.mark.parametrize(
    "value", [{"a": "'\"<>&"}, ["</script>", "&quot;"], "é\u2028", {"op": "value", "value": None}]
)
def test_json_in_an_attribute_comes_back_as_it_was(value):
    written = as_attribute(value)
    assert "'" not in written
    assert "<" not in written
    assert json.loads(html.unescape(str(written))) == value


def test_the_phone_gets_conditions_filters_limits_and_messages():
    made = document(
        question("a"),
        {
            "key": "b",
            "type": "number",
            "label": {"en": "B"},
            "relevant": call("answered", answer("a")).model_dump(exclude_defaults=True),
            "constraint": call("is", answer("a"), literal("x")).model_dump(exclude_defaults=True),
            "constraint_message": {"en": "It's <not> so"},
            "required": True,
            "settings": {"minimum": 3},
        },
    )
    data = shown_page(made, "en", TODAY).items[1].data
    assert set(data) == {"relevant", "constraint", "limits", "required", "complaint"}
    assert html.unescape(str(data["complaint"])) == "It's <not> so"
    assert json.loads(html.unescape(str(data["relevant"])))["op"] == "answered"


def test_a_filter_comes_with_the_properties_of_its_choices():
    lists = {"l": {"choices": [{"key": "x", "label": {"en": "X"}, "columns": {"r": "1"}}]}}
    only = {"op": "is", "args": [{"op": "column", "name": "r"}, {"op": "value", "value": "1"}]}
    made = document(
        question("a", type="single_choice", choice_list="l", choice_filter=only), choice_lists=lists
    )
    data = shown_page(made, "en", TODAY).items[0].data
    assert json.loads(html.unescape(str(data["columns"]))) == {"x": {"r": "1"}}


def test_the_aside_comes_once_before_the_first_about_oneself():
    group = {"kind": "group", "key": "g", "items": [question("c", background=True)]}
    kinds = [
        item.kind
        for item in shown_page(
            document(question("a"), group, question("d", background=True)), "en", TODAY
        ).items
    ]
    assert kinds == ["question", "aside", "group", "question"]


def test_answers_are_piped_and_escaped():
    piped = piped_html("Why ${a} & ${b}?", {"a": "<b>", "b": ""}.get)
    assert piped == ('Why <span data-pipe="a">&lt;b&gt;</span> &amp; <span data-pipe="b">…</span>?')
    assert piped_text("${a}${a} ${c}", lambda key: "${b}" if key == "a" else "") == "${b}${b} …"


def test_a_piped_answer_is_the_nearest_one():
    inner = {
        "kind": "repeat",
        "key": "child",
        "items": [question("name"), question("age", label={"en": "${name} of ${street}"})],
    }
    form = {
        "street": ["Main"],
        "child.1.name": ["Ali"],
        "child.2.name": ["Bo"],
        "child.3.age": ["3"],
    }
    made = document(question("street"), inner)
    page = shown_page(made, "en", TODAY, form, walk_answers(made, form, "en", TODAY))
    told = [entry.items[1].words_of for entry in page.items[1].entries]
    assert [(words("name"), words("street"), words("none")) for words in told] == [
        ("Ali", "Main", ""),
        ("Bo", "Main", ""),
        ("", "Main", ""),
    ]


def test_a_piped_choice_is_in_words_and_own_words_come_first():
    lists = {"l": {"choices": [{"key": "x", "label": {"en": "A job"}}]}}
    made = document(
        question("a", type="single_choice", choice_list="l", other=True), choice_lists=lists
    )
    for form, said in (
        ({"a": ["x"]}, "A job"),
        ({"a": ["other"], "a:words": ["A lake"]}, "A lake"),
    ):
        page = shown_page(made, "en", TODAY, form, walk_answers(made, form, "en", TODAY))
        assert page.items[0].words_of("a") == said


@pytest.mark.parametrize(
    ("name", "settings"), [("multiple_choice", {}), ("picture_choice", {"several": True})]
)
def test_own_words_stand_beside_everything_else_that_was_chosen(name, settings):
    choices = [{"key": "x", "label": {"en": "A job"}}, {"key": "y", "label": {"en": "Friends"}}]
    asked = question("a", type=name, choice_list="l", other=True, settings=settings)
    made = document(asked, choice_lists={"l": {"choices": choices}})
    form = {"a": ["x", "y", "other"], "a:words": ["A lake"]}
    page = shown_page(made, "en", TODAY, form, walk_answers(made, form, "en", TODAY))
    assert page.items[0].words_of("a") == "A job, Friends, and A lake"
