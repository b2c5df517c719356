"""What staff fill in about results: a text to release, names to mask, what everybody may read."""

from collections.abc import Iterable
from typing import Any

from wtforms import Field, HiddenField, RadioField, SelectMultipleField
from wtforms.validators import InputRequired, ValidationError

from engage.accounts.fields import LinesField, options
from engage.i18n.formats import number
from engage.i18n.gettext import s_, s_lazy
from engage.web.forms import Form


class DecideForm(Form):
    """A decision about one text, sent by the button that was pressed."""

    text = HiddenField(validators=[InputRequired()])
    decision = RadioField(
        choices=options([("release", ""), ("withhold", "")]), validators=[InputRequired()]
    )


class _KeysField(SelectMultipleField):
    """Keys of questions; which of them there are, the page knows."""

    def pre_validate(self, form: Any) -> None:
        """Take every key: the page compares them with the questions of the round."""

    def process_formdata(self, valuelist: Iterable[str]) -> None:
        """Take the keys as they were sent."""
        self.data = list(valuelist)


class PublicForm(Form):
    """The questions whose results everybody may read."""

    questions = _KeysField(choices=[])


#: More are no list a person keeps; each name of the longest allowed still fits.
_MOST_NAMES, _LONGEST_NAME, _LEAST_LETTERS = 500, 80, 2


class NamesForm(Form):
    """The names to mask, one on each line."""

    names = LinesField(
        s_lazy("Names, one on each line"),
        longest=_MOST_NAMES * (_LONGEST_NAME + 1),
        render_kw={"rows": 12, "dir": "auto", "spellcheck": "false", "autocomplete": "off"},
    )

    def listed(self) -> list[str]:
        """Return the names as they were written, without empty lines."""
        lines = (" ".join(line.split()) for line in (self.names.data or "").splitlines())
        return [line for line in lines if line]

    def validate_names(self, _field: Field) -> None:
        """Ask for names: so many, so long, and with letters that can be looked for."""
        listed = self.listed()
        if len(listed) > _MOST_NAMES:
            raise ValidationError(s_("Write at most %(number)s names.", number=number(_MOST_NAMES)))
        for name in listed:
            if len(name) > _LONGEST_NAME or sum(map(str.isalpha, name)) < _LEAST_LETTERS:
                told = {"name": name[:_LONGEST_NAME], "letters": number(_LEAST_LETTERS)}
                raise ValidationError(
                    s_("Write “%(name)s” as a name of at least %(letters)s letters.", **told)
                )
