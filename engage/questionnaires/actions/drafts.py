"""Changes of a questionnaire's draft, and of the questionnaire as a whole."""

from datetime import datetime

import regex
import structlog
from sqlalchemy.exc import IntegrityError

from engage.accounts.audit import record
from engage.accounts.models import User
from engage.communities.models import Community
from engage.extensions import db
from engage.i18n.gettext import s_lazy
from engage.questionnaires.document import Document
from engage.questionnaires.models import Questionnaire
from engage.questionnaires.queries import questionnaire
from engage.questionnaires.refusals import Refused

log = structlog.get_logger()

_KEY = regex.compile(r"[a-z0-9][a-z0-9-]{0,58}[a-z0-9]|[a-z0-9]")
#: Addresses that begin like the key of a questionnaire but are pages.
_RESERVED = {"new", "import"}


def create_questionnaire(
    community: Community, key: str, document: Document, *, now: datetime, who: User | None
) -> Questionnaire:
    """Make a questionnaire with this draft; raises Refused where the key cannot be used."""
    if not _KEY.fullmatch(key) or key in _RESERVED:
        raise Refused(
            s_lazy("Write a short name with small letters a–z, digits and hyphens."), field="key"
        )
    if questionnaire(community, key) is not None:
        raise _taken()
    made = Questionnaire(
        community=community, key=key, draft=document.to_json(), created_on=now.date()
    )
    try:
        with db.session.begin_nested():
            db.session.add(made)
            db.session.flush()
    except IntegrityError:  # Somebody else took the name this very moment.
        raise _taken() from None
    record(who, "questionnaire_created", key, {}, now, community=community.slug)
    log.info("questionnaire created", community=community.slug, questionnaire=key)
    return made


def _taken() -> Refused:
    return Refused(
        s_lazy("Another questionnaire has this short name. Choose another."), field="key"
    )


def save_draft(found: Questionnaire, document: Document, *, who: User | None) -> None:
    """Keep a changed draft; a draft that is the same counts as no change."""
    content = document.to_json()
    if content == found.draft:
        return
    found.draft = content
    found.draft_revision = (found.draft_revision or 0) + 1
    log.info("draft saved", questionnaire=found.key, revision=found.draft_revision)


def archive_questionnaire(found: Questionnaire, *, now: datetime, who: User | None) -> None:
    """Put a questionnaire away; its rounds and answers stay, and it can be taken out again."""
    found.archived_on = now.date()
    record(who, "questionnaire_archived", found.key, {}, now, community=found.community.slug)
    log.info("questionnaire archived", questionnaire=found.key)


def restore_questionnaire(found: Questionnaire, *, now: datetime, who: User | None) -> None:
    """Take a questionnaire that was put away into use again."""
    found.archived_on = None
    record(who, "questionnaire_restored", found.key, {}, now, community=found.community.slug)
    log.info("questionnaire restored", questionnaire=found.key)
