"""Exports asked for by a program: asked, looked after, fetched; the same jobs as for the page."""

from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import abort, current_app, url_for
from flask.typing import ResponseReturnValue

from engage.api.gate import by_token, current_token, wait
from engage.api.models import ANSWERS_TOO
from engage.api.routes.blueprints import api
from engage.api.throttle import api_throttle
from engage.api.wishes import read_wish
from engage.communities.models import Community
from engage.communities.permissions import Permission
from engage.exports.actions import ask_for_export, take_file
from engage.exports.attachment import export_attachment
from engage.exports.jobs import make_export_file
from engage.exports.models import ANSWERS, KEPT, TABLES, Export
from engage.exports.queries import answer_count, export_in, shown_state
from engage.extensions import db, writing
from engage.responses.models import Round
from engage.responses.rounds.queries import round_in
from engage.web.problems import Problem

_BASE = "/communities/<community>/rounds/<slug>/exports"
#: Seconds after which it makes sense to ask again how far an export is.
_LATER = {"Retry-After": "2"}


@api.post(_BASE)
@by_token(Permission.EXPORT_DATA)
def ask(community: Community, slug: str) -> ResponseReturnValue:
    """Ask for an export; a job makes the file."""
    found, token = _round_or_404(community, slug), current_token()
    wish = read_wish(found)
    if wish.what not in _in_reach():
        raise Problem(HTTPStatus.FORBIDDEN, "This token takes tables alone.")
    if answer_count(found) < found.k:
        raise Problem(HTTPStatus.CONFLICT, f"There are fewer than {found.k} answers.")
    wait(api_throttle().wait_after_export(token.token_hash))
    now = datetime.now(UTC)
    made = ask_for_export(found, wish, who=token.user, now=now, token=token.mark)
    db.session.commit()
    make_export_file(made.id)
    address = _address("api.progress", made)
    headers = {"Location": address, **_LATER}
    return {"id": made.id, "state": made.state(datetime.now(UTC))}, HTTPStatus.ACCEPTED, headers


@api.get(f"{_BASE}/<export_id>")
@by_token(Permission.EXPORT_DATA)
def progress(community: Community, slug: str, export_id: str) -> ResponseReturnValue:
    """Say how far an export is."""
    made = _export_or_404(community, slug, export_id)
    told = _told(made, datetime.now(UTC))
    return told, HTTPStatus.OK, _LATER if told["state"] == "making" else {}


@api.get(f"{_BASE}/<export_id>/file")
@by_token(Permission.EXPORT_DATA)
def fetch(community: Community, slug: str, export_id: str) -> ResponseReturnValue:
    """Give the file away, and note that it was taken."""
    made, now, token = (
        _export_or_404(community, slug, export_id),
        datetime.now(UTC),
        current_token(),
    )
    if made.state(now) == "making":
        raise Problem(HTTPStatus.CONFLICT, "The file is being made.", headers=_LATER)
    db.session.commit()
    with writing():
        file = take_file(made, _home(), who=token.user, now=now, token=token.mark)
        db.session.commit()
    if file is None:
        raise Problem(HTTPStatus.GONE, "There is no file any more. Ask for it again.")
    answer = export_attachment(made, file)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _in_reach() -> set[str]:
    """Return what the token of this request may take."""
    return {TABLES, ANSWERS} if current_token().scope == ANSWERS_TOO else {TABLES}


def _round_or_404(community: Community, slug: str) -> Round:
    found = round_in(community, slug)
    if found is None:
        abort(404)
    return found


def _export_or_404(community: Community, slug: str, export_id: str) -> Export:
    """Return an export of the token's owner, if the token may take such a one."""
    found = export_in(_round_or_404(community, slug), export_id)
    if found is None or found.user_id != current_token().user.id or found.what not in _in_reach():
        abort(404)
    return found


def _told(made: Export, now: datetime) -> dict[str, Any]:
    """Return what is said about an export, which depends on how far it is."""
    state = shown_state(made, now)
    said = {"id": made.id, "state": state, "what": made.what, "format": made.format}
    if state == "making":
        return said | {"rows_done": made.rows_done, "rows_total": made.rows_total}
    if state == "outdated":
        return said | {"state": "failed", "reason": "outdated"}
    if state == "failed":
        return said | {"reason": made.failure}
    if state == "ready" and made.made_at:
        until = (made.made_at + KEPT).isoformat(timespec="seconds")
        proof = {"name": made.name, "size": made.size, "sha256": made.digest}
        return said | proof | {"until": until, "file": _address("api.fetch", made)}
    return said


def _address(endpoint: str, made: Export) -> str:
    slug = made.round.community.slug
    return url_for(endpoint, community=slug, slug=made.round.slug, export_id=made.id)


def _home() -> Path:
    home: Path = current_app.config["INSTANCE_FOLDER"]
    return home
