"""Translations are missing, machine, draft or reviewed, and say so the moment words change."""

import pytest

from engage.questionnaires.actions import mark_reviewed, save_draft, save_translations
from engage.questionnaires.queries import reviews
from engage.questionnaires.refusals import Refused
from engage.questionnaires.texts import with_texts
from engage.questionnaires.translation.checks import doubts, faults
from engage.questionnaires.translation.states import counts_of, states_of
from tests.factories.accounts import make_user
from tests.factories.questionnaires import make_questionnaire, small_document

LABEL = "question.wish.label"


def state(found, place=LABEL, language="ar"):
    states = states_of(found.draft_document, language, reviews(found))
    return next(one for one in states if one.place == place)


def test_words_that_came_with_the_document_are_a_draft(db):
    found = make_questionnaire()
    assert state(found).state == "draft"
    assert state(found, language="sv").state == "reviewed"
    assert counts_of(states_of(found.draft_document, "ar", ())) == {
        "missing": 0, "machine": 0, "draft": 9, "reviewed": 0,
    }  # fmt: skip


def test_a_translation_is_a_draft_until_a_person_reviewed_it(db):
    found, who = make_questionnaire(), make_user()
    assert save_translations(found, "ar", {LABEL: "ماذا ينقص؟"}, who=who) == {}
    assert state(found).state == "draft"
    assert mark_reviewed(found, "ar", [LABEL], who=who) == []
    db.session.commit()
    assert state(found).state == "reviewed"
    assert found.draft_document.questions["wish"].label["ar"] == "ماذا ينقص؟"


@pytest.mark.parametrize("language", ["sv", "ar"])
def test_l13_a_changed_text_needs_review_the_same_second(db, language):
    found = make_questionnaire()
    mark_reviewed(found, "ar", [LABEL], who=make_user())
    save_draft(found, with_texts(found.draft_document, {LABEL: {language: "Ny"}}), who=None)
    assert state(found).state == "draft"
    assert state(found).outdated


def test_machine_words_stay_marked_until_a_person_takes_them_over(db):
    found, who = make_questionnaire(), make_user()
    save_translations(found, "ar", {LABEL: "آلة"}, who=None, state="machine")
    assert state(found).state == "machine"
    save_draft(found, with_texts(found.draft_document, {LABEL: {"sv": "Ny"}}), who=None)
    assert state(found).state == "machine"
    save_translations(found, "ar", {LABEL: "إنسان"}, who=who)
    assert state(found).state == "draft"


def test_words_taken_out_are_missing(db):
    found = make_questionnaire()
    save_translations(found, "ar", {LABEL: " "}, who=None)
    assert state(found).state == "missing"


def test_l14_what_people_decide_on_is_reviewed_by_somebody_else(db):
    found, one, other = make_questionnaire(), make_user(), make_user()
    place = "introduction.who"
    save_translations(found, "ar", {place: "نحن نسأل", LABEL: "ماذا؟"}, who=one)
    assert mark_reviewed(found, "ar", [place, LABEL], who=one) == [place]
    assert state(found, place).state == "draft"
    assert mark_reviewed(found, "ar", [place], who=other) == []
    assert state(found, place).state == "reviewed"


@pytest.mark.parametrize("language", ["sv", "da"])
def test_only_other_languages_of_the_questionnaire_are_translated_to(db, language):
    with pytest.raises(Refused):
        save_translations(make_questionnaire(), language, {LABEL: "x"}, who=None)


def test_l16_a_translation_with_faults_is_told_and_not_kept(db):
    text = {"sv": "Du har ${how_many} barn", "ar": "لديك ${how_many}"}
    document = with_texts(small_document(), {LABEL: text})
    found = make_questionnaire(document=document)
    refused = save_translations(found, "ar", {LABEL: "لديك أطفال"}, who=None)
    assert list(refused) == [LABEL]
    assert found.draft_document.questions["wish"].label == text


@pytest.mark.parametrize(
    ("source", "words", "is_wrong"),
    [
        ("Hej ${a}", "أهلا ${a}", False),
        ("Hej ${a}", "أهلا ${b}", True),
        ("Hej ${a}", "أهلا", True),
        ("Hej", "أهلا ${a}", True),
        ("<b>Hej</b>", "<b>أهلا</b>", False),
        ("<b>Hej</b>", "أهلا", True),
        ("1 < 2", "1 < 2", False),
    ],
)
def test_placeholders_and_marks_are_kept(source, words, is_wrong):
    assert bool(faults(source, words)) == is_wrong


@pytest.mark.parametrize(
    ("source", "words", "is_doubtful"),
    [
        ("16 år", "۱۶ سال", False),
        ("16 år", "١٦ سنة", False),
        ("16 år", "61 سال", True),
        ("två år", "2 سال", True),
        ("Hej ${q1}", "أهلا ${q1}", False),
        ("16 år", "", False),
    ],
)
def test_numbers_that_differ_are_pointed_out(source, words, is_doubtful):
    assert bool(doubts(source, words)) == is_doubtful
