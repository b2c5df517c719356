"""What every way to ask has in common, with a sensible default for each face but reading."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from engage.i18n.gettext import lazy_gettext as _
from engage.i18n.text import Text, in_language
from engage.questionnaires.column import Code, Column, ColumnKind
from engage.questionnaires.document import OTHER, Document, Question
from engage.questionnaires.expressions import Expression, call
from engage.questionnaires.settings import Settings, SettingsForm
from engage.questionnaires.submitted import (
    MISSING,
    AnswerError,
    Asked,
    FormValues,
    Limit,
    Missing,
    longest,
    too_long,
)
from engage.questionnaires.typed import characters_over, one_line
from engage.questionnaires.values import Value, as_text

__all__ = [
    "MISSING",
    "OTHER_LABEL",
    "TYPES_BY_NAME",
    "AnswerError",
    "AreaAt",
    "Asked",
    "ChoiceType",
    "Code",
    "Column",
    "ColumnKind",
    "FormValues",
    "Limit",
    "Missing",
    "QuestionType",
    "Settings",
    "SettingsForm",
    "Shape",
    "SummaryKind",
    "XlsformPart",
    "choice_label",
    "chosen_keys",
    "export_name",
    "longest",
    "too_long",
]

#: How the phone reads the fields of a question into a value for conditions.
Shape = Literal["nothing", "one", "many", "number", "text", "parts", "ranks", "date"]
#: How results tell of a question: `frequencies` of one choice, `several` of many, and so on.
SummaryKind = Literal[
    "frequencies",
    "several",
    "numbers",
    "texts",
    "dates",
    "parts",
    "ranks",
    "pairs",
    "places",
    "none",
]
#: What the area around a latitude and a longitude is called; nothing where there is none.
AreaAt = Callable[[float, float], str]
#: The words of the choice that `other` adds; asked for in the person's own words beside it.
OTHER_LABEL = _("Something else")
_LONGEST_WORDS = 200
#: Where the checked settings of a question are kept: no name that a field can have.
_CHECKED = "checked settings"


@dataclass(frozen=True)
class XlsformPart:
    """One row of several that a question becomes in XLSForm, which has no such type."""

    name: str
    word: str
    label: Text
    appearance: str = ""
    codes: tuple[Code, ...] = field(default=())
    choice_list: str = ""


class QuestionType(ABC):
    """One way to ask. Types are pure: no database, no request."""

    name: ClassVar[str]
    #: Lazy staff text for the editor's list of types.
    label: ClassVar[Any]
    #: Lazy staff text on when to ask this way.
    help: ClassVar[Any] = ""
    Settings: ClassVar[type[Settings]] = Settings
    settings_form: ClassVar[type[SettingsForm]] = SettingsForm
    #: True where a list of choices is needed, and where one may be given.
    has_choices: ClassVar[bool] = False
    may_have_choices: ClassVar[bool] = False
    #: True where the choice `other`, with one's own words, may be added.
    may_have_other: ClassVar[bool] = False
    #: False for what nobody answers: a note, a calculation.
    is_asked: ClassVar[bool] = True
    #: True where a value is stored although nobody is asked: a calculation.
    is_calculated: ClassVar[bool] = False
    #: True where words are typed freely: masked in exports, released before they are shown.
    is_free_text: ClassVar[bool] = False
    #: False where the question is the label of one input, not the legend of a group.
    is_grouped: ClassVar[bool] = True
    shape: ClassVar[Shape] = "one"
    summary_kind: ClassVar[SummaryKind] = "none"
    #: Operations of `expressions` that the editor offers for conditions on this type.
    operators: ClassVar[tuple[str, ...]] = ("answered",)

    @property
    def input_template(self) -> str:
        """Return the template with the fields of the question."""
        return f"questionnaires/types/{self.name}.html"

    def settings(self, question: Question) -> Any:
        """Return the settings of a question, checked; raises pydantic's ValidationError.

        They are kept beside the question, which never changes, for checking them takes time.
        """
        kept = question.__dict__.get(_CHECKED)
        if kept is None or kept[0] is not self.Settings or kept[1] is not question.settings:
            kept = (
                self.Settings,
                question.settings,
                self.Settings.model_validate(question.settings),
            )
            question.__dict__[_CHECKED] = kept
        return kept[2]

    def settings_data(self, question: Question, language: str) -> dict[str, Any]:
        """Return the data that fill the settings form, texts in one language."""
        data: dict[str, Any] = self.settings(question).to_form(language)
        return data

    def settings_from_form(
        self, question: Question, data: Mapping[str, Any], language: str
    ) -> dict[str, Any]:
        """Return the settings to put into the document after the form was filled in."""
        made: dict[str, Any] = self.settings(question).with_form(data, language).to_json()
        return made

    def shape_of(self, question: Question) -> Shape:
        """Return how the phone reads this question; the type's shape unless settings change it."""
        return self.shape

    def summary_of(self, question: Question) -> SummaryKind:
        """Return how results tell of this question; the type's way unless settings change it."""
        return self.summary_kind

    def careful(self, question: Question) -> Question:
        """Return the question as it is put to minors and in sensitive rounds; by default itself."""
        return question

    @abstractmethod
    def read(self, asked: Asked, form: FormValues) -> Value:
        """Return the stored form of what was submitted, None for nothing; raises AnswerError."""

    def words(self, asked: Asked, form: FormValues) -> str:
        """Return the person's own words beside a choice (`other`), or an empty text."""
        return ""

    def form_values(self, value: Value, words: str = "") -> dict[str, list[str]]:
        """Return the fields, by part, that would submit this value again (to correct answers)."""
        return {"": [as_text(value)]} if value is not None else {}

    def text(self, question: Question, document: Document, value: Value, language: str) -> str:
        """Return the answer, or one part of it, in words, for review, receipts and conditions."""
        return as_text(value)

    def located(self, value: Value, area_at: AreaAt) -> Value:
        """Return an answer, for telling it, with the area around its point; by default itself."""
        return value

    def free_words(self, value: Value, words: str = "") -> list[str]:
        """Return what was typed freely in an answer: looked at for identity numbers and names."""
        typed = [as_text(value)] if self.is_free_text and value is not None else []
        return [text for text in (*typed, words) if text]

    def parts(self, question: Question, document: Document) -> dict[str, Text]:
        """Return the parts of an answer that conditions may read, with what they are called."""
        return {}

    def codes(self, question: Question, document: Document) -> tuple[Code, ...]:
        """Return the values an answer, or each part of it, may have; none if any."""
        return ()

    def columns(self, question: Question, document: Document) -> list[Column]:
        """Return the columns this question has in the response table; none by default.

        Not those for why an answer is missing and for one's own words: `columns.py` adds them, and
        makes the names unique and fit for statistics programs.
        """
        return []

    def cells(self, question: Question, document: Document, value: Value) -> list[Value]:
        """Return one cell a column, in the columns' order, for a stored value (never None)."""
        return []

    def problems(self, question: Question, document: Document) -> list[Any]:
        """Return lazy staff texts on what is wrong with the question's own settings."""
        return []

    def texts(self, question: Question) -> dict[str, Text]:
        """Return the texts inside the settings by place, which translators must see."""
        found: dict[str, Text] = self.settings(question).texts()
        return found

    def from_xlsform(self, word: str, appearance: str, parameters: Mapping[str, str]) -> Any:
        """Return settings as a dict if an XLSForm row of this type is asked this way, else None."""
        return None

    def to_xlsform(self, question: Question) -> tuple[str, str, str]:
        """Return XLSForm's type word (without list name), appearance and parameters.

        No word where the question becomes several rows: `xlsform_parts`.
        """
        return ("text", "", "")

    def xlsform_parts(self, question: Question, document: Document) -> tuple[XlsformPart, ...]:
        """Return the rows of the group that stands for the question where it cannot be one row."""
        return ()

    def limits(self, question: Question) -> list[Limit]:
        """Return what the settings demand of an answer: each a condition, with what to say."""
        return []

    def as_constraint(self, question: Question) -> Expression | None:
        """Return everything the settings demand of an answer as one condition, for XLSForm."""
        demands = [condition for condition, _words in self.limits(question)]
        return call("all", *demands) if len(demands) > 1 else next(iter(demands), None)


#: Every type by name, filled once all are found: for types that look at other questions.
TYPES_BY_NAME: dict[str, QuestionType] = {}


class ChoiceType(QuestionType):
    """What the ways to choose among a list of choices share."""

    has_choices = True
    may_have_other = True

    def words(self, asked: Asked, form: FormValues) -> str:
        """Return what was written beside `other`, if that is the answer."""
        if not asked.question.other:
            return ""
        written = one_line(form.one("words"))
        if not written or OTHER not in chosen_keys(asked, form):
            return ""
        if over := characters_over(written, _LONGEST_WORDS):
            raise AnswerError(too_long(over))
        return written

    def text(self, question: Question, document: Document, value: Value, language: str) -> str:
        """Return the label of the choice."""
        if value == OTHER and question.other:
            return str(OTHER_LABEL)
        return choice_label(document, question, as_text(value), language)

    def codes(self, question: Question, document: Document) -> tuple[Code, ...]:
        """Return the choices, and `other` where it is offered."""
        codes = tuple(Code(choice.key, choice.label) for choice in document.choices(question))
        return (*codes, Code(OTHER, {}, OTHER_LABEL)) if question.other else codes


def chosen_keys(asked: Asked, form: FormValues) -> list[str]:
    """Return what was chosen; who only wrote beside `other` has chosen that."""
    chosen = form.chosen()
    if not chosen and asked.question.other and form.one("words"):
        return [OTHER]
    return chosen


def export_name(question: Question) -> str:
    """Return the name of the question in exports."""
    return question.export_name or question.key


def choice_label(document: Document, question: Question, key: str, language: str) -> str:
    """Return the words of a choice, or its key where it has none in this language."""
    choice = document.choice(question, key)
    return (in_language(choice.label, language) if choice else "") or key
