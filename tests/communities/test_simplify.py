"""Borders with fewer points: the same shape, neighbours edge to edge, never without end."""

import math
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.communities.geojson import Fault, GeoJsonError, point_count, signed_area
from engage.communities.simplify import simplify


def coast(points, west=16.0, seed=1):
    """Return a closed ring of so many points around a place."""
    chance = random.Random(seed)
    ring = []
    for number in range(points):
        turn = number / points * 2 * math.pi
        away = 0.01 * (1 + 0.2 * math.sin(5 * turn) + chance.uniform(-0.05, 0.05))
        ring.append((west + away * math.cos(turn), 59 + away * math.sin(turn) / 2))
    return [*ring, ring[0]]


def test_a_long_border_gets_at_most_three_hundred_points_and_keeps_its_size():
    ring = coast(20_000)
    start = time.process_time()
    ((thin,),) = [area[0] for area in simplify([[[ring]]])]
    assert time.process_time() - start < 10
    assert 20 < len(thin) <= 300
    assert thin[0] == thin[-1]
    assert signed_area(thin) == pytest.approx(signed_area(ring), rel=0.05)


def test_neighbours_share_their_border_point_for_point():
    chance = random.Random(2)
    border = [
        (16.5 + 0.002 * math.sin(i / 30) + chance.uniform(-1e-4, 1e-4), 59.6 + i * 2e-5)
        for i in range(2000)
    ]
    end = border[-1][1]
    west = [(16.45, 59.6), *border, (16.45, end), (16.45, 59.6)]
    east = [(16.55, 59.6), (16.55, end), *reversed(border), (16.55, 59.6)]
    (one,), (other,) = simplify([[[west]], [[east]]])
    outer = {(16.45, 59.6), (16.45, round(end, 6)), (16.55, 59.6), (16.55, round(end, 6))}
    assert set(one[0]) - outer == set(other[0]) - outer
    assert len(one[0]) <= 300


def test_small_islands_and_holes_go_and_the_largest_part_stays():
    islands = [[[(16.03 + x / 4000 + a, 59 + b) for a, b in SMALL]] for x in range(500)]
    main = [coast(1000), [(16 + a, 59 + b) for a, b in SMALL]]
    (thin,) = simplify([[*islands, main]])
    assert point_count(thin) <= 300
    sizes = [abs(signed_area(polygon[0])) for polygon in thin]
    assert max(sizes) == pytest.approx(abs(signed_area(main[0])), rel=0.1)


SMALL = [(0, 0), (1e-4, 0), (1e-4, 1e-4), (0, 1e-4), (0, 0)]


def test_a_square_stays_a_square():
    square = [(16.0, 59.0), (16.1, 59.0), (16.1, 59.1), (16.0, 59.1), (16.0, 59.0)]
    (((thin,),),) = simplify([[[square]]])
    assert set(thin) == set(square)


def test_a_drawing_of_nothing_but_crossings_is_refused_in_time():
    rays = [
        point
        for i in range(1, 3000)
        for point in (
            (math.cos(i), math.sin(i)),
            (math.cos(i + 0.5) / 2, math.sin(i + 0.5) / 2),
            (0.0, 0.0),
        )
    ]
    start = time.process_time()
    with pytest.raises(GeoJsonError) as caught:
        simplify([[[[(0.0, 0.0), *rays]]]])
    assert caught.value.problems[0].fault is Fault.TOO_DETAILED
    assert time.process_time() - start < 15


POINTS = st.tuples(st.integers(-50, 50), st.integers(-50, 50))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(POINTS, min_size=3, max_size=40), min_size=1, max_size=5))
def test_whatever_is_drawn_comes_back_closed_with_an_inside(shapes):
    rings = [[(x / 10, y / 10) for x, y in [*shape, shape[0]]] for shape in shapes]
    areas = [[[ring]] for ring in rings if signed_area(ring)]
    if not areas:
        return
    for area in simplify(areas, most=60):
        for polygon in area:
            for ring in polygon:
                assert ring[0] == ring[-1]
                assert len(ring) >= 4
                assert signed_area(ring)
