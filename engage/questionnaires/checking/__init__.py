"""Says what keeps a questionnaire from being published, and in which languages it is whole."""

from engage.questionnaires.checking.conditions import condition_problems, condition_warnings
from engage.questionnaires.checking.languages import languages_complete, missing_texts
from engage.questionnaires.checking.plainness import plainness_warnings
from engage.questionnaires.checking.problem import Problem
from engage.questionnaires.checking.structure import structure_problems
from engage.questionnaires.checking.wording import text_problems
from engage.questionnaires.document import Document

__all__ = ["Problem", "languages_complete", "missing_texts", "problems_of", "warnings_of"]


def problems_of(document: Document) -> list[Problem]:
    """Return everything that must be put right before the questionnaire can be published."""
    return [
        *structure_problems(document),
        *condition_problems(document),
        *text_problems(document),
    ]


def warnings_of(document: Document) -> list[Problem]:
    """Return what is probably a mistake, though the questionnaire could be answered with it."""
    return [*condition_warnings(document), *plainness_warnings(document)]
