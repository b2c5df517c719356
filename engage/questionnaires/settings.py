"""Settings of a question: what a type lets staff set, and the way between them and a form."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, Self

import regex
from pydantic import BaseModel, ConfigDict
from wtforms import Form, StringField, TextAreaField

from engage.i18n.gettext import s_
from engage.i18n.text import Text
from engage.questionnaires.document import ChoiceKey, Key
from engage.questionnaires.typed import fit_text, plain_number, readings_of_number
from engage.web.forms import HouseWords

_SEPARATOR = "|"


class Row(BaseModel):
    """One row of a table of questions: its key is part of field and column names."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    key: Key
    label: Text = {}


class ScaleStep(BaseModel):
    """One step of a scale, with words of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    key: ChoiceKey
    label: Text = {}


Rows = tuple[Row, ...]
ScaleSteps = tuple[ScaleStep, ...]


class Settings(BaseModel):
    """What is particular to a type; its subclasses say what the editor may set.

    Texts are `Text`; named parts are `Rows` or `ScaleSteps`: both are known here, so that every
    type has them translated and edited in the same way.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def _names(cls, kind: Any) -> list[str]:
        return [name for name, field in cls.model_fields.items() if field.annotation == kind]

    @classmethod
    def _list_names(cls) -> list[str]:
        return [*cls._names(Rows), *cls._names(ScaleSteps)]

    def texts(self) -> dict[str, Text]:
        """Return the texts by place: `unit`, or `rows.<key>` for the words of a row."""
        plain = {name: getattr(self, name) for name in self._names(Text)}
        return plain | {
            f"{name}.{part.key}": part.label
            for name in self._list_names()
            for part in getattr(self, name)
        }

    def texts_of_steps(self) -> list[str]:
        """Return the places of the words of scales."""
        names = self._names(ScaleSteps)
        return [f"{name}.{step.key}" for name in names for step in getattr(self, name)]

    def to_form(self, language: str) -> dict[str, Any]:
        """Return the data of the settings form: texts and rows in one language."""
        data = {name: getattr(self, name) for name in type(self).model_fields}
        for name in self._names(Text):
            data[name] = data[name].get(language, "")
        for name in self._list_names():
            data[name] = [(part.key, part.label.get(language, "")) for part in data[name]]
        return data

    def with_form(self, data: Mapping[str, Any], language: str) -> Self:
        """Return the settings after a form was filled in; words in other languages stay.

        What the form left empty goes back to its default, what it does not have stays.
        """
        fields = {name: getattr(self, name) for name in self.model_fields_set}
        for name in type(self).model_fields.keys() & data.keys():
            fields.pop(name, None)
            if data[name] not in (None, ""):
                fields[name] = data[name]
        for name in self._names(Text):
            fields[name] = _merged(getattr(self, name), language, data.get(name))
        for name in self._list_names():
            if name in data:
                fields[name] = _parts(getattr(self, name), data[name] or (), language)
        return type(self).model_validate(fields)

    def to_json(self) -> dict[str, Any]:
        """Return what a document keeps: everything that is not at its default."""
        return self.model_dump(mode="json", exclude_defaults=True)


def _merged(before: Text, language: str, words: str | None) -> Text:
    if words is None:
        return before
    merged = {**before, language: words.strip()}
    return {code: text for code, text in merged.items() if text}


def _parts(
    before: Iterable[Row | ScaleStep], lines: Iterable[tuple[str, str]], language: str
) -> list[dict[str, Any]]:
    known = {part.key: part.label for part in before}
    return [
        {"key": key, "label": _merged(known.get(key, {}), language, words)} for key, words in lines
    ]


class SettingsForm(Form):
    """What staff are asked about a question of this type; fields are named as the settings."""

    class Meta(Form.Meta):
        """Errors in the house's own words."""

        def get_translations(self, _form: Any) -> HouseWords:
            """Return the source of messages for all fields."""
            return HouseWords()


class AnyNumberField(StringField):
    """A number as written in any country; None where left empty."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; refuse what is none, or may be two."""
        self.data = None
        typed = fit_text(valuelist[0]).strip() if valuelist else ""
        if not typed:
            return
        readings = readings_of_number(typed, decimals=6)
        if len(readings) != 1:
            raise ValueError(s_("Write a number, such as 12 or 0.5."))
        self.data = float(readings[0])

    def _value(self) -> str:
        if self.raw_data:
            return fit_text(self.raw_data[0])
        return "" if self.data is None else plain_number(self.data)


class NamedLinesField(TextAreaField):
    """Rows or steps, one a line: `key | words`, or only words to have a key made.

    Data are (key, words). The key of a line stays while its words change: answers hold the key.
    """

    def __init__(self, label: Any = None, *, numbered: bool = False, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.numbered = numbered

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the lines; refuse keys that are used twice or cannot be keys."""
        self.data = []
        lines = [line.strip() for line in fit_text(valuelist[0] if valuelist else "").split("\n")]
        told = [_split(line) for line in lines if line]
        taken = [key for key, _words in told if key]
        for key in taken:
            if not self._is_key(key):
                raise ValueError(
                    s_("“%(key)s” cannot be a key. Use letters a–z, digits and _.", key=key)
                )
            if taken.count(key) > 1:
                raise ValueError(s_("The key “%(key)s” is used twice. Keys are unique.", key=key))
        for key, words in told:
            made = key or self._made_key(words, taken)
            taken.append(made)
            self.data.append((made, words))

    def _is_key(self, key: str) -> bool:
        form = r"[A-Za-z0-9_-]{1,64}" if self.numbered else r"[A-Za-z_][A-Za-z0-9_-]{0,63}"
        return bool(regex.fullmatch(form, key))

    def _made_key(self, words: str, taken: list[str]) -> str:
        if self.numbered:
            return next(str(n) for n in range(1, len(taken) + 2) if str(n) not in taken)
        plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
        name = regex.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40]
        name = name if name[:1].isalpha() else f"row_{name}".rstrip("_")
        numbers = range(2, len(taken) + 3)
        return next(k for k in (name, *(f"{name}_{n}" for n in numbers)) if k not in taken)

    def _value(self) -> str:
        if self.raw_data:
            return fit_text(self.raw_data[0])
        return "\n".join(f"{key} {_SEPARATOR} {words}" for key, words in self.data or ())


def _split(line: str) -> tuple[str, str]:
    key, found, words = line.partition(_SEPARATOR)
    return (key.strip(), words.strip()) if found else ("", line)
