"""One exchange with somebody who answers: fields in; the questions, the review or a send out.

Shared by first answers and corrections. Every page carries all that was typed, so nothing is kept
on the server before it is sent, and nothing is lost when something is wrong.
"""

import time
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from flask import abort, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from engage.i18n.current import current_language
from engage.i18n.gettext import gettext as _
from engage.questionnaires.document import Document
from engage.questionnaires.models import QuestionnaireVersion
from engage.questionnaires.page import shown_page
from engage.questionnaires.repeats import (
    entries_not_shown,
    repeat_called,
    with_entry_added,
    with_entry_removed,
)
from engage.responses.checking import Checked, check_form, free_words
from engage.responses.identity import marks_in
from engage.responses.maps import areas_of
from engage.responses.meeting import render
from engage.responses.offered import Offered
from engage.responses.phone import words_for_phone
from engage.responses.programs import SHOWN, TRAP, is_by_program
from engage.responses.reading import SentForm, TooManyFieldsError, read_fields, read_form
from engage.responses.review import review_items, without_marks

#: Where “Leave this page fast” leads: a page anybody may have open.
LEAVE_ADDRESS = "https://www.wikipedia.org/"
#: What buttons ask for that brings back the questions instead of the review.
_SHOW_QUESTIONS = {"show", "add", "remove", "change"}


def sent_form() -> SentForm:
    """Read the form of this request, strictly where its body has not been read before."""
    try:
        body = request.get_data(cache=True)
        if body and request.mimetype == "application/x-www-form-urlencoded":
            return read_form(body)
        return read_fields(list(request.form.items(multi=True)))
    except TooManyFieldsError:
        abort(413)


def wants_json() -> bool:
    """Say whether a script asks."""
    return "application/json" in request.headers.get("Accept", "")


@dataclass(frozen=True)
class Exchange:
    """Answers as they were sent, to which round and version; `hidden` fields go along."""

    offered: Offered
    version: QuestionnaireVersion
    sent: SentForm
    day: date
    hidden: dict[str, str] = field(default_factory=dict)
    #: False where the version that was filled in is no longer there.
    is_current: bool = True
    is_correction: bool = False

    @property
    def document(self) -> Document:
        """What was asked."""
        return self.offered.document_of(self.version)

    @property
    def asks_for(self) -> tuple[str, str]:
        """What the pressed button asks for, and of what."""
        verb, _space, what = self.sent.one("do").partition(" ")
        return verb, what

    def fields(self) -> list[tuple[str, str]]:
        """Return the sent fields that belong to the questionnaire."""
        return [
            (name, value)
            for name, values in self.sent.fields.items()
            if is_of_document(self.document, name)
            for value in values
        ]

    def changed(self) -> "Exchange":
        """Return the exchange after the small change that a button asks for."""
        verb, what = self.asks_for
        change = _CHANGES.get(verb)
        if change is None:
            return self
        fields = change(self, what)
        return replace(self, sent=replace(self.sent, fields=fields))


def is_of_document(document: Document, name: str) -> bool:
    """Say whether a field is one that this questionnaire may have, as far as its name tells."""
    key = name.partition(":")[0]
    if "." not in key:
        return key in document.questions
    last = key.rpartition(".")[2]
    return last in document.questions or (name.endswith(":here") and last.isdigit())


def _add(exchange: Exchange, name: str) -> dict[str, list[str]]:
    repeat = repeat_called(exchange.document, name)
    fields = exchange.sent.fields
    return with_entry_added(fields, name, repeat.maximum) if repeat else fields


def _remove(exchange: Exchange, what: str) -> dict[str, list[str]]:
    name, _space, number = what.partition(" ")
    fields = exchange.sent.fields
    if not (number.isascii() and number.isdigit() and len(number) < 4):
        return fields
    return with_entry_removed(fields, name, int(number))


def _mask(exchange: Exchange, name: str) -> dict[str, list[str]]:
    country = exchange.offered.community.country
    return without_marks(exchange.sent.fields, name, country)


def _keep(exchange: Exchange, name: str) -> dict[str, list[str]]:
    fields = exchange.sent.fields
    return {**fields, "kept": [*fields.get("kept", []), name]}


_CHANGES = {"add": _add, "remove": _remove, "mask": _mask, "keep": _keep}


def take(exchange: Exchange) -> ResponseReturnValue | Checked:
    """Return the page that comes next, or the checked answers where they shall be sent now."""
    exchange = exchange.changed()
    verb, _what = exchange.asks_for
    checked = check_form(exchange.document, exchange.sent, current_language().code, exchange.day)
    # Who reads the questions in another language goes on answering, even if all is answered.
    was_turned = bool(exchange.sent.one("to")) and exchange.sent.one("on") != "review"
    if verb in _SHOW_QUESTIONS or was_turned:
        return questions(exchange, checked, errors={})
    if not exchange.is_current:
        return _outdated(exchange, checked)
    if checked.errors:
        return _refused(exchange, checked)
    if not wants_json() and entries_not_shown(
        exchange.document, exchange.sent.fields, checked.walked.entry
    ):
        notice = _("Your answers call for a few more questions. Look through the page once more.")
        return questions(exchange, checked, errors={}, notice=notice)
    if verb == "send":
        return _send(exchange, checked)
    return _marks(exchange, checked) if wants_json() else review(exchange, checked)


def _send(exchange: Exchange, checked: Checked) -> ResponseReturnValue | Checked:
    if checked.walked.is_empty:
        return _empty(exchange, checked)
    return _as_by_program(exchange, checked) if _is_by_program(exchange) else checked


def _is_by_program(exchange: Exchange) -> bool:
    """Judge only whole pages: a person whose browser filled in too much sees the review again."""
    return not wants_json() and is_by_program(exchange.sent)


def _as_by_program(exchange: Exchange, checked: Checked) -> ResponseReturnValue:
    trouble = _("Your answers are not sent yet. Look through them and send them once more.")
    return review(exchange, checked, trouble=trouble), 422


def _empty(exchange: Exchange, checked: Checked) -> ResponseReturnValue:
    trouble = _("You have not answered any question yet. Answer at least one, then send.")
    if wants_json():
        return jsonify(message=trouble), 422
    return review(exchange, checked, trouble=trouble), 422


def _marks(exchange: Exchange, checked: Checked) -> ResponseReturnValue:
    """Tell a script which places in free texts to ask about."""
    country = exchange.offered.community.country
    found = {
        name: [text[mark.start : mark.end] for mark in marks_in(text, country)]
        for step in checked.walked.steps
        for name, text in free_words(step, exchange.sent.fields).items()
    }
    return jsonify(marks={name: marks for name, marks in found.items() if marks})


def _refused(exchange: Exchange, checked: Checked) -> ResponseReturnValue:
    if wants_json():
        messages = {name: str(message) for name, message in checked.errors.items()}
        return jsonify(errors=messages), 422
    return questions(exchange, checked, errors=checked.errors), 422


def _outdated(exchange: Exchange, checked: Checked) -> ResponseReturnValue:
    notice = _("This survey was changed while you answered. Look through your answers once more.")
    if wants_json():
        return jsonify(message=notice), 409
    return questions(exchange, checked, errors=checked.errors, notice=notice), 409


def questions(
    exchange: Exchange, checked: Checked, *, errors: dict[str, Any], notice: str = ""
) -> str:
    """Show the questions with what was typed."""
    page = shown_page(
        exchange.document,
        current_language().code,
        exchange.day,
        exchange.sent.fields,
        checked.walked,
        errors,
    )
    own = {
        "page": page,
        "notice_text": notice,
        "is_filled": True,
        "is_easy": "easy" in exchange.sent.fields,
    }
    return _page("answer", exchange, **{**values_of_questions(exchange.is_correction), **own})


def values_of_questions(is_correction: bool = False) -> dict[str, Any]:
    """Return what the template of the questions shows besides the questions."""
    return {
        "phone_words": words_for_phone(),
        "leave_address": current_app.config.get("LEAVE_ADDRESS", LEAVE_ADDRESS),
        "is_correction": is_correction,
        "is_filled": False,
        "is_easy": False,
        "notice_text": "",
        "trap": TRAP,
        "here": "",
        "hidden": {},
    }


def review(exchange: Exchange, checked: Checked, *, trouble: str = "", failed: bool = False) -> str:
    """Show every answer before it is sent; with `trouble`, why it could not be.

    Where taking it `failed`, the button offers to try again.
    """
    kept = frozenset(exchange.sent.fields.get("kept", ()))
    items = review_items(
        exchange.document,
        checked.walked,
        current_language().code,
        exchange.sent.fields,
        kept,
        exchange.offered.community.country,
        areas_of(exchange.offered),
    )
    against = {"trap": TRAP, "shown": (SHOWN, int(time.time()))}
    shown = {"items": items, "kept": sorted(kept), "trouble": trouble, "failed": failed}
    return _page("review", exchange, **shown, **against)


def _page(template: str, exchange: Exchange, **values: Any) -> str:
    return render(
        template,
        exchange.offered,
        **{
            "exchange": exchange,
            "version": exchange.version,
            "is_correction": exchange.is_correction,
            **values,
            "hidden": exchange.hidden,
            "here": request.full_path.rstrip("?"),
        },
    )
