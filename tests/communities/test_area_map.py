"""Areas as SVG: north up, true to size at its latitude, labels inside."""

import re
from types import SimpleNamespace

import pytest

from engage.communities.area_map import area_around, area_paths


def area(*rings, key="a", kind="Polygon"):
    coordinates = list(rings) if kind == "Polygon" else [[ring] for ring in rings]
    return SimpleNamespace(
        key=key, name={"sv": key}, geometry={"type": kind, "coordinates": coordinates}
    )


def box(west, south, east, north):
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def points(path):
    """Return the corners of the subpaths of a path as they are drawn."""
    rings = []
    for part in path.rstrip("z").split("z"):
        start, steps = re.fullmatch(r"M([-\d. ]+)l(.*)", part).groups()
        x, y = map(float, start.split())
        ring = [(x, y)]
        numbers = [float(number) for number in steps.split()]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = round(x + dx, 1), round(y + dy, 1)
            ring.append((x, y))
        rings.append(ring)
    return rings


def test_a_degree_of_longitude_is_half_as_wide_at_sixty_degrees_north():
    drawn = area_paths([area(box(16, 59.5, 17, 60.5))])
    (ring,) = points(drawn.shapes[0].d)
    wide = max(x for x, _ in ring) - min(x for x, _ in ring)
    high = max(y for _, y in ring) - min(y for _, y in ring)
    assert wide / high == pytest.approx(0.5, rel=0.01)
    assert drawn.view_box == f"0 0 {wide + 16:g} {high + 16:g}"


def test_north_is_up_and_east_is_at_the_right():
    south, north = area_paths([area(box(0, 0, 1, 1)), area(box(2, 2, 3, 3))]).shapes
    assert north.label_y < south.label_y
    assert north.label_x > south.label_x


def test_labels_lie_inside_even_of_a_bent_area():
    bent = [[0, 0], [4, 0], [4, 4], [3, 4], [3, 1], [1, 1], [1, 4], [0, 4], [0, 0]]
    shape = area_paths([area(bent)]).shapes[0]
    ((west, south), *_), scale = points(shape.d)[0:1][0][0:1] * 1, 1000 / 4
    x, y = (shape.label_x - west) / scale, (south - shape.label_y) / scale
    assert 0 < x < 4
    assert not (1 < x < 3 and y > 1)


def test_a_hole_is_a_ring_of_the_same_path_and_a_label_keeps_out_of_it():
    shape = area_paths([area(box(0, 0, 10, 10), box(3, 3, 9, 7))]).shapes[0]
    outer, hole = points(shape.d)
    assert len(outer) == len(hole) == 4
    (left, right) = min(x for x, _ in hole), max(x for x, _ in hole)
    (top, bottom) = min(y for _, y in hole), max(y for _, y in hole)
    assert not (left < shape.label_x < right and top < shape.label_y < bottom)


def test_the_label_is_in_the_largest_part():
    shape = area_paths([area(box(0, 0, 1, 1), box(5, 0, 9, 4), kind="MultiPolygon")]).shapes[0]
    large = max(points(shape.d), key=lambda ring: max(x for x, _ in ring))
    assert min(x for x, _ in large) < shape.label_x < max(x for x, _ in large)


def test_order_keys_and_names_are_kept():
    drawn = area_paths([area(box(0, 0, 1, 1), key=key) for key in "cab"])
    assert [(shape.key, shape.name) for shape in drawn.shapes] == [
        (key, {"sv": key}) for key in "cab"
    ]


def test_no_areas_make_an_empty_map():
    assert area_paths([]).shapes == []


def test_the_drawing_knows_where_on_earth_it_lies():
    drawn = area_paths([area(box(16.4, 59.5, 16.6, 59.6))])
    at = drawn.degrees
    (ring,) = points(drawn.shapes[0].d)
    west, north = at.west + min(x for x, _ in ring) / at.across, at.north - ring[0][1] / at.down
    assert west == pytest.approx(16.4, abs=1e-4)
    assert north == pytest.approx(59.5, abs=1e-4)
    assert area_paths([]).degrees is None


def test_the_area_around_a_point_is_found_in_its_pieces_and_not_in_its_holes():
    ring = [box(0, 0, 4, 4), box(1, 1, 3, 3)]
    holed = area(*ring, key="holed")
    inner = area(box(1.5, 1.5, 2.5, 2.5), box(8, 8, 9, 9), key="inner", kind="MultiPolygon")
    assert area_around([holed, inner], 0.5, 2).key == "holed"
    assert area_around([holed, inner], 2, 2).key == "inner"
    assert area_around([holed, inner], 8.5, 8.5).key == "inner"
    assert area_around([holed, inner], 1.2, 1.2) is None
