"""Puts a document into the rows of a form: XLSForm's columns, and our own for what it lacks."""

import json
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from engage.i18n.languages import LANGUAGES
from engage.i18n.text import Text
from engage.questionnaires.document import (
    Choice,
    Document,
    Group,
    Item,
    Question,
    Repeat,
)
from engage.questionnaires.expressions import Expression, call
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.question_types.base import Code, XlsformPart
from engage.questionnaires.values import as_text
from engage.questionnaires.xlsform import kinds
from engage.questionnaires.xlsform.build import MADE_LIST
from engage.questionnaires.xlsform.cells import words
from engage.questionnaires.xlsform.extras import LONGEST_CELL
from engage.questionnaires.xlsform.form import Row
from engage.questionnaires.xlsform.headings import OWN, columns_of
from engage.questionnaires.xlsform.languages import language_heading
from engage.questionnaires.xlsform.sheet_names import (
    Seen,
    SheetNames,
    keeps_list_apart,
    parts_of,
    sheet_names,
    word_of,
)
from engage.questionnaires.xlsform.tree import types_for
from engage.questionnaires.xlsform.writing import write

#: Of a draft that is in no language yet.
_FALLBACK = "en"
#: One row as it is written: content by heading.
Cells = dict[str, str]


def as_json(value: Any) -> str:
    """Return JSON that a cell keeps as it is: plain signs, no space at any end, no `_x000D_`."""
    content = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    if "x00" in content:
        content = content.replace("_", "\\u005f")
    return content.replace(" ", "\\u0020") if len(content) > LONGEST_CELL else content


@dataclass(frozen=True)
class Written:
    """One row with the part of the document it is of."""

    cells: Cells
    of: Item | Choice | None = None


class Rows:
    """The rows of the survey and choices sheets and of the settings."""

    def __init__(self, document: Document, form_id: str, *, as_is: bool) -> None:
        self.document, self.form_id, self.as_is = document, form_id, as_is
        self.lists = sheet_names(document)
        self.names = SheetNames(document, self.lists)
        self.survey: list[Written] = []
        self.choices: list[Written] = []
        self.made_lists: dict[str, tuple[Code, ...]] = {}
        for item in document.items:
            self._item(item)
        self._all_choices()
        self.settings = Written(self._settings())

    def _item(self, item: Item) -> None:
        if isinstance(item, Question):
            self._question(item)
            return
        word = kinds.GROUP if isinstance(item, Group) else kinds.REPEAT
        cells = {"type": f"begin {word}", "name": item.key}
        cells |= self._texts("label", item.title) | self._texts("hint", item.hint)
        cells |= self._written(item, relevant=item.relevant)
        if item.one_screen:
            cells["appearance"] = "field-list"
        if isinstance(item, Repeat):
            cells |= self._written(item, repeat_count=item.times)
            cells[f"{OWN}::minimum"] = str(item.minimum)
            cells[f"{OWN}::maximum"] = str(item.maximum)
        self.survey.append(Written(cells, item))
        for inner in item.items:
            self._item(inner)
        self.survey.append(Written({"type": f"end {word}"}))

    def _question(self, question: Question) -> None:
        word, appearance, parameters = word_of(question)
        parts = parts_of(question, self.document)
        cells = {"type": self._type_cell(question, word), "name": question.key}
        cells["appearance"] = appearance
        randomise = "randomize=true" if question.randomise else ""
        cells["parameters"] = " ".join(filter(None, (parameters, randomise)))
        cells |= self._of_question(question)
        cells |= self._way_to_ask(question, cells, is_apart=not word)
        self.survey.append(Written(cells, question))
        for part in parts:
            self._part(question, part)
        if not word:
            self.survey.append(Written({"type": f"end {kinds.GROUP}"}))

    def _type_cell(self, question: Question, word: str) -> str:
        if not word:
            return f"begin {kinds.GROUP}"
        if word not in kinds.SELECTS:
            return word
        kind = QUESTION_TYPES[question.type]
        named = self.lists.get(question.choice_list) or question.choice_list.replace(" ", "_")
        if not named and not kind.has_choices:
            named = f"{MADE_LIST}{question.key}"
            self.made_lists[named] = kind.codes(question, self.document)
        other = " or_other" if question.other and kind.may_have_other else ""
        return f"{word} {named}{other}".strip()

    def _of_question(self, question: Question) -> Cells:
        cells: Cells = {}
        for name in ("label", "hint", "required_message", "constraint_message"):
            cells |= self._texts(name, getattr(question, name))
        for name in ("easy", "why"):
            cells |= self._texts(f"{OWN}::{name}", getattr(question, name))
        cells |= self._texts("media::audio", question.audio)
        cells |= self._picture(question.image)
        is_calculated = QUESTION_TYPES[question.type].is_calculated
        cells |= self._written(
            question,
            relevant=question.relevant,
            constraint=_demanded(question),
            choice_filter=question.choice_filter,
        )
        if question.calculation is not None:
            is_plain = question.calculation.op == "value" and not is_calculated
            column = "calculation" if is_calculated else "default"
            plain = {column: as_text(question.calculation.value)} if is_plain else {}
            cells |= plain or self._written(question, **{column: question.calculation})
        cells["required"] = "yes" if question.required else ""
        cells[f"{OWN}::export_name"] = question.export_name
        for name in ("dont_know", "prefer_not", "background"):
            cells[f"{OWN}::{name}"] = "yes" if getattr(question, name) else ""
        return cells

    def _way_to_ask(self, question: Question, cells: Cells, *, is_apart: bool) -> Cells:
        """Return our own columns for the type, where XLSForm's words do not lead back to it."""
        row = Row("survey", 0, cells={"appearance": "", "parameters": "", **cells})
        found = None if is_apart or self.as_is else next(types_for(row, word_of(question)[0]), None)
        own: Cells = {}
        if found is None or found[0] != question.type:
            own[f"{OWN}::type"] = question.type
            found = (question.type, {})
        if found[1] != question.settings:
            own[f"{OWN}::settings"] = as_json(question.settings)
        if keeps_list_apart(question):
            own[f"{OWN}::choice_list"] = question.choice_list
        return own

    def _part(self, question: Question, part: XlsformPart) -> None:
        listed = self.lists.get(part.choice_list, "")
        if part.codes:
            listed = f"{MADE_LIST}{part.name}"
            self.made_lists[listed] = part.codes
        cells = {
            "type": f"{part.word} {listed}".strip() if part.word in kinds.SELECTS else part.word,
            "name": part.name,
            "appearance": part.appearance,
            f"{OWN}::part": self.names.part_names(question)[part.name],
        }
        label = part.label or question.label or dict.fromkeys(self.document.languages, part.name)
        self.survey.append(Written({**cells, **self._texts("label", label)}))

    def _texts(self, heading: str, text: Text) -> Cells:
        return {f"{heading}::{language_heading(code)}": words for code, words in text.items()}

    def _picture(self, name: str) -> Cells:
        """Return a picture in each language: XLSForm would miss it in the others."""
        languages = self.document.languages if name else ()
        return {f"media::image::{language_heading(code)}": name for code in languages}

    def _written(self, item: Item, **expressions: Expression | None) -> Cells:
        seen = Seen(self.names, item)
        return {
            column: write(expression, seen)
            for column, expression in expressions.items()
            if expression is not None
        }

    def _all_choices(self) -> None:
        for name, listed in self.document.choice_lists.items():
            for choice in listed.choices:
                cells = {"list_name": self.lists[name], "name": choice.key}
                cells |= self._texts("label", choice.label) | self._picture(choice.image)
                cells |= {
                    f"{OWN}_easy_{language}": words for language, words in choice.easy.items()
                }
                cells |= {
                    column: content
                    for column, content in choice.columns.items()
                    if is_property(column)
                }
                self.choices.append(Written(cells, choice))
        for name, codes in self.made_lists.items():
            for code in codes:
                label = code.label or dict.fromkeys(self.document.languages, code.value)
                cells = {"list_name": name, "name": code.value, **self._texts("label", label)}
                self.choices.append(Written(cells))

    def _settings(self) -> Cells:
        document = self.document
        main = next((code for code in document.languages if code in LANGUAGES), _FALLBACK)
        title = document.title.get(main, "")
        cells = {
            "form_title": next(filter(words, (title, *document.title.values())), self.form_id),
            "form_id": self.form_id,
            "version": document.digest[:12],
            "default_language": language_heading(main),
            f"{OWN}::minutes": str(document.minutes),
        }
        if document.title != dict.fromkeys(document.languages, title):
            cells |= self._texts(f"{OWN}::title", document.title)
        cells |= self._texts(f"{OWN}::thanks", document.thanks)
        introduction = document.introduction.model_dump(exclude_defaults=True)
        cells[f"{OWN}::introduction"] = as_json(introduction) if introduction else ""
        empty = any(not listed.choices for listed in document.choice_lists.values())
        if empty or any(name != in_sheet for name, in_sheet in self.lists.items()):
            real = {in_sheet: name for name, in_sheet in self.lists.items()}
            cells[f"{OWN}::lists"] = as_json(real)
        cells[f"{OWN}::as_is"] = "yes" if self.as_is else ""
        return cells


def _demanded(question: Question) -> Expression | None:
    """Return the check of an answer together with what the settings of its type demand."""
    try:
        demanded = QUESTION_TYPES[question.type].as_constraint(question)
    except ValidationError:
        demanded = None
    if question.constraint is None or demanded is None:
        return question.constraint or demanded
    return call("all", question.constraint, demanded)


def is_property(column: str) -> bool:
    """Say whether a heading on the choices sheet is read as the property of this very name."""
    found = columns_of((column,), "choices")
    return len(found) == 1 and found[0].is_property and found[0].heading == column
