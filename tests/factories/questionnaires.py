"""Makes questionnaires: small documents, drafts, published versions, and rounds of them."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from engage.communities.models import Community
from engage.extensions import db
from engage.questionnaires.actions import create_questionnaire, publish_version
from engage.questionnaires.document import Document
from engage.questionnaires.models import Questionnaire, QuestionnaireVersion
from engage.responses.models import Round
from tests.factories import saved
from tests.factories.communities import make_community

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
_number = count(1)

#: Two whole languages, one of them written from right to left; one question depends on another.
SMALL: dict[str, Any] = {
    "title": {"sv": "Hur är det att bo här?", "ar": "كيف هو العيش هنا؟"},
    "introduction": {
        "who": {"sv": "Grannskapet frågar.", "ar": "الحي يسأل."},
        "why": {"sv": "Vi vill veta vad som behövs.", "ar": "نريد أن نعرف ما هو مطلوب."},
        "what_happens": {"sv": "Svaren visas i mars.", "ar": "تُعرض الإجابات في مارس."},
    },
    "languages": ["sv", "ar"],
    "minutes": 3,
    "choice_lists": {
        "yes_no": {
            "choices": [
                {"key": "yes", "label": {"sv": "Ja", "ar": "نعم"}},
                {"key": "no", "label": {"sv": "Nej", "ar": "لا"}},
            ]
        }
    },
    "items": [
        {
            "key": "children",
            "type": "single_choice",
            "label": {"sv": "Har du barn?", "ar": "هل لديك أطفال؟"},
            "choice_list": "yes_no",
            "required": True,
            "prefer_not": True,
        },
        {
            "key": "how_many",
            "type": "number",
            "label": {"sv": "Hur många barn?", "ar": "كم طفلاً؟"},
            "settings": {"minimum": 1, "maximum": 20},
            "relevant": {
                "op": "is",
                "args": [{"op": "answer", "name": "children"}, {"op": "value", "value": "yes"}],
            },
        },
        {
            "key": "wish",
            "type": "short_text",
            "label": {"sv": "Vad saknas här?", "ar": "ما الذي ينقص هنا؟"},
        },
    ],
}


def small_document(**given: Any) -> Document:
    """Return a document of three questions in Swedish and Arabic; fields can be given."""
    return Document.model_validate({**SMALL, **given})


def make_questionnaire(
    community: Community | None = None, document: Document | None = None, key: str = ""
) -> Questionnaire:
    """Store a questionnaire with a draft."""
    made = create_questionnaire(
        community or make_community(),
        key or f"mapping-{next(_number)}",
        document or small_document(),
        now=NOW,
        who=None,
    )
    db.session.commit()
    return made


def make_version(
    community: Community | None = None,
    document: Document | None = None,
    questionnaire: Questionnaire | None = None,
) -> QuestionnaireVersion:
    """Store a published version, of a new questionnaire unless one is given."""
    questionnaire = questionnaire or make_questionnaire(community, document)
    made = publish_version(questionnaire, now=NOW, who=None, vouched=True)
    db.session.commit()
    return made


def make_round(
    version: QuestionnaireVersion | None = None,
    community: Community | None = None,
    document: Document | None = None,
    **given: Any,
) -> Round:
    """Store a round that is open now (as the clock of this machine has it), unless told otherwise.

    `opened_at=None` gives one that is being prepared, `closes_at` in the past a closed one.
    """
    version = version or make_version(community, document)
    now = datetime.now(UTC)
    values: dict[str, Any] = {
        "slug": f"round-{next(_number)}",
        "name": {code: f"Round {code}" for code in version.document.languages},
        "languages": list(version.document.languages),
        "mode": "anonymous",
        "profile": "standard",
        "basis": "public_task",
        "k": 5,
        "opens_at": now - timedelta(days=2),
        "closes_at": None,
        "opened_at": now - timedelta(days=3),
        "results_on": None,
        "retention": "Two years, decision 2027/12.",
    }
    return saved(
        Round(
            community_id=version.questionnaire.community_id,
            questionnaire_id=version.questionnaire_id,
            version_id=version.id,
            **{**values, **given},
        )
    )
