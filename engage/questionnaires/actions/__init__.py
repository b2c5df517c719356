"""Changes of questionnaires: made, edited, translated, published, put away."""

from engage.questionnaires.actions.drafts import (
    archive_questionnaire,
    create_questionnaire,
    restore_questionnaire,
    save_draft,
)
from engage.questionnaires.actions.translations import (
    mark_reviewed,
    save_back_translations,
    save_translations,
)
from engage.questionnaires.actions.versions import (
    Breaking,
    NotReady,
    publish_version,
    withdraw_version,
)

__all__ = [
    "Breaking",
    "NotReady",
    "archive_questionnaire",
    "create_questionnaire",
    "mark_reviewed",
    "publish_version",
    "restore_questionnaire",
    "save_back_translations",
    "save_draft",
    "save_translations",
    "withdraw_version",
]
