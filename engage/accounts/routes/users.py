"""The administrator's pages: who has an account, new links, and who may no longer sign in."""

from datetime import UTC, datetime

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.actions.second_factor import remove_second_factor
from engage.accounts.actions.sessions import end_sessions
from engage.accounts.actions.users import disable_user, enable_user, make_password_link
from engage.accounts.current import admin_only, needs_confirmation, person
from engage.accounts.forms import UserForm
from engage.accounts.models import User
from engage.accounts.queries import all_users, sessions_of, user_by_id
from engage.accounts.routes.pages import blueprint
from engage.extensions import db
from engage.i18n.gettext import s_
from engage.web.messages import tell


@blueprint.get("/accounts")
@admin_only
def users() -> ResponseReturnValue:
    """List everybody with an account."""
    return render_template("accounts/users.html", users=all_users())


@blueprint.route("/accounts/<int:user_id>", methods=["GET", "POST"])
@admin_only
@needs_confirmation
def user(user_id: int) -> ResponseReturnValue:
    """Show an account, and do one thing with it."""
    found, now = user_by_id(user_id), datetime.now(UTC)
    if found is None:
        abort(404)
    form = UserForm()
    if not form.validate_on_submit():
        sessions = sessions_of(found, now)
        return render_template("accounts/user.html", form=form, user=found, sessions=sessions)
    if form.link.data:
        token = make_password_link(found, who=person(), now=now)
        db.session.commit()
        address = url_for(
            "accounts.choose_password", token=token, language=found.language, _external=True
        )
        return render_template("accounts/password_link.html", user=found, address=address)
    _change(found, form, now)
    db.session.commit()
    return redirect(url_for("accounts.user", user_id=found.id), code=303)


def _change(user: User, form: UserForm, now: datetime) -> None:
    if form.disable.data and user.id != person().id:
        disable_user(user, who=person(), now=now)
        tell(s_("%(name)s cannot sign in any more.", name=user.name))
    elif form.enable.data:
        enable_user(user, who=person(), now=now)
        tell(s_("%(name)s can sign in again.", name=user.name))
    elif form.remove_factor.data and user.has_second_factor:
        remove_second_factor(user, who=person(), now=now)
        end_sessions(user)
        tell(s_("%(name)s signs in with the password only.", name=user.name))
