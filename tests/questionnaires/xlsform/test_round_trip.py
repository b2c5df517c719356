"""What goes out as a workbook comes back the same, and other tools can open it."""

import warnings

import pytest
from hypothesis import HealthCheck, given, settings
from pyxform.xls2xform import convert

from engage.questionnaires.document import Document, Question
from engage.questionnaires.xlsform import read_xlsform, write_xlsform
from tests.questionnaires.documents import documents as sound_documents
from tests.questionnaires.question_types.samples import LISTS, SAMPLES, document_of
from tests.questionnaires.xlsform.strategies import documents

_SLOW = settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def _back(document):
    return read_xlsform(write_xlsform(document, "form"), "form.xlsx", "sv")


@_SLOW
@given(documents())
def test_any_document_comes_back_the_same(document):
    found = _back(document)
    assert not found.problems
    assert found.document == document


@_SLOW
@given(sound_documents())
def test_a_sound_document_comes_back_whole(document):
    found = _back(document)
    assert found.is_whole, found.losses
    assert found.document == document


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_a_question_of_every_type_comes_back_and_opens_elsewhere(sample):
    note = Question(key="before", type="short_text", label={"sv": "Före", "ar": "قبل"})
    label = {"sv": "Fråga", "ar": "سؤال"}
    asked = sample.question.model_copy(update={"label": label})
    document = document_of(note, asked).model_copy(update={"title": {"sv": "Enkät"}})
    content = write_xlsform(document, "form")
    assert read_xlsform(content, "form.xlsx", "sv").document == document
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = convert(content, validate=False)
    assert "<h:html" in made.xform


def test_lists_of_all_samples_are_named_as_they_are():
    document = document_of(Question(key="q", type="short_text", label={"sv": "?"}))
    assert list(_back(document).document.choice_lists) == list(LISTS)


def test_a_second_trip_gives_the_same_digest():
    document = Document.model_validate(
        {
            "title": {"sv": "Enkät"},
            "languages": ["sv", "ar"],
            "items": [{"key": "a", "type": "short_text", "label": {"ar": "س", "sv": "Fråga"}}],
        }
    )
    once = _back(document).document
    assert _back(once).document.digest == once.digest


def test_a_text_longer_than_a_cell_comes_back():
    long = "Mening. " * 9_000
    document = Document.model_validate(
        {
            "languages": ["sv"],
            "items": [{"key": "a", "type": "short_text", "label": {"sv": long}}],
        }
    )
    assert _back(document).document == document
