"""Translates what stands in the columns for conditions and calculations, item by item."""

import regex

from engage.i18n.gettext import s_lazy
from engage.questionnaires.document import OTHER
from engage.questionnaires.expressions import Expression, call, literal
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.xlsform.choices import ListDraft
from engage.questionnaires.xlsform.conditions import translate, translate_condition
from engage.questionnaires.xlsform.meaning import Place
from engage.questionnaires.xlsform.names import Draft, Names
from engage.questionnaires.xlsform.report import Report, sentences
from engage.questionnaires.xlsform.syntax import UntranslatableError

_LOOKS_WORKED_OUT = regex.compile(r"\$\{|^[a-z][a-z:-]*\(.*\)$", regex.DOTALL)
_NUMBER = regex.compile(r"-?\d{1,15}(\.\d{1,15})?")
#: These give whole numbers, or what somebody answered.
_WHOLE = {"truncate", "floor", "ceiling", "count", "length", "entries", "position", "answer"}
_CONSEQUENCES = {
    "relevant": s_lazy("Without this condition more people are asked."),
    "constraint": s_lazy("Without this check more answers are taken."),
    "choice_filter": s_lazy("Without this filter more choices are offered."),
    "calculation": s_lazy("The value is left out."),
    "times": s_lazy("The person adds entries instead."),
    "default": s_lazy("The question begins empty."),
}


class Filler:
    """Fills the expressions of items from their rows."""

    def __init__(self, names: Names, report: Report) -> None:
        self.names, self.report = names, report

    def fill(self, draft: Draft) -> None:
        """Translate every expression of one item; what cannot be said is reported and left out."""
        self._condition(draft, "relevant", "relevant")
        if draft.shape == "repeat":
            self._worked_out(draft, "times", "repeat_count")
        elif draft.shape == "question":
            self._condition(draft, "constraint", "constraint")
            self._filter(draft)
            self._value(draft)

    def _condition(self, draft: Draft, field: str, column: str) -> None:
        text = draft.row.cells.get(column, "").strip()
        if not text:
            return
        place = Place(self.names, draft, field, draft.choices if field == "choice_filter" else None)
        made, reasons = translate_condition(text, place)
        for reason in reasons:
            self.lose(draft, field, column, text, reason)
        if made is not None:
            draft.expressions[field] = made

    def _filter(self, draft: Draft) -> None:
        if draft.choices is None:
            return
        self._condition(draft, "choice_filter", "choice_filter")
        made = draft.expressions.get("choice_filter")
        if made is not None:
            for node in made.walk():
                self._follow_keys(draft.choices, node)

    def _follow_keys(self, filtered: ListDraft, node: Expression) -> None:
        """Where a column is compared with an answer whose keys changed, its content changes too."""
        if node.op not in {"is", "is_not", "selected"}:
            return
        column = next((one.name for one in node.args if one.op == "column"), "")
        asked = next((one.name for one in node.args if one.op == "answer"), "")
        lists = [
            target.draft.choices
            for targets in self.names.targets.values()
            for target in targets
            if target.draft is not None and target.draft.key == asked and target.draft.choices
        ]
        if not column or not any(listed.keys_of for listed in lists):
            return
        for choice in filtered.choices:
            name = choice.columns.get(column)
            if name is not None:
                choice.columns[column] = lists[0].keys(name)[0]

    def _worked_out(self, draft: Draft, field: str, column: str) -> None:
        text = draft.row.cells.get(column, "").strip()
        if not text:
            return
        try:
            draft.expressions[field] = translate(text, Place(self.names, draft, field))
        except UntranslatableError as error:
            self.lose(draft, field, column, text, error.reason)

    def _value(self, draft: Draft) -> None:
        """A calculated value, or with which value a question begins."""
        cells = draft.row.cells
        kind = QUESTION_TYPES.get(draft.type)
        if cells.get("calculation"):
            self._worked_out(draft, "calculation", "calculation")
            if draft.kind.word == "integer" and "calculation" in draft.expressions:
                draft.expressions["calculation"] = _whole(draft.expressions["calculation"])
            if kind and kind.is_asked and "calculation" in draft.expressions:
                reason = s_lazy("The question begins with this value; it can be changed.")
                self.report.note(draft.row.spot("calculation"), cells["calculation"], reason)
        elif cells.get("default"):
            self._default(draft, cells["default"])

    def _default(self, draft: Draft, text: str) -> None:
        if _LOOKS_WORKED_OUT.search(text):
            try:
                made = translate(text, Place(self.names, draft, "calculation"))
            except UntranslatableError as error:
                self.lose(draft, "default", "default", text, error.reason)
                return
        else:
            made = literal(_plain_value(draft, text))
        draft.expressions["calculation"] = made

    def lose(self, draft: Draft, field: str, column: str, text: str, reason: object) -> None:
        """Report an expression, or a demand in it, that is left out, and what follows."""
        self.report.loss(draft.row.spot(column), text, sentences(reason, _CONSEQUENCES[field]))


def _whole(value: Expression) -> Expression:
    """Return a value without decimals, as ODK puts it into a question for whole numbers."""
    return value if value.op in _WHOLE else call("truncate", value)


def _plain_value(draft: Draft, text: str) -> str | int | float:
    """Return a value that stands as it is: a number for numbers, keys for choices."""
    if draft.choices is not None:
        names = [text] if text in draft.choices.keys_of else text.split()
        return " ".join(
            key for name in names for key in draft.choices.keys(name)[:1] if _is_key(draft, key)
        )
    kind = QUESTION_TYPES.get(draft.type)
    is_number = kind is not None and (kind.shape == "number" or kind.is_calculated)
    if is_number and _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text


def _is_key(draft: Draft, key: str) -> bool:
    listed = draft.choices
    return listed is not None and (key in listed.by_key or (draft.other and key == OTHER))
