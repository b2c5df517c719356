"""Reads of tokens for programs: somebody's own, and the one a program has shown."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from engage.accounts.models import User
from engage.accounts.tokens import token_hash
from engage.api.models import ApiToken
from engage.communities.models import Membership
from engage.communities.queries import memberships_of
from engage.communities.roles import Permission
from engage.extensions import db


def tokens_of(user: User) -> Sequence[ApiToken]:
    """Return a person's tokens, newest first."""
    return db.session.scalars(
        select(ApiToken)
        .join(ApiToken.membership)
        .where(Membership.user_id == user.id)
        .order_by(ApiToken.made_at.desc(), ApiToken.token_hash)
    ).all()


def own_token(user: User, hashed: str) -> ApiToken | None:
    """Return one of this person's own tokens by its hash."""
    found = db.session.get(ApiToken, hashed)
    return found if found is not None and found.membership.user_id == user.id else None


def token_of_secret(secret: str, now: datetime) -> ApiToken | None:
    """Return the token with this secret, unless it is over or ended; rights are another matter."""
    found = db.session.get(ApiToken, token_hash(secret))
    return None if found is None or found.state(now) in {"over", "ended"} else found


def memberships_with_exports(user: User) -> Sequence[Membership]:
    """Return where this person may take data away."""
    return [one for one in memberships_of(user) if one.may(Permission.EXPORT_DATA)]
