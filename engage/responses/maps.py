"""The areas of a round as a map to mark places on, and the names of areas around marks."""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from sqlalchemy.exc import SQLAlchemyError

from engage.communities.area_map import AreaMap, area_around, area_paths
from engage.communities.models import Area, Community
from engage.communities.queries import areas
from engage.extensions import reading_only
from engage.i18n.current import current_language
from engage.i18n.text import with_fallback
from engage.responses.offered import Offered

log = structlog.get_logger()


@dataclass(frozen=True)
class AreasAt:
    """The areas of a community, read only where somebody marked a place outside of any list."""

    community: Community | None = None
    language: str = ""

    def name_at(self, latitude: float, longitude: float) -> str:
        """Return what the area around a point is called; nothing if it lies in none."""
        if self.community is None:
            return ""
        try:
            with reading_only():
                found = area_around(areas(self.community), latitude, longitude)
        except SQLAlchemyError:
            # A name is a comfort; answers are looked through without it as well.
            log.warning("areas not read")
            return ""
        return with_fallback(found.name, self.language).text if found else ""


def areas_of(offered: Offered) -> AreasAt:
    """Return the areas of a round in the language of the page."""
    return AreasAt(offered.community if offered.has_map else None, current_language().code)


def map_of(community: Community) -> tuple[AreaMap, list[str]]:
    """Return the areas drawn, and their names in the language of the page in the same order."""
    with reading_only():
        found: Sequence[Area] = areas(community)
    language = current_language().code
    return area_paths(found), [with_fallback(one.name, language).text or one.key for one in found]
