"""Areas in which so few people live that nothing tells of them: no row, no group, no map (P-31)."""

from collections.abc import Iterable

from engage.communities.models import Area

#: Of an area or group with fewer people nothing is told.
LEAST_RESIDENTS = 40


def small_areas(areas: Iterable[Area]) -> frozenset[str]:
    """Return the keys of areas known to be too small; a number nobody has put in closes none."""
    return frozenset(
        area.key
        for area in areas
        if area.population is not None and area.population < LEAST_RESIDENTS
    )


def areas_not_for_everybody(areas: Iterable[Area]) -> frozenset[str]:
    """Return the keys of areas not known to be large enough to be told of outside."""
    return frozenset(area.key for area in areas if (area.population or 0) < LEAST_RESIDENTS)
