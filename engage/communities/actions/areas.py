"""Changes to areas: all of them from a file, one by hand, their order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from engage.accounts.audit import record
from engage.accounts.models import User
from engage.communities.geojson import NamedArea
from engage.communities.models import Area, Community
from engage.communities.queries import areas
from engage.extensions import db
from engage.i18n.text import Text

log = structlog.get_logger()


@dataclass(frozen=True)
class AreaChange:
    """What putting in a file would do to the areas there are."""

    new: list[str]
    kept: list[str]
    gone: list[str]


def planned_change(community: Community, drawn: Sequence[NamedArea]) -> AreaChange:
    """Return the keys that would be new, kept with a new border, and gone."""
    before = [area.key for area in areas(community)]
    after = [area.key for area in drawn]
    return AreaChange(
        [key for key in after if key not in before],
        [key for key in after if key in before],
        [key for key in before if key not in after],
    )


def replace_areas(
    community: Community,
    drawn: Sequence[NamedArea],
    language: str,
    *,
    who: User | None,
    now: datetime,
) -> AreaChange:
    """Make the areas those of a file; one whose key stays keeps its names in other languages."""
    change = planned_change(community, drawn)
    before = {area.key: area for area in areas(community)}
    for key in change.gone:
        db.session.delete(before[key])
    for position, named in enumerate(drawn):
        area = before.get(named.key) or Area(community_id=community.id, key=named.key, name={})
        area.name = {**area.name, language: named.name}
        area.geometry = {"type": "MultiPolygon", "coordinates": named.polygons}
        area.population = named.population if named.population is not None else area.population
        area.position = position
        db.session.add(area)
    db.session.flush()
    db.session.expire(community, ["areas"])
    details = {"new": change.new, "kept": change.kept, "gone": change.gone}
    slug = community.slug
    record(who, "areas_replaced", f"community:{slug}", details, now, community=slug)
    log.info("areas replaced", community=slug, areas=len(drawn))
    return change


def update_area(
    community: Community,
    area: Area,
    *,
    name: Text,
    population: int | None,
    who: User | None,
    now: datetime,
) -> None:
    """Change what an area is called and how many live there."""
    area.name, area.population = name, population
    slug = community.slug
    record(who, "area_changed", f"area:{area.key}", {}, now, community=slug)
    log.info("area changed", community=slug, area=area.key)


def move_area(community: Community, area: Area, step: int) -> None:
    """Move an area one place up (-1) or down (1) in the list."""
    order = list(areas(community))
    old = order.index(area)
    new = min(max(old + step, 0), len(order) - 1)
    order.insert(new, order.pop(old))
    for position, one in enumerate(order):
        one.position = position
    log.info("area moved", community=community.slug, area=area.key)
