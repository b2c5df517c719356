"""Marks on the map are told by squares of 250 metres, and only of squares with enough people."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from engage.communities.area_map import area_paths
from engage.communities.roles import Role
from engage.questionnaires.grid import snapped, square_around
from engage.results.disclosure import Policy
from engage.results.figures import disclosed_figures
from engage.results.page import Wanted, every_block
from engage.results.summaries.base import Told, View
from engage.results.summaries.marks import SQUARE, marks_request, with_marks
from engage.results.table.asking import Answers
from engage.results.table.engine import reading
from engage.results.table.store import response_table
from engage.results.wording import Reader
from tests.factories.accounts import sign_in
from tests.factories.communities import make_area, make_community, make_member, square
from tests.factories.questionnaires import make_round, make_version, small_document
from tests.factories.results import make_stored_responses

pytestmark = pytest.mark.sqlite_only

#: Two areas beside each other, each some 1100 metres high and wide.
SOUTH, WEST, SIDE, WIDE = 59.6, 16.5, 0.01, 0.02
PLACES = ("vast", "ost", "liten")


def at(area, north, east):
    """Return a place so many parts of the side north and east in an area."""
    return [SOUTH + north * SIDE, WEST + (PLACES.index(area) + east) * WIDE]


@pytest.fixture
def community(db):
    made = make_community()
    for place, people in zip(PLACES, (900, 900, 39), strict=True):
        corner = WEST + PLACES.index(place) * WIDE
        outline = square(corner, SOUTH, SIDE)
        outline[0][0] = [[corner + (x - corner) * WIDE / SIDE, y] for x, y in outline[0][0]]
        geometry = {"type": "MultiPolygon", "coordinates": outline}
        make_area(made, place, geometry=geometry, population=people)
    return made


def make_marked(community, marks, *, choices=True, **given):
    """Store a round in which people put marks: (area named, place, number of people)."""
    label = {"sv": "Var?", "ar": "أين؟"}
    listed = [{"key": k, "label": {"sv": k.capitalize(), "ar": k}} for k in PLACES]
    more = {"choice_list": "places"} if choices else {}
    item = {"key": "where", "type": "place", "label": label, "settings": {"text": True}, **more}
    age = {"key": "age", "type": "single_choice", "label": label, "background": True}
    document = small_document(
        items=[item, {**age, "choice_list": "ages"}],
        choice_lists={
            "places": {"choices": listed},
            "ages": {"choices": [{"key": k, "label": label} for k in ("young", "old")]},
        },
    )
    made = make_round(version=make_version(community, document), **given)
    answers = []
    for area, place, people in marks:
        point = {"point": list(snapped(*place, 50))} if place else {}
        where = {"area": area, **point} if choices else point
        answers += [
            {"answers": {"where": where, "age": ("young", "old")[n % 2]}} for n in range(people)
        ]
    make_stored_responses(made, answers)
    return made


MARKS = [
    ("vast", at("vast", 0.2, 0.2), 30),
    ("vast", at("vast", 0.8, 0.8), 20),
    ("vast", at("vast", 0.8, 0.2), 3),
    ("vast", at("vast", 0.2, 0.8), 9),
    ("ost", at("ost", 0.5, 0.3), 40),
    ("ost", at("ost", 0.9, 0.3), 15),
    ("liten", at("liten", 0.5, 0.5), 30),
    ("vast", None, 12),
]


@pytest.fixture
def staff(client, community):
    sign_in(client, make_member(community, Role.SECRETARIAT))
    return client


def address(round_, more="", language="en"):
    return f"/{language}/c/{round_.community.slug}/rounds/{round_.slug}/results{more}"


def squares(page):
    """Return the rows of squares: name and about how many."""
    rows = page.all("//section[@id='q-where']//details//tbody/tr")
    told = [(page.words(row[0]), page.words(row[-1])) for row in rows]
    return [one for one in told if one[0].startswith("Square")]


def test_squares_with_enough_people_are_told_and_small_ones_hide_each_other(staff, community):
    page = staff.get_page(address(make_marked(community, MARKS)))
    # In the west 3 are few and 9 are hidden with them; in the east one would be all but the other.
    assert squares(page)[:2] == [("Square 1, in Vast", "30"), ("Square 2, in Vast", "20")]
    assert not any("Liten" in name for name, _about in squares(page))
    assert "3 numbers" not in page.text


def test_a_square_in_an_area_of_which_nothing_is_told_is_hidden(staff, community):
    """The small area is closed and the east is hidden with it: so are their squares."""
    page = staff.get_page(address(make_marked(community, MARKS)))
    assert {name.split()[-1] for name, _about in squares(page)} == {"Vast"}
    svg = page.all("//section[@id='q-where']//*[local-name()='svg'][contains(@class,'areas')]")[1]
    titles = [page.words(one) for one in svg.iter("{*}title")]
    assert titles == ["Square 1, in Vast: about 30 people", "Square 2, in Vast: about 20 people"]
    assert [rect.get("class") for rect in svg.iter("{*}rect")][::2] == ["cell-5", "cell-4"]


def test_the_map_has_words_numbers_and_a_legend(staff, community):
    page = staff.get_page(address(make_marked(community, MARKS)))
    section = page.find("//section[@id='q-where']")
    words = page.words(section)
    assert "Marks on the map, in squares of 250 metres" in words
    assert "The marks on the map are of about 60 people." in words
    legend = section.xpath(".//ul[@class='legend']/li")
    assert [page.words(one) for one in legend] == ["about 20 people", "about 30 people"]
    [alternative] = [one for one in section.xpath(".//@aria-label") if one.startswith("Most marks")]
    assert alternative == "Most marks are in Vast: about 30 people in one square of 250 metres."


def test_of_a_group_no_square_is_told_and_of_compared_groups_those_of_everybody(staff, community):
    round_ = make_marked(community, MARKS)
    assert squares(staff.get_page(address(round_, "?group=age%3Dyoung"))) == []
    assert len(squares(staff.get_page(address(round_, "?group=age%3D*")))) == 2


def test_marks_without_a_list_of_areas_are_told_where_areas_are_drawn(staff, community):
    round_ = make_marked(community, MARKS, choices=False)
    page = staff.get_page(address(round_))
    told = squares(page)
    assert [name.split()[-1] for name, _about in told] == ["Ost", "Vast", "Vast", "Ost"]
    assert "Most marks are in" in page.words(
        page.find("//section[@id='q-where']/p[@class='finding']")
    )


def test_without_drawn_areas_or_enough_marks_nothing_is_told_of_them(staff, db):
    elsewhere = make_community()
    sign_in(staff, make_member(elsewhere, Role.SECRETARIAT))
    assert squares(staff.get_page(address(make_marked(elsewhere, MARKS)))) == []


def test_the_map_can_be_taken_along_in_light_and_right_to_left(staff, community):
    round_ = make_marked(community, MARKS)
    for language in ("en", "ar"):
        file = staff.get(address(round_, "/charts/where.svg", language)).text
        assert file.count('class="cell-5"') >= 2
        assert "url(#hatch-5)" in file
        assert not re.search(r"%\"|rem\"|var\(", file.replace('="100%"', ""))
    assert staff.get(address(round_, "/charts/where.png")).mimetype == "image/png"


def test_files_of_figures_hold_the_squares_that_are_told(app, community):
    home, round_ = app.config["INSTANCE_FOLDER"], make_marked(community, MARKS)
    wanted = Wanted(
        Reader("en"), Policy(), areas=area_paths(community.areas), closed_areas=frozenset({"liten"})
    )
    with response_table(round_, home) as table:
        found = [one for one in disclosed_figures(table, reading(home), wanted) if "," in one.row]
        blocks = list(every_block(table, reading(home), wanted))
    assert [(one.measure, one.value) for one in found] == [
        ("people_about", 30),
        ("people_about", 20),
    ]
    for one in found:
        latitude, longitude = map(float, one.row.split(","))
        assert snapped(latitude, longitude, SQUARE) == (latitude, longitude)
    assert blocks[0].told.hidden >= 2


def test_everybody_reads_of_squares_only_as_the_stricter_rule_allows(staff, community):
    closed = datetime.now(UTC) - timedelta(days=1)
    marks = [(area, place, n) for area, place, n in MARKS if n != 20]
    marks += [("vast", at("vast", 0.8, 0.8), 9)]
    round_ = make_marked(community, marks, closes_at=closed)
    staff.post(address(round_, "/public"), data={"questions": ["where"]})
    page = staff.get_page(f"/en/r/{round_.slug}/results")
    assert squares(page) == [("Square 1, in Vast", "30")]


@settings(max_examples=150, deadline=None)
@given(
    some.lists(some.tuples(some.floats(0, 1), some.floats(0, 3), some.integers(1, 12)), max_size=25)
)
def test_no_square_is_told_of_few_and_what_is_hidden_in_an_area_is_never_few(marks):
    class Square:
        def __init__(self, key, place):
            self.key, self.name = key, {"sv": key}
            ring = [[WEST + (place + x) * WIDE, SOUTH + y * SIDE] for x, y in CORNERS]
            self.geometry = {"type": "MultiPolygon", "coordinates": [[ring]]}

    drawn = area_paths([Square(key, place) for place, key in enumerate(PLACES)])
    persons, true = {}, {}
    for north, east, number in marks:
        point = snapped(SOUTH + north * SIDE, WEST + east * WIDE, 50)
        persons[point] = persons.get(point, 0) + number
        cell = snapped(*point, SQUARE)
        true[cell] = true.get(cell, 0) + number
    told = told_of(persons, drawn, {"vast", "ost"})
    shown = {tuple(map(float, one.row.split(","))): one.value for one in told.data}
    for cell, about in shown.items():
        assert true[cell] >= 5
        assert abs(true[cell] - about) <= 2
        assert drawn.area_at(*cell).key in {"vast", "ost"}
    for key in ("vast", "ost"):
        mine = {cell for cell in true if (area := drawn.area_at(*cell)) and area.key == key}
        hidden = [true[cell] for cell in mine - shown.keys()]
        assert not hidden or sum(hidden) >= 5 or not mine & shown.keys()
        assert len(hidden) != 1 or not mine & shown.keys()


CORNERS = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]


def told_of(persons, drawn, open_areas):
    """Return what is told of marks at places, given how many people put each."""
    column = {"lat": "where_lat", "lon": "where_lon"}

    class Asked:
        own = tuple(
            type("Column", (), {"part": part, "name": name, "held_back": "point"})
            for part, name in column.items()
        )
        table = ""

    answers = Answers({marks_request(Asked): {"": {**persons, (None, None): 7}}})
    return with_marks(Told(), Asked, answers, View(Reader("sv"), Policy(), areas=drawn), open_areas)


@given(some.floats(-80, 80), some.floats(-179, 179))
def test_squares_are_fixed_and_meet_without_gaps(latitude, longitude):
    cell = snapped(*snapped(latitude, longitude, 50), SQUARE)
    assert snapped(*cell, SQUARE) == cell
    south, west, north, east = square_around(*cell, SQUARE)
    assert south < cell[0] < north
    assert west < cell[1] < east
    above = snapped(north + (north - south) / 2, cell[1], SQUARE)
    assert square_around(*above, SQUARE)[0] == pytest.approx(north, abs=2e-6)
