"""X-37: answers that are the same as others are told to staff, in numbers that expose nobody."""

import pytest

from engage.communities.roles import Role
from engage.extensions import db
from engage.responses.models import AnsweringTime
from tests.factories.accounts import sign_in
from tests.factories.communities import make_member
from tests.factories.questionnaires import make_round, make_version, small_document
from tests.factories.results import make_responses
from tests.results.rounds import document, forms, make_answered_round

pytestmark = pytest.mark.sqlite_only
HASTY = "took less than a third of the time that residents are told"
TOLD = "the same as another one in everything that is chosen or counted"


@pytest.fixture
def told(client, community):
    """Return a function that reads who answered, after some answers were added to sixty."""
    sign_in(client, make_member(community, Role.ANALYST))

    def told(*more, group=""):
        round_ = make_answered_round(community)
        make_responses(round_, more)
        path = f"/en/c/{community.slug}/rounds/{round_.slug}/results?group={group}"
        page = client.get_page(path)
        return page.words(page.find("//section[@id='overview']"))

    return told


def _same(number, **given):
    [one] = forms(1, seed=99)
    return [{**one, "wish": f"Önskan {at}", **given} for at in range(number)]


def test_answers_that_differ_in_words_alone_are_the_same(told):
    words = told(*_same(12))
    assert f"About 10 answers are {TOLD}" in words
    assert "Nothing was taken away." in words


def test_a_few_are_not_told(told):
    assert TOLD not in told(*_same(4))


def test_those_who_said_little_may_well_agree(told):
    assert TOLD not in told(*[{"mood": "good", "first": "work"}] * 12)


def test_one_group_alone_is_not_looked_through(told):
    assert TOLD not in told(*_same(12), group="age%3Dyoung")


def test_a_questionnaire_of_hundreds_of_questions_is_looked_through(client, community):
    """More columns than small numbers count to, and than an expression may be deep."""
    sign_in(client, make_member(community, Role.ANALYST))
    words = {"sv": "Ord", "ar": "كلمة"}
    choices = [{"key": f"c{n}", "label": words} for n in range(1200)]
    items = [
        {"key": f"q{n}", "type": "single_choice", "label": words, "choice_list": "few"}
        for n in range(150)
    ]
    items.append({"key": "many", "type": "multiple_choice", "label": words, "choice_list": "many"})
    lists = {"few": {"choices": choices[:2]}, "many": {"choices": choices}}
    version = make_version(community, small_document(items=items, choice_lists=lists))
    round_ = make_round(version=version)
    make_responses(round_, [{f"q{n}": "c1" for n in range(150)} | {"many": ["c5"]}] * 12)
    path = f"/en/c/{community.slug}/rounds/{round_.slug}/results"
    assert f"About 10 answers are {TOLD}" in client.get_page(path).text


def test_believable_answers_are_not_suspected(told):
    assert TOLD not in told()


@pytest.fixture
def timed(client, community):
    """Return a function that reads who answered where so many took so many minutes."""
    sign_in(client, make_member(community, Role.ANALYST))

    def timed(by_minutes, told=12):
        changed = document().model_copy(update={"minutes": told})
        round_ = make_round(version=make_version(community, changed))
        make_responses(round_, forms(60))
        for minutes, answers in by_minutes.items():
            row = AnsweringTime(round_id=round_.id, minutes=minutes, answers=answers)
            db.session.add(row)
        db.session.commit()
        page = client.get_page(f"/en/c/{community.slug}/rounds/{round_.slug}/results")
        return page.words(page.find("//section[@id='overview']"))

    return timed


def test_answers_that_came_too_fast_are_told_as_a_number_for_the_whole_round(timed):
    assert f"About 10 answers {HASTY}" in timed({1: 6, 3: 5, 4: 20, 13: 30})


@pytest.mark.parametrize(
    "by_minutes",
    [{}, {4: 30, 13: 30}, {1: 4, 13: 50}, {1: 50, 13: 2}, {1: 60}],
    ids=["not timed", "none", "few", "all but a few", "all"],
)
def test_nothing_is_told_where_it_would_be_of_few_or_of_everybody(timed, by_minutes):
    assert HASTY not in timed(by_minutes)


def test_where_few_minutes_are_told_nobody_is_too_fast(timed):
    assert HASTY not in timed({1: 30, 3: 30}, told=5)
