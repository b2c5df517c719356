"""The administrator's pages about communities: which there are, and a new one."""

from datetime import UTC, datetime

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.current import admin_only, needs_confirmation, person
from engage.communities.actions.communities import create_community
from engage.communities.actions.members import invite
from engage.communities.forms import CommunityForm
from engage.communities.models import Community
from engage.communities.naming import plain_text
from engage.communities.queries import all_communities, community_by_slug
from engage.communities.roles import Role
from engage.communities.routes.pages import blueprint
from engage.communities.words import KINDS
from engage.extensions import db


@blueprint.get("/communities")
@admin_only
def index() -> ResponseReturnValue:
    """List the communities of this installation."""
    return render_template("communities/index.html", communities=all_communities(), kinds=KINDS)


@blueprint.route("/communities/new", methods=["GET", "POST"])
@admin_only
@needs_confirmation
def new() -> ResponseReturnValue:
    """Make a community and invite the person who will run it."""
    parents = [(one.slug, plain_text(one.name, one.languages)) for one in all_communities()]
    form = CommunityForm(parents=parents, data={"country": "SE"})
    if not form.validate_on_submit():
        return render_template("communities/new.html", form=form)
    now = datetime.now(UTC)
    community = _create(form, now)
    invitation, token = invite(
        community,
        form.person_email.data,
        form.person_name.data,
        Role.SECRETARIAT,
        who=person(),
        now=now,
    )
    db.session.commit()
    address = url_for("communities.accept", token=token, _external=True)
    return render_template(
        "communities/invited.html",
        invitation=invitation,
        address=address,
        back=url_for("communities.index"),
    )


def _create(form: CommunityForm, now: datetime) -> Community:
    config = current_app.config
    return create_community(
        form.slug.data,
        {config["DEFAULT_LANGUAGE"]: form.name.data},
        form.kind.data,
        country=form.country.data,
        languages=list(config["LANGUAGES"]),
        default_language=config["DEFAULT_LANGUAGE"],
        time_zone=config["TIME_ZONE"],
        municipality=form.municipality.data,
        parent=community_by_slug(form.parent.data) if form.parent.data else None,
        who=person(),
        now=now,
    )
