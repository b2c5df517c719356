"""Words to read, without a question."""

from collections.abc import Mapping
from typing import Any

from engage.i18n.gettext import s_lazy
from engage.questionnaires.document import Question
from engage.questionnaires.question_types.base import Asked, FormValues, QuestionType
from engage.questionnaires.values import Value


class Note(QuestionType):
    """Explains or introduces; nobody answers it."""

    name = "note"
    label = s_lazy("Note")
    help = s_lazy("Words to read between questions.")
    is_asked = False
    shape = "nothing"
    operators = ()

    def read(self, asked: Asked, form: FormValues) -> Value:
        """Return nothing."""
        return None

    def from_xlsform(self, word: str, appearance: str, parameters: Mapping[str, str]) -> Any:
        """Take XLSForm's `note`."""
        return {} if word == "note" else None

    def to_xlsform(self, question: Question) -> tuple[str, str, str]:
        """Return `note`."""
        return ("note", "", "")
