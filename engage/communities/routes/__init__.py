"""Pages of communities: overview, settings, areas, partners, people, log, and invitations."""

from engage.communities.routes import (
    areas,
    audit,
    communities,
    instance,
    invitations,
    members,
    partners,
)
from engage.communities.routes.pages import blueprint

__all__ = [
    "areas",
    "audit",
    "blueprint",
    "communities",
    "instance",
    "invitations",
    "members",
    "partners",
]
