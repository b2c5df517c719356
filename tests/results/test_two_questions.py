"""Groups within groups of another question: what is told, what is greyed, and when (P-28)."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from engage.communities.roles import Role
from tests.factories.accounts import sign_in
from tests.factories.communities import make_member
from tests.factories.questionnaires import make_round, make_version, small_document
from tests.factories.results import make_responses
from tests.results.rounds import ITEMS, LISTS, _choices, _question, forms

pytestmark = pytest.mark.sqlite_only

GENDERS = ("woman", "man", "other", "unsaid")


def answers(number):
    """Yield answers in which young women differ; three are “unsaid”, some sixty “other”."""
    chance = Random(7)
    for at, form in enumerate(forms(number, seed=2)):
        gender = "unsaid" if at < 3 else "other" if at < 63 else chance.choice(GENDERS[:2])
        is_apart = gender == "woman" and form["age"] == "young" and chance.random() < 0.7
        yield {**form, "gender": gender, **({"mood": "bad", "needs": ["park"]} if is_apart else {})}


@pytest.fixture
def make(community):
    """Return a function: a round with two background questions, closed unless told otherwise."""

    def made(number=900, closed=True):
        lists = LISTS | {"genders": _choices(*GENDERS)}
        gender = _question("gender", "single_choice", choice_list="genders", background=True)
        document = small_document(items=[*ITEMS, gender], choice_lists=lists)
        round_ = make_round(version=make_version(community, document))
        make_responses(round_, answers(number))
        if closed:
            round_.closes_at = datetime.now(UTC) - timedelta(days=8)
        return round_

    return made


@pytest.fixture
def staff(client, community):
    sign_in(client, make_member(community, Role.PARTNER))
    return client


def looked_at(staff, round_, within="gender", group="age%3D*"):
    path = f"/en/c/{round_.community.slug}/rounds/{round_.slug}/results"
    return staff.get_page(f"{path}?group={group}&within={within}")


def cells(page, key):
    rows = page.all(f"//section[@id='q-{key}']//tr")
    return [[page.words(cell) for cell in row.xpath("./*")] for row in rows]


def share(cell):
    return int(cell.rstrip("%").strip("\u202f\xa0"))


def test_groups_stand_beside_each_other_within_each_group_of_the_other_question(staff, make):
    page = looked_at(staff, make())
    for key in ("mood", "needs", "first"):
        table = cells(page, key)
        assert table[0] == ["Group", "Answer", "Young", "Middle", "Old", "The whole group"]
        assert {row[0] for row in table[1:]} == {"Woman", "Man"}
        charts = page.all(f"//section[@id='q-{key}']//*[local-name()='svg'][@role='img']")
        assert len(charts) == 2


def test_the_shares_are_those_of_the_persons_in_both_groups(staff, make):
    table = cells(looked_at(staff, make()), "mood")
    told = {(row[0], row[1]): row[2:] for row in table[1:]}
    people = [one for one in answers(900) if one["gender"] == "man" and one["age"] == "middle"]
    good = sum(one["mood"] == "good" for one in people)
    assert share(told["Man", "Good"][1]) == round(100 * good / len(people))


def test_the_finding_names_the_group_within_which_others_differ_most(staff, make):
    page = looked_at(staff, make())
    finding = page.words(page.find("//section[@id='q-needs']//p[@class='finding']"))
    assert finding.startswith("Among “Woman” the groups differ most in “")


def test_a_group_too_small_to_be_looked_at_has_no_panel_nor_has_one_that_tells_of_it(staff, make):
    page = looked_at(staff, make())
    assert not [row for row in cells(page, "needs") if row[0] in {"Other", "Unsaid"}]


def test_other_background_questions_are_not_told_then(staff, make):
    page = looked_at(staff, make())
    for key in ("age", "gender"):
        assert page.find(f"//section[@id='q-{key}']//p[@class='suppressed']") is not None


def test_questions_that_cannot_be_told_so_are_told_of_everybody(staff, make):
    page = looked_at(staff, make())
    for key in ("years", "order", "gap", "trust", "moved", "where"):
        assert page.find(f"//section[@id='q-{key}']//p[@class='finding']").text.strip(), key


def test_the_choice_is_offered_where_groups_are_compared_and_says_what_is_impossible(staff, make):
    round_ = make()
    page = looked_at(staff, round_, within="")
    assert page.find("//select[@name='within']/option[@value='gender']").get("disabled") is None
    channel = page.find("//select[@name='within']/option[@value='channel']")
    assert channel.get("disabled") is not None
    assert page.words(channel).endswith("too few answers")
    alone = looked_at(staff, round_, group="age%3Dyoung")
    assert not alone.all("//select[@name='within']")


@pytest.mark.parametrize("days", [None, 0, 6])
def test_nothing_is_told_by_two_questions_while_the_round_can_be_opened_again_p30(
    staff, make, days
):
    round_ = make(closed=False)
    if days is not None:
        round_.closes_at = datetime.now(UTC) - timedelta(days=days)
    page = looked_at(staff, round_)
    option = page.find("//select[@name='within']/option[@value='gender']")
    assert option.get("disabled") is not None
    assert page.words(option).endswith("only when the round has been closed for 7 days")
    assert cells(page, "mood")[0] == ["Answer", "Young", "Middle", "Old", "Everybody"]


def test_too_few_answers_for_two_questions_are_told_as_such(staff, make):
    page = looked_at(staff, make(70))
    assert "Group" not in cells(page, "mood")[0] or page.find(
        "//section[@id='q-mood']//p[@class='finding']"
    ).text.startswith("There are too few answers")


@pytest.mark.parametrize("within", ["nothing", "age", "mood", "gender%3Dwoman", "%00", "x" * 3000])
def test_a_question_that_is_none_leaves_the_groups_beside_each_other(staff, make, within):
    page = looked_at(staff, make(120), within=within)
    assert "Group" not in cells(page, "mood")[0]


def test_the_chart_of_all_panels_can_be_kept(staff, make):
    round_ = make()
    page = looked_at(staff, round_)
    address = page.all("//section[@id='q-needs']//a[@download]")[0].get("href")
    assert "within=gender" in address
    file = staff.get(address).text
    assert "Woman" in file
    assert "Man" in file
