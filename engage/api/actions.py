"""Changes of tokens for programs: made, used, revoked."""

from datetime import datetime, timedelta

import structlog
from sqlalchemy import delete, select

from engage.accounts.audit import record
from engage.accounts.models import User
from engage.accounts.tokens import new_api_token, token_hash
from engage.api.models import ApiToken
from engage.communities.models import Membership
from engage.extensions import db

log = structlog.get_logger()

#: For how many days a token may be made.
DAYS = (30, 90, 365)


def make_token(
    membership: Membership, name: str, scope: str, days: int, *, now: datetime
) -> tuple[ApiToken, str]:
    """Return a new token and its secret, to be shown once; the member's old ones are cleared away.

    Raises ValueError for a number of days that is not offered.
    """
    if days not in DAYS:
        raise ValueError(f"a token lasts {DAYS} days, not {days}")
    _clear_away(membership.user, now)
    secret = new_api_token()
    made = ApiToken(
        token_hash=token_hash(secret),
        membership_id=membership.id,
        epoch=membership.user.epoch,
        name=name,
        scope=scope,
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    db.session.add(made)
    db.session.flush()
    _record("api_token_made", made, {"name": name, "scope": scope, "days": days}, now)
    log.info("api token made", account=membership.user_id, scope=scope)
    return made, secret


def revoke_token(found: ApiToken, *, now: datetime) -> None:
    """Let a token of one's own open nothing any more."""
    _record("api_token_revoked", found, {"name": found.name}, now)
    log.info("api token revoked", account=found.membership.user_id)
    db.session.delete(found)


def note_use(found: ApiToken, now: datetime) -> None:
    """Note the day on which a token was last used."""
    found.last_used_on = now.date()


def _clear_away(user: User, now: datetime) -> None:
    """Remove a person's tokens that are over."""
    own = select(Membership.id).where(Membership.user_id == user.id)
    db.session.execute(
        delete(ApiToken).where(ApiToken.membership_id.in_(own), ApiToken.expires_at <= now)
    )


def _record(action: str, token: ApiToken, details: dict[str, object], now: datetime) -> None:
    slug = token.membership.community.slug
    record(token.user, action, token.mark, details, now, community=slug)
