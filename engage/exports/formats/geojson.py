"""GeoJSON for map programs: areas with the figures that may be shown of them, or marks on the map.

RFC 7946. Marks leave only where places were asked for, in an order of chance and with nothing but
their question beside them.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import duckdb

from engage.communities.models import Area
from engage.communities.queries import areas
from engage.exports.contents import Cells, Contents
from engage.exports.formats.base import Format, Progress
from engage.i18n.gettext import s_lazy
from engage.questionnaires.column import Column
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.results.table.engine import name, select

_AT_A_TIME = 2000
Feature = dict[str, Any]


class GeoJson(Format):
    """A collection of features: one for each area, or one for each mark."""

    name = "geojson"
    label = s_lazy("GeoJSON")
    help = s_lazy("Areas with their figures, or marks on the map, for map programs.")
    extension = "geojson"
    media_type = "application/geo+json"
    group = "programs"
    carries_words = False

    def write(
        self, contents: Contents, engine: duckdb.DuckDBPyConnection, file: Path, progress: Progress
    ) -> None:
        """Write the features one after the other."""
        if contents.options.what == "tables":
            features = _areas(contents, engine)
        else:
            features = _marks(contents, engine)
        with file.open("w", encoding="utf-8") as out:
            _write(features, out)
        progress(contents.sheets[0].rows)


def _write(features: Iterator[Feature], out: IO[str]) -> None:
    out.write('{"type":"FeatureCollection","features":[')
    for number, feature in enumerate(features):
        text = json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
        out.write(f"{',' if number else ''}\n{text}")
    out.write("\n]}\n")


def _areas(contents: Contents, engine: duckdb.DuckDBPyConnection) -> Iterator[Feature]:
    """Yield every area; figures are those of questions whose answers are areas."""
    known = areas(contents.round.community)
    figures = _figures(contents, engine, {area.key for area in known})
    for area in known:
        yield {
            "type": "Feature",
            "id": area.key,
            "geometry": area.geometry,
            "properties": {**_named(contents, area), "figures": figures[area.key]},
        }


def _named(contents: Contents, area: Area) -> Feature:
    own = area.name.get(contents.options.language) or next(iter(area.name.values()), area.key)
    return {"key": area.key, "name": own, "names": dict(area.name), "people": area.population}


def _figures(
    contents: Contents, engine: duckdb.DuckDBPyConnection, keys: set[str]
) -> dict[str, list[Feature]]:
    document = contents.document
    of_places = {
        question.key
        for question in document.questions.values()
        if keys & {code.value for code in QUESTION_TYPES[question.type].codes(question, document)}
    }
    sheet = contents.sheets[0]
    titles = [column.name for column in sheet.columns]
    found: dict[str, list[Feature]] = defaultdict(list)
    for row in contents.rows(engine, sheet, Cells(contents, plain=True)):
        told = dict(zip(titles, row, strict=True))
        if told["question"] in of_places and told["row"] in keys:
            found[told["row"]].append(
                {part: told[part] for part in titles if part not in {"row", "label"}}
            )
    return found


def _marks(contents: Contents, engine: duckdb.DuckDBPyConnection) -> Iterator[Feature]:
    for sheet in contents.sheets:
        ends: dict[str, dict[str, Column]] = defaultdict(dict)
        for column in sheet.columns:
            if column.held_back == "point":
                ends[column.question][column.part] = column
        for question, pair in ends.items():
            labels = {"question": question, "label": contents.label(pair["lat"])}
            wanted = f"{name(pair['lon'].name)}, {name(pair['lat'].name)}"
            there = f"{name(pair['lat'].name)} IS NOT NULL"
            cursor = engine.execute(select(wanted, sheet.source, there, more="ORDER BY random()"))
            while batch := cursor.fetchmany(_AT_A_TIME):
                for place in batch:
                    point = {"type": "Point", "coordinates": list(place)}
                    yield {"type": "Feature", "geometry": point, "properties": labels}
