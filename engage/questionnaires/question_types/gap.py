"""Importance against how well it is met today: the needs with the widest gap come first."""

from typing import Any

from pydantic import Field
from wtforms import StringField

from engage.i18n.gettext import lazy_gettext as _
from engage.i18n.gettext import s_lazy
from engage.i18n.text import Text, in_language
from engage.questionnaires.document import Document, Question
from engage.questionnaires.question_types.base import (
    AnswerError,
    Asked,
    Code,
    Column,
    FormValues,
    QuestionType,
    Settings,
    SettingsForm,
    XlsformPart,
    export_name,
)
from engage.questionnaires.settings import NamedLinesField, Rows, ScaleSteps
from engage.questionnaires.values import Value, as_text

IMPORTANCE, MET = "importance", "met"
_HOUSE = {
    IMPORTANCE: _("How important is this to you?"),
    MET: _("How well does this work today?"),
}


class GapSettings(Settings):
    """What is judged (nothing: the question itself), the two scales, and what they ask."""

    rows: Rows = ()
    importance: ScaleSteps = ()
    met: ScaleSteps = ()
    importance_label: Text = Field(default_factory=dict)
    met_label: Text = Field(default_factory=dict)

    def steps(self, half: str) -> ScaleSteps:
        """Return the scale of one half."""
        return self.importance if half == IMPORTANCE else self.met

    def asks(self, half: str, language: str) -> str:
        """Return what one half asks."""
        own = self.importance_label if half == IMPORTANCE else self.met_label
        return in_language(own, language) or str(_HOUSE[half])

    def label_of(self, part: str, half: str) -> Text:
        """Return the words of the row, with what is asked where that is in words of its own."""
        rows = {row.key: row.label for row in self.rows}
        about = rows.get(part.removesuffix(f".{half}"), {})
        own = self.importance_label if half == IMPORTANCE else self.met_label
        both = {code: [about.get(code, ""), own.get(code, "")] for code in {**about, **own}}
        return {code: " – ".join(filter(None, words)) for code, words in both.items()}

    @property
    def halves(self) -> dict[str, str]:
        """Return both halves of every row by part: `row.importance`, `row.met`."""
        rows = [f"{row.key}." for row in self.rows] or [""]
        return {f"{row}{half}": half for row in rows for half in (IMPORTANCE, MET)}


class GapForm(SettingsForm):
    """What is judged, and both scales."""

    rows = NamedLinesField(
        s_lazy("Needs to judge, one a line"),
        description=s_lazy(
            "Leave them empty to ask about one need, the question itself. What stands before “|” "
            "is the name in exports and stays when you change the words."
        ),
        render_kw={"rows": 6},
    )
    importance_label = StringField(
        s_lazy("First question"),
        description=s_lazy("Leave it empty for “How important is this to you?”."),
    )
    importance = NamedLinesField(
        s_lazy("Steps of importance, one a line, the least first"),
        numbered=True,
        render_kw={"rows": 5},
    )
    met_label = StringField(
        s_lazy("Second question"),
        description=s_lazy("Leave it empty for “How well does this work today?”."),
    )
    met = NamedLinesField(
        s_lazy("Steps of how well it works, one a line, the worst first"),
        numbered=True,
        render_kw={"rows": 5},
    )


class Gap(QuestionType):
    """{part: step} with the parts `row.importance` and `row.met`; no row: `importance`, `met`."""

    name = "gap"
    label = s_lazy("Importance and how well it is met")
    help = s_lazy("How important something is, and how well it works today: shows where needs are.")
    Settings = GapSettings
    settings_form = GapForm
    shape = "parts"
    summary_kind = "pairs"
    operators = ("answered", "is", "is_not", "at_least", "at_most", "more_than", "less_than")

    def read(self, asked: Asked, form: FormValues) -> Value:
        """Return the steps chosen; raises AnswerError for what is none, or a part left open."""
        settings: GapSettings = self.settings(asked.question)
        found: dict[str, Value] = {}
        for part, half in settings.halves.items():
            chosen = form.chosen(part)
            steps = {step.key for step in settings.steps(half)}
            if not set(chosen) <= steps or len(chosen) > 1:
                raise AnswerError(_("Choose one of the answers in each row"))
            if chosen:
                found[part] = chosen[0]
        if found and asked.question.required and len(found) < len(settings.halves):
            raise AnswerError(_("Choose an answer in each row"))
        return found or None

    def form_values(self, value: Value, words: str = "") -> dict[str, list[str]]:
        """Return the step of each part."""
        return {part: [as_text(key)] for part, key in _given(value).items()}

    def text(self, question: Question, document: Document, value: Value, language: str) -> str:
        """Return a line for each part that was answered; of one part its words."""
        settings: GapSettings = self.settings(question)
        if not isinstance(value, dict):
            return as_text(value)
        rows = {row.key: in_language(row.label, language) or row.key for row in settings.rows}
        lines = []
        for part, half in settings.halves.items():
            if part in value:
                about = rows.get(part.removesuffix(f".{half}"), "")
                said = _words(settings, half, as_text(value[part]), language)
                asks = settings.asks(half, language)
                lines.append(f"{about}. {asks} {said}" if about else f"{asks} {said}")
        return "\n".join(lines)

    def parts(self, question: Question, document: Document) -> dict[str, Text]:
        """Return the parts under the words of their rows."""
        settings: GapSettings = self.settings(question)
        labels = {row.key: row.label for row in settings.rows}
        return {
            part: labels.get(part.removesuffix(f".{half}"), question.label)
            for part, half in settings.halves.items()
        }

    def columns(self, question: Question, document: Document) -> list[Column]:
        """One column of steps a part."""
        settings: GapSettings = self.settings(question)
        return [
            Column(
                f"{export_name(question)}_{part.replace('.', '_')}",
                question.key,
                "choice",
                question.label,
                part,
                codes=tuple(Code(step.key, step.label) for step in settings.steps(half)),
                ordered=True,
                part_label=settings.label_of(part, half),
                part_house=_HOUSE[half],
            )
            for part, half in settings.halves.items()
        ]

    def cells(self, question: Question, document: Document, value: Value) -> list[Value]:
        """Return the step of each part, None for one left open."""
        return [_given(value).get(part) for part in self.settings(question).halves]

    def problems(self, question: Question, document: Document) -> list[Any]:
        """Say where a scale has too few steps."""
        settings: GapSettings = self.settings(question)
        if min(len(settings.importance), len(settings.met)) < 2:
            return [s_lazy("Each of the two scales needs at least two steps.")]
        return []

    def to_xlsform(self, question: Question) -> tuple[str, str, str]:
        """Return no word: it is a group of rows."""
        return ("", "", "")

    def xlsform_parts(self, question: Question, document: Document) -> tuple[XlsformPart, ...]:
        """Return one `select_one` a part, each with the list of its scale."""
        return tuple(
            XlsformPart(column.name, "select_one", column.part_label, "likert", column.codes)
            for column in self.columns(question, document)
        )


def _given(value: Value) -> dict[str, Value]:
    return value if isinstance(value, dict) else {}


def _words(settings: GapSettings, half: str, key: str, language: str) -> str:
    labels = {step.key: step.label for step in settings.steps(half)}
    return in_language(labels.get(key, {}), language) or key
