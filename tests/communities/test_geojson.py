"""Reading areas from a file: what is good, and everything that can be wrong, each by its name."""

import json
import time

import pytest

from engage.communities.area_files import guess, reduced
from engage.communities.geojson import (
    MOST_BYTES,
    Fault,
    GeoJsonError,
    key_of,
    key_properties,
    named_areas,
    number_properties,
    read_features,
)

SQUARE = [[16.5, 59.6], [16.6, 59.6], [16.6, 59.7], [16.5, 59.7], [16.5, 59.6]]


def feature(ring=SQUARE, **properties):
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features, **more):
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}).encode()


def faults(data):
    with pytest.raises(GeoJsonError) as caught:
        read_features(data)
    return [(problem.fault, problem.feature) for problem in caught.value.problems]


def test_polygons_and_multipolygons_are_read():
    several = {"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}
    data = collection(
        feature(id=1, namn="Norr"), {**feature(id=2, namn="Söder"), "geometry": several}
    )
    one, two = read_features(b"\xef\xbb\xbf" + data)
    assert one.properties == {"id": "1", "namn": "Norr"}
    assert (len(one.polygons), len(two.polygons)) == (1, 2)


def test_heights_and_whole_numbers_with_a_point_are_understood():
    (one,) = read_features(collection(feature([[*p, 12.5] for p in SQUARE], id=7.0, area=1.5)))
    assert one.properties == {"id": "7"}
    assert one.polygons[0][0][0] == (16.5, 59.6)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", Fault.EMPTY),
        (b"  \n", Fault.EMPTY),
        (b"hello", Fault.NOT_JSON),
        (b'{"type": ', Fault.NOT_JSON),
        (b"\xff\xfe{\x00}\x00", Fault.NOT_TEXT),
        (b"PK\x03\x04", Fault.NOT_JSON),
        (b"[" * 1_000_000, Fault.NOT_JSON),
        (b"[" * 500_000 + b"]" * 500_000, Fault.NOT_JSON),
        (b'{"a":' * 100_000, Fault.NOT_JSON),
        (b"1" * 1_000_000, Fault.NOT_JSON),
        (b"[]", Fault.NOT_A_COLLECTION),
        (b"null", Fault.NOT_A_COLLECTION),
        (b'{"type": "Topology"}', Fault.NOT_A_COLLECTION),
        (b'{"type": "FeatureCollection"}', Fault.NOT_A_COLLECTION),
        (b'{"type": "FeatureCollection", "features": {}}', Fault.NOT_A_COLLECTION),
        (json.dumps(feature()).encode(), Fault.NOT_A_COLLECTION),
        (collection(), Fault.EMPTY),
        (collection(*[feature()] * 301), Fault.TOO_MANY),
        (b" " * (10 * 1024 * 1024), Fault.TOO_BIG),
    ],
    ids=lambda value: str(value)[:20] if isinstance(value, str) else str(len(value)),
)
def test_a_bad_file_is_told_in_one_word(data, fault):
    start = time.process_time()
    assert faults(data) == [(fault, None)]
    assert time.process_time() - start < 5
    assert len(data) > MOST_BYTES or fault is not Fault.TOO_BIG


@pytest.mark.parametrize(
    ("name", "is_good"),
    [
        ("urn:ogc:def:crs:OGC:1.3:CRS84", True),
        ("urn:ogc:def:crs:EPSG::4326", True),
        ("EPSG:4326", True),
        ("urn:ogc:def:crs:EPSG::3006", False),
        ("EPSG:3857", False),
        (None, False),
    ],
)
def test_only_wgs84_is_taken(name, is_good):
    data = collection(feature(), crs={"type": "name", "properties": {"name": name}})
    if is_good:
        assert read_features(data)
    else:
        assert faults(data) == [(Fault.OTHER_SYSTEM, None)]


def moved(index, position):
    return [*SQUARE[:index], position, *SQUARE[index + 1 :]]


@pytest.mark.parametrize(
    ("ring", "fault"),
    [
        (moved(1, [float("nan"), 59.6]), Fault.NOT_A_NUMBER),
        (moved(1, [float("inf"), 59.6]), Fault.NOT_A_NUMBER),
        (moved(1, ["16.6", "59.6"]), Fault.NOT_A_NUMBER),
        (moved(1, [True, False]), Fault.NOT_A_NUMBER),
        (moved(1, [16.6]), Fault.NOT_A_NUMBER),
        (moved(1, {"x": 1}), Fault.NOT_A_NUMBER),
        (moved(1, None), Fault.NOT_A_NUMBER),
        (moved(1, [10**400, 59.6]), Fault.OFF_THE_MAP),
        ([[586_000 + x, 6_608_000 + y] for x, y in SQUARE], Fault.OFF_THE_MAP),
        (moved(1, [16.6, 90.1]), Fault.OFF_THE_MAP),
        (SQUARE[:-1], Fault.NOT_CLOSED),
        (SQUARE[:2] + SQUARE[:1], Fault.TOO_FEW_POINTS),
        ([], Fault.TOO_FEW_POINTS),
        ([[1, 1], [2, 2], [3, 3], [1, 1]], Fault.FLAT),
        ("ring", Fault.NOT_AN_AREA),
        (None, Fault.NOT_AN_AREA),
    ],
    ids=str,
)
def test_a_bad_border_is_told_with_the_number_of_its_feature(ring, fault):
    assert faults(collection(feature(), feature(ring))) == [(fault, 2)]


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        (None, Fault.NOT_A_FEATURE),
        ({"type": "Polygon"}, Fault.NOT_A_FEATURE),
        ({"type": "Feature"}, Fault.NOT_AN_AREA),
        ({"type": "Feature", "geometry": None}, Fault.NOT_AN_AREA),
        (
            {"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]}},
            Fault.NOT_AN_AREA,
        ),
        ({"type": "Feature", "geometry": {"type": "Polygon"}}, Fault.NOT_AN_AREA),
        (
            {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": []}},
            Fault.NOT_AN_AREA,
        ),
        ({"type": "Feature", "geometry": {"type": ["Polygon"]}}, Fault.NOT_AN_AREA),
        (
            {"type": "Feature", "geometry": {"type": "GeometryCollection", "geometries": []}},
            Fault.NOT_AN_AREA,
        ),
    ],
)
def test_a_bad_feature_is_told_with_its_number(bad, fault):
    assert faults(collection(bad, feature())) == [(fault, 1)]


def test_every_bad_feature_is_told_at_once():
    data = collection(feature(SQUARE[:-1]), feature(), feature(None), feature(moved(0, [1, 99])))
    assert faults(data) == [
        (Fault.NOT_CLOSED, 1),
        (Fault.NOT_AN_AREA, 3),
        (Fault.OFF_THE_MAP, 4),
    ]


def test_too_many_points_are_refused():
    ring = [[16 + i / 1e6, 59 + (i % 2) / 1e6] for i in range(100_001)]
    data = collection(feature([*ring, [16.1, 60], ring[0]]))
    assert faults(data) == [(Fault.TOO_DETAILED, None)]


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("Norra Bäckby 2", "norra_backby_2"),
        ("  A--b  ", "a_b"),
        ("0180", "0180"),
        ("القرية", ""),
        ("x" * 80, "x" * 60),
    ],
)
def test_a_key_is_made_of_small_letters_digits_and_underscores(value, key):
    assert key_of(value) == key


def test_a_key_tells_every_area_apart():
    features = read_features(
        collection(
            feature(id=1, kind="x", name="Å", more="m", people=100),
            feature(id=2, kind="x", name="A", people=250),
        )
    )
    assert key_properties(features) == ["id", "people"]
    assert number_properties(features) == ["id", "people"]
    with pytest.raises(GeoJsonError) as caught:
        named_areas(features, "name", "more")
    assert [(p.fault, p.feature, p.value) for p in caught.value.problems] == [
        (Fault.KEY_TWICE, 2, "a"),
        (Fault.NO_NAME, 2, "more"),
    ]
    with pytest.raises(GeoJsonError) as caught:
        named_areas(features, "nothing", "name")
    assert [p.fault for p in caught.value.problems] == [Fault.NO_KEY, Fault.NO_KEY]


def test_names_hold_nothing_that_cannot_be_shown():
    (one,) = read_features(collection(feature(namn="A\x00\n b\ud800", long="x" * 500)))
    assert one.properties["namn"] == "A b"
    assert reduced([one]).names == ["namn"]


def test_a_file_is_reduced_to_what_it_takes_to_put_it_in():
    features = read_features(
        collection(
            feature(OBJECTID=7, NAMN="Norr", kod="n", folk=12),
            feature(OBJECTID=8, NAMN="Söder", kod="s", folk=13),
        )
    )
    file = reduced(features)
    assert guess(file) == {"key": "kod", "name": "NAMN", "population": ""}
    again = reduced(read_features(file.document.encode()))
    assert again == file
    drawn = named_areas(file.features, "kod", "NAMN", "folk")
    assert [(area.key, area.name, area.population) for area in drawn] == [
        ("n", "Norr", 12),
        ("s", "Söder", 13),
    ]


def test_one_very_long_name_does_not_take_the_names_away():
    long = "Långtbortistan" * 20
    areas = [feature(kod="n", name=long, about=long), feature(kod="s", name="Söder", about="x")]
    file = reduced(read_features(collection(*areas)))
    assert guess(file)["name"] == "name"
    assert file.names == ["kod", "name"]
    drawn = named_areas(file.features, "kod", "name")
    assert [area.name for area in drawn] == [long[:120], "Söder"]


def test_a_file_in_which_nothing_tells_areas_apart_is_refused():
    features = read_features(collection(feature(a="x"), feature(a="x")))
    with pytest.raises(GeoJsonError) as caught:
        reduced(features)
    assert caught.value.problems[0].fault is Fault.NOTHING_TELLS_APART
