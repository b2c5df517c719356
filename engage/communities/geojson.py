"""Reads areas from a GeoJSON file; everything wrong with it is told, feature by feature."""

import json
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

Point = tuple[float, float]
Ring = list[Point]
Polygon = list[Ring]

MOST_BYTES = 8 * 1024 * 1024
MOST_FEATURES = 300
MOST_POINTS = 100_000
KEY_LENGTH = 60
NAME_LENGTH = 120
#: Degrees a community can span; more is a file in metres, or a mistake.
_WORLD = (180.0, 90.0)
_WGS84 = ("CRS84", "EPSG:4326", "EPSG::4326")


class Fault(StrEnum):
    """What can be wrong with a file or with one feature of it."""

    TOO_BIG = "too big"
    NOT_TEXT = "not text"
    NOT_JSON = "not JSON"
    NOT_A_COLLECTION = "not a collection"
    EMPTY = "empty"
    TOO_MANY = "too many"
    TOO_DETAILED = "too detailed"
    OTHER_SYSTEM = "other system"
    NOT_A_FEATURE = "not a feature"
    NOT_AN_AREA = "not an area"
    NOT_A_NUMBER = "not a number"
    OFF_THE_MAP = "off the map"
    TOO_FEW_POINTS = "too few points"
    NOT_CLOSED = "not closed"
    FLAT = "flat"
    NOTHING_TELLS_APART = "nothing tells apart"
    NO_KEY = "no key"
    KEY_TWICE = "key twice"
    NO_NAME = "no name"


@dataclass(frozen=True)
class Problem:
    """One thing wrong: with the file, or with the feature of this number, counted from 1."""

    fault: Fault
    feature: int | None = None
    value: str = ""


class GeoJsonError(Exception):
    """The file cannot be used, and here is why."""

    def __init__(self, *problems: Problem) -> None:
        """Keep every problem found."""
        super().__init__(", ".join(problem.fault for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Feature:
    """One feature of a file: what it says of itself, and its polygons in degrees."""

    properties: dict[str, str]
    polygons: list[Polygon]


@dataclass(frozen=True)
class NamedArea:
    """An area with the key and the name that were chosen for it."""

    key: str
    name: str
    polygons: list[Polygon]
    population: int | None = None


def read_features(data: bytes) -> list[Feature]:
    """Return the features of a GeoJSON FeatureCollection in WGS 84, or raise `GeoJsonError`."""
    document = _document(data)
    features = _features(document)
    read: list[Feature] = []
    problems: list[Problem] = []
    for number, feature in enumerate(features, 1):
        try:
            read.append(_feature(feature, number))
        except GeoJsonError as error:
            problems.extend(error.problems)
    if problems:
        raise GeoJsonError(*problems)
    if sum(point_count(feature.polygons) for feature in read) > MOST_POINTS:
        raise GeoJsonError(Problem(Fault.TOO_DETAILED))
    return read


def usable_properties(features: list[Feature]) -> list[str]:
    """Return the properties that every feature has a value for, in the order of the file."""
    return [
        name
        for name in features[0].properties
        if all(feature.properties.get(name) for feature in features)
    ]


def key_properties(features: list[Feature]) -> list[str]:
    """Return the properties that tell every feature apart, and so can be its key."""
    return [
        name
        for name in usable_properties(features)
        if len({key_of(feature.properties[name]) for feature in features} - {""}) == len(features)
    ]


def number_properties(features: list[Feature]) -> list[str]:
    """Return the properties that hold a whole number everywhere, and so may be a population."""
    return [
        name
        for name in usable_properties(features)
        if all(_population(feature.properties[name]) is not None for feature in features)
    ]


def named_areas(
    features: list[Feature], key_property: str, name_property: str, population_property: str = ""
) -> list[NamedArea]:
    """Return the areas with their keys and names, or raise `GeoJsonError`."""
    areas: list[NamedArea] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for number, feature in enumerate(features, 1):
        key = key_of(feature.properties.get(key_property, ""))
        name = feature.properties.get(name_property, "")
        if not key:
            problems.append(Problem(Fault.NO_KEY, number, key_property))
        elif key in seen:
            problems.append(Problem(Fault.KEY_TWICE, number, key))
        if not name:
            problems.append(Problem(Fault.NO_NAME, number, name_property))
        seen.add(key)
        people = _population(feature.properties.get(population_property, ""))
        areas.append(NamedArea(key, name[:NAME_LENGTH], feature.polygons, people))
    if problems:
        raise GeoJsonError(*problems)
    return areas


def _population(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 9 else None


def key_of(value: str) -> str:
    """Return a key made of a property: small letters, digits and underscores."""
    plain = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode().lower()
    words = "".join(letter if letter.isalnum() else " " for letter in plain).split()
    return "_".join(words)[:KEY_LENGTH].rstrip("_")


def point_count(polygons: list[Polygon]) -> int:
    """Return how many points the rings of some polygons have."""
    return sum(len(ring) for polygon in polygons for ring in polygon)


def signed_area(ring: Ring) -> float:
    """Return twice the area inside a closed ring; below zero where it runs clockwise."""
    return math.fsum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))


def _document(data: bytes) -> Any:
    if len(data) > MOST_BYTES:
        raise GeoJsonError(Problem(Fault.TOO_BIG, value=str(MOST_BYTES // 1024 // 1024)))
    if not data.strip():
        raise GeoJsonError(Problem(Fault.EMPTY))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise GeoJsonError(Problem(Fault.NOT_TEXT)) from error
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise GeoJsonError(Problem(Fault.NOT_JSON)) from error


def _features(document: Any) -> list[Any]:
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise GeoJsonError(Problem(Fault.NOT_A_COLLECTION))
    features = document.get("features")
    if not isinstance(features, list):
        raise GeoJsonError(Problem(Fault.NOT_A_COLLECTION))
    if not features:
        raise GeoJsonError(Problem(Fault.EMPTY))
    if len(features) > MOST_FEATURES:
        raise GeoJsonError(Problem(Fault.TOO_MANY, value=str(MOST_FEATURES)))
    system = document.get("crs")
    if system is not None and not _is_wgs84(system):
        raise GeoJsonError(Problem(Fault.OTHER_SYSTEM, value=_system_name(system)))
    return features


def _system_name(system: Any) -> str:
    """Return the name in the `crs` member that GeoJSON had before RFC 7946."""
    properties = system.get("properties") if isinstance(system, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name[:80] if isinstance(name, str) else ""


def _is_wgs84(system: Any) -> bool:
    return _system_name(system).upper().endswith(_WGS84)


def _feature(feature: Any, number: int) -> Feature:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise GeoJsonError(Problem(Fault.NOT_A_FEATURE, number))
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict):
        raise GeoJsonError(Problem(Fault.NOT_AN_AREA, number))
    coordinates = geometry.get("coordinates")
    kinds = {"Polygon": [coordinates], "MultiPolygon": coordinates}
    polygons = kinds.get(str(geometry.get("type")))
    if not isinstance(polygons, list) or not polygons:
        raise GeoJsonError(Problem(Fault.NOT_AN_AREA, number))
    return Feature(
        dict(_properties(feature.get("properties"))),
        [_polygon(polygon, number) for polygon in polygons],
    )


def _properties(given: Any) -> Iterator[tuple[str, str]]:
    """Yield the properties that are words or whole numbers, as text; the rest names nothing."""
    for name, value in given.items() if isinstance(given, dict) else ():
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
            yield name, _clean(str(value))


def _clean(text: str) -> str:
    """Return a text on one line without what cannot be stored or shown."""
    kept = "".join(
        " " if letter.isspace() else letter
        for letter in text
        if letter.isspace() or unicodedata.category(letter) not in {"Cc", "Cs"}
    )
    return " ".join(kept.split())


def _polygon(rings: Any, number: int) -> Polygon:
    if not isinstance(rings, list) or not rings:
        raise GeoJsonError(Problem(Fault.NOT_AN_AREA, number))
    return [_ring(ring, number) for ring in rings]


def _ring(positions: Any, number: int) -> Ring:
    if not isinstance(positions, list):
        raise GeoJsonError(Problem(Fault.NOT_AN_AREA, number))
    ring = [_point(position, number) for position in positions]
    if len(ring) < 4:
        raise GeoJsonError(Problem(Fault.TOO_FEW_POINTS, number))
    if ring[0] != ring[-1]:
        raise GeoJsonError(Problem(Fault.NOT_CLOSED, number))
    if signed_area(ring) == 0:
        raise GeoJsonError(Problem(Fault.FLAT, number))
    return ring


def _point(position: Any, number: int) -> Point:
    if not isinstance(position, list) or not 2 <= len(position) <= 4:
        raise GeoJsonError(Problem(Fault.NOT_A_NUMBER, number))
    for value, most in zip(position, _WORLD, strict=False):
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise GeoJsonError(Problem(Fault.NOT_A_NUMBER, number))
        if isinstance(value, float) and not math.isfinite(value):
            raise GeoJsonError(Problem(Fault.NOT_A_NUMBER, number))
        if abs(value) > most:
            raise GeoJsonError(Problem(Fault.OFF_THE_MAP, number, str(value)[:20]))
    return float(position[0]), float(position[1])
