"""Places: what is kept of them is coarse, and a map is never needed."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.questionnaires.careful import careful_document
from engage.questionnaires.grid import snapped
from engage.questionnaires.submitted import AnswerError
from tests.questionnaires.question_types.samples import Sample

PLACE = Sample("place", more={"choice_list": "needs"})


def metres(first, second):
    north = (first[0] - second[0]) * 111_320
    east = (first[1] - second[1]) * 111_320 * math.cos(math.radians(first[0]))
    return math.hypot(north, east)


@given(st.floats(-85, 85), st.floats(-179, 179), st.sampled_from([50, 250]))
def test_r_35_a_point_is_moved_to_the_grid_and_stays_there(latitude, longitude, grid):
    kept = snapped(latitude, longitude, grid)
    assert metres((latitude, longitude), kept) <= grid * 0.75
    assert snapped(*kept, grid) == kept


def test_r_35_neighbours_cannot_be_told_apart():
    assert len({snapped(59.61 + n / 1e6, 16.54 + n / 1e6, 250) for n in range(50)}) == 1


@given(st.floats(-90, 90), st.floats(-180, 180), st.sampled_from([50, 250]))
def test_every_point_of_the_earth_has_a_place_on_the_grid(latitude, longitude, grid):
    kept = snapped(latitude, longitude, grid)
    assert abs(kept[0]) <= 90
    assert abs(kept[1]) <= 180
    assert snapped(*kept, grid) == kept


def test_the_exact_point_is_nowhere_in_what_is_kept():
    value = PLACE.read({"point": ["59.612345678,16.543210987"]})
    assert "59.6123456" not in repr(value)
    assert PLACE.kind.form_values(value) == {"point": ["59.612379,16.542969"]}


def test_a_place_is_told_line_by_line():
    value = {"area": "park", "text": "Vid dammen", "point": [59.6, 16.5]}
    told = PLACE.kind.text(PLACE.question, PLACE.document, value, "sv")
    assert told == "Behov park\nVid dammen\nA mark on the map"
    assert PLACE.kind.text(PLACE.question, PLACE.document, "park", "sv") == "Behov park"


def test_only_the_words_of_a_place_are_looked_at_for_names():
    assert PLACE.kind.free_words({"area": "park", "text": "Hos Eva"}) == ["Hos Eva"]
    assert PLACE.kind.free_words({"area": "park"}) == []


def test_ways_that_are_not_offered_are_not_taken():
    bare = Sample("place", {"text": False, "point": False}, more={"choice_list": "needs"})
    assert bare.read({"text": ["Hos Eva"], "point": ["1,1"]}) is None
    assert [c.name for c in bare.kind.columns(bare.question, bare.document)] == ["q_area"]
    assert list(bare.kind.parts(bare.question, bare.document)) == ["area"]


def test_cells_are_in_the_order_of_columns():
    columns = [c.part for c in PLACE.kind.columns(PLACE.question, PLACE.document)]
    assert columns == ["area", "text", "lat", "lon"]
    cells = PLACE.kind.cells(PLACE.question, PLACE.document, {"point": [59.6, 16.5]})
    assert cells == [None, None, 59.6, 16.5]


def test_a_map_alone_is_a_problem():
    sample = Sample("place", {"text": False})
    assert len(sample.kind.problems(sample.question, sample.document)) == 1


@pytest.mark.parametrize(
    ("settings", "rows"),
    [
        ({}, ["q_area", "q_text", "q_point"]),
        ({"text": False}, ["q_area", "q_point"]),
        ({"point": False}, ["q_area", "q_text"]),
    ],
)
def test_areas_make_it_several_rows_in_xlsform(settings, rows):
    sample = Sample("place", settings, more={"choice_list": "needs"})
    parts = sample.kind.xlsform_parts(sample.question, sample.document)
    assert [part.name for part in parts] == rows
    point = Sample("place")
    assert point.kind.to_xlsform(point.question)[0] == "geopoint"
    assert point.kind.xlsform_parts(point.question, point.document) == ()


def test_r35_for_minors_and_in_sensitive_rounds_the_grid_is_as_coarse_as_it_gets():
    careful = PLACE.kind.careful(PLACE.question)
    assert PLACE.kind.settings(careful).grid == 250
    document = careful_document(PLACE.document)
    assert document.questions["q"].settings == {"grid": 250}
    assert document.questions["q"].label == PLACE.question.label
    assert careful_document(PLACE.document) is document
    assert PLACE.document.questions["q"].settings == {}


def test_other_questions_are_the_same_for_everybody():
    sample = Sample("short_text")
    assert sample.kind.careful(sample.question) is not None
    assert careful_document(sample.document).questions["q"] == sample.question


def test_a_mark_is_told_with_the_area_around_it_unless_one_was_chosen():
    def around(latitude, longitude):
        return "Norra" if (latitude, longitude) == (59.6, 16.5) else ""

    def told(value):
        located = PLACE.kind.located(value, around)
        return PLACE.kind.text(PLACE.question, PLACE.document, located, "sv")

    assert told({"point": [59.6, 16.5]}) == "A mark on the map in Norra"
    assert told({"point": [0, 0]}) == "A mark on the map"
    assert told({"area": "park", "point": [59.6, 16.5]}) == "Behov park\nA mark on the map"
    assert told({"text": "Torget"}) == "Torget"
    assert PLACE.kind.located("park", around) == "park"


def test_two_places_at_once_are_refused():
    with pytest.raises(AnswerError):
        PLACE.read({"area": ["park", "work"]})
    assert PLACE.read({"area": ["park", "park", ""]}) == {"area": "park"}
