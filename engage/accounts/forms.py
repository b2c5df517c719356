"""Forms of signing in and of one's own account."""

from typing import Any

from wtforms import Field, SelectField, SubmitField
from wtforms.validators import ValidationError

from engage.accounts.fields import EmailField, LineField, SecretField, language_options
from engage.accounts.passwords import MAXIMUM, MINIMUM, Weakness, weakness_of
from engage.i18n.gettext import s_, s_lazy
from engage.i18n.languages import staff_languages
from engage.web.forms import Form

_CODE = {"autocomplete": "one-time-code", "dir": "ltr", "autocapitalize": "none"}


def _weakness_words(weakness: Weakness) -> str:
    """Return what to do about a password that is not good enough."""
    words = {
        Weakness.TOO_SHORT: s_("Write at least %(least)s characters.", least=MINIMUM),
        Weakness.TOO_LONG: s_("Write at most %(most)s characters.", most=MAXIMUM),
        Weakness.COMMON: s_("Many people use this password. Choose one that only you think of."),
        Weakness.PERSONAL: s_("This is too close to your name or address. Choose another one."),
    }
    return words[weakness]


class SignInForm(Form):
    """Who you are, and how you prove it."""

    email = EmailField(s_lazy("E-mail address"), render_kw={"autocomplete": "username"})
    password = SecretField(s_lazy("Password"), "current-password")


class CodeForm(Form):
    """The second factor: six digits, or a recovery code."""

    code = LineField(
        s_lazy("Code"),
        longest=40,
        description=s_lazy("Six digits from your authenticator app, or a recovery code."),
        render_kw=_CODE,
    )


class ConfirmForm(Form):
    """The password again, before something sensitive."""

    password = SecretField(s_lazy("Password"), "current-password")


class _PasswordForm(Form):
    """Looks at a new password with its owner in mind."""

    def __init__(self, *, email: str, name: str, **more: Any) -> None:
        """Remember whose password it will be."""
        super().__init__(**more)
        self._owner = (email, name)
        self.new_password.description = s_(
            "At least %(least)s characters. Several words in a row are easy to remember.",
            least=MINIMUM,
        )

    def validate_new_password(self, field: Field) -> None:
        """Refuse what is guessed first."""
        weakness = weakness_of(field.data, *self._owner)
        if weakness:
            raise ValidationError(_weakness_words(weakness))


class NewPasswordForm(_PasswordForm):
    """A password to be."""

    new_password = SecretField(s_lazy("New password"), "new-password")


class NewAccountForm(_PasswordForm):
    """What an invited person is called, and a password to be."""

    name = LineField(s_lazy("Name"), longest=120, render_kw={"autocomplete": "name"})
    new_password = SecretField(s_lazy("New password"), "new-password")


class ChangePasswordForm(_PasswordForm):
    """The old password and the new one."""

    password = SecretField(s_lazy("The password you have now"), "current-password")
    new_password = SecretField(s_lazy("New password"), "new-password")


class ProfileForm(Form):
    """What you are called, and the language of your pages."""

    name = LineField(s_lazy("Name"), longest=120, render_kw={"autocomplete": "name"})
    language = SelectField(s_lazy("Language"))

    def __init__(self, **more: Any) -> None:
        """Offer the languages staff pages are in."""
        super().__init__(**more)
        self.language.choices = language_options(staff_languages())


class EnrolForm(Form):
    """The first code of a new authenticator, as proof that it works."""

    code = LineField(
        s_lazy("Code from the app"),
        longest=20,
        description=s_lazy("Six digits"),
        render_kw={**_CODE, "inputmode": "numeric"},
    )


class SureForm(Form):
    """Nothing to fill in: sending it is the answer."""


class UserForm(Form):
    """What an administrator can do with an account: the button that was pressed."""

    link = SubmitField(s_lazy("Make a link for a new password"))
    disable = SubmitField(s_lazy("Stop this person from signing in"))
    enable = SubmitField(s_lazy("Let this person sign in again"))
    remove_factor = SubmitField(s_lazy("Remove the second factor"))
