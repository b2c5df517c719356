"""Which language a heading means, however people write it."""

import pytest

from engage.questionnaires.xlsform.languages import language_code, language_heading
from tests.questionnaires.xlsform.workbooks import imported, told


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Svenska (sv)", "sv"),
        ("english(en)", "en"),
        ("ENGLISH", "en"),
        ("Français", "fr"),
        ("francais", "fr"),
        ("French (fr-CA)", "fr"),
        ("French (Canada)", "fr"),
        ("Inglés", "en"),
        ("Arabic", "ar"),
        ("العربية", "ar"),
        ("Tigirigna", "ti"),
        ("Oromiffa", "om"),
        ("Amharic", "am"),
        ("Dari", "fa-AF"),
        ("Farsi", "fa"),
        ("Kurdish (Sorani)", "ckb"),
        ("swe", "sv"),
        ("pt_BR", "pt"),
        ("nb", "no"),
        ("English - en", "en"),
        ("Kirundi", None),
        ("Local language", None),
        ("default", None),
        ("(xx)", None),
    ],
)
def test_a_language_is_known_by_code_or_any_of_its_names(name, code):
    assert language_code(name) == code


def test_a_heading_names_a_language_as_it_names_itself():
    assert language_heading("sv") == "Svenska (sv)"
    assert language_code(language_heading("fa-AF")) == "fa-AF"


def _labels(*headings):
    rows = [["type", "name", *headings], ["text", "a", *(f"text {n}" for n in range(9))]]
    return imported([row[: len(headings) + 2] for row in rows])


@pytest.mark.parametrize(
    ("headings", "languages"),
    [
        (["label::Français (fr)", "label:Arabic"], ("fr", "ar")),
        (["Label :: English (en) ", "label\u00a0::\u00a0Svenska (sv)"], ("en", "sv")),
        (["label::English", "english (en)"], ("en",)),
        (["english(en)", "Français (fr)"], ("en", "fr")),
        (["label"], ("en",)),
        (["label::fr", "label::fr-CA"], ("fr",)),
    ],
)
def test_headings_are_understood_in_many_spellings(headings, languages):
    found = _labels(*headings)
    assert found.document.languages == languages
    assert found.document.questions["a"].label[languages[0]] == "text 0"


def test_an_empty_language_is_passed_over_and_named():
    rows = [["type", "name", "label::English", "label::Local language"], ["text", "a", "A", ""]]
    found = imported(rows)
    assert found.document.languages == ("en",)
    assert not found.losses
    assert "label::Local language: Local language | The columns" in " ".join(told(found.notes))


def test_texts_in_an_unknown_language_are_a_named_loss():
    rows = [["type", "name", "label::English", "label::Kirundi"], ["text", "a", "A", "B"]]
    found = imported(rows)
    assert found.document.questions["a"].label == {"en": "A"}
    assert "Nobody here knows this language. Its texts stay out." in told(found.losses)[0]


def test_a_form_in_one_unknown_language_is_taken_for_the_language_asked_for():
    found = imported([["type", "name", "label::Kirundi"], ["text", "a", "A"]], language="sw")
    assert found.document.languages == ("sw",)
    assert "taken as “sw”" in told(found.losses)[0]


def test_the_default_language_comes_first():
    rows = [["type", "name", "label::English", "label::Arabic"], ["text", "a", "A", "B"]]
    settings = [["form_title", "default_language"], ["Title", "Arabic"]]
    found = imported(rows, settings=settings)
    assert found.document.languages == ("ar", "en")
    assert found.document.title == {"ar": "Title", "en": "Title"}


def test_without_a_default_the_fullest_language_comes_first():
    rows = [
        ["type", "name", "label::English", "label::Arabic"],
        ["text", "a", "", "A"],
        ["text", "b", "B", "B"],
    ]
    assert imported(rows).document.languages == ("ar", "en")


def test_a_column_without_a_language_belongs_to_the_forms_own():
    rows = [
        ["type", "name", "label::Français (fr)", "label::Arabic", "constraint_message"],
        ["text", "a", "A", "B", "Non"],
    ]
    question = imported(rows).document.questions["a"]
    assert question.constraint_message == {"fr": "Non"}
