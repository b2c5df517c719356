"""The page a password link leads to."""

from datetime import UTC, datetime

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.actions.users import set_password
from engage.accounts.current import guest
from engage.accounts.forms import NewPasswordForm
from engage.accounts.queries import user_of_password_link
from engage.accounts.routes.pages import blueprint
from engage.extensions import db
from engage.i18n.gettext import s_
from engage.web.headers import no_referrer
from engage.web.messages import tell


@blueprint.route("/password/<token>", methods=["GET", "POST"])
@guest
@no_referrer
def choose_password(token: str) -> ResponseReturnValue:
    """Let the bearer of a link choose a new password; the link then stops working."""
    now = datetime.now(UTC)
    user = user_of_password_link(token, now)
    if user is None:
        return render_template("accounts/link_over.html"), 404
    form = NewPasswordForm(email=user.email, name=user.name)
    if form.validate_on_submit():
        set_password(user, form.new_password.data, who=user, now=now)
        db.session.commit()
        tell(s_("You have a new password. Sign in with it."))
        return redirect(url_for("accounts.sign_in"), code=303)
    return render_template("accounts/choose_password.html", form=form, user=user)
