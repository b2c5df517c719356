"""Draws borders with fewer points (Douglas–Peucker), keeping neighbours edge to edge.

Rings are cut where borders meet, and each stretch between two such points is thinned once, so the
two areas on its sides stay the same.
"""

import math
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from engage.communities.geojson import (
    Fault,
    GeoJsonError,
    Point,
    Polygon,
    Problem,
    Ring,
    point_count,
    signed_area,
)

#: More would not be seen on a phone.
MOST_POINTS = 300
#: Of the extent: finer than this is less than a pixel.
_FINEST = 1 / 4000
#: About a decimetre; more digits would only claim more than a picture shows.
_DECIMALS = 6

#: Distances measured before giving up: enough for any map, little enough for a few seconds.
_MOST_WORK = 5_000_000


def simplify(areas: list[list[Polygon]], most: int = MOST_POINTS) -> list[list[Polygon]]:
    """Return the same areas with at most `most` points each."""
    rounded = [[[_rounded(ring) for ring in polygon] for polygon in area] for area in areas]
    rings = [ring for area in rounded for polygon in area for ring in polygon]
    squeeze = math.cos(math.radians(sum(y for _, y in rings[0]) / len(rings[0])))
    extent = _extent(rings)
    work = 0
    # A drawing with more meeting points than an area may have loses its shared borders.
    for crossings in (_crossings(rings), set[Point]()):
        thin, tolerance = rounded, extent * _FINEST
        while tolerance < extent:
            thinning = _Thinning(crossings, tolerance, squeeze, _MOST_WORK - work)
            thin = [thinning.area(area) for area in thin]
            if all(point_count(area) <= most for area in thin):
                return thin
            work += thinning.work
            tolerance *= 1.5
    raise GeoJsonError(Problem(Fault.TOO_DETAILED))


@dataclass
class _Thinning:
    """One pass over all borders with one tolerance."""

    crossings: set[Point]
    tolerance: float
    squeeze: float
    most_work: int
    work: int = 0
    #: Stretches of border thinned already, so that the area on the other side gets the same.
    stretches: dict[tuple[Point, ...], list[Point]] = field(default_factory=dict)

    def area(self, area: list[Polygon]) -> list[Polygon]:
        """Return one area; islands and holes too small to see go, its largest part stays."""
        largest = max(area, key=lambda polygon: abs(signed_area(polygon[0])))
        return [
            [
                self.ring(ring, self.tolerance)
                for ring in polygon
                if ring is largest[0] or self._is_seen(ring)
            ]
            for polygon in area
            if polygon is largest or self._is_seen(polygon[0])
        ]

    def ring(self, ring: Ring, tolerance: float) -> Ring:
        """Return a ring thinned stretch by stretch; finer where it would fall flat."""
        turned = _from_a_crossing(ring, self.crossings)
        cuts = {index for index, point in enumerate(turned) if point in self.crossings}
        if len(cuts) < 2:
            cuts = {_farthest(turned)}
        thin = [turned[0]]
        for start, end in pairwise(sorted({0, *cuts, len(turned) - 1})):
            thin += self._stretch(turned[start : end + 1], tolerance)[1:]
        if len(thin) >= 4 and signed_area(thin):
            return thin
        return self.ring(ring, tolerance / 4) if tolerance > 1e-9 else ring

    def _is_seen(self, ring: Ring) -> bool:
        return abs(signed_area(ring)) * self.squeeze > self.tolerance**2

    def _stretch(self, points: list[Point], tolerance: float) -> list[Point]:
        """Return one stretch of border thinned, the same whichever side asks first."""
        forward = points[0] <= points[-1]
        key = tuple(points if forward else reversed(points))
        if tolerance != self.tolerance:
            thin = self._douglas_peucker(list(key), tolerance)
        elif key in self.stretches:
            thin = self.stretches[key]
        else:
            thin = self.stretches[key] = self._douglas_peucker(list(key), tolerance)
        return thin if forward else thin[::-1]

    def _douglas_peucker(self, points: list[Point], tolerance: float) -> list[Point]:
        """Return the points that a line may not pass by farther than `tolerance`."""
        keep = {0, len(points) - 1}
        waiting = [(0, len(points) - 1)]
        while waiting:
            start, end = waiting.pop()
            self.work += end - start
            if self.work > self.most_work:
                raise GeoJsonError(Problem(Fault.TOO_DETAILED))
            worst, index = 0.0, start
            for between in range(start + 1, end):
                away = _distance(points[between], points[start], points[end], self.squeeze)
                if away > worst:
                    worst, index = away, between
            if worst > tolerance:
                keep.add(index)
                waiting += [(start, index), (index, end)]
        return [points[index] for index in sorted(keep)]


def _distance(point: Point, start: Point, end: Point, squeeze: float) -> float:
    """Return how far a point is from the straight piece between two others, in degrees of north."""
    x, y = (point[0] - start[0]) * squeeze, point[1] - start[1]
    along, up = (end[0] - start[0]) * squeeze, end[1] - start[1]
    length = along * along + up * up
    share = min(1.0, max(0.0, (x * along + y * up) / length)) if length else 0.0
    return math.hypot(x - share * along, y - share * up)


def _crossings(rings: list[Ring]) -> set[Point]:
    """Return the points where borders meet: those with other than two neighbours in all."""
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for one, other in pairwise(ring):
            neighbours[one].add(other)
            neighbours[other].add(one)
    return {point for point, around in neighbours.items() if len(around) != 2}


def _from_a_crossing(ring: Ring, crossings: set[Point]) -> Ring:
    """Return the ring beginning where borders meet, or else at its most western point."""
    open_ring = ring[:-1]
    start = next((i for i, point in enumerate(open_ring) if point in crossings), None)
    if start is None:
        start = open_ring.index(min(open_ring))
    turned = open_ring[start:] + open_ring[:start]
    return [*turned, turned[0]]


def _farthest(ring: Ring) -> int:
    """Return the index of the point farthest from the first."""
    x, y = ring[0]
    return max(range(1, len(ring) - 1), key=lambda i: math.hypot(ring[i][0] - x, ring[i][1] - y))


def _extent(rings: list[Ring]) -> float:
    xs = [x for ring in rings for x, _ in ring]
    ys = [y for ring in rings for _, y in ring]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def _rounded(ring: Ring) -> Ring:
    """Return a ring without the digits nobody sees and without the points that then repeat."""
    points = [(round(x, _DECIMALS), round(y, _DECIMALS)) for x, y in ring]
    kept = [point for before, point in pairwise(points) if point != before]
    thin = [points[0], *kept]
    return thin if len(thin) >= 4 and signed_area(thin) else ring
