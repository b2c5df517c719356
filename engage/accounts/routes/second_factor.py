"""Setting up an authenticator app, its recovery codes, and taking it away."""

from datetime import UTC, datetime

import segno
from flask import abort, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.actions.second_factor import (
    enrol,
    remove_second_factor,
    renew_recovery_codes,
)
from engage.accounts.actions.sessions import end_sessions
from engage.accounts.current import current_session, needs_confirmation, person, secret_key
from engage.accounts.forms import EnrolForm, SureForm
from engage.accounts.models import User
from engage.accounts.routes.pages import blueprint
from engage.accounts.totp import new_seed, secret_of, setup_address, setup_key
from engage.extensions import db
from engage.i18n.gettext import s_
from engage.web.access import signed_in
from engage.web.messages import tell
from engage.web.rendering import site_name

_SEED = "new_seed"


@blueprint.route("/account/second-factor", methods=["GET", "POST"])
@signed_in
@needs_confirmation
def second_factor() -> ResponseReturnValue:
    """Set up an authenticator: show its secret, and take the first code as proof."""
    user = person()
    if user.has_second_factor:
        return redirect(url_for("accounts.account"), code=303)
    form = EnrolForm()
    seed = session.setdefault(_SEED, new_seed())
    if form.validate_on_submit():
        codes = enrol(user, seed, form.code.data, key=secret_key(), now=datetime.now(UTC))
        if codes:
            end_sessions(user, keep=current_session().token_hash)
            db.session.commit()
            session.pop(_SEED)
            return render_template("accounts/recovery_codes.html", codes=codes)
        form.code.errors = [s_("This code does not fit. Wait for the next one and write it.")]
    secret = secret_of(secret_key(), seed)
    picture = segno.make(setup_address(secret, user.email, site_name()), error="m")
    return render_template(
        "accounts/second_factor.html",
        form=form,
        picture=picture.svg_data_uri(scale=6, border=4, light="#fff", xmldecl=False),
        setup_key=setup_key(secret),
    )


@blueprint.route("/account/second-factor/remove", methods=["GET", "POST"])
@signed_in
@needs_confirmation
def remove_factor() -> ResponseReturnValue:
    """Ask, and then let the password alone be enough again."""
    user = _with_second_factor()
    form = SureForm()
    if form.validate_on_submit():
        remove_second_factor(user, who=user, now=datetime.now(UTC))
        end_sessions(user, keep=current_session().token_hash)
        db.session.commit()
        tell(s_("Signing in needs only the password now."))
        return redirect(url_for("accounts.account"), code=303)
    return render_template("accounts/remove_factor.html", form=form)


@blueprint.route("/account/recovery-codes", methods=["GET", "POST"])
@signed_in
@needs_confirmation
def recovery_codes() -> ResponseReturnValue:
    """Ask, and then show new recovery codes once."""
    user = _with_second_factor()
    form = SureForm()
    if form.validate_on_submit():
        codes = renew_recovery_codes(user, key=secret_key(), now=datetime.now(UTC))
        db.session.commit()
        return render_template("accounts/recovery_codes.html", codes=codes)
    return render_template("accounts/renew_codes.html", form=form)


def _with_second_factor() -> User:
    """Return who is signed in, if there is a second factor to change."""
    user = person()
    if not user.has_second_factor:
        abort(404)
    return user
