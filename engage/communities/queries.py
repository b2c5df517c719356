"""Reads about communities: which there are, who belongs where, what lies in them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from engage.accounts.models import User
from engage.accounts.tokens import token_hash
from engage.communities.models import Area, Community, Invitation, Membership, Partner
from engage.extensions import db


def community_by_slug(slug: str) -> Community | None:
    """Return the community of this address, or None."""
    return db.session.scalar(select(Community).where(Community.slug == slug))


def all_communities() -> Sequence[Community]:
    """Return every community of the instance."""
    return db.session.scalars(select(Community).order_by(Community.slug)).all()


def membership_of(user: User, community: Community) -> Membership | None:
    """Return what this person is in this community, or None."""
    return db.session.scalar(
        select(Membership).where(
            Membership.user_id == user.id, Membership.community_id == community.id
        )
    )


def memberships_of(user: User) -> Sequence[Membership]:
    """Return what this person is, community by community."""
    return db.session.scalars(
        select(Membership)
        .where(Membership.user_id == user.id)
        .join(Membership.community)
        .options(joinedload(Membership.community))
        .order_by(Community.slug)
    ).all()


def communities_of(user: User) -> Sequence[Community]:
    """Return the communities this person is a member of."""
    return [membership.community for membership in memberships_of(user)]


def members(community: Community) -> Sequence[Membership]:
    """Return the members of a community by name."""
    return db.session.scalars(
        select(Membership)
        .where(Membership.community_id == community.id)
        .join(Membership.user)
        .options(joinedload(Membership.user))
        .order_by(User.name, User.id)
    ).all()


def member(community: Community, membership_id: int) -> Membership | None:
    """Return one member of this community, or None."""
    found = db.session.get(Membership, membership_id)
    return found if found and found.community_id == community.id else None


def open_invitations(community: Community) -> Sequence[Invitation]:
    """Return the invitations nobody has accepted yet, newest first."""
    return db.session.scalars(
        select(Invitation)
        .where(Invitation.community_id == community.id, Invitation.accepted_at.is_(None))
        .order_by(Invitation.created_at.desc(), Invitation.id.desc())
    ).all()


def invitation(community: Community, invitation_id: int) -> Invitation | None:
    """Return one invitation of this community, or None."""
    found = db.session.get(Invitation, invitation_id)
    return found if found and found.community_id == community.id else None


def partners(community: Community) -> Sequence[Partner]:
    """Return the partners: those taking part first, in the order they joined."""
    return db.session.scalars(
        select(Partner)
        .where(Partner.community_id == community.id)
        .order_by(Partner.left_on.is_not(None), Partner.joined_on, Partner.name, Partner.id)
    ).all()


def partner(community: Community, partner_id: int) -> Partner | None:
    """Return one partner of this community, or None."""
    found = db.session.get(Partner, partner_id)
    return found if found and found.community_id == community.id else None


def areas(community: Community) -> Sequence[Area]:
    """Return the areas of a community in their order."""
    return db.session.scalars(
        select(Area).where(Area.community_id == community.id).order_by(Area.position, Area.id)
    ).all()


def has_areas(community: Community, session: Session) -> bool:
    """Say whether there is a map to draw."""
    found = session.scalar(select(Area.id).where(Area.community_id == community.id).limit(1))
    return found is not None


def area(community: Community, key: str) -> Area | None:
    """Return one area of this community, or None."""
    return db.session.scalar(select(Area).where(Area.community_id == community.id, Area.key == key))


def invitation_of_token(token: str, now: datetime) -> Invitation | None:
    """Return the invitation a link belongs to, if it can still be used."""
    found = db.session.scalar(select(Invitation).where(Invitation.token_hash == token_hash(token)))
    return found if found and found.is_open(now) else None
