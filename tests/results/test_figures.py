"""The figures that leave in a file are those of the pages, hidden ones without a value."""

import pytest

from engage.results.disclosure import Policy
from engage.results.figures import disclosed_figures, reader_in
from engage.results.looking import Wanted
from engage.results.table.engine import reading
from engage.results.table.store import response_table
from tests.factories.communities import make_community
from tests.factories.results import make_stored_responses
from tests.results.rounds import make_answered_round

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def figures(app):
    home = app.config["INSTANCE_FOLDER"]

    def read(round_, language="sv"):
        wanted = Wanted(reader_in(language, ("sv",)), Policy())
        with response_table(round_, home) as table:
            return list(disclosed_figures(table, reading(home), wanted))

    return read


def test_every_question_has_its_figures(figures):
    found = figures(make_answered_round(make_community()))
    by_question = {}
    for one in found:
        by_question.setdefault(one.question, set()).add(one.measure)
    shares = {"percent", "percent_low", "percent_high", "people_about"}
    assert by_question["first"] == by_question["needs"] == by_question["mood"] == shares
    assert by_question["trust"] == by_question["where"] == by_question["moved"] == shares
    assert {"mean", "median", "low_quartile", "high_quartile"} <= by_question["years"]
    assert by_question["order"] == {"average_place", "percent_put_first"}
    gaps = {"mean_importance", "mean_met", "gap", "gap_low", "gap_high", "people_about"}
    assert by_question["gap"] == gaps
    assert by_question["wish"] == {"people_about"}


def test_each_gap_lies_within_its_interval(figures):
    found = {}
    for one in figures(make_answered_round(make_community())):
        if one.question == "gap":
            found.setdefault(one.row, {})[one.measure] = one.value
    assert found
    for row, told in found.items():
        assert told["gap_low"] < told["gap"] < told["gap_high"], row


def test_hidden_figures_have_no_value_but_a_reason(figures):
    round_ = make_answered_round(make_community(), number=0)
    rows = [{"answers": {"first": "work"}}] * 50 + [{"answers": {"first": "safety"}}] * 30
    make_stored_responses(round_, rows + [{"answers": {"first": "park"}}] * 3)
    found = {
        (one.row, one.measure): (one.value, bool(one.hidden))
        for one in figures(round_)
        if one.question == "first"
    }
    assert found["work", "percent"] == (60, False)
    assert found["safety", "percent"] == found["park", "people_about"] == (None, True)


def test_too_few_for_percentages_is_not_the_same_as_hidden(figures):
    round_ = make_answered_round(make_community(), number=0)
    rows = [{"answers": {"first": "work"}}] * 7 + [{"answers": {"first": "safety"}}] * 6
    make_stored_responses(round_, rows)
    found = {(one.row, one.measure): one for one in figures(round_) if one.question == "first"}
    assert (found["work", "percent"].value, found["work", "percent"].hidden) == (None, "")
    assert found["work", "people_about"].value == 5


def test_labels_are_in_the_language_asked_for(figures):
    found = figures(make_answered_round(make_community()), "ar")
    assert {one.question_label for one in found if one.question == "mood"} == {"ع Fråga mood?"}
