"""The pages where somebody makes, sees and revokes tokens for programs that act for them."""

from datetime import UTC, datetime

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.current import needs_confirmation, person
from engage.api.actions import make_token, revoke_token
from engage.api.forms import SCOPES, TokenForm, name_of
from engage.api.queries import memberships_with_exports, own_token, tokens_of
from engage.api.routes.blueprints import pages
from engage.extensions import db
from engage.i18n.gettext import s_
from engage.web.access import signed_in
from engage.web.messages import tell


@pages.get("")
@signed_in
def tokens() -> ResponseReturnValue:
    """List one's tokens."""
    return render_template(
        "api/tokens.html",
        tokens=tokens_of(person()),
        may_make=bool(memberships_with_exports(person())),
        scopes=SCOPES,
        name_of=name_of,
        now=datetime.now(UTC),
    )


@pages.route("/new", methods=["GET", "POST"])
@signed_in
@needs_confirmation
def new() -> ResponseReturnValue:
    """Make a token, and show it this once."""
    memberships = {one.community.slug: one for one in memberships_with_exports(person())}
    if not memberships:
        abort(403)
    form = TokenForm()
    form.offer(memberships.values())
    if not form.validate_on_submit():
        return render_template("api/new_token.html", form=form)
    made, secret = make_token(
        memberships[form.community.data],
        form.name.data,
        form.scope.data,
        int(form.days.data),
        now=datetime.now(UTC),
    )
    db.session.commit()
    return render_template("api/token.html", made=made, secret=secret)


@pages.post("/<hashed>/revoke")
@signed_in
def revoke(hashed: str) -> ResponseReturnValue:
    """Revoke a token of one's own."""
    found = own_token(person(), hashed)
    if found is None:
        abort(404)
    revoke_token(found, now=datetime.now(UTC))
    db.session.commit()
    tell(s_("The token does not work any more."))
    return redirect(url_for("tokens.tokens"), code=303)
