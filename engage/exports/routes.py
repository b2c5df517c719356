"""Pages of exports: what is asked for, how far it is, and the file."""

from datetime import UTC, datetime
from pathlib import Path

from flask import abort, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.current import confirmation_first, person
from engage.communities.models import Community
from engage.communities.naming import plain_text
from engage.communities.permissions import Permission, may, requires
from engage.exports.actions import approve_export, ask_for_export, take_file
from engage.exports.attachment import export_attachment
from engage.exports.figures import protection
from engage.exports.formats import FORMATS
from engage.exports.forms import GROUPS, PURPOSES, WHAT, ExportForm
from engage.exports.jobs import make_export_file
from engage.exports.models import KEPT, RAW, Export
from engage.exports.queries import answer_count, export_in, exports, shown_state, together
from engage.extensions import db
from engage.i18n.languages import languages_for
from engage.responses.models import Round
from engage.responses.rounds.queries import round_in
from engage.web.pages import page_blueprint

blueprint = page_blueprint("exports", __name__)
_BASE = "/c/<community>/rounds/<slug>/export"


def _round_or_404(community: Community, slug: str) -> Round:
    found = round_in(community, slug)
    if found is None:
        abort(404)
    return found


def _export_or_404(community: Community, slug: str, export_id: str) -> Export:
    found = export_in(_round_or_404(community, slug), export_id)
    if found is None:
        abort(404)
    return found


@blueprint.route(_BASE, methods=["GET", "POST"])
@requires(Permission.EXPORT_DATA)
def export(community: Community, slug: str) -> ResponseReturnValue:
    """Ask for an export; nothing leaves before there are as many answers as may be shown."""
    found, now = _round_or_404(community, slug), datetime.now(UTC)
    answers = answer_count(found)
    form = ExportForm()
    raw, beside = may(Permission.EXPORT_RAW), together(found)
    form.offer(languages_for(found.version.document.languages), raw=raw, several=beside is not None)
    if answers >= found.k and form.validate_on_submit():
        made = ask_for_export(found, form.wish(), who=person(), now=now)
        db.session.commit()
        if made.state(now) == "making":
            make_export_file(made.id)
        return redirect(_address(community, found, made), code=303)
    return render_template(
        "exports/export.html",
        community=community,
        round=found,
        name=plain_text(found.name, found.languages) or found.slug,
        form=form,
        answers=answers,
        protection=protection(found, _home()) if answers >= found.k else None,
        together=beside,
        formats=FORMATS,
        groups=GROUPS,
        purposes=PURPOSES,
        contents=WHAT,
        made=exports(found),
        now=now,
    )


def _home() -> Path:
    home: Path = current_app.config["INSTANCE_FOLDER"]
    return home


def _address(community: Community, found: Round, made: Export) -> str:
    return url_for("exports.progress", community=community.slug, slug=found.slug, export_id=made.id)


@blueprint.get(f"{_BASE}/<export_id>")
@requires(Permission.EXPORT_DATA)
def progress(community: Community, slug: str, export_id: str) -> ResponseReturnValue:
    """Show how far an export is; the page looks again by itself until the file is there."""
    made, now = _export_or_404(community, slug, export_id), datetime.now(UTC)
    state = shown_state(made, now)
    page = render_template(
        "exports/progress.html",
        community=community,
        made=made,
        state=state,
        format=FORMATS[made.format],
        purposes=PURPOSES,
        contents=WHAT,
        until=made.made_at + KEPT if made.made_at else None,
        is_mine=made.user_id == person().id,
        together=together(made.round) if made.all_rounds else None,
        may_approve=may(Permission.EXPORT_RAW) and made.user_id != person().id,
    )
    return page, 200, {"Refresh": "2"} if state == "making" else {}


@blueprint.post(f"{_BASE}/<export_id>/approve")
@requires(Permission.EXPORT_RAW)
def approve(community: Community, slug: str, export_id: str) -> ResponseReturnValue:
    """Agree as a second person that raw answers leave; then the file is made."""
    made, now = _export_or_404(community, slug, export_id), datetime.now(UTC)
    asked = confirmation_first(_address(community, made.round, made))
    if asked is not None:
        return asked
    if not approve_export(made, who=person(), now=now):
        abort(403)
    db.session.commit()
    make_export_file(made.id)
    return redirect(_address(community, made.round, made), code=303)


@blueprint.post(f"{_BASE}/<export_id>/file")
@requires(Permission.EXPORT_DATA)
def fetch(community: Community, slug: str, export_id: str) -> ResponseReturnValue:
    """Give the file to whoever asked for it, and note that it was taken (X-20 for raw answers)."""
    made, now = _export_or_404(community, slug, export_id), datetime.now(UTC)
    asked = confirmation_first(_address(community, made.round, made)) if made.what == RAW else None
    if asked is not None:
        return asked
    file = take_file(made, _home(), who=person(), now=now)
    db.session.commit()
    if file is None:
        abort(404)
    return export_attachment(made, file)
