"""Signing in with a password and, where there is one, a second factor; and out again."""

from datetime import UTC, datetime, timedelta

from flask import current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from engage.accounts.actions.second_factor import passes_second_factor
from engage.accounts.actions.sessions import confirm_session, end_session, start_session
from engage.accounts.actions.users import user_with_password
from engage.accounts.current import (
    current_session,
    forget,
    guest,
    person,
    remember,
    secret_key,
)
from engage.accounts.devices import device_name
from engage.accounts.forms import CodeForm, ConfirmForm, SignInForm
from engage.accounts.models import User
from engage.accounts.passwords import is_right
from engage.accounts.queries import plain_email, user_by_id
from engage.accounts.routes.pages import blueprint
from engage.accounts.throttle import throttle_of
from engage.extensions import db
from engage.i18n.gettext import s_
from engage.web.access import signed_in
from engage.web.preferences import local_path

SECOND_STEP_LASTS = timedelta(minutes=5)
_SECOND_STEP = "second_step"


@blueprint.route("/sign-in", methods=["GET", "POST"])
@guest
def sign_in() -> ResponseReturnValue:
    """Ask for e-mail address and password."""
    if current_user.is_authenticated:
        return redirect(_target(person()), code=303)
    form = SignInForm()
    status = 200
    if form.validate_on_submit():
        account = plain_email(form.email.data)
        if throttle_of(current_app).admits(account, request.remote_addr or ""):
            user = user_with_password(account, form.password.data)
            if user:
                return _password_was_right(user)
            form.form_errors.append(
                s_("The e-mail address or the password is wrong. Check both and try again.")
            )
        else:
            form.form_errors.append(_too_many())
            status = 429
    return render_template("accounts/sign_in.html", form=form), status


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@guest
def second_step() -> ResponseReturnValue:
    """Ask for a code of the second factor."""
    user = _waiting_for_code()
    if user is None:
        return redirect(url_for("accounts.sign_in", next=request.args.get("next")), code=303)
    form = CodeForm()
    status = 200
    if form.validate_on_submit():
        now = datetime.now(UTC)
        if not throttle_of(current_app).admits(f"code of {user.id}", request.remote_addr or ""):
            form.code.errors = [_too_many()]
            status = 429
        elif passes_second_factor(user, form.code.data, key=secret_key(), now=now):
            throttle_of(current_app).forgive(f"code of {user.id}", request.remote_addr or "")
            return _let_in(user, now)
        else:
            form.code.errors = [s_("This code does not fit. Wait for the next one and write it.")]
    return render_template("accounts/second_step.html", form=form), status


@blueprint.post("/sign-out")
@signed_in
def sign_out() -> ResponseReturnValue:
    """End this session."""
    end_session(person(), current_session().token_hash)
    db.session.commit()
    forget()
    answer = redirect(url_for("accounts.sign_in"), code=303)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@blueprint.route("/account/confirm", methods=["GET", "POST"])
@signed_in
def confirm() -> ResponseReturnValue:
    """Ask for the password again before something sensitive."""
    form = ConfirmForm()
    user = person()
    status = 200
    if form.validate_on_submit():
        throttle = throttle_of(current_app)
        if not throttle.admits(user.email, request.remote_addr or ""):
            form.password.errors = [_too_many()]
            status = 429
        elif is_right(user.password_hash, form.password.data):
            throttle.forgive(user.email, request.remote_addr or "")
            confirm_session(current_session(), now=datetime.now(UTC))
            db.session.commit()
            return redirect(_target(user), code=303)
        else:
            form.password.errors = [s_("The password is wrong. Try again.")]
    return render_template("accounts/confirm.html", form=form), status


def _password_was_right(user: User) -> ResponseReturnValue:
    throttle_of(current_app).forgive(user.email, request.remote_addr or "")
    now = datetime.now(UTC)
    if not user.has_second_factor:
        return _let_in(user, now)
    db.session.commit()
    forget()
    session[_SECOND_STEP] = {"user": user.id, "until": (now + SECOND_STEP_LASTS).timestamp()}
    return redirect(url_for("accounts.second_step", next=request.args.get("next")), code=303)


def _waiting_for_code() -> User | None:
    """Return who has shown the password and owes the second factor."""
    waiting = session.get(_SECOND_STEP)
    if not isinstance(waiting, dict) or waiting["until"] < datetime.now(UTC).timestamp():
        return None
    user = user_by_id(waiting["user"])
    return user if user and user.is_active and user.has_second_factor else None


def _let_in(user: User, now: datetime) -> ResponseReturnValue:
    token = start_session(user, device=device_name(request.user_agent.string), now=now)
    db.session.commit()
    remember(token, now)
    return redirect(_target(user), code=303)


def _target(user: User) -> str:
    """Return where the person was on the way to, on this site only."""
    start = "home.staff" if "home.staff" in current_app.view_functions else "accounts.account"
    return local_path(request.args.get("next"), url_for(start, language=user.language))


def _too_many() -> str:
    return s_(
        "Too many tries. Wait 15 minutes and try again. If you are still stopped, wait an hour or"
        " ask your administrator for a new link."
    )
