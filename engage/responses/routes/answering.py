"""The questions, the review and the send: one address, with and without JavaScript."""

from flask import jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from engage.extensions import csrf, db
from engage.i18n.current import current_language
from engage.i18n.gettext import gettext as _
from engage.questionnaires.checking import languages_complete
from engage.questionnaires.page import shown_page
from engage.responses.actions.submitting import Outcome, local_day
from engage.responses.checking import Checked
from engage.responses.exchange import (
    Exchange,
    review,
    sent_form,
    take,
    values_of_questions,
    wants_json,
)
from engage.responses.meeting import (
    TRY_AGAIN,
    now,
    render,
    round_or_404,
    shared,
    speaks,
    to_start,
)
from engage.responses.offered import Offered, version_of
from engage.responses.reading import SentForm
from engage.responses.storing import store
from engage.responses.visits import Visit, keep_receipt, kept_receipt, visit_at_hand
from engage.web.access import public
from engage.web.headers import asks_for_location
from engage.web.pages import page_blueprint

blueprint = page_blueprint("answering", __name__)

#: How long the questions may be shown after the round was closed or changed; a send is always
#: judged anew.
SHELF_SECONDS = 3.0


@blueprint.get("/r/<slug>/answer")
@public
@asks_for_location
def answer(slug: str) -> ResponseReturnValue:
    """Show the questions: the same bytes for everybody."""
    offered = round_or_404(slug)
    if not speaks(offered, current_language()) or not offered.round.takes_answers(now()):
        return to_start(offered)
    version = offered.round.version
    language = current_language().code
    day = local_day(offered.round, now())
    page = shared(
        "answer",
        offered,
        (version.id, day),
        lambda: {
            **values_of_questions(),
            "page": shown_page(offered.document, language, day),
            "version": version,
        },
    )
    return page.respond(request, shelf_seconds=SHELF_SECONDS)


@blueprint.post("/r/<slug>/answer")
@csrf.exempt
@public
@asks_for_location
def send(slug: str) -> ResponseReturnValue:
    """Take the form: show it again, in another language too, review it, or store it."""
    offered = round_or_404(slug)
    sent = sent_form()
    visit = visit_at_hand(sent.one("k"))
    other = sent.one("to")
    if other in offered.round.languages and other != current_language().code:
        address = url_for("answering.answer", language=other, slug=slug, **visit.query)
        return redirect(address, code=307)
    if not _was_asked_in(offered, current_language().code):
        return render("other_language", offered), 404
    if not wants_json() and sent.one("do") != "send" and _was_sent(slug, visit):
        return _already(offered, visit), 409
    exchange = _exchange(offered, sent, visit)
    outcome = take(exchange)
    return _store(exchange, visit, outcome) if isinstance(outcome, Checked) else outcome


def _was_asked_in(offered: Offered, language: str) -> bool:
    """Say whether the page may have been shown in a language, also in one since taken away."""
    return language in offered.round.languages or language in languages_complete(offered.document)


def _exchange(offered: Offered, sent: SentForm, visit: Visit) -> Exchange:
    number = sent.one("version")
    is_number = number.isascii() and number.isdigit() and len(number) < 10
    version = version_of(offered, int(number)) if is_number else offered.round.version
    return Exchange(
        offered=offered,
        version=version or offered.round.version,
        sent=sent,
        day=local_day(offered.round, now()),
        hidden={"k": visit.key},
        is_current=version is not None,
    )


def _was_sent(slug: str, visit: Visit) -> bool:
    kept = kept_receipt(slug)
    return kept is not None and kept.key == visit.key


def _store(exchange: Exchange, visit: Visit, checked: Checked) -> ResponseReturnValue:
    """Store the answers, and say so only when they are safe on disk."""
    offered, language = exchange.offered, current_language().code
    # A session of this request may hold the lock for writing, and there is nothing to read first.
    db.session.remove()
    try:
        outcome = store(offered, visit, exchange.version.id, language, checked.walked.entry)
    except SQLAlchemyError:
        return _failed(exchange, checked)
    if outcome is None:
        return _closed(exchange, checked)
    if outcome is Outcome.OTHER_CONTENT:
        return _other_content(offered, visit)
    return _arrived(offered, visit)


def _arrived(offered: Offered, visit: Visit) -> ResponseReturnValue:
    address = url_for("receipts.receipt", slug=offered.round.slug)
    response = jsonify(receipt=address) if wants_json() else redirect(address, code=303)
    keep_receipt(response, offered.round.slug, visit)
    return response


def _failed(exchange: Exchange, checked: Checked) -> ResponseReturnValue:
    """The database cannot take it: keep the answers on the page, with the same key."""
    trouble = _("We cannot receive answers right now. Your answers are kept on this page.")
    headers = {"Retry-After": TRY_AGAIN}
    if wants_json():
        return jsonify(message=trouble), 503, headers
    return review(exchange, checked, trouble=trouble, failed=True), 503, headers


def _closed(exchange: Exchange, checked: Checked) -> ResponseReturnValue:
    trouble = _(
        "The survey closed before your answers came. They were not sent."
        " You can copy them from this page."
    )
    if wants_json():
        return jsonify(message=trouble, closed=True), 410
    return review(exchange, checked, trouble=trouble, failed=True), 410


def _other_content(offered: Offered, visit: Visit) -> ResponseReturnValue:
    if wants_json():
        address = url_for("answering.already", slug=offered.round.slug)
        return jsonify(already=address), 409
    return _already(offered, visit), 409


def _already(offered: Offered, visit: Visit) -> str:
    return render("already", offered, has_receipt=_was_sent(offered.round.slug, visit))


@blueprint.get("/r/<slug>/already-sent")
@public
def already(slug: str) -> ResponseReturnValue:
    """Say that the answers of this visit came before, and where the receipt is."""
    offered = round_or_404(slug)
    return render("already", offered, has_receipt=kept_receipt(slug) is not None)
