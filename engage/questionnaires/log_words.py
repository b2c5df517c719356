"""What the actions of this room are called in the log."""

from engage.accounts.audit_words import describe_actions
from engage.i18n.gettext import s_lazy

describe_actions(
    {
        "questionnaire_archived": s_lazy("Questionnaire put away"),
        "questionnaire_created": s_lazy("Questionnaire made"),
        "questionnaire_restored": s_lazy("Questionnaire taken into use again"),
        "version_published": s_lazy("Version published"),
        "version_withdrawn": s_lazy("Version taken back"),
    }
)
