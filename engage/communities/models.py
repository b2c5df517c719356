"""Tables of where you belong: communities, their areas, partners and members."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Enum, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.accounts.columns import UtcDateTime
from engage.accounts.models import User
from engage.communities.roles import PERMISSIONS, Permission, Role
from engage.extensions import Model
from engage.i18n.text import Text

#: A role is kept as its word, in a plain text column: a new role needs no migration.
_ROLE = Enum(Role, native_enum=False, length=20, values_callable=lambda roles: [*roles])


class Community(Model):
    """A neighbourhood, city, region or network: the scope of everything staff do."""

    __tablename__ = "communities"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Stands in addresses and in the audit log, so it never changes.
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[Text] = mapped_column(JSON)
    kind: Mapped[str] = mapped_column(String(20))
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("communities.id", ondelete="SET NULL"), index=True
    )
    country: Mapped[str] = mapped_column(String(2))
    #: Codes of the languages it offers, in its own order; the first is not always the default.
    languages: Mapped[list[str]] = mapped_column(JSON)
    default_language: Mapped[str] = mapped_column(String(12))
    time_zone: Mapped[str] = mapped_column(String(60))
    municipality: Mapped[str] = mapped_column(String(120), default="")
    #: The help line on every resident page: who answers, when, and how to reach them.
    contact_name: Mapped[str] = mapped_column(String(120), default="")
    contact_phone: Mapped[str] = mapped_column(String(40), default="")
    contact_hours: Mapped[Text] = mapped_column(JSON, default=dict)
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    #: Who answers questions about personal data: a name and an address to write to.
    data_protection_contact: Mapped[str] = mapped_column(String(254), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    parent: Mapped["Community | None"] = relationship(
        back_populates="children", remote_side="Community.id"
    )
    children: Mapped[list["Community"]] = relationship(
        back_populates="parent", order_by="Community.slug", passive_deletes=True
    )
    areas: Mapped[list["Area"]] = relationship(
        back_populates="community",
        order_by="Area.position",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )


class Area(Model):
    """A named part of a community, drawn on its map."""

    __tablename__ = "areas"
    __table_args__ = (UniqueConstraint("community_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    #: Stored in answers, so it stays when the name or the border changes.
    key: Mapped[str] = mapped_column(String(60))
    name: Mapped[Text] = mapped_column(JSON)
    #: A GeoJSON MultiPolygon in WGS 84 with few points: a picture, not a survey map.
    geometry: Mapped[dict[str, Any]] = mapped_column(JSON)
    population: Mapped[int | None]
    position: Mapped[int]

    community: Mapped[Community] = relationship(back_populates="areas")


class Partner(Model):
    """An organisation that co-owns the work; it joins and leaves on a date, and stays listed."""

    __tablename__ = "partners"

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(
        ForeignKey("communities.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20))
    url: Mapped[str] = mapped_column(String(300), default="")
    joined_on: Mapped[date]
    left_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(2000), default="")

    community: Mapped[Community] = relationship()

    def is_member_on(self, day: date) -> bool:
        """Say whether the partner takes part on this day."""
        return self.joined_on <= day and (self.left_on is None or day < self.left_on)


class Membership(Model):
    """A person's role in one community; a parent's role reaches no child."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("user_id", "community_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    community_id: Mapped[int] = mapped_column(
        ForeignKey("communities.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[Role] = mapped_column(_ROLE)
    since: Mapped[date]

    user: Mapped[User] = relationship()
    community: Mapped[Community] = relationship()

    def may(self, permission: Permission) -> bool:
        """Say whether the role allows this."""
        return permission in PERMISSIONS[self.role]


class Invitation(Model):
    """A link with which a person becomes a member, once; it is handed over by hand."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    community_id: Mapped[int] = mapped_column(
        ForeignKey("communities.id", ondelete="CASCADE"), index=True
    )
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[Role] = mapped_column(_ROLE)
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    community: Mapped[Community] = relationship()

    def is_open(self, now: datetime) -> bool:
        """Say whether the link can still be used."""
        return self.accepted_at is None and now < self.expires_at
