"""The form that asks for an export: what for, in which form, with what in it."""

from collections.abc import Iterable

from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import InputRequired, ValidationError

from engage.accounts.fields import LineField, language_options, options
from engage.exports.actions import Wish
from engage.exports.formats import FORMATS
from engage.exports.models import ANSWERS, RAW, TABLES
from engage.i18n.gettext import s_lazy
from engage.i18n.languages import Language
from engage.web.forms import Form

PURPOSES = {
    "follow_up": s_lazy("Follow-up of the work"),
    "council": s_lazy("Report to the council or the partners"),
    "research": s_lazy("Research"),
    "public_records": s_lazy("Request for public records"),
}


WHAT = {
    TABLES: s_lazy("Tables of figures, small numbers hidden"),
    ANSWERS: s_lazy("Each person's answers, without what they wrote"),
    RAW: s_lazy("Everything as it is stored, with what people wrote; a second person has to agree"),
}

GROUPS = {
    "reports": s_lazy("To read and to print"),
    "sheets": s_lazy("For Excel and other spreadsheets"),
    "statistics": s_lazy("For statistics programs"),
    "programs": s_lazy("For programs and archives"),
}
TABLES_DO_NOT_FIT = s_lazy(
    "This form holds single answers. Choose them under 2, or choose Excel or CSV here."
)
ANSWERS_DO_NOT_FIT = s_lazy(
    "A report holds figures, no single answers. Choose tables of figures under 2, or another form."
)
THIS, ALL = "this", "all"
ROUNDS = {
    THIS: s_lazy("This round"),
    ALL: s_lazy("All rounds of the questionnaire"),
}
TABLES_ARE_OF_ONE_ROUND = s_lazy(
    "Tables of figures are made round by round. Choose this round, or each person's answers."
)


class ExportForm(Form):
    """Purpose, what is in it, form, language of the labels."""

    purpose = RadioField(
        s_lazy("What is it for?"),
        [InputRequired(s_lazy("Say what the answers are taken out for."))],
        choices=options(PURPOSES.items()),
    )
    note = LineField(
        s_lazy("In a few words"),
        longest=300,
        required=False,
        description=s_lazy("Who gets it, and what it is used for. It stands in the log."),
    )
    what = RadioField(
        s_lazy("What is in the file?"),
        [InputRequired(s_lazy("Choose what is in the file."))],
        default=TABLES,
    )
    format = RadioField(
        s_lazy("Form"),
        [InputRequired(s_lazy("Choose a form."))],
        choices=options((name, one.label) for name, one in FORMATS.items()),
        default="xlsx",
    )
    language = SelectField(s_lazy("Language of questions and answers"))
    rounds = RadioField(s_lazy("Which rounds"), choices=options(ROUNDS.items()), default=THIS)
    free_text = BooleanField(
        s_lazy("With the answers: what people wrote, in a file of its own, shuffled"),
        description=s_lazy("Identity numbers, phone numbers and addresses are blacked out."),
    )
    places = BooleanField(s_lazy("With the answers: marks on the map, as coarse as they are kept"))
    codebook = BooleanField(
        s_lazy("A codebook beside the answers"),
        default=True,
        description=s_lazy(
            "CSV and JSON Lines then come as a ZIP file. The other forms have it inside."
        ),
    )

    def validate_format(self, field: RadioField) -> None:
        """Refuse tables where a form only holds single answers, and the other way round."""
        wanted = FORMATS.get(field.data)
        if wanted is None:
            return
        if self.what.data == TABLES and not wanted.carries_tables:
            raise ValidationError(TABLES_DO_NOT_FIT)
        if self.what.data != TABLES and not wanted.carries_answers:
            raise ValidationError(ANSWERS_DO_NOT_FIT)

    def wish(self) -> Wish:
        """Return what was asked for; single answers alone have more that may be in them."""
        what = self.what.data
        return Wish(
            purpose=self.purpose.data,
            note=self.note.data or "",
            format=self.format.data,
            language=self.language.data,
            what=what,
            free_text=what == ANSWERS and self.free_text.data,
            places=what == ANSWERS and self.places.data,
            codebook=what != TABLES and self.codebook.data,
            all_rounds=what != TABLES and self.rounds.data == ALL,
        )

    def validate_rounds(self, field: RadioField) -> None:
        """Refuse tables of all rounds: what may be shown is worked out for each by itself."""
        if field.data == ALL and self.what.data == TABLES:
            raise ValidationError(TABLES_ARE_OF_ONE_ROUND)

    def offer(self, languages: Iterable[Language], *, raw: bool, several: bool = False) -> None:
        """Offer the languages of the questionnaire, and raw answers to those who may have them.

        All rounds are offered where there are `several`.
        """
        self.rounds.choices = options(ROUNDS.items() if several else [(THIS, ROUNDS[THIS])])
        self.language.choices = language_options(languages)
        offered = [what for what in WHAT if raw or what != RAW]
        self.what.choices = options((what, WHAT[what]) for what in offered)
