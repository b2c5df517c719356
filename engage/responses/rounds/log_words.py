"""What the actions on rounds are called in the log."""

from engage.accounts.audit_words import describe_actions
from engage.i18n.gettext import s_lazy

describe_actions(
    {
        "closing_moved": s_lazy("Closing time changed"),
        "round_changed": s_lazy("Round changed"),
        "round_closed": s_lazy("Round closed"),
        "round_created": s_lazy("Round prepared"),
        "round_deleted": s_lazy("Round deleted"),
        "round_moved": s_lazy("Round moved to a newer version"),
        "round_opened": s_lazy("Round opened"),
    }
)
