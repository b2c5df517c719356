"""Forms about one question, group or repeat, in the questionnaire's own language."""

from collections.abc import Collection
from typing import Any

from wtforms import BooleanField, Field, HiddenField, IntegerField, SelectField, TextAreaField
from wtforms.validators import Length, NumberRange, ValidationError

from engage.accounts.fields import LineField, LinesField, options, several_lines
from engage.i18n.gettext import s_, s_lazy
from engage.questionnaires.document import (
    Document,
    Group,
    Question,
    Repeat,
)
from engage.questionnaires.forms.words import (
    LONGEST_TEXT,
    PartForm,
    in_form,
    speak,
    with_words,
)
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.rebuilding import remade
from engage.web.forms import Form

#: What is no question but holds some.
CONTAINERS = {
    "group": s_lazy("Group: questions that belong together"),
    "repeat": s_lazy("Repeat: the same questions several times"),
}
QUESTION_TEXTS = ("label", "hint", "easy", "why", "required_message", "constraint_message")
_SWITCHES = ("required", "dont_know", "prefer_not", "background", "other", "randomise")


class AddForm(Form):
    """A new item: what it is, and its words."""

    kind = SelectField(s_lazy("Kind"))
    words = TextAreaField(
        s_lazy("Question or heading"), [Length(max=LONGEST_TEXT)], filters=[several_lines]
    )
    key = LineField(
        s_lazy("Key"),
        longest=64,
        required=False,
        description=s_lazy(
            "Stays for ever, also when the words change. Left empty, it is made from the words."
        ),
        render_kw={"dir": "ltr", "autocapitalize": "none"},
    )
    into = HiddenField()
    after = HiddenField()

    def __init__(self, *, taken: Collection[str], language: str, **more: Any) -> None:
        """Offer every type of question, found by looking, and the two containers."""
        super().__init__(**more)
        self.taken = taken
        types = [(name, kind.label) for name, kind in QUESTION_TYPES.items()]
        self.kind.choices = options([*types, *CONTAINERS.items()])
        speak(self, ["words"], language)

    def validate_words(self, field: Field) -> None:
        """Ask for words where people will read some."""
        kind = QUESTION_TYPES.get(self.kind.data)
        if kind is not None and not kind.is_calculated and not field.data:
            raise ValidationError(s_("Write the question."))

    def validate_key(self, field: Field) -> None:
        """Ask for a key that is one, and free."""
        check_key(field.data or "", self.taken)


def check_key(key: str, taken: Collection[str]) -> None:
    """Raise ValidationError for what cannot be the key of an item."""
    if key and not _is_key(key):
        raise ValidationError(s_("Begin with a letter; use letters a–z, digits, _ and -."))
    if key in taken:
        raise ValidationError(s_("This key is in use. Choose another."))


def _is_key(key: str) -> bool:
    try:
        Question(key=key, type="")
    except ValueError:
        return False
    return True


class QuestionForm(PartForm):
    """Everything about a question but its conditions and what its type asks for."""

    label = LinesField(s_lazy("Question"), longest=LONGEST_TEXT, render_kw={"rows": 3})
    hint = LinesField(s_lazy("Hint"), longest=LONGEST_TEXT, render_kw={"rows": 2})
    easy = LinesField(
        s_lazy("Easier text"),
        longest=LONGEST_TEXT,
        description=s_lazy("The same question in short and common words."),
        render_kw={"rows": 3},
    )
    why = LinesField(s_lazy("Why we ask, and who sees the answer"), longest=LONGEST_TEXT)
    choice_list = SelectField(s_lazy("List of choices"))
    other = BooleanField(s_lazy("Let people write an answer of their own"))
    randomise = BooleanField(s_lazy("Show the choices in another order to each person"))
    required = BooleanField(s_lazy("It must be answered"))
    required_message = LineField(
        s_lazy("What to say when it is not answered"), longest=300, required=False
    )
    dont_know = BooleanField(s_lazy("Offer “I do not know”"))
    prefer_not = BooleanField(s_lazy("Offer “I do not want to answer”"))
    background = BooleanField(
        s_lazy("It asks who somebody is"),
        description=s_lazy("Age, gender, area: comes last, and results can be compared by it."),
    )
    constraint_message = LineField(
        s_lazy("What to say when the check of the answer fails"), longest=300, required=False
    )
    export_name = LineField(
        s_lazy("Name in exports"),
        longest=64,
        required=False,
        description=s_lazy("Left empty, it is the key."),
        render_kw={"dir": "ltr"},
    )

    def fit(self, document: Document, question: Question, language: str) -> "QuestionForm":
        """Leave out what a question of this type does not have, and speak its language."""
        kind = QUESTION_TYPES.get(question.type)
        lists = [("", s_("None")), *((name, name) for name in document.choice_lists)]
        self.choice_list.choices = options(lists)
        if kind is not None and not (kind.has_choices or kind.may_have_choices):
            del self.choice_list
            del self.randomise
        if kind is not None and not kind.may_have_other:
            del self.other
        if kind is not None and not kind.is_asked:
            for name in ("required", "required_message", "dont_know", "prefer_not", "why"):
                del self[name]
            for name in ("background", "constraint_message", "export_name"):
                del self[name]
        speak(self, [name for name in QUESTION_TEXTS if name in self], language)
        return self

    def validate_export_name(self, field: Field) -> None:
        """Ask for a name that statistics programs take."""
        if field.data and not _is_key(field.data):
            raise ValidationError(s_("Begin with a letter; use letters a–z, digits, _ and -."))


def data_of_question(question: Question, language: str) -> dict[str, Any]:
    """Return a question as the data of its form."""
    texts = {name: getattr(question, name) for name in QUESTION_TEXTS}
    plain = {name: getattr(question, name) for name in (*_SWITCHES, "choice_list", "export_name")}
    return {**in_form(texts, language), **plain}


def question_from(
    form: QuestionForm, question: Question, settings: dict[str, Any], language: str
) -> Question:
    """Return the question as the form has it; what the form leaves out stays."""
    fields: dict[str, Any] = {
        name: with_words(getattr(question, name), language, form[name].data)
        for name in QUESTION_TEXTS
        if name in form
    }
    for name in (*_SWITCHES, "choice_list", "export_name"):
        if name in form:
            fields[name] = form[name].data
    return remade(question, **fields, settings=settings)


class ContainerForm(PartForm):
    """A group or a repeat."""

    title = LineField(s_lazy("Heading"), longest=300, required=False)
    hint = LinesField(s_lazy("Hint"), longest=LONGEST_TEXT)
    one_screen = BooleanField(s_lazy("Show all its questions on one screen"))
    minimum = IntegerField(
        s_lazy("At least so many entries"), [NumberRange(min=0, max=200)], default=0
    )
    maximum = IntegerField(
        s_lazy("At most so many entries"), [NumberRange(min=1, max=200)], default=20
    )

    def fit(self, item: Group | Repeat, language: str) -> "ContainerForm":
        """Leave out the numbers of entries for a group, and speak the language."""
        if isinstance(item, Group):
            del self.minimum
            del self.maximum
        speak(self, ("title", "hint"), language)
        return self

    def validate_maximum(self, field: Field) -> None:
        """Ask for bounds in their order."""
        if self.minimum.data is not None and field.data < self.minimum.data:
            raise ValidationError(s_("Write a number that is not below the smallest."))


def data_of_container(item: Group | Repeat, language: str) -> dict[str, Any]:
    """Return a group or a repeat as the data of its form."""
    data: dict[str, Any] = in_form({"title": item.title, "hint": item.hint}, language)
    data["one_screen"] = item.one_screen
    if isinstance(item, Repeat):
        data |= {"minimum": item.minimum, "maximum": item.maximum}
    return data


def container_from(form: ContainerForm, item: Group | Repeat, language: str) -> Group | Repeat:
    """Return the group or repeat as the form has it."""
    fields: dict[str, Any] = {
        name: with_words(getattr(item, name), language, form[name].data)
        for name in ("title", "hint")
    }
    fields["one_screen"] = form.one_screen.data
    if isinstance(item, Repeat):
        fields |= {"minimum": form.minimum.data, "maximum": form.maximum.data}
    return remade(item, **fields)
