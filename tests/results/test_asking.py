"""Counts from the table equal counts made by hand."""

import pytest

from engage.results.table.asking import Answered, Asking, Classes, Flags, Numbers, Tally
from engage.results.table.engine import connection
from engage.results.table.store import response_table
from tests.factories.questionnaires import make_round, small_document
from tests.factories.results import make_responses

pytestmark = pytest.mark.sqlite_only

ITEMS = [
    *small_document().model_dump(mode="json")["items"],
    {
        "key": "needs",
        "type": "multiple_choice",
        "label": {"sv": "Behov", "ar": "ح"},
        "choice_list": "yes_no",
    },
    {
        "kind": "repeat",
        "key": "child",
        "title": {"sv": "Barn", "ar": "طفل"},
        "items": [
            {
                "key": "likes",
                "type": "single_choice",
                "label": {"sv": "Gillar", "ar": "يحب"},
                "choice_list": "yes_no",
            }
        ],
    },
]
FORMS = [
    {"children": "yes", "how_many": "1", "needs": ["yes", "no"], "child.1.likes": "yes"},
    {
        "children": "yes",
        "how_many": "3",
        "needs": ["yes"],
        "child.1.likes": "yes",
        "child.2.likes": "yes",
        "child.3.likes": "no",
    },
    {"children": "no", "needs": ["no"]},
    {"children": "~prefer_not"},
]


@pytest.fixture
def asking(db, tmp_path):
    round_ = make_round(document=small_document(items=ITEMS))
    make_responses(round_, FORMS)

    def ask(*requests, group=""):
        with response_table(round_, tmp_path) as table, connection(tmp_path) as engine:
            return Asking(table, engine, group).answers(requests)

    return ask


def test_values_are_counted_with_those_that_are_missing(asking):
    request, reasons = Tally(("children",)), Tally(("how_many_missing",))
    answers = asking(request, reasons)
    assert answers.tally(request) == {"": {"yes": 2, "no": 1, None: 1}}
    assert answers.tally(reasons) == {"": {None: 2, "not_asked": 2}}


def test_pairs_are_counted_together(asking):
    request = Tally(("children", "how_many"))
    pairs = asking(request, Tally(("children",))).tally(request)
    assert pairs == {"": {("yes", 1): 1, ("yes", 3): 1, ("no", None): 1, (None, None): 1}}


def test_counts_by_group_add_up_to_everybody(asking):
    request = Tally(("how_many",))
    found = asking(request, group="children").tally(request)
    assert found == {"yes": {1: 1, 3: 1}, "no": {None: 1}, "": {None: 1}}


def test_flags_are_shares_of_those_who_answered(asking):
    request = Flags(("needs_yes", "needs_no"), reason="needs_missing")
    assert asking(request).tally(request)[None] == {"needs_yes": 2, "needs_no": 2, None: 3}
    by_group = asking(request, group="children").tally(request)
    assert by_group["yes"] == {"needs_yes": 2, "needs_no": 1, None: 2}
    assert by_group[""] == {"needs_yes": 0, "needs_no": 0, None: 0}


def test_numbers_have_mean_and_quartiles_and_tell_who_dominates(asking):
    request = Numbers("how_many")
    found = asking(request).numbers[request][None]
    assert found.persons == 2
    assert found.figures["mean"] == found.figures["median"] == 2
    assert (found.sum_of_sizes, found.largest) == (4, 3)


def test_classes_hold_their_lower_border_and_the_last_one_the_rest(asking):
    request = Classes("how_many", (0.0, 1.0, 2.0, 3.0))
    assert asking(request).tally(request)[None] == {0.0: 0, 1.0: 1, 2.0: 1}


def test_in_a_repeat_persons_are_counted_and_not_entries(asking):
    request, base = Tally(("likes",), "child"), Answered("likes", "child")
    answers = asking(request, base)
    assert answers.tally(request) == {"": {"yes": 2, "no": 1}}
    assert answers.tally(base)[None] == {True: 2}
    by_group = asking(request, group="children").tally(request)
    assert by_group == {"yes": {"yes": 2, "no": 1}}


def test_where_nobody_answered_everything_is_counted_as_none(db, tmp_path):
    round_ = make_round(document=small_document(items=ITEMS))
    flags, classes = Flags(("needs_yes", "needs_no")), Classes("how_many", (0, 2, 4))
    with response_table(round_, tmp_path) as table, connection(tmp_path) as engine:
        answers = Asking(table, engine).answers([flags, classes])
    assert answers.tally(flags)[None] == {"needs_yes": 0, "needs_no": 0, None: 0}
    assert answers.tally(classes)[None] == {0: 0, 2: 0}
