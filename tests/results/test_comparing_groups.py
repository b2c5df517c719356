"""Groups beside each other: every figure disclosed as a table, impossible ones greyed with why."""

from random import Random

import pytest

from engage.communities.roles import Role
from tests.factories.accounts import sign_in
from tests.factories.communities import make_member
from tests.factories.questionnaires import make_round, make_version
from tests.factories.results import make_responses
from tests.results.rounds import document, forms, make_answered_round

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def staff(client, community):
    sign_in(client, make_member(community, Role.PARTNER))
    return client


def compared(staff, round_, group="age%3D*", language="en"):
    path = f"/{language}/c/{round_.community.slug}/rounds/{round_.slug}/results?group={group}"
    return staff.get_page(path)


def cells(page, key):
    rows = page.all(f"//section[@id='q-{key}']//tr")
    return [[page.words(cell) for cell in row.xpath("./*")] for row in rows]


def test_groups_stand_beside_each_other_and_everybody(staff, community):
    page = compared(staff, make_answered_round(community, 240))
    assert cells(page, "mood")[0] == ["Answer", "Young", "Middle", "Old", "Everybody"]
    assert cells(page, "needs")[0] == ["Answer", "Young", "Middle", "Old", "Everybody"]
    section = page.find("//section[@id='q-mood']")
    assert len(section.xpath(".//*[local-name()='svg'][@role='img']")) == 1
    assert page.find("//option[@value='age=*'][@selected]") is not None


def test_the_finding_tells_a_difference_only_where_intervals_do_not_touch(staff, community):
    round_ = make_round(version=make_version(community, document()))
    chance = Random(3)
    apart = [
        {**form, "age": age, "mood": "best" if chance.random() < likely else "bad"}
        for age, likely in (("young", 0.8), ("middle", 0.3))
        for form in forms(100, seed=likely)
    ]
    make_responses(round_, apart)
    page = compared(staff, round_)
    found = page.words(page.find("//section[@id='q-mood']//p[@class='finding']"))
    assert found.startswith("The groups differ most in “")
    assert "Young" in found
    assert "Middle" in found
    other = page.words(page.find("//section[@id='q-needs']//p[@class='finding']"))
    assert other.startswith("The groups answered about alike")


def test_how_strongly_answers_and_groups_hang_together_follows_from_what_is_shown(staff, community):
    round_ = make_round(version=make_version(community, document()))
    chance = Random(5)
    likely = {"young": 0.8, "middle": 0.3}
    apart = [
        {**form, "age": age, "mood": "best" if chance.random() < share else "bad"}
        for age, share in likely.items()
        for form in forms(200, seed=share)
    ]
    make_responses(round_, apart)
    page = compared(staff, round_)
    said = page.words(page.find("//section[@id='q-mood']"))
    assert "Answers and groups hang together (Cramér’s V about 0.4" in said
    assert "p below 0.001" in said
    by_chance = page.words(page.find("//section[@id='q-first']"))
    assert "Chance alone may explain how the groups differ" in by_chance


def test_p28_groups_that_would_give_a_small_one_away_are_not_compared(staff, community):
    page = compared(staff, make_answered_round(community, 36))
    assert page.find("//option[@value='age=*']").get("disabled") is not None
    assert "Everybody" not in cells(page, "mood")[0]


def test_a_group_has_the_same_figures_as_when_it_is_looked_at_alone(staff, community):
    round_ = make_answered_round(community, 240)
    beside, alone = compared(staff, round_), compared(staff, round_, group="age%3Dyoung")
    for key in ("mood", "first", "needs"):
        of_young = [row[1] for row in cells(beside, key)[1:]]
        assert of_young == [row[1] for row in cells(alone, key)[1:]]


def test_what_cannot_be_compared_is_greyed_with_why(staff, community):
    page = compared(staff, make_answered_round(community, 60), group="channel%3D*")
    option = page.find("//option[@value='channel=*']")
    assert option.get("disabled") is not None
    assert page.words(option).endswith("too few answers")
    assert "Everybody" not in cells(page, "mood")[0]


def test_questions_without_groups_are_told_of_everybody(staff, community):
    page = compared(staff, make_answered_round(community, 120))
    for key in ("years", "order", "gap", "trust", "moved", "where"):
        assert page.find(f"//section[@id='q-{key}']//p[@class='finding']").text.strip(), key
