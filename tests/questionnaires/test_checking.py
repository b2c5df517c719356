"""What keeps a questionnaire from being published is found, and told with its place."""

import pytest

from engage.questionnaires.checking import (
    languages_complete,
    missing_texts,
    problems_of,
    warnings_of,
)
from engage.questionnaires.document import Document
from tests.factories.questionnaires import SMALL, small_document

READS = {"op": "answered", "args": [{"op": "answer", "name": "wish"}]}


def question(**given):
    return {"type": "short_text", "label": {"sv": "Fråga", "ar": "سؤال"}, **given}


def calculated(key, *reads):
    args = [{"op": "answer", "name": name} for name in reads]
    node = {"op": "concat", "args": args or [{"op": "value", "value": "x"}]}
    return {"key": key, "type": "calculated", "calculation": node}


def places(document):
    return {problem.place for problem in problems_of(document)}


def with_items(*items, **given):
    return small_document(items=[*SMALL["items"], *items], **given)


def test_a_sound_questionnaire_has_no_problems():
    assert problems_of(small_document()) == []
    assert warnings_of(small_document()) == []


@pytest.mark.parametrize(
    ("items", "place"),
    [
        ([question(key="wish")], "question.wish.key"),
        ([{"kind": "repeat", "key": "wish", "items": []}], "question.wish.key"),
        ([question(key="x", type="unheard_of")], "question.x.type"),
        ([question(key="x", type="single_choice")], "question.x.choice_list"),
        ([question(key="x", type="single_choice", choice_list="no")], "question.x.choice_list"),
        ([question(key="x", settings={"maximum": "lots"})], "question.x.settings"),
        ([question(key="x", settings={"unheard_of": 1})], "question.x.settings"),
        ([question(key="x", label={"ar": "سؤال"})], "question.x.label"),
        ([question(key="x", label={"sv": "Hej ${nobody}"})], "question.x.label"),
        ([question(key="x", label={"sv": "Hej ${x}"})], "question.x.label"),
        ([{"kind": "repeat", "key": "r", "minimum": 9, "maximum": 2}], "repeat.r.minimum"),
    ],
)
def test_a_mistake_is_told_with_its_place(items, place):
    assert place in places(with_items(*items))


@pytest.mark.parametrize(
    ("field", "node"),
    [
        ("relevant", {"op": "answered", "args": [{"op": "answer", "name": "nobody"}]}),
        ("relevant", {"op": "answered", "args": [{"op": "answer", "name": "later"}]}),
        ("relevant", {"op": "answered", "args": [{"op": "answer", "name": "x"}]}),
        ("relevant", {"op": "answered", "args": [{"op": "self"}]}),
        ("relevant", {"op": "answered", "args": [{"op": "column", "name": "c"}]}),
        ("relevant", {"op": "entries", "name": "wish"}),
        (
            "constraint",
            {"op": "matches", "args": [{"op": "self"}, {"op": "value", "value": "(["}]},
        ),
    ],
)
def test_a_condition_that_cannot_be_worked_out_is_a_problem(field, node):
    document = with_items(question(key="x", **{field: node}), question(key="later"))
    assert f"question.x.{field}" in places(document)


def test_a_condition_may_read_what_was_asked_before():
    assert problems_of(with_items(question(key="x", relevant=READS))) == []


def test_a_filter_reads_columns_that_choices_have():
    node = {"op": "is", "args": [{"op": "column", "name": "area"}, {"op": "value", "value": "a"}]}
    asked = question(key="x", type="single_choice", choice_list="yes_no", choice_filter=node)
    assert "question.x.choice_filter" in places(with_items(asked))


def test_a_condition_that_is_too_deep_is_refused_without_being_walked():
    node = {"op": "today"}
    for _ in range(100):
        node = {"op": "text", "args": [node]}
    document = with_items(question(key="x", relevant=node))
    assert "question.x.relevant" in places(document)


def test_keys_of_choices_are_unique_within_their_list():
    lists = {"yes_no": {"choices": [*SMALL["choice_lists"]["yes_no"]["choices"][:1]] * 2}}
    assert "choice.yes_no.yes" in places(small_document(choice_lists=lists))


def test_words_of_ones_own_and_a_choice_called_other_exclude_each_other():
    lists = {"o": {"choices": [{"key": "other", "label": {"sv": "Annat"}}]}}
    asked = question(key="x", type="single_choice", choice_list="o", other=True)
    document = with_items(asked, choice_lists={**SMALL["choice_lists"], **lists})
    assert "question.x.other" in places(document)


def test_nothing_to_ask_is_a_problem():
    assert "document.items" in places(small_document(items=[]))


def test_groups_too_deep_inside_each_other_are_a_problem():
    items = [question(key="deepest")]
    for number in range(40):
        items = [{"kind": "group", "key": f"g{number}", "items": items}]
    assert "document.items" in places(small_document(items=items))


def test_a_choice_that_a_condition_compares_with_but_is_not_there_is_warned_of():
    node = {
        "op": "is",
        "args": [{"op": "answer", "name": "children"}, {"op": "value", "value": "maybe"}],
    }
    document = with_items(question(key="x", relevant=node))
    assert problems_of(document) == []
    assert [warning.place for warning in warnings_of(document)] == ["question.x.relevant"]


def test_only_whole_languages_are_complete():
    assert languages_complete(small_document()) == ["sv", "ar"]
    document = with_items(question(key="x", label={"sv": "Bara svenska"}))
    assert languages_complete(document) == ["sv"]
    assert missing_texts(document) == {"sv": [], "ar": ["question.x.label"]}


def test_a_list_that_nobody_uses_keeps_no_language_back():
    unused = {"left": {"choices": [{"key": "a", "label": {"sv": "Kvar"}}]}}
    document = small_document(choice_lists={**SMALL["choice_lists"], **unused})
    assert languages_complete(document) == ["sv", "ar"]


def test_an_empty_questionnaire_is_complete_in_no_language():
    assert languages_complete(Document(languages=("sv",))) == []
