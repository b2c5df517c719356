"""Places on the map, moved to a grid before anybody stores them: nobody's door is kept."""

import math
from typing import Literal

#: How far the lines of the grid are apart, in metres.
Metres = Literal[50, 250]
_METRES_PER_DEGREE = 111_320
#: Near the poles the lines of longitude meet; no grid needs to be finer than this there.
_SMALLEST_COSINE = 0.01
_DECIMALS = 6


def snapped(latitude: float, longitude: float, metres: Metres) -> tuple[float, float]:
    """Return the nearest crossing of the grid; a crossing stays where it is."""
    step = metres / _METRES_PER_DEGREE
    row = round(latitude / step)
    cosine = max(math.cos(math.radians(row * step)), _SMALLEST_COSINE)
    column = round(longitude * cosine / step)
    return (_within(row * step, 90), _within(column * step / cosine, 180))


def square_around(
    latitude: float, longitude: float, metres: Metres
) -> tuple[float, float, float, float]:
    """Return south, west, north and east of the square of points that move to a crossing."""
    high = metres / _METRES_PER_DEGREE / 2
    wide = high / max(math.cos(math.radians(latitude)), _SMALLEST_COSINE)
    return latitude - high, longitude - wide, latitude + high, longitude + wide


def _within(degrees: float, most: float) -> float:
    return round(max(-most, min(most, degrees)), _DECIMALS)
