"""With the code: see, correct, download and delete one's own answers, without anybody's help.

The code is in no address and no cookie: each page hands it on in its form.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from flask import Response as Answer
from flask import jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from engage.extensions import csrf, db
from engage.i18n.current import current_language
from engage.i18n.gettext import gettext as _
from engage.questionnaires.document import Document
from engage.questionnaires.entry import Entry
from engage.questionnaires.models import QuestionnaireVersion
from engage.questionnaires.path import form_of, walk_answers
from engage.responses.actions.correcting import correct_response, delete_response
from engage.responses.checking import Checked
from engage.responses.download import as_download
from engage.responses.exchange import Exchange, sent_form, take, wants_json
from engage.responses.maps import areas_of
from engage.responses.meeting import now, render, secret, speaks
from engage.responses.models import Response
from engage.responses.offered import Offered, offered_rounds
from engage.responses.queries import response_of_code, round_of, version_of_response
from engage.responses.reading import SentForm
from engage.responses.receipts import receipt_code, typed_code
from engage.responses.review import ReviewItem, review_items
from engage.responses.throttle import code_throttle
from engage.responses.visits import drop_receipt, kept_receipt
from engage.web.access import public
from engage.web.headers import asks_for_location, no_referrer
from engage.web.pages import page_blueprint

blueprint = page_blueprint("codes", __name__, "/code")


@dataclass(frozen=True)
class _Opened:
    """What a code opened."""

    code: str
    response: Response
    version: QuestionnaireVersion
    offered: Offered

    @property
    def document(self) -> Document:
        """Return what was asked."""
        return self.offered.document_of(self.version)

    @property
    def fields(self) -> dict[str, list[str]]:
        """Return the stored answers as the fields that would send them again."""
        stored = Entry.from_json(json.loads(self.response.document))
        return form_of(self.document, stored)

    def items(self) -> list[ReviewItem]:
        """Return every question with its answer in words."""
        document, language = self.document, current_language().code
        fields = self.fields
        walked = walk_answers(document, fields, language, self.response.day)
        areas = areas_of(self.offered)
        return review_items(document, walked, language, fields, frozenset(fields), areas=areas)


@blueprint.get("")
@public
@no_referrer
def enter() -> ResponseReturnValue:
    """Ask for the code."""
    return render_template("responses/code.html", error="", typed="")


@blueprint.post("")
@csrf.exempt
@public
@no_referrer
def see() -> ResponseReturnValue:
    """Show the answers that a code opens."""
    return _with_code("see", _see)


@blueprint.post("/change")
@csrf.exempt
@public
@no_referrer
@asks_for_location
def change() -> ResponseReturnValue:
    """Show the questions with the answers in them; take the changes."""
    return _with_code("change", _change)


@blueprint.post("/download")
@csrf.exempt
@public
@no_referrer
def download() -> ResponseReturnValue:
    """Hand out the answers as a file."""
    return _with_code("download", _download)


@blueprint.post("/delete")
@csrf.exempt
@public
@no_referrer
def delete() -> ResponseReturnValue:
    """Ask once more, then delete."""
    return _with_code("delete", _delete)


@blueprint.get("/change")
@blueprint.get("/download", endpoint="download_again")
@blueprint.get("/delete", endpoint="delete_again")
@public
def again() -> ResponseReturnValue:
    """These pages live by their form alone: ask for the code again."""
    return redirect(url_for("codes.enter"), code=303)


def _with_code(
    page: str, show: Callable[[_Opened, SentForm], ResponseReturnValue]
) -> ResponseReturnValue:
    sent = sent_form()
    other = sent.one("to")
    opened = _open(sent.one("code"))
    if opened is None:
        return _not_found(sent.one("code"))
    if other in opened.offered.round.languages and other != current_language().code:
        return redirect(url_for(f"codes.{page}", language=other), code=307)
    if not speaks(opened.offered, current_language()):
        return render("code_language", opened.offered, code=opened.code, csrf=generate_csrf())
    return show(opened, sent)


def _open(typed: str) -> _Opened | None:
    code = typed_code(typed)
    response = response_of_code(code, secret()) if code else None
    if response is None:
        return None
    offered = offered_rounds().get(round_of(response).slug)
    if offered is None:
        return None
    return _Opened(code, response, version_of_response(response), offered)


def _not_found(typed: str) -> ResponseReturnValue:
    """Answer the same to a wrong code, an unknown one and one too many; only the status differs."""
    if not typed.strip():
        return _ask_again(_("Write your code"), typed, 422)
    too_many = code_throttle().note_wrong(request.remote_addr or "")
    error = _("We found no answers with this code. Check the digits and try again in a while.")
    if wants_json():
        return jsonify(message=error), 429 if too_many else 404
    return _ask_again(error, typed, 429 if too_many else 422)


def _ask_again(error: str, typed: str, status: int) -> ResponseReturnValue:
    return render_template("responses/code.html", error=error, typed=typed), status


def _see(opened: _Opened, _sent: SentForm, saved: bool = False) -> ResponseReturnValue:
    return render(
        "answers",
        opened.offered,
        items=opened.items(),
        code=opened.code,
        day=opened.response.day,
        csrf=generate_csrf(),
        can_change=opened.offered.round.takes_answers(now()),
        saved=saved,
    )


def _change(opened: _Opened, sent: SentForm) -> ResponseReturnValue:
    if sent.one("do") == "edit":
        fields = {**opened.fields, "do": ["show"]}
        sent = SentForm(fields, frozenset())
    exchange = Exchange(
        offered=opened.offered,
        version=opened.version,
        sent=sent,
        day=opened.response.day,
        hidden={"code": opened.code, "csrf_token": generate_csrf()},
        is_correction=True,
    )
    outcome = take(exchange)
    if not isinstance(outcome, Checked):
        return outcome
    entry = outcome.walked.entry
    if not correct_response(opened.offered.round, opened.response, entry, now()):
        return render("not_open", opened.offered, state="closed"), 410
    db.session.commit()
    if wants_json():
        return jsonify(saved=True)
    return _see(opened, sent, saved=True)


def _download(opened: _Opened, _sent: SentForm) -> ResponseReturnValue:
    body = as_download(opened.offered, opened.response, opened.items())
    headers = {"Content-Disposition": 'attachment; filename="answers.json"'}
    return Answer(body, mimetype="application/json", headers=headers)


def _delete(opened: _Opened, sent: SentForm) -> ResponseReturnValue:
    if sent.one("sure") != "yes":
        values = {"code": opened.code, "csrf": generate_csrf()}
        return render("delete", opened.offered, **values)
    delete_response(opened.response)
    db.session.commit()
    response = make_response(render("deleted", opened.offered))
    visit = kept_receipt(opened.offered.round.slug)
    if visit is not None and receipt_code(secret(), visit.key) == opened.code:
        drop_receipt(response)
    return response
