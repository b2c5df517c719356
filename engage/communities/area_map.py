"""Turns areas into the paths of an SVG map: one frame, north up, sizes true at its latitude."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Protocol

from engage.communities.geojson import Polygon, Ring, signed_area
from engage.i18n.text import Text

#: The longer side of the map, in units of the drawing.
_SIDE = 1000.0
_MARGIN = 8.0


class Drawable(Protocol):
    """What is drawn: an `Area`, or anything else with a key, a name and a GeoJSON geometry."""

    @property
    def key(self) -> str:
        """Return what answers call it."""

    @property
    def name(self) -> Text:
        """Return what people call it."""

    @property
    def geometry(self) -> dict[str, Any]:
        """Return a GeoJSON Polygon or MultiPolygon."""


@dataclass(frozen=True)
class AreaShape:
    """One area on the map: its path (fill rule evenodd), and a point well inside for a label."""

    key: str
    name: Text
    d: str
    label_x: float
    label_y: float
    #: Its border in degrees.
    polygons: list[Polygon] = field(default_factory=list)

    def holds(self, latitude: float, longitude: float) -> bool:
        """Say whether a point lies in it."""
        return _is_within(self.polygons, latitude, longitude)


@dataclass(frozen=True)
class Degrees:
    """Where the drawing lies: x is (longitude - west) * across, y is (north - latitude) * down."""

    west: float
    north: float
    across: float
    down: float


@dataclass(frozen=True)
class AreaMap:
    """A map to draw; `view_box` is the attribute of the `<svg>`."""

    view_box: str
    shapes: list[AreaShape]
    degrees: Degrees | None = None

    def area_at(self, latitude: float, longitude: float) -> AreaShape | None:
        """Return the first area that a point lies in, or None."""
        return next((shape for shape in self.shapes if shape.holds(latitude, longitude)), None)


def area_paths(areas: Iterable[Drawable]) -> AreaMap:
    """Return all areas as paths in one frame, in the given order; no areas give an empty map."""
    drawn = [(area, polygons_of(area.geometry)) for area in areas]
    points = [point for _, polygons in drawn for ring in _outer(polygons) for point in ring]
    if not points:
        return AreaMap("0 0 1000 1000", [])
    frame = _Frame.around(points)
    shapes = []
    for area, polygons in drawn:
        flat = [[frame.ring(ring) for ring in polygon] for polygon in polygons]
        x, y = _label_point(max(flat, key=lambda polygon: abs(signed_area(polygon[0]))))
        path = "".join(_path(ring) for polygon in flat for ring in polygon)
        label = round(x, 1), round(y, 1)
        shapes.append(AreaShape(area.key, area.name, path, *label, polygons))
    return AreaMap(f"0 0 {frame.width:g} {frame.height:g}", shapes, frame.degrees)


def polygons_of(geometry: Mapping[str, Any]) -> list[Polygon]:
    """Return the polygons of a stored geometry."""
    coordinates = geometry["coordinates"]
    polygons = [coordinates] if geometry["type"] == "Polygon" else coordinates
    return [[[(x, y) for x, y, *_ in ring] for ring in polygon] for polygon in polygons]


def area_around(areas: Iterable[Drawable], latitude: float, longitude: float) -> Drawable | None:
    """Return the first area that a point lies in, or None."""
    for area in areas:
        if _is_within(polygons_of(area.geometry), latitude, longitude):
            return area
    return None


def _is_within(polygons: Iterable[Polygon], latitude: float, longitude: float) -> bool:
    return any(sum(x > longitude for x in _crossed(polygon, latitude)) % 2 for polygon in polygons)


@dataclass(frozen=True)
class _Frame:
    """How degrees become units of the drawing."""

    west: float
    north: float
    across: float
    down: float
    width: float
    height: float

    @classmethod
    def around(cls, points: Ring) -> "_Frame":
        xs, ys = [x for x, _ in points], [y for _, y in points]
        squeeze = max(math.cos(math.radians((min(ys) + max(ys)) / 2)), 0.01)
        wide, high = (max(xs) - min(xs)) * squeeze, max(ys) - min(ys)
        scale = _SIDE / max(wide, high)
        return cls(
            min(xs),
            max(ys),
            squeeze * scale,
            scale,
            round(wide * scale + 2 * _MARGIN, 1),
            round(high * scale + 2 * _MARGIN, 1),
        )

    @property
    def degrees(self) -> Degrees:
        """Return where the corner of the drawing lies, its margin counted in."""
        west = self.west - _MARGIN / self.across
        return Degrees(west, self.north + _MARGIN / self.down, self.across, self.down)

    def ring(self, ring: Ring) -> Ring:
        """Return a ring in units of the drawing."""
        return [
            (
                round((x - self.west) * self.across + _MARGIN, 1),
                round((self.north - y) * self.down + _MARGIN, 1),
            )
            for x, y in ring
        ]


def _outer(polygons: list[Polygon]) -> list[Ring]:
    return [polygon[0] for polygon in polygons]


def _path(ring: Ring) -> str:
    """Return a closed path with relative steps, which are shorter to send."""
    (x, y), *rest = ring[:-1]
    steps = [f"M{x:g} {y:g}l"]
    pairs = []
    for next_x, next_y in rest:
        pairs.append(f"{round(next_x - x, 1):g} {round(next_y - y, 1):g}")
        x, y = next_x, next_y
    return "".join(steps) + " ".join(pairs) + "z"


def _label_point(polygon: Polygon) -> tuple[float, float]:
    """Return a point inside: the middle of the widest of some level lines through the polygon."""
    ys = [y for _, y in polygon[0]]
    top, bottom = min(ys), max(ys)
    widest = (-1.0, polygon[0][0][0], polygon[0][0][1])
    for share in (0.5, 0.42, 0.58, 0.34, 0.66, 0.25, 0.75):
        y = top + (bottom - top) * share + 1e-7
        crossed = sorted(_crossed(polygon, y))
        for start, end in zip(crossed[::2], crossed[1::2], strict=False):
            if end - start > widest[0] * 1.05:
                widest = (end - start, (start + end) / 2, y)
    return widest[1], widest[2]


def _crossed(polygon: Polygon, y: float) -> list[float]:
    """Return where a level line crosses the borders of a polygon."""
    return [
        x1 + (y - y1) / (y2 - y1) * (x2 - x1)
        for ring in polygon
        for (x1, y1), (x2, y2) in pairwise(ring)
        if (y1 > y) != (y2 > y)
    ]
