"""The log of a community: who changed what and when."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.audit_words import action_words
from engage.accounts.fields import one_line
from engage.accounts.queries import AuditFilter, audit_actions, audit_actors, audit_page
from engage.communities.models import Community
from engage.communities.permissions import Permission, requires
from engage.communities.routes.pages import blueprint


@blueprint.get("/c/<community>/audit")
@requires(Permission.VIEW_AUDIT)
def audit(community: Community) -> ResponseReturnValue:
    """Show the log, newest first, filtered and in pages."""
    wanted = AuditFilter(
        action=one_line(request.args.get("action"))[:60],
        actor_id=request.args.get("actor", type=_number),
        words=one_line(request.args.get("subject"))[:100],
    )
    page = audit_page(community.slug, wanted, request.args.get("page", 1, type=_number))

    def address(number: int) -> str:
        return url_for(
            "communities.audit",
            community=community.slug,
            action=wanted.action or None,
            actor=wanted.actor_id,
            subject=wanted.words or None,
            page=number,
        )

    return render_template(
        "communities/audit.html",
        community=community,
        page=page,
        wanted=wanted,
        address=address,
        action_words=action_words,
        actions=[(action, action_words(action)) for action in audit_actions(community.slug)],
        actors=[(one.id, one.name) for one in audit_actors(community.slug)],
    )


def _number(typed: str) -> int:
    """Return a number from the address that a database can hold."""
    number = int(typed)
    if not 0 < number < 2**31:
        raise ValueError(typed)
    return number
