"""Changes to partners: added, corrected; one that leaves gets a date and stays."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

import structlog

from engage.accounts.audit import record
from engage.accounts.models import User
from engage.communities.models import Community, Partner
from engage.extensions import db

log = structlog.get_logger()


@dataclass(frozen=True)
class PartnerFacts:
    """What is known about a partner."""

    name: str
    kind: str
    joined_on: date
    url: str = ""
    left_on: date | None = None
    note: str = ""


def add_partner(
    community: Community, facts: PartnerFacts, *, who: User | None, now: datetime
) -> Partner:
    """Note that an organisation takes part from a date on."""
    partner = Partner(community_id=community.id, **asdict(facts))
    db.session.add(partner)
    db.session.flush()
    _record("partner_added", community, partner, who, now)
    return partner


def update_partner(
    community: Community,
    partner: Partner,
    facts: PartnerFacts,
    *,
    who: User | None,
    now: datetime,
) -> None:
    """Correct what is known about a partner, or note the date it left."""
    for field, value in asdict(facts).items():
        setattr(partner, field, value)
    _record("partner_changed", community, partner, who, now)


def _record(
    action: str, community: Community, partner: Partner, who: User | None, now: datetime
) -> None:
    details = {
        "name": partner.name,
        "joined": partner.joined_on.isoformat(),
        "left": partner.left_on.isoformat() if partner.left_on else None,
    }
    record(who, action, f"partner:{partner.id}", details, now, community=community.slug)
    log.info("partner recorded", action=action, community=community.slug, partner=partner.id)
