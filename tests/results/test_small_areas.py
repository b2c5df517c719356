"""P-31: nothing tells of an area in which fewer than 40 people live, and nobody can work it out."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta

import pytest

from engage.communities.roles import Role
from engage.exports.contents import Options
from engage.exports.figures import protection
from engage.exports.making import make_export
from engage.extensions import db
from engage.results.models import PopulationFigures
from engage.results.small_areas import areas_not_for_everybody, small_areas
from tests.factories import saved
from tests.factories.accounts import sign_in
from tests.factories.communities import make_area, make_member
from tests.factories.questionnaires import make_round, make_version, small_document
from tests.factories.results import make_responses

pytestmark = pytest.mark.sqlite_only

PLACES = ("norra", "sodra", "liten", "okand")
#: How many say that they live in each; so many leave the question out.
LIVE, SILENT = {"norra": 60, "sodra": 40, "liten": 30, "okand": 50}, 12
SAYS = "fewer than 40 people live are not shown"


def _label(words):
    return {"sv": words, "ar": f"ع {words}"}


def _question(key, kind, choices="places", **more):
    return {"key": key, "type": kind, "label": _label(key), "choice_list": choices, **more}


def document():
    """Return a questionnaire in which every kind of question can name an area."""
    steps = [{"key": key, "label": _label(key)} for key in ("liten", "lagom", "stor")]
    return small_document(
        choice_lists={
            "places": {"choices": [{"key": k, "label": _label(k.capitalize())} for k in PLACES]},
            "steps": {"choices": steps},
        },
        items=[
            _question("home", "single_choice", background=True),
            _question("where", "place", settings={"text": False, "point": False}),
            _question("visits", "multiple_choice"),
            _question("size", "scale", choices="steps"),
            {
                "kind": "repeat",
                "key": "child",
                "title": _label("Barn"),
                "items": [_question("plays", "single_choice")],
            },
        ],
    )


def forms():
    """Yield answers: whoever lives somewhere names the same place everywhere."""
    for at, place in enumerate(place for place, people in LIVE.items() for _ in range(people)):
        other = PLACES[at % 2]
        yield {
            "home": place,
            "where:area": place,
            "visits": [place] if place == other else [place, other],
            "size": "liten" if at % 2 else "stor",
            "child.1.plays": place,
        }
    yield from ({"size": "lagom"} for _ in range(SILENT))


@pytest.fixture
def community(community):
    make_area(community, "liten", population=39)
    make_area(community, "okand")
    return community


@pytest.fixture
def round_(community):
    closed = datetime.now(UTC) - timedelta(days=1)
    made = make_round(version=make_version(community, document()), closes_at=closed)
    make_responses(made, forms())
    return made


@pytest.fixture
def staff(client, community):
    sign_in(client, make_member(community, Role.SECRETARIAT))
    return client


def address(round_, more="", language="en"):
    return f"/{language}/c/{round_.community.slug}/rounds/{round_.slug}/results{more}"


def rows(page, question, words="Too few to show"):
    """Return the rows of a question that are told, and those that are hidden."""
    found = page.all(f"//section[@id='q-{question}']//details//tbody/tr")
    hidden = {page.words(row[0]) for row in found if words in page.words(row)}
    return {page.words(row[0]) for row in found} - hidden, hidden


def test_an_area_known_to_be_small_is_closed_and_outside_one_that_nobody_counted(community):
    assert small_areas(community.areas) == {"liten"}
    assert areas_not_for_everybody(community.areas) == {"liten", "okand"}


@pytest.mark.parametrize("question", ["home", "where"])
def test_a_small_area_is_no_row_and_cannot_be_subtracted(staff, round_, question):
    told, hidden = rows(staff.get_page(address(round_)), question)
    assert hidden == {"Liten", "Sodra"}
    assert told == {"Norra", "Okand"}


@pytest.mark.parametrize("question", ["visits", "plays"])
def test_a_small_area_is_no_row_where_several_are_named_or_in_a_repeat(staff, round_, question):
    told, hidden = rows(staff.get_page(address(round_)), question)
    assert "Liten" in hidden
    assert "Norra" in told


def test_a_step_of_a_scale_is_no_area_whatever_it_is_called(staff, round_):
    told, hidden = rows(staff.get_page(address(round_)), "size")
    assert (told, hidden) == ({"liten", "lagom", "stor"}, set())


def test_the_map_shows_a_small_area_as_one_of_few(staff, round_):
    page = staff.get_page(address(round_))
    areas = page.all("//section[@id='q-where']//*[local-name()='svg'][contains(@class,'areas')]")[0]
    shades = {
        page.words(path): path.get("class") for path in areas.iter("{*}path") if path.get("d")
    }
    assert shades["Liten: Too few to show"] == "cell-0"


def test_a_small_area_is_no_group_and_neither_is_the_one_hidden_with_it(staff, round_):
    page = staff.get_page(address(round_))
    closed = {page.words(one).split()[0] for one in page.all("//option[@disabled]")}
    assert {"Liten", "Sodra"} <= closed
    assert not {"Norra", "Okand"} & closed
    for place in ("liten", "sodra"):
        assert "of one group" not in staff.get_page(address(round_, f"?group=home%3D{place}")).text
    page = staff.get_page(address(round_, "?group=home%3D*"))
    heads = [page.words(head) for head in page.all("//section[@id='q-size']//thead//th")]
    assert heads == ["Answer", "Norra", "Okand", "Everybody"]


def test_what_a_question_hides_is_hidden_among_its_groups_whoever_left_it_out(staff, round_):
    """Those who left it out could be hidden with the small area instead; then one subtracts."""
    _told, hidden = rows(staff.get_page(address(round_)), "home")
    page = staff.get_page(address(round_))
    options = page.all("//option[starts-with(@value,'home=')][not(contains(@value,'*'))]")
    open_ones = {page.words(one) for one in options if one.get("disabled") is None}
    assert not hidden & open_ones


def test_the_page_says_so_where_an_area_is_closed_and_follows_the_number(staff, community, round_):
    assert SAYS in staff.get_page(address(round_)).text
    community.areas[2].population = 40
    db.session.commit()
    page = staff.get_page(address(round_))
    assert SAYS not in page.text
    assert rows(page, "where") == ({"Norra", "Sodra", "Liten", "Okand"}, set())


def test_the_chart_as_a_file_hides_the_area_too(staff, round_):
    svg = staff.get(address(round_, "/charts/where.svg")).text
    assert "Liten: Too few to show" in svg


def test_files_of_figures_have_no_number_of_a_small_area(round_, tmp_path):
    def made(name):
        target = tmp_path / name
        options = Options("sv", what="tables")
        make_export(round_, name, options, tmp_path, target, date(2027, 3, 9), lambda *_: None)
        return target.read_text(encoding="utf-8-sig")

    found = [one for one in csv.DictReader(io.StringIO(made("csv"))) if one["row"] == "liten"]
    assert {one["question"] for one in found} == {"home", "where", "visits", "plays", "size"}
    for one in found:
        assert one["question"] == "size" or (one["value"] == "" and one["hidden"]), one
    features = json.loads(made("geojson"))["features"]
    figures = next(one for one in features if one["id"] == "liten")["properties"]["figures"]
    of_areas = [one for one in figures if one["question"] != "size"]
    assert of_areas
    assert all(one["value"] is None for one in of_areas)
    assert protection(round_, tmp_path).hidden >= 4


def test_reach_and_rounds_side_by_side_tell_nothing_of_a_small_area(staff, community, round_):
    people = {"home": {"norra": 600, "sodra": 400, "liten": 300, "okand": 500}}
    saved(
        PopulationFigures(
            community_id=community.id, people=people, source="R", as_of=date(2027, 1, 1)
        )
    )
    page = staff.get_page(address(round_).replace("/results", "/reach"))
    hidden = [
        page.words(row[0])
        for row in page.all("//section[@id='r-home']//tbody/tr")
        if "Too few to show" in page.words(row)
    ]
    assert hidden == ["Sodra", "Liten"]
    over_time = f"/en/c/{community.slug}/questionnaires/{round_.questionnaire.key}/over-time"
    page = staff.get_page(over_time)
    [section] = page.all("//section[@class='result'][.//h2//*[text()='where']]")
    [row] = [page.words(row) for row in section.xpath(".//tbody/tr") if "Liten" in page.words(row)]
    assert "%" not in row


def test_everybody_reads_only_of_areas_known_to_be_large_enough(staff, round_):
    public = f"/en/r/{round_.slug}/results"
    choosing = address(round_, "/public")
    assert staff.post(choosing, data={"questions": ["where", "size"]}).status_code == 303
    page = staff.get_page(choosing)
    hints = [page.words(one) for one in page.all("//label[.//span[@class='hint']]")]
    assert [hint.split()[0] for hint in hints] == ["home", "where", "visits", "plays"]
    page = staff.get_page(public)
    assert rows(page, "where") == ({"Norra", "Sodra"}, {"Liten", "Okand"})
    assert rows(page, "size") == ({"liten", "lagom", "stor"}, set())
    assert "at least 40 people are known to live" in page.text


def test_a_page_for_everybody_is_made_anew_when_an_area_is_counted(staff, community, round_):
    public = f"/en/r/{round_.slug}/results"
    staff.post(address(round_, "/public"), data={"questions": ["where"]})
    assert rows(staff.get_page(public), "where")[1] == {"Liten", "Okand"}
    for area in community.areas:
        area.population = 400
    db.session.commit()
    page = staff.get_page(public)
    assert rows(page, "where") == ({"Norra", "Sodra", "Liten", "Okand"}, set())
    assert "are known to live" not in page.text
