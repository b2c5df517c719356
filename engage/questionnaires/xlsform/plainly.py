"""Chooses a plainer way to ask where the one a row looks like cannot work here."""

from typing import Any

from pydantic import ValidationError

from engage.i18n.gettext import s_lazy
from engage.questionnaires.document import Document, Question
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.rebuilding import remade
from engage.questionnaires.xlsform import kinds
from engage.questionnaires.xlsform.build import Builder
from engage.questionnaires.xlsform.headings import OWN
from engage.questionnaires.xlsform.names import Draft, walk_drafts
from engage.questionnaires.xlsform.report import sentences
from engage.questionnaires.xlsform.tree import types_for


def ask_plainly(builder: Builder) -> None:
    """Give questions whose type complains (no pictures, no bounds) a type that does not."""
    document = builder.document()
    for draft in walk_drafts(builder.tree.drafts):
        question = document.questions.get(draft.key)
        if draft.shape != "question" or question is None or f"{OWN}:type" in draft.row.cells:
            continue
        complaints = _complaints(question, document)
        if complaints:
            _be_plainer(draft, question, document, complaints[0], builder)


def _complaints(question: Question, document: Document) -> list[Any]:
    kind = QUESTION_TYPES[question.type]
    try:
        kind.settings(question)
        return kind.problems(question, document)
    except ValidationError:
        return [s_lazy("Its settings cannot be read.")]


def _be_plainer(
    draft: Draft, question: Question, document: Document, complaint: object, builder: Builder
) -> None:
    word = draft.kind.word
    for said in (word, kinds.PLAINER.get(word, word)):
        for name, settings in types_for(draft.row, said):
            if not _complaints(remade(question, type=name, settings=settings), document):
                draft.type, draft.settings = name, settings
                builder.report.loss(
                    draft.row.spot("appearance"),
                    draft.name,
                    sentences(complaint, s_lazy("It is asked in a plainer way.")),
                )
                return
