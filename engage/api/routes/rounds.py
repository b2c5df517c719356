"""The rounds of a community, as a program sees them."""

from datetime import UTC, datetime
from typing import Any

from engage.api.gate import by_token
from engage.api.routes.blueprints import api
from engage.communities.models import Community
from engage.communities.permissions import Permission
from engage.responses.models import Round
from engage.responses.rounds.queries import rounds as rounds_of


@api.get("/communities/<community>/rounds")
@by_token(Permission.EXPORT_DATA)
def rounds(community: Community) -> dict[str, Any]:
    """Return the rounds, newest first; how many answered is told by what is taken away alone."""
    now = datetime.now(UTC)
    return {"rounds": [_told(one, now) for one in rounds_of(community)]}


def _told(found: Round, now: datetime) -> dict[str, Any]:
    return {
        "slug": found.slug,
        "name": found.name,
        "languages": found.version.document.languages,
        "state": found.state(now),
        "opens_on": found.opens_at.date().isoformat(),
        "closes_on": found.closes_at.date().isoformat() if found.closes_at else None,
    }
