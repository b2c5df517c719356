"""The blueprint of rounds, and what each of its pages begins with."""

from datetime import UTC, datetime

from flask import abort, current_app, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.communities.models import Community
from engage.communities.naming import plain_text
from engage.extensions import db
from engage.responses.models import Round
from engage.responses.rounds.queries import round_in
from engage.responses.rounds.times import to_local
from engage.web.messages import tell
from engage.web.pages import page_blueprint

blueprint = page_blueprint("rounds", __name__)


def now() -> datetime:
    """Return the moment."""
    return datetime.now(UTC)


def found_or_404(community: Community, slug: str, *, to_change: bool = False) -> Round:
    """Return a round of this community; `to_change` keeps others from changing it now."""
    found = round_in(community, slug, to_change=to_change)
    if found is None:
        abort(404)
    return found


def name_of(found: Round) -> str:
    """Return what a round is called, for staff."""
    return plain_text(found.name, found.languages) or found.slug


def local(found: Round, moment: datetime | None) -> datetime | None:
    """Return a moment on the clock of the community."""
    return to_local(moment, found.community.time_zone) if moment else None


def public_address(found: Round, channel: str = "") -> str:
    """Return the whole address of a round, as it stands on posters."""
    path = url_for("addresses.languages", slug=found.slug, c=channel or None)
    return f"{current_app.config['BASE_URL']}{path}"


def to_round(found: Round, words: str = "") -> ResponseReturnValue:
    """Store what was done, say so, and go to the page of the round."""
    db.session.commit()
    if words:
        tell(words)
    address = url_for("rounds.round_page", community=found.community.slug, slug=found.slug)
    return redirect(address, code=303)
