"""Reads what a program wants to take away: strictly as JSON, then by the rules of the page."""

import json
from http import HTTPStatus
from typing import Any

from flask import request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from werkzeug.datastructures import MultiDict

from engage.exports.actions import Wish
from engage.exports.formats import FORMATS
from engage.exports.forms import PURPOSES, ROUNDS, THIS, ExportForm
from engage.exports.models import ANSWERS, TABLES
from engage.exports.queries import together
from engage.i18n.languages import languages_for
from engage.responses.models import Round
from engage.web.problems import Problem

#: Bytes of a body; the longest that makes sense has a tenth of it.
_LONGEST = 16 * 1024


class WishBody(BaseModel):
    """What an export is asked for with."""

    model_config = ConfigDict(extra="forbid", strict=True)

    purpose: str = Field(
        description="What the data are taken out for. It is noted in the audit log.",
        json_schema_extra={"enum": list(PURPOSES)},
    )
    note: str = Field(
        "",
        description="In a few words: who gets it, and what it is used for.",
        json_schema_extra={"maxLength": 300},
    )
    what: str = Field(
        TABLES,
        description="Figures with small numbers hidden, or each person's answers without what"
        " they wrote. Raw answers need a second person and are for the pages alone.",
        json_schema_extra={"enum": [TABLES, ANSWERS]},
    )
    format: str = Field(
        description="The form of the file. Some hold figures only, some single answers only.",
        json_schema_extra={"enum": list(FORMATS)},
    )
    rounds: str = Field(
        THIS,
        description="With answers: those of this round, or of all rounds of its questionnaire.",
        json_schema_extra={"enum": list(ROUNDS)},
    )
    language: str = Field(
        "", description="Of questions and answers, such as sv; else the questionnaire's first."
    )
    free_text: bool = Field(
        False, description="With answers: what people wrote, in a file of its own, shuffled."
    )
    places: bool = Field(False, description="With answers: marks on the map, coarse.")
    codebook: bool = Field(True, description="With answers: a codebook beside them.")


def read_wish(round_: Round) -> Wish:
    """Return what the request at hand asks for; raises Problem (400, 413, 415, 422)."""
    return _wish(_read_body(), round_)


def _read_body() -> WishBody:
    if request.mimetype != "application/json":
        words = "Send the body as application/json."
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, words)
    request.max_content_length = _LONGEST
    try:
        said = json.loads(
            request.get_data().decode(), object_pairs_hook=_once, parse_constant=_refuse
        )
    except (ValueError, RecursionError):
        words = "The body is not JSON in UTF-8, or has a name twice."
        raise Problem(HTTPStatus.BAD_REQUEST, words) from None
    if not isinstance(said, dict):
        raise Problem(HTTPStatus.BAD_REQUEST, "Send one JSON object.")
    try:
        return WishBody.model_validate(said)
    except ValidationError as wrong:
        errors: dict[str, list[str]] = {}
        for one in wrong.errors(include_url=False, include_context=False, include_input=False):
            # No place is told of a name that is no text (half a pair of surrogates).
            field = str(one["loc"][0]) if one["loc"] else ""
            errors.setdefault(field, []).append(f"{one['msg']}.")
        raise _unfit(errors) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON; two readers may differ on a name that is there twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name is there twice")
    return found


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _wish(body: WishBody, round_: Round) -> Wish:
    """Return the wish if the form of the page would take it."""
    known = round_.version.document.languages
    said = body.model_dump() | {"language": body.language or known[0]}
    fields = {name: "1" if value is True else value for name, value in said.items() if value}
    form = ExportForm(MultiDict(fields), meta={"csrf": False})
    form.offer(languages_for(known), raw=False, several=together(round_) is not None)
    if not form.validate():
        raise _unfit({name: [str(one) for one in found] for name, found in form.errors.items()})
    return form.wish()


def _unfit(errors: dict[str, list[str]]) -> Problem:
    words = "Some fields are not right. Nothing was started."
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, words, errors=errors)
