"""Translated words in two domains: `messages` for residents, `staff` for those who work here."""

from typing import Any

from flask import g
from flask_babel import Domain
from flask_babel.speaklater import LazyString
from markupsafe import Markup, escape

from engage.i18n.current import current_locale
from engage.i18n.formats import LocalisedCount


class _Words(Domain):
    """A domain that finds the catalogue in one step: a page has hundreds of words."""

    def get_translations(self) -> Any:
        """Return the catalogue of the locale spoken now."""
        if not g:
            return super().get_translations()
        locale = current_locale()
        if locale not in self.cache:
            self.cache[locale] = super().get_translations()
        return self.cache[locale]


_messages = _Words(domain="messages")
_staff = _Words(domain="staff")


class LazyText(LazyString):
    """A text translated when it is shown; unlike its parent it is escaped in HTML."""

    def __html__(self) -> str:
        return str(escape(str(self)))


def _filled(text: str, values: dict[str, Any]) -> str:
    return text % values if values else text


def gettext(text: str, **values: Any) -> str:
    """Translate a resident-facing text; `%(name)s` is filled from `values`."""
    return _filled(str(_messages.get_translations().ugettext(text)), values)


def ngettext(singular: str, plural: str, num: int, **values: Any) -> str:
    """Translate a resident-facing text with the plural form for `num`, filled in as `%(num)s`."""
    text = _messages.get_translations().ungettext(singular, plural, num)
    return str(text) % {"num": LocalisedCount(num), **values}


def pgettext(context: str, text: str, **values: Any) -> str:
    """Translate a resident-facing text that means something else in another `context`."""
    return _filled(str(_messages.get_translations().upgettext(context, text)), values)


def s_(text: str, **values: Any) -> str:
    """Translate a staff-facing text."""
    return _filled(str(_staff.get_translations().ugettext(text)), values)


def sn_(singular: str, plural: str, num: int, **values: Any) -> str:
    """Translate a staff-facing text with the plural form for `num`."""
    text = _staff.get_translations().ungettext(singular, plural, num)
    return str(text) % {"num": LocalisedCount(num), **values}


def lazy_gettext(text: str, **values: Any) -> LazyText:
    """Translate a resident-facing text when it is shown (labels of forms, names of types)."""
    return LazyText(gettext, text, **values)


def s_lazy(text: str, **values: Any) -> LazyText:
    """Translate a staff-facing text when it is shown."""
    return LazyText(s_, text, **values)


_ = gettext


def _marked_up(text: str, values: dict[str, Any]) -> Markup:
    """Fill a plain text for HTML: the text and every value that is not Markup are escaped."""
    return escape(text) % values if values else escape(text)


def _html_gettext(text: str, **values: Any) -> Markup:
    return _marked_up(gettext(text), values)


def _html_ngettext(singular: str, plural: str, num: int, **values: Any) -> Markup:
    text = str(_messages.get_translations().ungettext(singular, plural, num))
    return _marked_up(text, {"num": LocalisedCount(num), **values})


def _html_pgettext(context: str, text: str, **values: Any) -> Markup:
    return _marked_up(pgettext(context, text), values)


def _html_s(text: str, **values: Any) -> Markup:
    return _marked_up(s_(text), values)


def _html_sn(singular: str, plural: str, num: int, **values: Any) -> Markup:
    text = str(_staff.get_translations().ungettext(singular, plural, num))
    return _marked_up(text, {"num": LocalisedCount(num), **values})


#: The same names for templates. A msgid is never HTML there; a value may be Markup (a link).
TEMPLATE_FUNCTIONS = {
    "_": _html_gettext,
    "gettext": _html_gettext,
    "ngettext": _html_ngettext,
    "pgettext": _html_pgettext,
    "s_": _html_s,
    "sn_": _html_sn,
}
