"""Entries of a repeat as fields: shown, added, taken away; those nobody has seen are named."""

from datetime import date

import pytest

from engage.questionnaires.document import Document
from engage.questionnaires.page import shown_page
from engage.questionnaires.path import walk_answers
from engage.questionnaires.repeats import (
    entries_not_shown,
    repeat_called,
    with_entry_added,
    with_entry_removed,
)

TODAY = date(2027, 3, 1)
NAME = {"key": "name", "type": "short_text", "label": {"en": "Name"}}
TOY = {"key": "toy", "type": "short_text", "label": {"en": "Toy"}}
COUNT = {"key": "many", "type": "number", "label": {"en": "How many?"}}
INNER = {"kind": "repeat", "key": "box", "maximum": 3, "items": [TOY]}


def document(*items):
    return Document.model_validate({"languages": ["en"], "items": items})


def repeat(*items, **given):
    return {"kind": "repeat", "key": "child", "items": list(items or [NAME]), **given}


def counted(**given):
    return document(COUNT, repeat(times={"op": "answer", "name": "many"}, **given))


def shown(made, form=None):
    form = {name: [value] for name, value in (form or {}).items()}
    walked = walk_answers(made, form, "en", TODAY) if form else None
    page = shown_page(made, "en", TODAY, form, walked)
    return next(item for item in page.items if item.kind == "repeat")


def test_an_empty_page_shows_one_entry_to_begin_with():
    found = shown(document(repeat()))
    assert [entry.number for entry in found.entries] == [1]
    assert (found.begun, found.can_grow) == (0, True)


def test_as_many_as_must_be_are_there_from_the_start():
    found = shown(document(repeat(minimum=2)))
    assert (len(found.entries), found.begun) == (2, 2)


def test_as_many_as_were_said_are_shown_and_no_more_can_be_added():
    found = shown(counted(), {"many": "3"})
    assert ([entry.prefix for entry in found.entries], found.can_grow) == (
        ["child.1.", "child.2.", "child.3."],
        False,
    )


def test_a_huge_number_shows_no_more_than_the_most():
    assert len(shown(counted(maximum=5), {"many": "999999"}).entries) == 5


def test_entries_that_were_on_the_page_are_on_it_again():
    found = shown(document(repeat()), {"child.1.name": "A", "child.1:here": "", "child.2:here": ""})
    assert len(found.entries) == 2


def test_one_more_is_added_up_to_the_most():
    form = {"child.1:here": [""], "child.1.name": ["A"]}
    form = with_entry_added(form, "child", 2)
    assert "child.2:here" in form
    assert with_entry_added(form, "child", 2) == form


def test_one_is_taken_away_and_the_others_move_up():
    form = {
        "child.1.name": ["A"],
        "child.2.name": ["B"],
        "child.2.box.1.toy": ["ball"],
        "child.3.name": ["C"],
        "child.3.name:missing": ["dont_know"],
        "child.10.name": ["J"],
        "children": ["x"],
        "many": ["3"],
    }
    assert with_entry_removed(form, "child", 2) == {
        "child.1.name": ["A"],
        "child.2.name": ["C"],
        "child.2.name:missing": ["dont_know"],
        "child.9.name": ["J"],
        "children": ["x"],
        "many": ["3"],
    }


@pytest.mark.parametrize(
    ("name", "key"),
    [("child", "child"), ("child.2.box", "box"), ("box", None), ("name", None), ("", None)],
)
def test_a_repeat_is_found_by_the_name_of_its_fields(name, key):
    made = document({"kind": "group", "key": "g", "items": [repeat(NAME, INNER)]})
    found = repeat_called(made, name)
    assert (found.key if found else None) == key


def test_entries_that_an_answer_calls_for_but_nobody_has_seen_are_named():
    made, form = counted(), {"many": ["2"], "child.1:here": [""], "child.1.name": ["A"]}
    entry = walk_answers(made, form, "en", TODAY).entry
    assert entries_not_shown(made, form, entry) == ["child.2"]
    assert entries_not_shown(made, {**form, "child.2:here": [""]}, entry) == []


def test_entries_within_entries_are_named_too():
    made = document(repeat(NAME, {**INNER, "minimum": 1}))
    form = {"child.1.name": ["A"], "child.1:here": [""]}
    entry = walk_answers(made, form, "en", TODAY).entry
    assert entries_not_shown(made, form, entry) == ["child.1.box.1"]


def test_the_last_entries_count_only_if_something_is_in_them():
    form = {"child.1.name": ["A"], "child.2.name": [" "], "child.3.name": [""]}
    walked = walk_answers(document(repeat()), form, "en", TODAY)
    assert len(walked.entry.answers["child"]) == 1
    form["child.3.name"] = ["C"]
    walked = walk_answers(document(repeat()), form, "en", TODAY)
    assert [one.answers.get("name") for one in walked.entry.answers["child"]] == ["A", None, "C"]


@pytest.mark.parametrize("number", ["0", "01", "-1", "1e3", "٣", "9" * 5000, ""])
def test_a_number_that_no_page_has_is_no_entry(number):
    form = {f"child.{number}.name": ["x"]}
    assert walk_answers(document(repeat()), form, "en", TODAY).entry.answers["child"] == []
