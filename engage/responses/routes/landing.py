"""The way in: languages, what it is about, yes or no."""

import structlog
from flask import Blueprint, current_app, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.utils import redirect

from engage.extensions import csrf, db
from engage.i18n.current import current_language, set_language, use_language
from engage.i18n.gettext import gettext as _
from engage.i18n.languages import LANGUAGES, Language
from engage.responses.actions.agreeing import count_yes
from engage.responses.actions.submitting import known_channel
from engage.responses.meeting import now, render, round_or_404, shared, speaks, to_start
from engage.responses.offered import Offered
from engage.responses.turns import turn
from engage.responses.visits import drop_receipt, new_visit
from engage.web.access import public
from engage.web.pages import page_blueprint
from engage.web.preferences import in_suggested_order

log = structlog.get_logger()

#: The address on posters has no language yet.
addresses = Blueprint("addresses", __name__)
blueprint = page_blueprint("landing", __name__)


@addresses.get("/r/<slug>")
@public
def languages(slug: str) -> ResponseReturnValue:
    """Show every language of the round, the likely one first."""
    offered = round_or_404(slug)
    set_language(_own_language(offered))
    channel = known_channel(request.args.get("c", ""))
    order = in_suggested_order(offered.languages)
    is_open = offered.round.is_open(now())
    page = shared(
        "languages",
        offered,
        (channel, order[0].code, is_open),
        lambda: {
            "order": order,
            "channel": channel,
            "words": _in_each(offered),
            "is_open": is_open,
        },
    )
    response = page.respond(request)
    response.headers["Vary"] = "Accept-Encoding, Accept-Language, Cookie"
    return response


def _in_each(offered: Offered) -> dict[str, tuple[str, str]]:
    """Return “Choose language” and “Answer the survey” in every language of the round."""
    words = {}
    for language in offered.languages:
        with use_language(language.code):
            words[language.code] = (_("Choose language"), _("Answer the survey"))
    return words


def _own_language(offered: Offered) -> Language:
    """Return the language of the round's community, if it is asked in it."""
    default = offered.community.default_language
    return LANGUAGES[default if default in offered.round.languages else offered.round.languages[0]]


@blueprint.get("/r/<slug>")
@public
def start(slug: str) -> ResponseReturnValue:
    """Say who asks, why, and what happens with the answers; or that it is too early or late."""
    offered = round_or_404(slug)
    if not speaks(offered, current_language()):
        return render("other_language", offered), 404
    channel = known_channel(request.args.get("c", ""))
    state = offered.round.state(now())
    if state != "open":
        return shared("not_open", offered, state, lambda: {"state": state}).respond(request)
    return shared("start", offered, channel, lambda: {"channel": channel}).respond(request)


@blueprint.post("/r/<slug>/start")
@csrf.exempt
@public
def begin(slug: str) -> ResponseReturnValue:
    """Give this visit its key and go to the questions, or thank someone who said no."""
    offered = round_or_404(slug)
    if request.form.get("take") == "no":
        return redirect(url_for("landing.declined", slug=slug), code=303)
    if not offered.round.is_open(now()):
        return to_start(offered)
    channel = known_channel(request.form.get("c", ""))
    _count_yes(offered)
    visit = new_visit(channel, is_borrowed="borrowed" in request.form, began=now().minute)
    response = redirect(url_for("answering.answer", slug=slug, **visit.query), code=303)
    if visit.is_borrowed:
        session.clear()
        drop_receipt(response)
    return response


def _count_yes(offered: Offered) -> None:
    """Count a yes where the round rests on it; nobody is kept waiting for a count that fails."""
    said_yes = request.form.get("take") == "yes" or "borrowed" in request.form
    if offered.round.basis != "consent" or not said_yes:
        return
    row, language = offered.round, current_language().code
    db.session.remove()
    try:
        with turn(db.engine, current_app.config["INSTANCE_FOLDER"]), db.engine.begin() as link:
            count_yes(link, row.id, row.version_id, language)
    except SQLAlchemyError:
        log.warning("a yes was not counted", round=row.slug)


@blueprint.get("/r/<slug>/no")
@public
def declined(slug: str) -> ResponseReturnValue:
    """Thank someone who does not want to take part."""
    return shared("declined", round_or_404(slug), "").respond(request)
