"""Changes to who belongs: added, invited, given another role, taken out."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog
from sqlalchemy import delete, func, select

from engage.accounts.actions.sessions import end_sessions
from engage.accounts.audit import record
from engage.accounts.models import User
from engage.accounts.queries import plain_email
from engage.accounts.tokens import new_token, token_hash
from engage.communities.models import Community, Invitation, Membership
from engage.communities.queries import membership_of
from engage.communities.roles import Role
from engage.extensions import db

log = structlog.get_logger()

INVITATION_LASTS = timedelta(days=14)


class LastSecretariatError(Exception):
    """Nobody would be left who can let others in."""


def add_member(
    community: Community, user: User, role: Role, *, who: User | None, now: datetime
) -> Membership:
    """Give a person a role in a community; somebody who has one keeps only the new one."""
    membership = membership_of(user, community)
    if membership:
        change_role(community, membership, role, who=who, now=now)
        return membership
    membership = Membership(user_id=user.id, community_id=community.id, role=role, since=now.date())
    db.session.add(membership)
    db.session.flush()
    _record("member_added", community, user, {"role": role}, who, now)
    return membership


def change_role(
    community: Community,
    membership: Membership,
    role: Role,
    *,
    who: User | None,
    now: datetime,
) -> None:
    """Give a member another role; they have to sign in again everywhere."""
    before = membership.role
    if before == role:
        return
    _keep_a_secretariat(community, membership)
    membership.role, membership.since = role, now.date()
    end_sessions(membership.user)
    details = {"from": before, "to": role}
    _record("role_changed", community, membership.user, details, who, now)


def remove_member(
    community: Community, membership: Membership, *, who: User | None, now: datetime
) -> None:
    """Take a person out of a community; the account stays."""
    _keep_a_secretariat(community, membership)
    user = membership.user
    db.session.delete(membership)
    end_sessions(user)
    _record("member_removed", community, user, {"role": membership.role}, who, now)


def invite(
    community: Community, email: str, name: str, role: Role, *, who: User | None, now: datetime
) -> tuple[Invitation, str]:
    """Return an invitation and the token of its link, which nobody can look up later.

    The same happens whether or not there is an account with this address, so that nobody learns
    that from here. An earlier open invitation of the same person here stops working.
    """
    token = new_token()
    db.session.execute(
        delete(Invitation).where(
            Invitation.community_id == community.id,
            Invitation.email == plain_email(email),
            Invitation.accepted_at.is_(None),
        )
    )
    invitation = Invitation(
        token_hash=token_hash(token),
        community_id=community.id,
        email=plain_email(email),
        name=name.strip(),
        role=role,
        invited_by_id=who.id if who else None,
        created_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    db.session.add(invitation)
    db.session.flush()
    subject = f"invitation:{invitation.id}"
    record(who, "member_invited", subject, {"role": role}, now, community=community.slug)
    log.info("member invited", community=community.slug, invitation=invitation.id)
    return invitation, token


def withdraw_invitation(
    community: Community, invitation: Invitation, *, who: User | None, now: datetime
) -> None:
    """Make the link of an invitation stop working."""
    db.session.delete(invitation)
    subject = f"invitation:{invitation.id}"
    record(who, "invitation_withdrawn", subject, {}, now, community=community.slug)
    log.info("invitation withdrawn", community=community.slug, invitation=invitation.id)


def accept_invitation(invitation: Invitation, user: User, *, now: datetime) -> Membership:
    """Make the invited person a member; the link is used up."""
    invitation.accepted_at = now
    return add_member(invitation.community, user, invitation.role, who=user, now=now)


def _keep_a_secretariat(community: Community, membership: Membership) -> None:
    if membership.role != Role.SECRETARIAT:
        return
    others = db.session.scalar(
        select(func.count())
        .select_from(Membership)
        .join(Membership.user)
        .where(
            Membership.community_id == community.id,
            Membership.role == Role.SECRETARIAT,
            Membership.id != membership.id,
            User.is_active,
        )
    )
    if not others:
        raise LastSecretariatError


def _record(
    action: str,
    community: Community,
    user: User,
    details: Mapping[str, str],
    who: User | None,
    now: datetime,
) -> None:
    record(who, action, f"account:{user.id}", details, now, community=community.slug)
    log.info("membership changed", action=action, community=community.slug, account=user.id)
