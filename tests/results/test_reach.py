"""Who is missing: answers beside the population, in steps that expose nobody (N9, P-27, P-31)."""

from datetime import date

import pytest

from engage.communities.roles import Role
from engage.results.disclosure import CountTable, Policy, disclose
from engage.results.models import PopulationFigures
from engage.results.reach.gaps import group_reach, widest
from tests.factories import saved
from tests.factories.accounts import sign_in
from tests.factories.communities import make_community, make_member
from tests.factories.results import make_responses
from tests.results.rounds import forms, make_answered_round

PEOPLE = {"age": {"young": 400, "middle": 200, "old": 400}}


def shown(**counts):
    rows = tuple((count,) for count in counts.values())
    table = CountTable((*counts, ""), (*rows, (0,)), (sum(counts.values()),))
    return disclose(table, Policy())


def test_missing_answers_make_the_group_as_large_as_among_the_residents():
    found = group_reach(shown(a=60, b=40), {"a": 500, "b": 500}, Policy())
    assert [(one.answers, one.percent, one.missing) for one in found] == [(60, 60, 0), (40, 40, 20)]
    assert widest(found).group == "b"
    # (40 + 20) of (100 + 20) is half.


def test_p27_a_group_of_few_and_a_group_of_nobody_look_the_same():
    people = {"a": 400, "b": 400, "c": 400, "d": 400}
    few = group_reach(shown(a=60, b=43, c=2, d=20), people, Policy())
    none = group_reach(shown(a=60, b=43, c=0, d=22), people, Policy())
    assert few[2].is_hidden
    assert few[2].missing == group_reach(shown(a=60, b=43, c=4, d=18), people, Policy())[2].missing
    assert [one.group for one in none] == ["a", "b", "c", "d"]


def test_p31_nothing_is_told_where_fewer_than_forty_live():
    found = group_reach(shown(a=60, b=30), {"a": 500, "b": 39}, Policy())
    assert (found[1].is_hidden, found[1].note) == (True, "few_people")


def test_z11_more_answers_than_residents_are_noted_and_never_counted_as_missing():
    found = group_reach(shown(a=60, b=80), {"a": 500, "b": 50}, Policy())
    assert found[1].note == "too_many"
    assert widest(found).group == "a"


def test_answers_without_figures_are_left_out_of_the_comparison():
    found = group_reach(shown(a=50, b=50, other=20), {"a": 500, "b": 500}, Policy())
    assert [(one.group, one.percent) for one in found] == [("a", 50), ("b", 50)]
    assert widest(found) is None
    assert group_reach(shown(a=1, b=1), {"a": 500, "b": 500}, Policy()) is None


@pytest.mark.sqlite_only
class TestPage:
    """The page under a round."""

    @pytest.fixture
    def community(self, db):
        return make_community()

    @pytest.fixture
    def round_(self, community):
        return make_answered_round(community)

    @pytest.fixture
    def staff(self, client, community):
        sign_in(client, make_member(community, Role.PARTNER))
        return client

    def figures(self, community, people=PEOPLE):
        saved(
            PopulationFigures(
                community_id=community.id,
                people=people,
                source="Registret",
                as_of=date(2027, 1, 1),
            )
        )

    def address(self, round_, language="en"):
        return f"/{language}/c/{round_.community.slug}/rounds/{round_.slug}/reach"

    def test_each_question_says_who_is_missing_with_picture_and_table(
        self, staff, community, round_
    ):
        make_responses(round_, [{**form, "age": "old"} for form in forms(15, seed=2)])
        self.figures(community)
        page = staff.get_page(self.address(round_))
        section = page.find("//section[@id='r-age']")
        assert "more answers from “Old” would be needed." in page.words(section)
        assert section.xpath(".//*[local-name()='svg'][@role='img']")
        assert len(section.xpath(".//tbody/tr")) == 3
        assert "Registret" in page.text
        assert "Design effect" in page.text

    @pytest.mark.parametrize("language", ["sv", "da", "ar"])
    def test_the_page_is_there_in_every_language_staff_work_in(
        self, staff, community, round_, language
    ):
        self.figures(community)
        staff.get_page(self.address(round_, language))

    def test_a_group_of_few_is_hidden_and_keeps_answers_from_being_weighted(self, staff, community):
        round_ = make_answered_round(community, k=10)
        self.figures(community)
        page = staff.get_page(self.address(round_))
        row = page.words(page.find("//section[@id='r-age']//tbody/tr[th[contains(., 'Old')]]"))
        assert "Too few to show" in row
        assert "up to" in row
        assert "These groups have too few answers:" in page.text

    def test_without_figures_or_answers_the_page_says_so(self, staff, community, round_):
        assert "No population figures yet" in staff.get_page(self.address(round_)).text
        self.figures(community, {"gender": {"woman": 500, "man": 500}})
        assert "does not ask about them" in staff.get_page(self.address(round_)).text

    def test_z11_answers_that_outnumber_people_are_judged_by_what_is_shown(
        self, staff, community, round_
    ):
        make_responses(round_, [{**form, "age": "young"} for form in forms(60, seed=4)])
        make_responses(round_, [{**form, "age": "old"} for form in forms(15, seed=5)])
        self.figures(community, {"age": {"young": 60, "middle": 500, "old": 500}})
        shown = staff.get_page(self.address(round_))
        assert "More answers than residents in “Young”." in shown.text
        assert "There are more answers than residents in a group." in shown.text

    def test_z11_where_too_few_people_live_nothing_is_told(self, staff, community, round_):
        self.figures(community, {"age": {"young": 400, "middle": 10, "old": 400}})
        page = staff.get_page(self.address(round_))
        assert "fewer than 40 people live here" in page.text

    def test_p30_the_page_waits_for_enough_new_answers(self, staff, community, round_):
        self.figures(community)
        before = staff.get_page(self.address(round_)).text
        more = [{**form, "age": "young"} for form in forms(24, seed=9)]
        make_responses(round_, more[:4])
        assert staff.get_page(self.address(round_)).text == before
        make_responses(round_, more[4:])
        assert staff.get_page(self.address(round_)).text != before
