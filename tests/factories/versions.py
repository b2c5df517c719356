"""Makes versions of one questionnaire that nobody looked over, and a round of each."""

from typing import Any

from engage.communities.models import Community
from engage.questionnaires.document import Document
from engage.questionnaires.models import QuestionnaireVersion
from engage.responses.models import Round
from tests.factories import saved
from tests.factories.questionnaires import NOW, make_questionnaire, make_round


def make_versions(
    *documents: Document, community: Community | None = None
) -> list[QuestionnaireVersion]:
    """Store documents as versions of one questionnaire, whatever changed between them."""
    questionnaire = make_questionnaire(community)
    return [
        saved(
            QuestionnaireVersion(
                questionnaire_id=questionnaire.id,
                number=number,
                content=document.to_json(),
                digest=document.digest,
                published_at=NOW,
                change="first",
            )
        )
        for number, document in enumerate(documents, start=1)
    ]


def make_rounds(*documents: Document, **given: Any) -> list[Round]:
    """Store a round of each document, all of one questionnaire."""
    return [make_round(version=version, **given) for version in make_versions(*documents)]
