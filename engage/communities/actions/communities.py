"""Changes to a community itself: made, and its settings changed."""

import re
from dataclasses import asdict, dataclass
from datetime import datetime

import structlog

from engage.accounts.audit import record
from engage.accounts.models import User
from engage.communities.models import Community
from engage.communities.queries import community_by_slug
from engage.extensions import db
from engage.i18n.text import Text

log = structlog.get_logger()

#: What a community can be called in addresses.
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class SlugTakenError(Exception):
    """There is a community with this address already."""


@dataclass(frozen=True)
class Settings:
    """What its secretariat may change about a community."""

    name: Text
    municipality: str
    languages: list[str]
    default_language: str
    time_zone: str
    contact_name: str = ""
    contact_phone: str = ""
    contact_hours: Text | None = None
    contact_email: str = ""
    data_protection_contact: str = ""


def create_community(
    slug: str,
    name: Text,
    kind: str,
    *,
    country: str,
    languages: list[str],
    default_language: str,
    time_zone: str,
    now: datetime,
    who: User | None = None,
    parent: Community | None = None,
    municipality: str = "",
) -> Community:
    """Make a community; it has no members yet."""
    if community_by_slug(slug):
        raise SlugTakenError(slug)
    community = Community(
        slug=slug,
        name=name,
        kind=kind,
        parent=parent,
        country=country,
        languages=languages,
        default_language=default_language,
        time_zone=time_zone,
        municipality=municipality,
        contact_hours={},
        created_at=now,
    )
    db.session.add(community)
    db.session.flush()
    details = {"kind": kind, "parent": parent.slug if parent else None}
    record(who, "community_created", f"community:{slug}", details, now, community=slug)
    log.info("community created", community=slug)
    return community


def update_settings(
    community: Community, settings: Settings, *, who: User | None, now: datetime
) -> None:
    """Change the settings of a community."""
    changed = []
    for field, value in asdict(settings).items():
        value = {} if value is None else value
        if getattr(community, field) != value:
            setattr(community, field, value)
            changed.append(field)
    details = {"changed": changed}
    slug = community.slug
    record(who, "settings_changed", f"community:{slug}", details, now, community=slug)
    log.info("settings changed", community=slug, changed=changed)
