"""Judges a sent form: the walk's complaints, text that is no text, codes that open answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from engage.i18n.gettext import lazy_gettext as _
from engage.questionnaires.document import Document
from engage.questionnaires.path import Step, Walked, walk_answers
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.submitted import FormValues
from engage.questionnaires.typed import one_line
from engage.responses.reading import SentForm
from engage.responses.receipts import looks_like_a_code

_DAMAGED = _(
    "Some characters here could not be read. They are marked with �. "
    "Write them again or take them away."
)
_CODE = _(
    "This looks like a receipt code. Take it away: whoever reads it could open somebody's answers."
)


@dataclass(frozen=True)
class Checked:
    """A walked form and the message of each field that cannot be taken."""

    walked: Walked
    errors: dict[str, Any]


def check_form(document: Document, sent: SentForm, language: str, today: date) -> Checked:
    """Walk a sent form and say what is wrong with it."""
    walked = walk_answers(document, sent.fields, language, today)
    errors = {}
    for step in walked.steps:
        complaint = step.error or _complaint(step, sent)
        if complaint is not None:
            errors[step.name] = complaint
    return Checked(walked, errors)


def free_words(step: Step, fields: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return what was written freely in answer to a question, by the field it was written in."""
    kind = QUESTION_TYPES[step.asked.question.type]
    written = set(kind.free_words(step.value, step.words))
    if not written:
        return {}
    own = (name for name in fields if name == step.name or name.startswith(f"{step.name}:"))
    typed = ((name, FormValues(fields, name).one()) for name in own)
    return {name: text for name, text in typed if written & {text, one_line(text)}}


def _complaint(step: Step, sent: SentForm) -> Any:
    if sent.damaged and any(
        name == step.name or name.startswith(f"{step.name}:") for name in sent.damaged
    ):
        return _DAMAGED
    if step.value is None:
        return None
    kind = QUESTION_TYPES[step.asked.question.type]
    if any(map(looks_like_a_code, kind.free_words(step.value, step.words))):
        return _CODE
    return None
