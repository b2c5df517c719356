"""Makes stored answers of a round, as sending them would, a thousand at once if need be."""

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import insert

from engage.extensions import db
from engage.questionnaires.document import Document
from engage.questionnaires.models import QuestionnaireVersion
from engage.questionnaires.path import walk_answers
from engage.responses.actions.submitting import stored_form
from engage.responses.models import CollectionDay, Response, Round
from tests.factories import saved
from tests.factories.questionnaires import NOW, make_questionnaire, make_round

DAY = date(2027, 3, 3)
Form = Mapping[str, str | Sequence[str]]


def make_round_of(document: Document, **given: Any) -> Round:
    """Store a round of a document that nobody looked over: half questionnaires, odd names."""
    questionnaire = make_questionnaire()
    version = saved(
        QuestionnaireVersion(
            questionnaire_id=questionnaire.id,
            number=1,
            content=document.to_json(),
            digest=document.digest,
            published_at=NOW,
            change="first",
        )
    )
    return make_round(version=version, **given)


def stored_answers(document: Document, form: Form, language: str = "") -> str:
    """Return the stored form of what was filled in, walked as a send is."""
    fields = {
        name: [value] if isinstance(value, str) else list(value) for name, value in form.items()
    }
    walked = walk_answers(document, fields, language or document.languages[0], DAY)
    assert not walked.errors, {key: str(error) for key, error in walked.errors.items()}
    return stored_form(walked.entry)


def make_response(round_: Round, form: Form, **given: Any) -> bytes:
    """Store one response and count it; return its key."""
    language = given.get("language", round_.languages[0])
    document = given.pop("document", round_.version.document)
    return make_stored_responses(round_, [stored_answers(document, form, language)], **given)[0]


def make_responses(round_: Round, forms: Iterable[Form], **given: Any) -> list[bytes]:
    """Store responses of one day, language and channel, and count them; return their keys."""
    stored = [stored_answers(round_.version.document, form) for form in forms]
    return make_stored_responses(round_, stored, **given)


def make_stored_responses(
    round_: Round,
    documents: Sequence[str | Mapping[str, Any]],
    *,
    language: str = "",
    channel: str = "link",
    day: date = DAY,
    version_id: int = 0,
    seed: int | None = None,
) -> list[bytes]:
    """Store documents as they are; `seed` makes the random keys the same every time."""
    source = random.Random(seed)
    rows = [
        {
            "id": source.randbytes(16),
            "round_id": round_.id,
            "version_id": version_id or round_.version_id,
            "language": language or round_.languages[0],
            "channel": channel,
            "day": day,
            "document": one if isinstance(one, str) else json.dumps(one, ensure_ascii=False),
        }
        for one in documents
    ]
    if rows:
        db.session.execute(insert(Response), rows)
        _count(round_.id, day, rows[0]["language"], channel, len(rows))
    db.session.commit()
    return [row["id"] for row in rows]


def _count(round_id: int, day: date, language: str, channel: str, number: int) -> None:
    """Count as so many sends would have: each is one answer and one change."""
    key = (round_id, day, language, channel)
    counter = db.session.get(CollectionDay, key)
    if counter is None:
        names = ("round_id", "day", "language", "channel")
        counter = CollectionDay(answers=0, changes=0, **dict(zip(names, key, strict=True)))
        db.session.add(counter)
    counter.answers += number
    counter.changes += number
