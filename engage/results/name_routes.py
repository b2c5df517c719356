"""The names masked in what people of a community wrote: kept by those who release texts."""

from datetime import UTC, datetime

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.current import person
from engage.communities.models import Community
from engage.communities.permissions import Permission, requires
from engage.extensions import db
from engage.i18n.gettext import s_
from engage.results.actions import keep_names_to_mask
from engage.results.forms import NamesForm
from engage.results.queries import names_to_mask
from engage.web.messages import tell
from engage.web.pages import page_blueprint

blueprint = page_blueprint("names", __name__, "/c/<community>/names-to-mask")


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.RELEASE_TEXTS)
def names(community: Community) -> ResponseReturnValue:
    """Show the list and let those who release texts change it."""
    form = NamesForm(data={"names": "\n".join(names_to_mask(community.id))})
    if form.validate_on_submit():
        listed = form.listed()
        keep_names_to_mask(community, listed, who=person(), now=datetime.now(UTC))
        db.session.commit()
        tell(s_("Saved. These names are masked in texts and files from now on."))
        return redirect(url_for("names.names", community=community.slug), code=303)
    return render_template("results/names.html", community=community, form=form)
