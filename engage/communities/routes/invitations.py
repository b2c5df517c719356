"""The page an invitation leads to: a new account, or a new community for one there is."""

from datetime import UTC, datetime

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.actions.users import create_user
from engage.accounts.current import guest, person_or_none
from engage.accounts.forms import NewAccountForm, SureForm
from engage.accounts.models import User
from engage.accounts.queries import user_by_email
from engage.communities.actions.members import LastSecretariatError, accept_invitation
from engage.communities.models import Invitation
from engage.communities.queries import invitation_of_token
from engage.communities.routes.pages import blueprint
from engage.communities.words import ROLES
from engage.extensions import db
from engage.i18n.current import interface_language
from engage.i18n.gettext import s_
from engage.web.headers import no_referrer
from engage.web.messages import tell


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
@guest
@no_referrer
def accept(token: str) -> ResponseReturnValue:
    """Let the invited person in: with a new account, or with the one they have."""
    now = datetime.now(UTC)
    invitation = invitation_of_token(token, now)
    if invitation is None:
        return render_template("accounts/link_over.html"), 404
    account = user_by_email(invitation.email)
    if account is None:
        return _with_new_account(invitation, now)
    return _with_account(invitation, account, token, now)


def _with_new_account(invitation: Invitation, now: datetime) -> ResponseReturnValue:
    form = NewAccountForm(
        email=invitation.email, name=invitation.name, data={"name": invitation.name}
    )
    if not form.validate_on_submit():
        return _page(invitation, form=form, state="new")
    user = create_user(
        invitation.email,
        form.name.data,
        interface_language().code,
        form.new_password.data,
        now=now,
    )
    accept_invitation(invitation, user, now=now)
    db.session.commit()
    tell(s_("Your account is ready. Sign in with your new password."))
    return redirect(url_for("accounts.sign_in"), code=303)


def _with_account(
    invitation: Invitation, account: User, token: str, now: datetime
) -> ResponseReturnValue:
    signed_in = person_or_none()
    if signed_in is None or signed_in.id != account.id:
        return _page(invitation, token=token, state="other" if signed_in else "known")
    form = SureForm()
    if form.validate_on_submit():
        try:
            accept_invitation(invitation, account, now=now)
        except LastSecretariatError:
            db.session.rollback()
            tell(s_("You are the only one in the secretariat, so your role stays as it is."))
        else:
            db.session.commit()
            tell(s_("You are a member now. Sign in again."))
        return redirect(url_for("accounts.sign_in"), code=303)
    return _page(invitation, form=form, state="ready")


def _page(invitation: Invitation, **values: object) -> str:
    return render_template("communities/accept.html", invitation=invitation, roles=ROLES, **values)
