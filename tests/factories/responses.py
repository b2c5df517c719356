"""A small questionnaire in English and Arabic, and answers to it as browsers send them."""

import json
import secrets
from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from engage.extensions import db
from engage.questionnaires.document import Document
from engage.responses.models import Response, Round
from tests.factories.questionnaires import make_round
from tests.pages import PageClient

#: What the small questionnaire says in English, so that pages can be read by who reads the tests.
ENGLISH: dict[str, Any] = {
    "title": {"en": "How is it to live here?", "ar": "كيف هو العيش هنا؟"},
    "introduction": {
        "who": {"en": "The neighbourhood asks.", "ar": "الحي يسأل."},
        "why": {"en": "We want to know what is needed.", "ar": "نريد أن نعرف ما هو مطلوب."},
        "what_happens": {"en": "You see the results in March.", "ar": "ترون النتائج في مارس."},
    },
    "thanks": {"en": "It helps us all.", "ar": "هذا يساعدنا جميعًا."},
    "languages": ["en", "ar"],
    "minutes": 3,
    "choice_lists": {
        "yes_no": {
            "choices": [
                {"key": "yes", "label": {"en": "Yes", "ar": "نعم"}},
                {"key": "no", "label": {"en": "No", "ar": "لا"}},
            ]
        }
    },
    "items": [
        {
            "key": "children",
            "type": "single_choice",
            "label": {"en": "Do you have children?", "ar": "هل لديك أطفال؟"},
            "choice_list": "yes_no",
            "required": True,
            "prefer_not": True,
        },
        {
            "key": "how_many",
            "type": "number",
            "label": {"en": "How many children?", "ar": "كم طفلاً؟"},
            "settings": {"minimum": 1, "maximum": 20},
            "relevant": {
                "op": "is",
                "args": [{"op": "answer", "name": "children"}, {"op": "value", "value": "yes"}],
            },
        },
        {
            "key": "wish",
            "type": "long_text",
            "label": {"en": "What is missing here?", "ar": "ما الذي ينقص هنا؟"},
            "settings": {"maximum": 5000},
        },
    ],
}

#: A whole answer to it.
WHOLE = {"children": "yes", "how_many": "2", "wish": "More trees"}
JSON = {"Accept": "application/json"}


def english_document(**given: Any) -> Document:
    """Return a questionnaire of three questions in English and Arabic; fields can be given."""
    return Document.model_validate({**ENGLISH, **given})


def english_round(**given: Any) -> Round:
    """Store an open round of it, called `here` unless a slug is given; fields can be given."""
    document = given.pop("document", None) or english_document()
    return make_round(document=document, **{"slug": "here", **given})


def new_key() -> str:
    """Return the key of a visit."""
    return secrets.token_urlsafe(16)


def address(round_: Round, page: str = "answer", language: str = "en", **query: str) -> str:
    """Return the address of a page of a round; the questions get a key unless one is given."""
    arguments = {"k": new_key(), **query} if page == "answer" else query
    asked = "&".join(f"{name}={value}" for name, value in arguments.items())
    path = f"/{language}/r/{round_.slug}" + (f"/{page}" if page else "")
    return f"{path}?{asked}" if asked else path


def send(client: PageClient, url: str, form: Any = None, **headers: str) -> TestResponse:
    """Send answers as the script on the phone does; what comes back is JSON."""
    data = {**(WHOLE if form is None else form), "do": "send"}
    return client.post(url, data=data, headers={**JSON, **headers})


def responses_of(round_: Round) -> list[Response]:
    """Return what is stored for a round."""
    db.session.rollback()
    wanted = select(Response).where(Response.round_id == round_.id).order_by(Response.id)
    return list(db.session.scalars(wanted))


def answers_of(round_: Round) -> list[dict[str, Any]]:
    """Return the stored documents of a round."""
    return [json.loads(response.document) for response in responses_of(round_)]
