"""Many answers of the shape benchmarks share: 20 questions, about 1 KB a document."""

import json
import os
import re
import secrets
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import insert

from benchmarks.rounds import app_of
from engage.communities.queries import community_by_slug
from engage.extensions import db
from engage.questionnaires.document import Document
from engage.questionnaires.models import Questionnaire, QuestionnaireVersion
from engage.responses.models import CollectionDay, Response, Round

#: 10,000 and 100,000 unless told otherwise; a million takes some minutes.
SIZES = [int(size) for size in os.environ.get("BENCH_SIZES", "10000,100000").split(",")]
_DAYS = 20
_KEYS = ["work", "safety", "park", "school", "housing", "say"]
_STEPS = ["very_bad", "bad", "neither", "good", "very_good"]
_SENTENCES = (
    "gården där barnen leker bänkar vid torget mörkt på vintern bussen går sällan jobb till unga "
    "trygg lek park skola vän hyra fest butik cykel snö vår lampa träd hus granne språk läxhjälp "
    "simhall bibliotek odling konst musik kväll morgon trappa hiss tvättstuga balkong fotboll"
)


def _texts(words: str) -> dict[str, str]:
    return {"sv": words, "en": words}


def _question(key: str, kind: str, **more: object) -> dict[str, object]:
    return {"key": key, "type": kind, "label": _texts(f"Question {key}"), **more}


def document() -> Document:
    """Return 5 single, 5 multiple choices, 5 scales, 2 numbers and 3 free texts."""
    lists = {
        "needs": {"choices": [{"key": key, "label": _texts(key)} for key in _KEYS]},
        "steps": {"choices": [{"key": key, "label": _texts(key)} for key in _STEPS]},
    }
    items = [_question(f"single{n}", "single_choice", choice_list="needs") for n in range(5)]
    items += [_question(f"several{n}", "multiple_choice", choice_list="needs") for n in range(5)]
    items += [_question(f"scale{n}", "scale", choice_list="steps") for n in range(5)]
    items += [_question(f"number{n}", "number") for n in range(2)]
    items += [_question(f"text{n}", "long_text") for n in range(3)]
    return Document.model_validate(
        {
            "title": _texts("Measured"),
            "languages": ["sv", "en"],
            "choice_lists": lists,
            "items": items,
        }
    )


def _stored(chance: Random) -> str:
    answers: dict[str, object] = {}
    for n in range(5):
        answers[f"single{n}"] = chance.choice(_KEYS)
        answers[f"several{n}"] = chance.sample(_KEYS, chance.randint(1, 4))
        answers[f"scale{n}"] = chance.choice(_STEPS)
    answers |= {"number0": chance.randint(0, 90), "number1": chance.randint(0, 9)}
    for n in range(3):
        answers[f"text{n}"] = " ".join(chance.choices(_SENTENCES.split(), k=chance.randint(6, 24)))
    missing = {key: "skipped" for key in list(answers) if chance.random() < 0.07}
    kept = {key: value for key, value in answers.items() if key not in missing}
    return json.dumps({"answers": kept, "missing": missing}, ensure_ascii=False)


def most_memory() -> float:
    """Return the megabytes this process has needed at most; ru_maxrss would count its parent's."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024


def _round(slug: str, now: datetime, closes_at: datetime | None) -> Round:
    """Return a new anonymous round of the document, opened some weeks ago."""
    community, asked = community_by_slug("backby"), document()
    questionnaire = Questionnaire(
        community_id=community.id, key=slug, draft=asked.to_json(), created_on=now.date()
    )
    db.session.add(questionnaire)
    db.session.flush()
    version = QuestionnaireVersion(
        questionnaire_id=questionnaire.id,
        number=1,
        content=asked.to_json(),
        digest=asked.digest,
        published_at=now,
        change="first",
    )
    db.session.add(version)
    db.session.flush()
    found = Round(
        community_id=community.id,
        questionnaire_id=questionnaire.id,
        version_id=version.id,
        slug=slug,
        name=_texts("Measured"),
        languages=["sv", "en"],
        mode="anonymous",
        opens_at=now - timedelta(days=40),
        opened_at=now - timedelta(days=41),
        closes_at=closes_at,
    )
    db.session.add(found)
    db.session.flush()
    return found


def make_open_round(instance: Path, slug: str, answers: int = 0) -> int:
    """Open a round that takes answers and has so many; return the number of its version."""
    with app_of(instance).app_context():
        found = _round(slug, datetime.now(UTC), closes_at=None)
        _fill(found, answers, Random(answers))
        db.session.commit()
        return found.version_id


def make_answered_round(instance: Path, answers: int) -> int:
    """Store a closed round with so many answers, once; return its number."""
    app, chance = app_of(instance), Random(answers)
    with app.app_context():
        known = db.session.scalar(db.select(Round.id).where(Round.slug == f"measured-{answers}"))
        if known is not None:
            return known
        now = datetime.now(UTC)
        found = _round(f"measured-{answers}", now, closes_at=now - timedelta(days=1))
        _fill(found, answers, chance)
        db.session.commit()
        return found.id


def _fill(found: Round, answers: int, chance: Random) -> None:
    pool = [_stored(chance) for _ in range(min(answers, 20_000))]
    counts: dict[tuple[date, str], int] = {}
    first = found.opens_at.date()
    for start in range(0, answers, 10_000):
        rows = []
        for _ in range(min(10_000, answers - start)):
            day, language = (
                first + timedelta(days=chance.randrange(_DAYS)),
                chance.choice(["sv", "en"]),
            )
            counts[day, language] = counts.get((day, language), 0) + 1
            rows.append(
                {
                    "id": secrets.token_bytes(16),
                    "round_id": found.id,
                    "version_id": found.version_id,
                    "language": language,
                    "channel": "link",
                    "day": day,
                    "document": chance.choice(pool),
                }
            )
        db.session.execute(insert(Response), rows)
    for (day, language), number in counts.items():
        db.session.add(
            CollectionDay(
                round_id=found.id,
                day=day,
                language=language,
                channel="link",
                answers=number,
                changes=number,
            )
        )
