"""A round that is nowhere stored, so that a draft or a version can be looked at as in one."""

from engage.communities.models import Community
from engage.communities.queries import has_areas
from engage.extensions import db
from engage.i18n.text import has_text
from engage.questionnaires.document import Document
from engage.questionnaires.models import QuestionnaireVersion
from engage.questionnaires.texts import texts_of, with_texts
from engage.responses.models import Round
from engage.responses.offered import Offered


def pretended(community: Community, document: Document, like: Round | None = None) -> Offered:
    """Return a document as if it were asked in a round; `like` gives mode, profile and basis."""
    version = QuestionnaireVersion(
        id=0, number=0, content=document.to_json(), digest=document.digest, change="first"
    )
    found = Round(
        community_id=community.id,
        slug=like.slug if like else f"preview-{document.digest[:12]}",
        name=dict(like.name) if like else dict(document.title),
        languages=list(document.languages),
        mode=like.mode if like else "anonymous",
        profile=like.profile if like else "standard",
        basis=like.basis if like else "public_task",
        k=like.k if like else 5,
    )
    found.version, found.community = version, community
    return Offered(found, (), has_areas(community, db.session()), is_preview=True)


def with_marked_fallbacks(document: Document, language: str) -> Document:
    """Return a document whose missing texts are those of the source, marked for staff (N3)."""
    source = document.languages[0]
    if language == source:
        return document
    missing = {
        place: {language: f"[{source}] {text[source]}"}
        for place, text in texts_of(document).items()
        if not has_text(text, language) and has_text(text, source)
    }
    return with_texts(document, missing)
