"""A place: an area by name, a place in words, or a point on the map."""

from collections.abc import Mapping
from typing import Any

import regex
from pydantic import Field
from wtforms import BooleanField, RadioField

from engage.accounts.fields import options
from engage.i18n.gettext import lazy_gettext as _
from engage.i18n.gettext import s_lazy
from engage.i18n.text import Text
from engage.questionnaires.document import Document, Question
from engage.questionnaires.grid import Metres, snapped
from engage.questionnaires.question_types.base import (
    AnswerError,
    AreaAt,
    Asked,
    Code,
    Column,
    FormValues,
    QuestionType,
    Settings,
    SettingsForm,
    XlsformPart,
    choice_label,
    export_name,
    too_long,
)
from engage.questionnaires.rebuilding import remade
from engage.questionnaires.typed import characters_over, one_line
from engage.questionnaires.values import Value, as_text

AREA, TEXT, POINT = "area", "text", "point"
#: Only in an answer that is being told: what the area around the point is called.
_NEAR = "near"
_HOUSE = {
    AREA: _("Area"),
    TEXT: _("Place in their own words"),
    "lat": _("Latitude"),
    "lon": _("Longitude"),
}
A_MARK = _("A mark on the map")
_LONGEST = 200
#: How coarse marks are kept where being found could harm somebody.
_COARSEST: Metres = 250
_POINT = regex.compile(r"(-?\d{1,3}(?:\.\d+)?)[,\s]+(-?\d{1,3}(?:\.\d+)?)(?:\s.*)?", regex.ASCII)


class PlaceSettings(Settings):
    """Ways to say where it is besides the areas of the list, and how coarse points are kept."""

    text: bool = True
    point: bool = True
    grid: Metres = Field(50)


class PlaceForm(SettingsForm):
    """Ways to say where it is."""

    text = BooleanField(s_lazy("May be written in words"), default=True)
    point = BooleanField(s_lazy("May be marked on a map"), default=True)
    grid = RadioField(
        s_lazy("How exactly a mark on the map is kept"),
        choices=options(
            [("50", s_lazy("To about 50 metres")), ("250", s_lazy("To about 250 metres"))]
        ),
        default=50,
        coerce=int,
        description=s_lazy("250 metres for children and for sensitive questions."),
    )


class Place(QuestionType):
    """{"area": key, "text": words, "point": [latitude, longitude]}: those that were given.

    The list of choices holds the areas. The point is moved to the grid when it is read, so that the
    exact one is never stored.
    """

    name = "place"
    label = s_lazy("Place")
    help = s_lazy("An area from a list, a place in words, or a mark on a map.")
    Settings = PlaceSettings
    settings_form = PlaceForm
    may_have_choices = True
    shape = "parts"
    summary_kind = "places"
    operators = ("answered", "is")

    def read(self, asked: Asked, form: FormValues) -> Value:
        """Return the place; raises AnswerError for an area not offered, or a point that is none."""
        settings: PlaceSettings = self.settings(asked.question)
        found: dict[str, Value] = {}
        areas = form.chosen(AREA)
        if not set(areas) <= {choice.key for choice in asked.choices} or len(areas) > 1:
            raise AnswerError(_("Choose one place only, among those listed"))
        if areas:
            found[AREA] = areas[0]
        if settings.text and (words := one_line(form.one(TEXT))):
            if over := characters_over(words, _LONGEST):
                raise AnswerError(too_long(over))
            found[TEXT] = words
        if settings.point and (marked := form.one(POINT)):
            found[POINT] = _point(marked, settings.grid)
        return found or None

    def form_values(self, value: Value, words: str = "") -> dict[str, list[str]]:
        """Return the fields that were given; the point as it was kept."""
        given = _given(value)
        fields = {part: [as_text(given[part])] for part in (AREA, TEXT) if part in given}
        return {**fields, **({POINT: [_digits(given[POINT])]} if POINT in given else {})}

    def text(self, question: Question, document: Document, value: Value, language: str) -> str:
        """Return a line each for the area, the words and the mark on the map."""
        if not isinstance(value, dict):
            return choice_label(document, question, as_text(value), language)
        lines = []
        if AREA in value:
            lines.append(choice_label(document, question, as_text(value[AREA]), language))
        if TEXT in value:
            lines.append(as_text(value[TEXT]))
        if POINT in value:
            near = as_text(value.get(_NEAR))
            said = _("A mark on the map in %(area)s", area=near) if near else A_MARK
            lines.append(str(said))
        return "\n".join(lines)

    def careful(self, question: Question) -> Question:
        """Return the question with marks kept as coarsely as they can be."""
        return remade(question, settings={**question.settings, "grid": _COARSEST})

    def located(self, value: Value, area_at: AreaAt) -> Value:
        """Return the place with the area around a mark, unless an area was chosen."""
        given = _given(value)
        point = given.get(POINT)
        if AREA in given or not isinstance(point, list):
            return value
        latitude, longitude = (float(str(end)) for end in point)
        return {**given, _NEAR: area_at(latitude, longitude)}

    def free_words(self, value: Value, words: str = "") -> list[str]:
        """Return the words in which the place was told."""
        written = as_text(_given(value).get(TEXT))
        return [written] if written else []

    def parts(self, question: Question, document: Document) -> dict[str, Text]:
        """Return what conditions may look at."""
        given = [AREA] if document.choices(question) else []
        settings: PlaceSettings = self.settings(question)
        given += [TEXT] if settings.text else []
        return {part: {} for part in ([*given, POINT] if settings.point else given)}

    def codes(self, question: Question, document: Document) -> tuple[Code, ...]:
        """Return the areas."""
        return tuple(Code(choice.key, choice.label) for choice in document.choices(question))

    def columns(self, question: Question, document: Document) -> list[Column]:
        """One column each for the area, the words, latitude and longitude, as far as asked for."""
        made = []
        settings: PlaceSettings = self.settings(question)
        if document.choices(question):
            codes = self.codes(question, document)
            made.append(_column(question, AREA, "choice", codes=codes))
        if settings.text:
            made.append(_column(question, TEXT, "text", held_back="text", longest=_LONGEST))
        if settings.point:
            made += [_column(question, end, "number", held_back="point") for end in ("lat", "lon")]
        return made

    def cells(self, question: Question, document: Document, value: Value) -> list[Value]:
        """Return area, words, latitude and longitude, None for what was not given."""
        given = _given(value)
        point = given.get(POINT)
        ends = point if isinstance(point, list) else [None, None]
        all_of_it = {AREA: given.get(AREA), TEXT: given.get(TEXT), "lat": ends[0], "lon": ends[1]}
        return [all_of_it[column.part] for column in self.columns(question, document)]

    def problems(self, question: Question, document: Document) -> list[Any]:
        """Say where there is no way without a map to say where it is."""
        if document.choices(question) or self.settings(question).text:
            return []
        return [s_lazy("A map is not for everybody. Choose a list of areas, or allow words.")]

    def from_xlsform(self, word: str, appearance: str, parameters: Mapping[str, str]) -> Any:
        """Take XLSForm's `geopoint`; words are offered too, for those who use no map."""
        return {} if word == "geopoint" else None

    def to_xlsform(self, question: Question) -> tuple[str, str, str]:
        """Return `geopoint` unless a list of areas makes it several rows."""
        return ("" if question.choice_list else "geopoint", "", "")

    def xlsform_parts(self, question: Question, document: Document) -> tuple[XlsformPart, ...]:
        """Return a row each for the area, the words and the point, where there are areas."""
        if not question.choice_list:
            return ()
        settings: PlaceSettings = self.settings(question)
        key = question.key
        rows = [XlsformPart(f"{key}_{AREA}", "select_one", {}, "", (), question.choice_list)]
        rows += [XlsformPart(f"{key}_{TEXT}", "text", {})] if settings.text else []
        rows += [XlsformPart(f"{key}_{POINT}", "geopoint", {})] if settings.point else []
        return tuple(rows)


def _column(question: Question, part: str, kind: Any, **more: Any) -> Column:
    name = f"{export_name(question)}_{part}"
    return Column(name, question.key, kind, question.label, part, part_house=_HOUSE[part], **more)


def _given(value: Value) -> dict[str, Value]:
    return value if isinstance(value, dict) else {}


def _point(marked: str, grid: Metres) -> Value:
    found = _POINT.fullmatch(marked)
    latitude, longitude = (float(found[1]), float(found[2])) if found else (999.0, 999.0)
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise AnswerError(_("Mark the place on the map again"))
    return list(snapped(latitude, longitude, grid))


def _digits(point: Value) -> str:
    return ",".join(format(end, "f") for end in point) if isinstance(point, list) else ""
