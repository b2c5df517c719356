"""The life of a round: opened, closed, prolonged, moved to a newer version, deleted."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.current import person
from engage.communities.models import Community
from engage.communities.permissions import Permission, requires
from engage.extensions import db
from engage.i18n.gettext import s_
from engage.questionnaires.changes import differences
from engage.questionnaires.forms.whole import TypedForm
from engage.questionnaires.queries import last_version
from engage.questionnaires.refusals import Refused
from engage.responses.rounds.actions import (
    close_round,
    delete_round,
    move_closing,
    move_to_version,
    open_round,
)
from engage.responses.rounds.banding import about
from engage.responses.rounds.forms import BASES, MODES, PROFILES, ClosingForm
from engage.responses.rounds.preflight import preflight, red
from engage.responses.rounds.queries import answer_count, languages_of
from engage.responses.rounds.routes.pages import (
    blueprint,
    found_or_404,
    local,
    name_of,
    now,
    to_round,
)
from engage.responses.rounds.times import to_utc
from engage.web.messages import tell


@blueprint.route("/c/<community>/rounds/<slug>/open", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUNDS)
def open_for_good(community: Community, slug: str) -> ResponseReturnValue:
    """Say once more what stays for good, and open the round."""
    found = found_or_404(community, slug, to_change=request.method == "POST")
    if request.method == "POST":
        try:
            open_round(found, now=now(), who=person())
        except Refused as refused:
            db.session.rollback()
            return to_round(found, str(refused.message))
        return to_round(found, s_("The round is opened."))
    if red(preflight(found, now())) or found.opened_at is not None:
        return to_round(found)
    return render_template(
        "responses/rounds/open.html",
        community=community,
        round=found,
        name=name_of(found),
        mode=MODES[found.mode],
        profile=PROFILES[found.profile],
        basis=BASES[found.basis],
        languages=languages_of(found),
        opens=local(found, found.opens_at),
        closes=local(found, found.closes_at),
    )


@blueprint.route("/c/<community>/rounds/<slug>/close", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUNDS)
def close(community: Community, slug: str) -> ResponseReturnValue:
    """Close a round now, after its short name was typed."""
    found = found_or_404(community, slug, to_change=request.method == "POST")
    form = TypedForm(name=found.slug)
    if form.validate_on_submit():
        close_round(found, now=now(), who=person())
        return to_round(found, s_("The round is closed. For 7 days it can be opened again."))
    return render_template(
        "responses/rounds/close.html",
        community=community,
        round=found,
        name=name_of(found),
        answers=about(answer_count(found), found.k),
        form=form,
    )


@blueprint.route("/c/<community>/rounds/<slug>/closing", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUNDS)
def closing(community: Community, slug: str) -> ResponseReturnValue:
    """Choose another closing time, also shortly after it has passed."""
    found = found_or_404(community, slug, to_change=request.method == "POST")
    if found.opened_at is None:
        abort(404)
    form = ClosingForm(data={"closes_at": local(found, found.closes_at)})
    if form.validate_on_submit():
        typed = form.closes_at.data
        try:
            moment = (
                to_utc(typed, community.time_zone, late=True, field="closes_at") if typed else None
            )
            move_closing(found, moment, now=now(), who=person())
        except Refused as refused:
            db.session.rollback()
            form.closes_at.errors = [refused.message]
        else:
            return to_round(found, s_("Saved"))
    return render_template(
        "responses/rounds/closing.html",
        community=community,
        round=found,
        name=name_of(found),
        form=form,
    )


@blueprint.route("/c/<community>/rounds/<slug>/version", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUNDS)
def newer_version(community: Community, slug: str) -> ResponseReturnValue:
    """Show what the newest version changes, and go on with it."""
    found = found_or_404(community, slug, to_change=request.method == "POST")
    newest = last_version(found.questionnaire)
    if newest is None or newest.number <= found.version.number:
        return to_round(found, s_("The round has the newest version."))
    refused = ""
    if request.method == "POST":
        try:
            move_to_version(found, newest, now=now(), who=person())
        except Refused as error:
            db.session.rollback()
            refused = str(error.message)
        else:
            return to_round(found, s_("The round goes on with the newer version."))
    changes = differences(found.version.document, newest.document)
    html = render_template(
        "responses/rounds/newer_version.html",
        community=community,
        round=found,
        name=name_of(found),
        newest=newest,
        changes=changes,
        refused=refused,
    )
    return html, 409 if refused else 200


@blueprint.route("/c/<community>/rounds/<slug>/delete", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUNDS)
def delete(community: Community, slug: str) -> ResponseReturnValue:
    """Delete a round that was never opened, after its short name was typed."""
    found = found_or_404(community, slug, to_change=request.method == "POST")
    if found.opened_at is not None:
        return to_round(found, s_("A round that was opened can be closed, not deleted."))
    form = TypedForm(name=found.slug)
    if form.validate_on_submit():
        delete_round(found, now=now(), who=person())
        db.session.commit()
        tell(s_("The round is deleted."))
        return redirect(url_for("rounds.index", community=community.slug), code=303)
    return render_template(
        "responses/rounds/delete.html",
        community=community,
        round=found,
        name=name_of(found),
        form=form,
    )
