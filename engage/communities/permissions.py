"""The gate of every community page: who may do what, where."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, current_app, g
from flask_login import current_user

from engage.communities.models import Membership
from engage.communities.naming import plain_text
from engage.communities.queries import community_by_slug, membership_of
from engage.communities.roles import PERMISSIONS, Permission, Role
from engage.web.access import access_of, mark, sign_in_first

__all__ = ["PERMISSIONS", "Permission", "Role", "may", "requires"]


def requires(permission: Permission) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let only members in whose role has this permission in the community of the address.

    The address has `/c/<community>/` in it; the view gets the `Community` as `community`. Somebody
    who is not signed in is asked to; a member without the permission gets 403.
    """

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(community: str, **values: Any) -> Any:
            if not current_user.is_authenticated:
                return sign_in_first()
            found = community_by_slug(community)
            if found is None:
                abort(404)
            membership = membership_of(current_user, found)
            g.membership = membership
            if membership is None or not membership.may(permission):
                abort(403)
            return view(community=found, **values)

        return mark(guarded, permission)

    return decorate


def may(permission: Permission) -> bool:
    """Say whether the signed-in person may do this in the community of the page being shown."""
    membership: Membership | None = g.get("membership")
    return membership is not None and membership.may(permission)


def may_open(endpoint: str) -> bool:
    """Say whether a link to another page of the same community leads the signed-in person there."""
    if g.get("membership") is None:
        return True
    view = current_app.view_functions.get(endpoint)
    access = access_of(view) if view else None
    return may(Permission(access)) if access in set(Permission) else access is not None


def community_of_page() -> dict[str, Any]:
    """Give the templates of a community's pages its name, for the navigation."""
    membership: Membership | None = g.get("membership")
    if membership is None:
        return {}
    community = membership.community
    return {
        "community": community,
        "community_name": plain_text(community.name, community.languages),
    }
