"""Makes communities, their members, partners and areas."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from engage.accounts.models import User
from engage.communities.models import Area, Community, Membership, Partner
from engage.communities.roles import Role
from tests.factories import saved
from tests.factories.accounts import make_user

_number = count(1)


def make_community(**given: Any) -> Community:
    """Store a neighbourhood."""
    number = next(_number)
    values = {
        "slug": f"grannskap-{number}",
        "name": {"sv": f"Grannskap {number}", "en": f"Neighbourhood {number}"},
        "kind": "neighbourhood",
        "country": "SE",
        "languages": ["sv", "en", "ar"],
        "default_language": "sv",
        "time_zone": "Europe/Stockholm",
        "municipality": "Exempelstad",
        "contact_hours": {},
        "created_at": datetime(2027, 1, 1, tzinfo=UTC),
    }
    return saved(Community(**{**values, **given}))


def make_member(
    community: Community, role: Role | str = Role.SECRETARIAT, user: User | None = None
) -> User:
    """Store a membership; return the person, a new one unless given."""
    user = user or make_user()
    membership = Membership(
        user_id=user.id, community_id=community.id, role=Role(role), since=date(2027, 1, 1)
    )
    saved(membership)
    return user


def make_partner(community: Community, **given: Any) -> Partner:
    """Store a partner."""
    values = {
        "name": f"Partner {next(_number)}",
        "kind": "company",
        "joined_on": date(2026, 3, 1),
    }
    return saved(Partner(community_id=community.id, **{**values, **given}))


def square(west: float, south: float, side: float = 0.01) -> list[list[list[list[float]]]]:
    """Return the coordinates of a MultiPolygon with one square."""
    east, north = west + side, south + side
    corners = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return [[corners]]


def make_area(community: Community, key: str = "norra", **given: Any) -> Area:
    """Store an area; each lies east of the one before."""
    number = next(_number)
    values = {
        "name": {"sv": key.capitalize()},
        "geometry": {
            "type": "MultiPolygon",
            "coordinates": square(16.5 + number % 50 / 100, 59.6),
        },
        "position": number,
        "population": None,
    }
    return saved(Area(community_id=community.id, key=key, **{**values, **given}))
