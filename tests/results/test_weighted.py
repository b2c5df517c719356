"""Weighted shares stand beside the shares of everybody, coarse enough to give nothing away."""

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from engage.communities.roles import Role
from engage.results.disclosure import Policy
from engage.results.figures import disclosed_figures
from engage.results.models import PopulationFigures
from engage.results.page import Wanted, results_page
from engage.results.table.engine import reading
from engage.results.table.store import response_table
from engage.results.weighted import STEPS, room_of, rounded, step_of
from engage.results.weighting import weighting_for
from engage.results.wording import Reader
from tests.factories import saved
from tests.factories.accounts import sign_in
from tests.factories.communities import make_community, make_member
from tests.factories.results import make_responses
from tests.results.rounds import make_answered_round

PEOPLE = {"age": {"young": 4000, "middle": 4000, "old": 2000}}
#: Age, what comes first, what is needed, how many said so.
ANSWERS = [
    ("young", "work", ["work", "park"], 210),
    ("young", "park", ["park"], 90),
    ("middle", "safety", ["safety"], 240),
    ("middle", "work", ["work"], 60),
    ("old", "park", ["park", "safety"], 300),
    ("old", "safety", ["safety"], 300),
]


def put_in_figures(community, people=PEOPLE):
    given = {"source": "Registret", "as_of": date(2027, 1, 1)}
    saved(PopulationFigures(community_id=community.id, people=people, **given))


def make_weighted_round(community, answers=ANSWERS):
    round_ = make_answered_round(community, number=0)
    forms = [
        {"age": age, "first": first, "needs": needs}
        for age, first, needs, number in answers
        for _ in range(number)
    ]
    make_responses(round_, forms)
    return round_


class TestRounding:
    """What is told of one share."""

    @given(
        some.floats(0, 100),
        some.sampled_from(STEPS),
        some.floats(0, 1),
        some.floats(0, 1, exclude_max=True),
    )
    def test_p28_a_share_keeps_room_on_both_sides_of_what_is_told(self, percent, step, part, draw):
        room = part * step / 2
        told = rounded(percent, step, room, draw)
        assert told % step == 0
        assert 0 <= told <= 100
        assert told - step + room - 1e-9 <= percent <= told + step - room + 1e-9

    def test_it_is_right_on_average(self):
        chance = Random(4)
        told = [rounded(41.6, 5, 1.0, chance.random()) for _ in range(20_000)]
        assert set(told) == {40, 45}
        assert sum(told) / len(told) == pytest.approx(41.6, abs=0.1)

    def test_equal_weights_are_rounded_to_the_nearest(self):
        assert [rounded(percent, 1, 0, 0.9) for percent in (41.4, 41.6)] == [41, 42]

    def test_steps_grow_with_unequal_weights_and_shrink_with_answers(self):
        steps = [step_of(room_of(5, 1.2, base)) for base in (100, 400, 1000, 5000)]
        assert steps == [None, 5, 2, 1]
        assert step_of(room_of(5, 0, 20)) == 1
        assert step_of(room_of(10, 1.2, 400)) is None


@pytest.mark.sqlite_only
class TestPage:
    """The results of a round."""

    @pytest.fixture
    def community(self, db):
        return make_community()

    @pytest.fixture
    def round_(self, community):
        return make_weighted_round(community)

    @pytest.fixture
    def staff(self, client, community):
        sign_in(client, make_member(community, Role.SECRETARIAT))
        return client

    def address(self, round_, more=""):
        return f"/en/c/{round_.community.slug}/rounds/{round_.slug}/results{more}"

    def told(self, page, key):
        """Return label → cells of a table, by the words of its columns."""
        section = page.find(f"//section[@id='q-{key}']")
        heads = [page.words(one) for one in section.xpath(".//thead//th")]
        rows = [
            [page.words(cell) for cell in row.xpath("th|td")]
            for row in section.xpath(".//tbody/tr")
        ]
        return {row[0]: dict(zip(heads, row, strict=True)) for row in rows}

    def test_weighted_shares_are_those_of_the_population(self, staff, community, round_):
        put_in_figures(community)
        page = staff.get_page(self.address(round_))
        # Of the young 70 % say work, of the middle 20 %: 0.4 · 70 + 0.4 · 20 = 36.
        expected = {"first": {"Work": 36, "Safety": 42, "Park": 22}}
        expected["needs"] = {"Work": 36, "Safety": 52, "Park": 50}
        for key, shares in expected.items():
            told = self.told(page, key)
            for label, share in shares.items():
                percent = int(told[label]["Weighted"].rstrip("%"))
                assert abs(percent - share) < 2, (key, label, percent)
        assert self.told(page, "first")["Work"]["Share"] == "23%"
        assert "age" in page.text
        assert "The design effect is 1.4" in page.text
        assert "Weighted" in staff.get_page(self.address(round_, "?view=print")).text

    def test_rows_that_are_hidden_have_no_weighted_share(self, staff, community):
        few = [("young", "park", ["park"], 3), ("young", "work", ["park"], 300)]
        others = [("middle", "work", ["park"], 300), ("old", "safety", ["park"], 300)]
        round_ = make_weighted_round(community, few + others)
        put_in_figures(community)
        told = self.told(staff.get_page(self.address(round_)), "first")
        assert told["Park"]["Weighted"] == told["Park"]["Share"] == "Too few to show"
        assert told["Work"]["Weighted"].endswith("%")

    def test_without_figures_nothing_is_weighted_and_new_ones_show_at_once(
        self, staff, community, round_
    ):
        assert "Weighted" not in staff.get_page(self.address(round_)).text
        put_in_figures(community)
        assert "Weighted" in staff.get_page(self.address(round_)).text

    @pytest.mark.parametrize("group", ["age=young", "age=*"])
    def test_groups_are_not_weighted(self, staff, community, round_, group):
        put_in_figures(community)
        assert "Weighted" not in staff.get_page(self.address(round_, f"?group={group}")).text

    @pytest.mark.parametrize(
        "people",
        [
            {"gender": {"woman": 500, "man": 500}},
            {"age": {"young": 400, "middle": 10, "old": 400}},
            {"age": {"young": 60, "middle": 60, "old": 60}},
        ],
    )
    def test_z11_figures_that_cannot_be_met_change_nothing(self, staff, community, round_, people):
        put_in_figures(community, people)
        assert "Weighted" not in staff.get_page(self.address(round_)).text

    def test_too_few_answers_for_weighted_shares_are_told_of(self, staff, community):
        round_ = make_weighted_round(
            community,
            [(age, "work", ["work"], 12 + 8 * at) for at, age in enumerate(PEOPLE["age"])],
        )
        put_in_figures(community, {"age": {"young": 900, "middle": 400, "old": 100}})
        page = staff.get_page(self.address(round_))
        assert "The answers are too few for weighted shares" in page.text
        assert "Weighted" not in page.words(page.find("//section[@id='q-first']"))

    def test_figures_for_files_have_the_same_weighted_shares(self, app, community, round_):
        put_in_figures(community)
        home, weighting = app.config["INSTANCE_FOLDER"], weighting_for(round_)
        wanted = Wanted(Reader("sv"), Policy(), weighting=weighting)
        with response_table(round_, home) as table:
            found = list(disclosed_figures(table, reading(home), wanted))
            page = results_page(table, reading(home), wanted)
        told = {
            one.row: one.value
            for one in found
            if (one.question, one.measure) == ("first", "percent_weighted")
        }
        block = next(one for one in page.blocks if one.key == "first")
        words = [row[2] for row in block.told.table.rows]
        assert set(told) == {"work", "safety", "park"}
        assert words == [f"{value:.0f}\N{NO-BREAK SPACE}%" for value in told.values()]
