"""The form every room builds on: our words for what is wrong, the same look everywhere."""

from collections.abc import Callable
from typing import Any

from flask_wtf import FlaskForm

from engage.i18n.gettext import gettext, lazy_gettext, ngettext

#: What WTForms says → what we say: what to do, in plain words.
_MESSAGES = {
    "This field is required.": lazy_gettext("Fill in this field."),
    "Not a valid choice.": lazy_gettext("Choose one of the options."),
    "Invalid Choice: could not coerce.": lazy_gettext("Choose one of the options."),
    "Not a valid integer value.": lazy_gettext("Write a whole number, such as 12."),
    "Not a valid decimal value.": lazy_gettext("Write a number, such as 12."),
    "Not a valid float value.": lazy_gettext("Write a number, such as 12."),
    "Not a valid date value.": lazy_gettext("Write a date, such as 2027-03-31."),
    "Not a valid datetime value.": lazy_gettext("Write a date and a time."),
    "Not a valid time value.": lazy_gettext("Write a time, such as 14:30."),
    "Invalid email address.": lazy_gettext("Write an e-mail address, such as name@example.org."),
    "Invalid URL.": lazy_gettext("Write a web address that begins with https://"),
    "Invalid input.": lazy_gettext("Write this in another way."),
    "Number must be at least %(min)s.": lazy_gettext("Write a number that is %(min)s or more."),
    "Number must be at most %(max)s.": lazy_gettext("Write a number that is %(max)s or less."),
    "Number must be between %(min)s and %(max)s.": lazy_gettext(
        "Write a number from %(min)s to %(max)s."
    ),
    "Field must be equal to %(other_name)s.": lazy_gettext("Write the same in both fields."),
    "Field must be between %(min)d and %(max)d characters long.": lazy_gettext(
        "Write between %(min)s and %(max)s characters."
    ),
}


_TOO_LATE = lazy_gettext("This page was open for a long time. Send it again.")


def _at_least(num: int) -> str:
    return ngettext("Write at least %(num)s character.", "Write at least %(num)s characters.", num)


def _at_most(num: int) -> str:
    return ngettext("Write at most %(num)s character.", "Write at most %(num)s characters.", num)


_COUNTED: dict[str, Callable[[int], str]] = {
    "Field must be at least %(min)d character long.": _at_least,
    "Field cannot be longer than %(max)d character.": _at_most,
}


class HouseWords:
    """Gives WTForms our own messages in the reader's language."""

    def gettext(self, text: str) -> str:
        """Return our words for a message of WTForms."""
        ours = _TOO_LATE if "CSRF" in text else _MESSAGES.get(text, text)
        return str(ours)

    def ngettext(self, singular: str, plural: str, num: int) -> str:
        """Return our words for a counted message; the count is already filled in."""
        ours = _COUNTED.get(singular)
        if ours is not None:
            return ours(num).replace("%", "%%")
        return gettext("Choose one of the options.") if "choice" in plural else plural


class Form(FlaskForm):
    """A form of Engage; render it with the macros of `web/macros/forms.html`."""

    class Meta(FlaskForm.Meta):
        """Errors in our own words."""

        def get_translations(self, _form: Any) -> HouseWords:
            """Return the source of messages for all fields."""
            return HouseWords()
