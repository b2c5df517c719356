"""GeoJSON: areas with what may be shown of them, marks only where they were asked for."""

import json
from datetime import date

import pytest

from engage.exports.contents import Options
from engage.exports.making import make_export
from tests.factories.results import make_stored_responses
from tests.responses.test_places import place_round

pytestmark = pytest.mark.sqlite_only

MARK = [59.6151, 16.5021]


@pytest.fixture
def asked(app):
    made = place_round()
    rows = [{"answers": {"where": {"area": "p1", "point": MARK}}}] * 30
    make_stored_responses(made, [*rows, *[{"answers": {"where": {"area": "p2"}}}] * 2])
    return made


def features(round_, folder, **options):
    target = folder / "out.geojson"
    wanted, home = Options("en", **options), folder / "home"
    make_export(round_, "geojson", wanted, home, target, date(2027, 3, 9), lambda *_: None)
    found = json.loads(target.read_text(encoding="utf-8"))
    assert found.keys() == {"type", "features"}
    assert found["type"] == "FeatureCollection"
    for one in found["features"]:
        assert one["type"] == "Feature"
        assert {"geometry", "properties"} <= one.keys()
    return found["features"]


def test_areas_come_with_their_outline_and_names(asked, tmp_path):
    first, second = features(asked, tmp_path, what="tables")
    assert (first["id"], second["id"]) == ("norra", "sodra")
    assert first["geometry"]["type"] == "MultiPolygon"
    [[ring]] = first["geometry"]["coordinates"]
    assert ring[0] == ring[-1]
    assert first["properties"]["names"] == {"en": "Area norra", "ar": "منطقة norra"}


@pytest.mark.parametrize(("few", "is_told"), [(20, True), (2, False)])
def test_figures_of_areas_are_those_that_may_be_shown(app, tmp_path, few, is_told):
    made = place_round()
    rows = [{"answers": {"where": {"area": "norra"}}}] * 30
    make_stored_responses(made, [*rows, *[{"answers": {"where": {"area": "sodra"}}}] * few])
    found = {one["id"]: one["properties"] for one in features(made, tmp_path, what="tables")}
    told = {one["measure"]: one for one in found["sodra"]["figures"]}
    assert all(one["question"] == "where" for one in told.values())
    value = told.get("people_about", {}).get("value")
    assert (value == few) if is_told else value is None


def test_marks_leave_only_when_asked_for_and_alone(asked, tmp_path):
    assert features(asked, tmp_path) == []
    marks = features(asked, tmp_path, places=True)
    assert len(marks) == 30
    assert marks[0]["geometry"] == {"type": "Point", "coordinates": MARK[::-1]}
    assert marks[0]["properties"] == {"question": "where", "label": "Where?"}
