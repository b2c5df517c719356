"""What staff fill in about results: which text to release, which questions everybody may read."""

from collections.abc import Iterable
from typing import Any

from wtforms import HiddenField, RadioField, SelectMultipleField
from wtforms.validators import InputRequired

from engage.accounts.fields import options
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
