"""The organisations that take part: listed, added, corrected."""

from datetime import UTC, datetime

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.current import person
from engage.communities.actions.partners import PartnerFacts, add_partner, update_partner
from engage.communities.forms import PartnerForm
from engage.communities.models import Community
from engage.communities.permissions import Permission, requires
from engage.communities.queries import partner as find_partner
from engage.communities.queries import partners as list_partners
from engage.communities.routes.pages import blueprint
from engage.communities.words import PARTNER_KINDS
from engage.extensions import db
from engage.i18n.gettext import s_
from engage.web.messages import tell


@blueprint.get("/c/<community>/partners")
@requires(Permission.VIEW_COMMUNITY)
def partners(community: Community) -> ResponseReturnValue:
    """List the partners with the dates they joined and left."""
    return render_template(
        "communities/partners.html",
        community=community,
        partners=list_partners(community),
        kinds=PARTNER_KINDS,
        today=datetime.now(UTC).date(),
    )


@blueprint.route("/c/<community>/partners/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_COMMUNITY)
def new_partner(community: Community) -> ResponseReturnValue:
    """Add a partner."""
    now = datetime.now(UTC)
    form = PartnerForm(data={"joined_on": now.date()})
    if form.validate_on_submit():
        add_partner(community, _facts(form), who=person(), now=now)
        db.session.commit()
        tell(s_("The partner is in the list."))
        return redirect(url_for("communities.partners", community=community.slug), code=303)
    title = s_("Add a partner")
    return render_template(
        "communities/partner.html", community=community, form=form, heading=title
    )


@blueprint.route("/c/<community>/partners/<int:partner_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_COMMUNITY)
def partner(community: Community, partner_id: int) -> ResponseReturnValue:
    """Correct what is known about a partner."""
    found = find_partner(community, partner_id)
    if found is None:
        abort(404)
    form = PartnerForm(obj=found)
    if form.validate_on_submit():
        update_partner(community, found, _facts(form), who=person(), now=datetime.now(UTC))
        db.session.commit()
        tell(s_("Saved"))
        return redirect(url_for("communities.partners", community=community.slug), code=303)
    return render_template(
        "communities/partner.html", community=community, form=form, heading=found.name
    )


def _facts(form: PartnerForm) -> PartnerFacts:
    return PartnerFacts(
        name=form.name.data,
        kind=form.kind.data,
        joined_on=form.joined_on.data,
        url=form.url.data,
        left_on=form.left_on.data,
        note=form.note.data,
    )
