"""One community: its overview and its settings."""

from datetime import UTC, datetime

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.current import person
from engage.communities.actions.communities import Settings, update_settings
from engage.communities.forms import SettingsForm, text_values, with_texts
from engage.communities.models import Community
from engage.communities.permissions import Permission, requires
from engage.communities.queries import areas, members, partners
from engage.communities.routes.pages import blueprint
from engage.communities.words import KINDS
from engage.extensions import db
from engage.i18n.gettext import s_, s_lazy
from engage.i18n.languages import languages_for
from engage.web.messages import tell
from engage.web.rendering import site_languages

_TEXTS = {
    "name": s_lazy("Name in %(language)s"),
    "contact_hours": s_lazy("Opening hours in %(language)s"),
}


@blueprint.get("/c/<community>")
@requires(Permission.VIEW_COMMUNITY)
def community(community: Community) -> ResponseReturnValue:
    """Show what a community is and has."""
    today = datetime.now(UTC).date()
    return render_template(
        "communities/community.html",
        community=community,
        areas=areas(community),
        partners=[one for one in partners(community) if one.is_member_on(today)],
        members=members(community),
        languages=languages_for(community.languages),
        kinds=KINDS,
    )


@blueprint.route("/c/<community>/settings", methods=["GET", "POST"])
@requires(Permission.MANAGE_COMMUNITY)
def settings(community: Community) -> ResponseReturnValue:
    """Change names, languages, help line and contacts."""
    offered = site_languages()
    offered += [one for one in languages_for(community.languages) if one not in offered]
    spoken = languages_for(community.languages)
    made = with_texts(SettingsForm, _TEXTS, spoken, community.default_language)
    given = {
        **text_values("name", community.name),
        **text_values("contact_hours", community.contact_hours),
    }
    form = made(obj=community, data=given, offered=offered)
    if form.validate_on_submit():
        update_settings(community, _settings(form), who=person(), now=datetime.now(UTC))
        db.session.commit()
        tell(s_("Saved"))
        return redirect(url_for("communities.settings", community=community.slug), code=303)
    return render_template("communities/settings.html", community=community, form=form)


def _settings(form: SettingsForm) -> Settings:
    offered = [choice.value for choice in form.languages.choices]
    order = [code for code in offered if code in form.languages.data]
    return Settings(
        name=form.text("name"),
        municipality=form.municipality.data,
        languages=order,
        default_language=form.default_language.data,
        time_zone=form.time_zone.data,
        contact_name=form.contact_name.data,
        contact_phone=form.contact_phone.data,
        contact_hours=form.text("contact_hours"),
        contact_email=form.contact_email.data,
        data_protection_contact=form.data_protection_contact.data,
    )
