"""What is kept of a file of areas between choosing it and putting it in: few points, few words."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engage.communities.geojson import (
    NAME_LENGTH,
    Fault,
    Feature,
    GeoJsonError,
    NamedArea,
    Problem,
    key_properties,
    number_properties,
    usable_properties,
)
from engage.communities.simplify import simplify
from engage.i18n.text import Text

#: Properties to choose from; a file with more is a table, and the first ones name things.
_MOST_PROPERTIES = 40
_KEYS = ("key", "nyckel", "nyko", "kod", "code", "id", "nr")
#: Numbered anew by map programs with every export, so the last choice for a key.
_PASSING = {"objectid", "fid", "ogc_fid", "gid", "id_0"}
_NAMES = ("name", "namn", "navn", "nimi", "omrade", "område", "title")


@dataclass(frozen=True)
class DrawnArea:
    """An area of a file, ready to be drawn."""

    key: str
    name: Text
    geometry: dict[str, Any]


@dataclass(frozen=True)
class FileOfAreas:
    """The areas of a file with simplified borders, and the properties to choose from."""

    features: list[Feature]
    document: str
    keys: list[str]
    names: list[str]
    numbers: list[str]

    def drawable(self, drawn: Sequence[NamedArea], language: str) -> list[DrawnArea]:
        """Return the areas to draw, with their names if they have some already."""
        named = {id(area.polygons): area for area in drawn}
        areas = []
        for number, feature in enumerate(self.features, 1):
            area = named.get(id(feature.polygons))
            key, name = (area.key, {language: area.name}) if area else (str(number), {})
            geometry = {"type": "MultiPolygon", "coordinates": feature.polygons}
            areas.append(DrawnArea(key, name, geometry))
        return areas


def reduced(features: list[Feature]) -> FileOfAreas:
    """Return a file with what can be seen and chosen; raise `GeoJsonError` if nothing can be."""
    words = [
        name
        for name in usable_properties(features)
        if name.lower() in _NAMES
        or all(len(feature.properties[name]) <= NAME_LENGTH for feature in features)
    ][:_MOST_PROPERTIES]
    thin = [
        Feature({name: feature.properties[name][:NAME_LENGTH] for name in words}, polygons)
        for feature, polygons in zip(
            features, simplify([feature.polygons for feature in features]), strict=True
        )
    ]
    keys = key_properties(thin)
    if not keys:
        raise GeoJsonError(Problem(Fault.NOTHING_TELLS_APART))
    return FileOfAreas(thin, _document(thin), keys, words, number_properties(thin))


def guess(file: FileOfAreas) -> dict[str, str]:
    """Return the properties that are likely the key and the name."""
    lasting = [name for name in file.keys if name.lower() not in _PASSING] or file.keys
    key = _like(lasting, _KEYS) or lasting[0]
    wordy = [name for name in file.names if name not in file.numbers]
    name = _like(file.names, _NAMES) or next(iter(wordy), key)
    return {"key": key, "name": name, "population": ""}


def choice_of(data: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return the properties that were chosen: for key, name and number of residents."""
    return data["key"] or "", data["name"] or "", data["population"] or ""


def _like(names: Sequence[str], wanted: Sequence[str]) -> str | None:
    """Return the property called most like one of the wanted words."""
    exact = (name for word in wanted for name in names if name.lower() == word)
    part = (name for word in wanted for name in names if word in name.lower())
    return next(exact, None) or next(part, None)


def _document(features: list[Feature]) -> str:
    """Return the file again as GeoJSON, small enough to travel in a form."""
    written = [
        {
            "type": "Feature",
            "properties": feature.properties,
            "geometry": {"type": "MultiPolygon", "coordinates": feature.polygons},
        }
        for feature in features
    ]
    return json.dumps(
        {"type": "FeatureCollection", "features": written},
        ensure_ascii=False,
        separators=(",", ":"),
    )
