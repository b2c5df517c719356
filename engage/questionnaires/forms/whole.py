"""Forms about a questionnaire as a whole: new, its settings, its languages, imported, published."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, Field, HiddenField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, ValidationError

from engage.accounts.fields import LineField, LinesField, language_options, options
from engage.communities.forms import LanguagesField
from engage.i18n.gettext import s_, s_lazy
from engage.i18n.languages import LANGUAGES, Language
from engage.questionnaires.forms.words import LONGEST_TEXT, PartForm
from engage.web.forms import Form

#: In both the document and its introduction, in the order people read them.
TEXTS = ("title", "who", "why", "what_happens", "more", "thanks")


def language_choices(first: Sequence[Language]) -> list[SelectChoice]:
    """Return every known language, those of the community first."""
    rest = [language for language in LANGUAGES.values() if language not in first]
    return language_options((*first, *rest), lambda one: f"{one.autonym} ({one.code})")


class NewForm(Form):
    """A questionnaire to be."""

    title = LineField(s_lazy("Title"), longest=200)
    key = LineField(
        s_lazy("Short name in addresses"),
        longest=60,
        required=False,
        description=s_lazy("Small letters a–z, digits and hyphens. Left empty, it is made up."),
        render_kw={"dir": "ltr", "autocapitalize": "none"},
    )
    language = SelectField(
        s_lazy("Language it is written in"),
        description=s_lazy("Translations come later, from this language."),
    )
    start = RadioField(s_lazy("Begin with"))

    def __init__(
        self, *, languages: Sequence[Language], starters: Sequence[tuple[str, Any]], **more: Any
    ) -> None:
        """Offer every language, the community's first, and what to begin with."""
        super().__init__(**more)
        self.language.choices = language_choices(languages)
        self.start.choices = options([("", s_("Nothing: an empty questionnaire")), *starters])


class WholeForm(PartForm):
    """What residents read around the questions, in the questionnaire's own language."""

    title = LineField(s_lazy("Title"), longest=200)
    who = LinesField(s_lazy("Who asks"), longest=LONGEST_TEXT)
    why = LinesField(s_lazy("Why"), longest=LONGEST_TEXT)
    what_happens = LinesField(s_lazy("What happens with the answers"), longest=LONGEST_TEXT)
    more = LinesField(
        s_lazy("More to read"),
        longest=LONGEST_TEXT,
        description=s_lazy("For those who want to know everything; nothing needed by law."),
    )
    thanks = LinesField(s_lazy("Thanks, after sending"), longest=LONGEST_TEXT)
    minutes = IntegerField(
        s_lazy("Minutes it takes"), [NumberRange(min=1, max=240)], render_kw={"class": "short"}
    )


class LanguagesForm(Form):
    """In which languages the questionnaire is, besides its own."""

    languages = LanguagesField(
        s_lazy("Languages"),
        description=s_lazy("Words in a language you leave out stay, and come back with it."),
    )

    def __init__(self, *, offered: Sequence[Language], **more: Any) -> None:
        """Offer languages; the questionnaire's own one is always in."""
        super().__init__(**more)
        self.languages.choices = language_choices(offered)


class ImportForm(Form):
    """A workbook with a questionnaire."""

    file = FileField(
        s_lazy("XLSForm workbook"),
        [FileRequired(s_lazy("Choose a file."))],
        description=s_lazy("An .xlsx or .xls file with the sheets “survey” and “choices”."),
        render_kw={"accept": ".xlsx,.xls"},
    )


class AcceptForm(Form):
    """What was read from a workbook, to be taken in with its losses."""

    content = HiddenField()
    key = LineField(
        s_lazy("Short name in addresses"),
        longest=60,
        description=s_lazy("Small letters a–z, digits and hyphens."),
        render_kw={"dir": "ltr", "autocapitalize": "none"},
    )
    accept_losses = BooleanField(s_lazy("Import without what is listed as lost"))


class PublishForm(Form):
    """The last question before a version."""

    digest = HiddenField()
    same_meaning = BooleanField(
        s_lazy("Questions with new words still ask the same"),
        description=s_lazy("Else answers of different years would be compared wrongly."),
    )


class TypedForm(Form):
    """Something that cannot be undone by a slip: the short name has to be typed."""

    typed = LineField(s_lazy("Short name"), longest=60, render_kw={"dir": "ltr"})

    def __init__(self, *, name: str, **more: Any) -> None:
        """Ask for this name."""
        super().__init__(**more)
        self.name = name
        self.typed.description = s_("Write “%(name)s” to go on.", name=name)

    def validate_typed(self, field: Field) -> None:
        """Ask for exactly this name."""
        if field.data != self.name:
            raise ValidationError(s_("Write “%(name)s”.", name=self.name))
