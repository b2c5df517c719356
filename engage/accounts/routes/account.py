"""One's own account: name, password, sessions."""

from datetime import UTC, datetime

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.actions.sessions import end_session, end_sessions, start_session
from engage.accounts.actions.users import set_password, update_profile
from engage.accounts.current import current_session, person, remember
from engage.accounts.devices import device_name
from engage.accounts.forms import ChangePasswordForm, ProfileForm
from engage.accounts.passwords import is_right
from engage.accounts.queries import recovery_codes_left, sessions_of
from engage.accounts.routes.pages import blueprint
from engage.accounts.throttle import throttle_of
from engage.extensions import db
from engage.i18n.gettext import s_
from engage.web.access import signed_in
from engage.web.messages import tell


@blueprint.route("/account", methods=["GET", "POST"])
@signed_in
def account() -> ResponseReturnValue:
    """Show one's account, and change name and language."""
    user, now = person(), datetime.now(UTC)
    form = ProfileForm(obj=user)
    if form.validate_on_submit():
        update_profile(user, name=form.name.data, language=form.language.data, now=now)
        db.session.commit()
        tell(s_("Saved"))
        return redirect(url_for("accounts.account", language=user.language), code=303)
    return render_template(
        "accounts/account.html",
        form=form,
        sessions=sessions_of(user, now),
        this_session=current_session(),
        codes_left=recovery_codes_left(user),
    )


@blueprint.post("/account/sessions/<hashed>/end")
@signed_in
def end_other_session(hashed: str) -> ResponseReturnValue:
    """End one of one's own sessions."""
    if not end_session(person(), hashed):
        abort(404)
    db.session.commit()
    tell(s_("The session has ended."))
    return redirect(url_for("accounts.account"), code=303)


@blueprint.post("/account/sessions/end-others")
@signed_in
def end_other_sessions() -> ResponseReturnValue:
    """End all of one's sessions but this one."""
    end_sessions(person(), keep=current_session().token_hash)
    db.session.commit()
    tell(s_("You are now signed in here only."))
    return redirect(url_for("accounts.account"), code=303)


@blueprint.route("/account/password", methods=["GET", "POST"])
@signed_in
def password() -> ResponseReturnValue:
    """Change one's password; all sessions end and this browser gets a new one."""
    user = person()
    form = ChangePasswordForm(email=user.email, name=user.name)
    status = 200
    if form.validate_on_submit():
        throttle = throttle_of(current_app)
        if not throttle.admits(user.email, request.remote_addr or ""):
            form.password.errors = [s_("Too many tries. Wait 15 minutes and try again.")]
            status = 429
        elif is_right(user.password_hash, form.password.data):
            throttle.forgive(user.email, request.remote_addr or "")
            now = datetime.now(UTC)
            set_password(user, form.new_password.data, who=user, now=now)
            token = start_session(user, device=device_name(request.user_agent.string), now=now)
            db.session.commit()
            remember(token, now)
            tell(s_("You have a new password. Other devices are signed out."))
            return redirect(url_for("accounts.account"), code=303)
        else:
            form.password.errors = [s_("The password is wrong. Try again.")]
    return render_template("accounts/password.html", form=form), status
