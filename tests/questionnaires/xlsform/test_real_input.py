"""Forms that real organisations made: each comes in, can be answered, and goes out again."""

from datetime import date
from pathlib import Path
from random import Random

import pytest
from pyxform.xls2xform import convert

from engage.i18n.current import use_language
from engage.questionnaires.checking import languages_complete, problems_of
from engage.questionnaires.entry import Entry
from engage.questionnaires.path import form_of, walk_answers
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.xlsform import read_xlsform, write_xlsform
from engage.responses.generating import generate_entry

pytestmark = pytest.mark.sqlite_only

FOLDER = Path(__file__).parents[4] / "shared" / "real-input" / "xlsforms"
FILES = {path.stem: path for path in sorted(FOLDER.glob("*.xls*"))}
TODAY = date(2027, 4, 1)
#: Name of the file → languages, questions that are asked, number of losses to accept.
KNOWN = {
    "ifrc_distribution_site_assessment": (("en", "fr"), 75, 12),
    "mitwirken_umfrage": (("de",), 38, 0),
    "odk_all_question_types": (("en",), 63, 41),
    "ucl_biomass_plot": (("sw", "en"), 43, 26),
    "unhcr_demo": (("en", "ti", "am", "om"), 31, 11),
    "unhcr_wt_survey": (("en", "es", "fr", "ar"), 193, 225),
}

needs_files = pytest.mark.skipif(not FILES, reason=f"real forms are not at {FOLDER}")
each_file = pytest.mark.parametrize("name", KNOWN)


def _read(name):
    if name not in FILES:
        pytest.skip(f"{name} is not at {FOLDER}")
    return read_xlsform(FILES[name].read_bytes(), FILES[name].name, "en")


@each_file
def test_a_real_form_comes_in_with_its_losses_named(name):
    found = _read(name)
    languages, asked, losses = KNOWN[name]
    document = found.document
    assert not found.problems
    assert document.languages == languages
    questions = document.questions.values()
    assert sum(QUESTION_TYPES[question.type].is_asked for question in questions) == asked
    assert len(found.losses) == losses
    assert all(loss.sheet and loss.column and str(loss.reason) for loss in found.losses)
    assert not problems_of(document)
    assert languages_complete(document)


@each_file
def test_a_real_form_is_answered_to_the_end(app, name):
    document = _read(name).document
    language = languages_complete(document)[-1]
    with use_language(language):
        entry = generate_entry(document, language, TODAY, Random(1))
        walked = walk_answers(document, form_of(document, entry), language, TODAY)
    unanswered = {
        step.name for step in walked.steps if step.asked.question.required and step.value is None
    }
    assert set(walked.errors) <= unanswered
    assert Entry.from_json(walked.entry.to_json()) == walked.entry
    assert len(walked.entry.answers) > 5


@each_file
def test_a_real_form_goes_out_and_comes_back_the_same(name):
    found = _read(name)
    content = write_xlsform(found.document, found.key)
    again = read_xlsform(content, "again.xlsx", "sv")
    assert not again.losses
    assert again.document == found.document
    assert again.document.digest == found.document.digest
    assert again.key == found.key


@each_file
def test_what_goes_out_opens_in_other_tools(name):
    made = convert(write_xlsform(_read(name).document, "form"), validate=False)
    assert "<h:html" in made.xform


@needs_files
def test_every_real_form_is_known():
    assert set(FILES) == set(KNOWN)
