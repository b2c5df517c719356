"""Forms of a community: its settings, partners and members."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, Field, HiddenField, IntegerField, RadioField, SelectField
from wtforms.fields import SelectMultipleField
from wtforms.validators import InputRequired, NumberRange, Optional, Regexp, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from engage.accounts.fields import EmailField, LineField, LinesField, language_options, options
from engage.communities.actions.communities import SLUG
from engage.communities.queries import community_by_slug
from engage.communities.words import KINDS, PARTNER_KINDS, ROLES
from engage.i18n.current import current_locale
from engage.i18n.gettext import s_, s_lazy
from engage.i18n.languages import Language
from engage.i18n.text import Text
from engage.web.forms import Form

_WEB = r"(?i)^https?://[^\s/]+\.[^\s]+$"
#: Codes in Babel's list that are no country of their own.
_NO_LANDS = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}
_PHONE = r"^[0-9+() .\-–/]{3,40}$"


class TextsForm(Form):
    """A form with texts in several languages: one field for each, named `<text>_<code>`."""

    def texts(self, name: str) -> list[Field]:
        """Return the fields of one text, in the order of the languages."""
        return [field for field in self if field.name.startswith(f"{name}_")]

    def text(self, name: str) -> Text:
        """Return what was written for one text."""
        return {
            field.name.removeprefix(f"{name}_"): field.data
            for field in self.texts(name)
            if field.data
        }


def with_texts(
    form: type[TextsForm],
    labels: Mapping[str, Any],
    languages: Sequence[Language],
    required: str,
    *,
    longest: int = 120,
) -> type[TextsForm]:
    """Return the form with a field per language for each text of `labels`.

    A label has a place for `%(language)s`. The first text must be there in the language `required`.
    """
    fields: dict[str, Field] = {}
    for index, (name, label) in enumerate(labels.items()):
        for language in languages:
            fields[f"{name}_{language.code}"] = LineField(
                str(label) % {"language": _language_name(language)},
                longest=longest,
                required=index == 0 and language.code == required,
                render_kw={"lang": language.code, "dir": language.direction},
            )
    return type(form.__name__, (form,), fields)


def text_values(name: str, text: Mapping[str, str]) -> dict[str, str]:
    """Return a stored text as the values of its fields."""
    return {f"{name}_{code}": words for code, words in text.items()}


class LanguagesField(SelectMultipleField):
    """Several languages, each a tile to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class SettingsForm(TextsForm):
    """What the secretariat decides about its community."""

    municipality = LineField(s_lazy("Municipality"), longest=120, required=False)
    languages = LanguagesField(s_lazy("Languages it offers"))
    default_language = SelectField(s_lazy("Main language"))
    time_zone = SelectField(s_lazy("Time zone"))
    contact_name = LineField(s_lazy("Who answers"), longest=120, required=False)
    contact_phone = LineField(
        s_lazy("Phone number"),
        longest=40,
        required=False,
        validators=[Regexp(_PHONE, message=s_lazy("Write a phone number, such as 021-00 00 00."))],
        render_kw={"type": "tel", "dir": "ltr"},
    )
    contact_email = EmailField(s_lazy("E-mail address"), required=False)
    data_protection_contact = LineField(
        s_lazy("Contact for questions about personal data"),
        longest=254,
        required=False,
        description=s_lazy("A name and an address to write to; residents see it."),
    )

    def __init__(self, *, offered: Sequence[Language], **more: Any) -> None:
        """Offer the languages of this installation."""
        super().__init__(**more)
        choices = language_options(offered)
        self.languages.choices = choices
        self.default_language.choices = choices
        self.time_zone.choices = options((zone, zone) for zone in _time_zones())

    def validate_languages(self, field: Field) -> None:
        """Ask for at least one."""
        if not field.data:
            raise ValidationError(s_("Choose at least one language."))

    def validate_default_language(self, field: Field) -> None:
        """Ask for one of those it offers."""
        if self.languages.data and field.data not in self.languages.data:
            raise ValidationError(s_("Choose one of the languages the community offers."))


class CommunityForm(Form):
    """A community to be, and who will run it."""

    name = LineField(s_lazy("Name"), longest=120)
    slug = LineField(
        s_lazy("Short name in addresses"),
        longest=60,
        description=s_lazy("Small letters a–z, digits and hyphens, such as backby. It stays."),
        render_kw={"dir": "ltr", "autocapitalize": "none"},
    )
    kind = SelectField(s_lazy("Kind"), choices=options(KINDS.items()))
    parent = SelectField(s_lazy("Part of"))
    country = SelectField(s_lazy("Country"))
    municipality = LineField(s_lazy("Municipality"), longest=120, required=False)
    person_name = LineField(s_lazy("Who runs its secretariat"), longest=120)
    person_email = EmailField(s_lazy("E-mail address of that person"))

    def __init__(self, *, parents: Sequence[tuple[str, str]], **more: Any) -> None:
        """Offer the communities it can be part of, and the countries of the world."""
        super().__init__(**more)
        self.parent.choices = options([("", s_("Nothing")), *parents])
        self.country.choices = options(_countries())

    def validate_slug(self, field: Field) -> None:
        """Ask for a name that fits an address and is free."""
        if not SLUG.fullmatch(field.data):
            raise ValidationError(s_("Use only small letters a–z, digits and single hyphens."))
        if community_by_slug(field.data):
            raise ValidationError(s_("There is a community with this short name. Choose another."))


class PartnerForm(Form):
    """An organisation that takes part, and since when."""

    name = LineField(s_lazy("Name"), longest=120)
    kind = SelectField(s_lazy("Kind"), choices=options(PARTNER_KINDS.items()))
    url = LineField(
        s_lazy("Web address"),
        longest=300,
        required=False,
        validators=[Regexp(_WEB, message=s_lazy("Write a web address that begins with https://"))],
        render_kw={"type": "url", "dir": "ltr"},
    )
    joined_on = DateField(s_lazy("Joined on"), [InputRequired()])
    left_on = DateField(
        s_lazy("Left on"),
        [Optional()],
        description=s_lazy("A partner that leaves stays in the list, with both dates."),
    )
    note = LinesField(s_lazy("Note"), longest=2000)

    def validate_left_on(self, field: Field) -> None:
        """Ask for dates in the order of time."""
        if self.joined_on.data and field.data < self.joined_on.data:
            raise ValidationError(s_("Write a day on or after the day it joined."))


def _role_field() -> RadioField:
    return RadioField(
        s_lazy("Role"), choices=options((role.value, words) for role, words in ROLES.items())
    )


class RoleForm(Form):
    """What a member is here."""

    role = _role_field()


class InvitationForm(Form):
    """Whom to invite, and as what."""

    name = LineField(s_lazy("Name"), longest=120)
    email = EmailField(s_lazy("E-mail address"))
    role = _role_field()


class AreaFileForm(Form):
    """A file with borders."""

    file = FileField(
        s_lazy("GeoJSON file"),
        [FileRequired(s_lazy("Choose a file."))],
        description=s_lazy("A FeatureCollection of areas in WGS 84 (EPSG:4326), at most 8 MB."),
        render_kw={"accept": ".geojson,.json,application/geo+json,application/json"},
    )


class AreaChoiceForm(Form):
    """Which property of a file is the key, which the name, and in which language that is."""

    document = HiddenField()
    key = SelectField(
        s_lazy("Key"),
        description=s_lazy("Stored in answers, so it stays the same from year to year."),
    )
    name = SelectField(s_lazy("Name"))
    language = SelectField(s_lazy("Language of the names"))
    population = SelectField(s_lazy("Number of residents"))


class AreaForm(TextsForm):
    """What an area is called, and how many live there."""

    population = IntegerField(
        s_lazy("Number of residents"), [Optional(), NumberRange(min=0, max=99_999_999)]
    )


def _language_name(language: Language) -> str:
    """Return what the reader calls a language."""
    names: Mapping[str, str] = current_locale().languages
    return names.get(language.code.replace("-", "_"), language.autonym)


@cache
def _time_zones() -> list[str]:
    return sorted(zone for zone in available_timezones() if "/" in zone and zone[:4] != "Etc/")


def _countries() -> list[tuple[str, str]]:
    """Return the countries of the world by name, as the reader's language calls them."""
    named = current_locale().territories
    return sorted(
        ((code, name) for code, name in named.items() if len(code) == 2 and code not in _NO_LANDS),
        key=lambda country: country[1],
    )
