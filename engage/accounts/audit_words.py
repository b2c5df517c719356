"""What the entries of the audit log are called; each room adds the words for its own."""

from collections.abc import Mapping

from engage.i18n.gettext import LazyText, s_lazy

_WORDS: dict[str, LazyText] = {
    "account_created": s_lazy("Account made"),
    "account_disabled": s_lazy("Account disabled"),
    "account_enabled": s_lazy("Account enabled"),
    "password_changed": s_lazy("Password changed"),
    "password_link_made": s_lazy("Link for a new password made"),
    "profile_changed": s_lazy("Name or language changed"),
    "recovery_code_used": s_lazy("Recovery code used"),
    "recovery_codes_made": s_lazy("Recovery codes made"),
    "second_factor_added": s_lazy("Second factor added"),
    "second_factor_removed": s_lazy("Second factor removed"),
    "signed_in": s_lazy("Signed in"),
}


def describe_actions(words: Mapping[str, LazyText]) -> None:
    """Add what a room's actions are called in the log."""
    _WORDS.update(words)


def action_words(action: str) -> str:
    """Return what an action is called, or its own name where nobody said."""
    return str(_WORDS.get(action, action.replace("_", " ")))
