"""Who belongs to a community: invited, given another role, taken out."""

from datetime import UTC, datetime

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from engage.accounts.current import needs_confirmation, person
from engage.accounts.forms import SureForm
from engage.communities.actions.members import (
    LastSecretariatError,
    change_role,
    invite,
    remove_member,
    withdraw_invitation,
)
from engage.communities.forms import InvitationForm, RoleForm
from engage.communities.models import Community, Membership
from engage.communities.permissions import Permission, requires
from engage.communities.queries import invitation as find_invitation
from engage.communities.queries import member as find_member
from engage.communities.queries import members as list_members
from engage.communities.queries import open_invitations
from engage.communities.roles import Role
from engage.communities.routes.pages import blueprint
from engage.communities.words import ROLE_HINTS, ROLES
from engage.extensions import db
from engage.i18n.gettext import s_
from engage.web.messages import tell


@blueprint.get("/c/<community>/members")
@requires(Permission.MANAGE_MEMBERS)
def members(community: Community) -> ResponseReturnValue:
    """List the members and those who are invited."""
    return render_template(
        "communities/members.html",
        community=community,
        members=list_members(community),
        invitations=open_invitations(community),
        roles=ROLES,
        now=datetime.now(UTC),
    )


@blueprint.route("/c/<community>/members/invite", methods=["GET", "POST"])
@requires(Permission.MANAGE_MEMBERS)
@needs_confirmation
def invite_member(community: Community) -> ResponseReturnValue:
    """Invite a person; the link is shown once, to be handed over."""
    form = InvitationForm()
    if not form.validate_on_submit():
        return render_template(
            "communities/invite.html",
            community=community,
            form=form,
            roles=ROLES,
            hints=ROLE_HINTS,
        )
    invitation, token = invite(
        community,
        form.email.data,
        form.name.data,
        Role(form.role.data),
        who=person(),
        now=datetime.now(UTC),
    )
    db.session.commit()
    return render_template(
        "communities/invited.html",
        community=community,
        invitation=invitation,
        address=url_for("communities.accept", token=token, _external=True),
        back=url_for("communities.members", community=community.slug),
    )


@blueprint.post("/c/<community>/members/invitations/<int:invitation_id>/withdraw")
@requires(Permission.MANAGE_MEMBERS)
def withdraw(community: Community, invitation_id: int) -> ResponseReturnValue:
    """Make an invitation's link stop working."""
    invitation = find_invitation(community, invitation_id)
    if invitation is None or invitation.accepted_at:
        abort(404)
    withdraw_invitation(community, invitation, who=person(), now=datetime.now(UTC))
    db.session.commit()
    tell(s_("The invitation does not work any more."))
    return _back(community)


@blueprint.route("/c/<community>/members/<int:membership_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_MEMBERS)
@needs_confirmation
def member(community: Community, membership_id: int) -> ResponseReturnValue:
    """Give a member another role."""
    membership = _membership(community, membership_id)
    form = RoleForm(obj=membership)
    if form.validate_on_submit():
        role, now = Role(form.role.data), datetime.now(UTC)
        try:
            change_role(community, membership, role, who=person(), now=now)
        except LastSecretariatError:
            form.role.errors = [_last()]
        else:
            db.session.commit()
            tell(s_("Saved"))
            return _back(community)
    return render_template(
        "communities/member.html",
        community=community,
        form=form,
        membership=membership,
        hints=ROLE_HINTS,
        roles=ROLES,
    )


@blueprint.route("/c/<community>/members/<int:membership_id>/remove", methods=["GET", "POST"])
@requires(Permission.MANAGE_MEMBERS)
@needs_confirmation
def remove(community: Community, membership_id: int) -> ResponseReturnValue:
    """Ask, and then take a person out of the community."""
    membership = _membership(community, membership_id)
    form = SureForm()
    if form.validate_on_submit():
        try:
            remove_member(community, membership, who=person(), now=datetime.now(UTC))
        except LastSecretariatError:
            form.form_errors.append(_last())
        else:
            db.session.commit()
            tell(s_("The person is no longer a member."))
            return _back(community)
    return render_template(
        "communities/remove_member.html", community=community, form=form, membership=membership
    )


def _membership(community: Community, membership_id: int) -> Membership:
    found = find_member(community, membership_id)
    if found is None:
        abort(404)
    return found


def _back(community: Community) -> Response:
    return redirect(url_for("communities.members", community=community.slug), code=303)


def _last() -> str:
    return s_("Nobody else is left in the secretariat. Give somebody else that role first.")
