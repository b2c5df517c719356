"""What the page tells the script on the phone: its words, and what it may keep."""

from markupsafe import Markup

from engage.i18n.gettext import gettext as _
from engage.questionnaires.page import as_attribute


def words_for_phone() -> Markup:
    """Return the words that only the script shows, as an attribute; {} is filled in by it."""
    return as_attribute(
        {
            "required": _("Answer this question"),
            "check": _("Check this answer: it does not fit what is asked"),
            "number": _("Write a number with digits, for example 12"),
            "problem": _("There is a problem"),
            "error": _("Error:"),
            "progress": _("Question %(number)s of %(total)s", number="{n}", total="{t}"),
            "saved": _("Saved on this phone"),
            "sending": _("Sending…"),
            "waiting": _(
                "We could not reach the server. Your answers are kept, and sent by themselves "
                "as soon as there is a connection."
            ),
            "left": _("Characters left: %(number)s", number="{n}"),
            "over": _("Characters too many: %(number)s", number="{n}"),
            "up": _("Move up: %(choice)s", choice="{c}"),
            "down": _("Move down: %(choice)s", choice="{c}"),
            "out": _("Take out: %(choice)s", choice="{c}"),
            "search": _("Search in the list"),
            "found": _("Found: %(number)s", number="{n}"),
            "stop": _("Stop"),
        }
    )
