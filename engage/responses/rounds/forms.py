"""Forms of rounds: which version, everything about a round, its closing, its papers."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    Field,
    IntegerField,
    RadioField,
    SelectField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from engage.accounts.fields import LineField, language_options, options
from engage.communities.forms import LanguagesField, TextsForm, with_texts
from engage.i18n.gettext import s_, s_lazy
from engage.i18n.languages import Language
from engage.questionnaires.document import Document
from engage.responses.rounds.queries import has_interface
from engage.web.forms import Form

_TIME = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
MODES: dict[str, Any] = {
    "anonymous": s_lazy(
        "Anonymous: nothing tells who answered. Nobody can change or take back their answers."
    ),
    "code": s_lazy(
        "With a code: each person gets a code, and with it can see, change or delete the answers."
    ),
}
PROFILES: dict[str, Any] = {
    "standard": s_lazy("Ordinary: groups of 5 or more are shown"),
    "sensitive": s_lazy("Sensitive: a button to leave fast, nothing kept on the phone, 10 or more"),
    "minors": s_lazy("Minors: as sensitive, with help lines and no free maps, 10 or more"),
}
BASES: dict[str, Any] = {
    "public_task": s_lazy("Public task: residents are told how it works"),
    "consent": s_lazy("Consent: residents are asked whether they want to take part"),
}


class VersionForm(Form):
    """Which published version a round asks."""

    version = SelectField(s_lazy("Questionnaire and version"))

    def __init__(self, *, versions: Sequence[tuple[str, str]], **more: Any) -> None:
        """Offer the published versions."""
        super().__init__(**more)
        self.version.choices = options(versions)


class RoundForm(TextsForm):
    """Everything about a round; what is promised to residents only before it is opened."""

    slug = LineField(
        s_lazy("Short name in the address"),
        longest=60,
        description=s_lazy("Small letters a–z, digits and hyphens, such as backby-2027."),
        render_kw={"dir": "ltr", "autocapitalize": "none"},
    )
    languages = LanguagesField(s_lazy("Languages offered"))
    english_buttons = BooleanField(
        s_lazy("Buttons and messages may be in English where there is no translation of them")
    )
    mode = RadioField(s_lazy("What people can do with their answers"))
    profile = RadioField(s_lazy("Protection"))
    basis = RadioField(s_lazy("Legal basis"))
    k = IntegerField(
        s_lazy("Smallest group shown"),
        [InputRequired(), NumberRange(min=5, max=1000)],
        render_kw={"class": "short"},
    )
    opens_at = DateTimeLocalField(s_lazy("Opens"), [InputRequired()], format=_TIME)
    closes_at = DateTimeLocalField(s_lazy("Closes"), [Optional()], format=_TIME)
    results_on = DateField(
        s_lazy("Results are shown from"),
        [Optional()],
        description=s_lazy("Residents are told this day after they have answered."),
    )
    retention = LineField(
        s_lazy("How long answers are kept"),
        longest=300,
        required=False,
        description=s_lazy("For how long, and which decision says so."),
    )
    kept_until = DateField(
        s_lazy("The last day the answers are kept"),
        [Optional()],
        description=s_lazy("Your desk reminds you 30 days before."),
    )

    #: Languages of the version in which a text is missing: told, but not to be chosen.
    left_out: Sequence[str] = ()

    def offer(self, document: Document, whole: Sequence[Language]) -> None:
        """Offer whole languages, and say which have no buttons of their own."""
        self.languages.choices = [choice for one in whole for choice in _offered(one)]
        self.mode.choices = options(MODES.items())
        self.profile.choices = options(PROFILES.items())
        self.basis.choices = options(BASES.items())
        if all(has_interface(one.code) for one in whole):
            del self.english_buttons
        self.left_out = [
            code for code in document.languages if code not in {one.code for one in whole}
        ]

    def keep_promises(self) -> None:
        """Leave out what cannot change once a round is opened."""
        for name in ("slug", "mode", "profile", "basis", "k", "opens_at", "closes_at"):
            del self[name]

    def validate_languages(self, field: Field) -> None:
        """Ask for one, and for a yes to English buttons where a language has none of its own."""
        if not field.data:
            raise ValidationError(s_("Choose at least one language."))
        bare = [code for code in field.data if not has_interface(code)]
        if bare and not self.english_buttons.data:
            message = "Some languages have no buttons of their own. Say below if that is right."
            raise ValidationError(s_(message))


def _offered(language: Language) -> list[SelectChoice]:
    if has_interface(language.code):
        return language_options([language])
    words = s_("%(language)s (buttons will be in English)", language=language.autonym)
    return options([(language.code, words)])


def round_form(
    document: Document, whole: Sequence[Language], source: str, data: Mapping[str, Any]
) -> RoundForm:
    """Return the form of a round with a name in each whole language of its version."""
    labels = {"name": s_lazy("Name in %(language)s")}
    form_class = with_texts(RoundForm, labels, whole, source)
    form: RoundForm = form_class(data=data)
    form.offer(document, whole)
    return form


class ClosingForm(Form):
    """Another closing time."""

    closes_at = DateTimeLocalField(
        s_lazy("Closes"),
        [Optional()],
        format=_TIME,
        description=s_lazy("Left empty, the round stays open until somebody closes it."),
    )


class PaperForm(Form):
    """Which languages stand on a poster or on cards."""

    class Meta(Form.Meta):
        """Without a token: it only shows another page."""

        csrf = False

    languages = LanguagesField(s_lazy("Languages on the paper, at most three"))

    def __init__(self, *, offered: Sequence[Language], **more: Any) -> None:
        """Offer the languages of the round."""
        super().__init__(**more)
        self.languages.choices = language_options(offered)
