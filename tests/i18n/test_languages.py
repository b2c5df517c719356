"""Languages questionnaires may be in: their codes, scripts and directions, and how they count."""

import unicodedata
from gettext import c2py
from io import BytesIO

import pytest
from babel.messages.pofile import read_po

from engage.i18n.current import locale_of
from engage.i18n.languages import LANGUAGES, interface_languages, language_or_none
from tests.conventions.sources import ROOT

#: Languages of Swedish, Danish and Canadian neighbourhoods that texts can be written in (L-02).
SECOND = (
    *("ckb", "ku", "ti", "tr", "sh", "pl", "es", "ur", "uk", "ru", "ro", "sq", "ps", "vi", "th"),
    *("am", "ta", "fr", "pa", "tl", "zh", "bn", "fa-AF"),
)
CATALOGUES = sorted((ROOT / "translations").glob("*/LC_MESSAGES/*.po"))
COUNTS = (0, 1, 2, 3, 11, 100)
#: How many CLDR categories each language has; Polish, Ukrainian and Russian use one for fractions.
CATEGORIES = {
    6: ("ar",),
    4: ("pl", "uk", "ru"),
    3: ("bs", "hr", "sr", "sh"),
    2: ("sv", "da", "fi", "en", "so", "fa", "ckb", "ku", "ti", "tr", "ur"),
    1: ("vi", "th", "zh"),
}
SCRIPTS = {"latin": "LATIN", "arabic": "ARABIC", "ethiopic": "ETHIOPIC", "cyrillic": "CYRILLIC"}


def test_l02_texts_can_be_written_in_the_languages_of_the_second_tier():
    assert [code for code in SECOND if code not in LANGUAGES] == []
    assert {one.code for one in interface_languages()} == {"sv", "en", "da", "fi", "ar", "so", "fa"}


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=lambda one: one.code)
def test_each_language_is_written_as_its_own_name_is(language):
    assert locale_of(language).text_direction == language.direction
    assert language_or_none(language.code.upper()) is language
    letters = {unicodedata.name(one).split()[0] for one in language.autonym if one.isalpha()}
    if language.script in SCRIPTS:
        assert letters == {SCRIPTS[language.script]}
    rtl = {unicodedata.bidirectional(one) for one in language.autonym} & {"R", "AL"}
    assert bool(rtl) == (language.direction == "rtl")


def test_no_two_languages_have_the_same_name():
    for names in zip(
        *((one.autonym, one.english, one.code) for one in LANGUAGES.values()), strict=True
    ):
        assert len(set(names)) == len(LANGUAGES)


@pytest.mark.parametrize(
    ("code", "number"), [(code, number) for number, codes in CATEGORIES.items() for code in codes]
)
def test_l10_each_language_counts_as_cldr_says(code, number):
    form = locale_of(LANGUAGES[code]).plural_form
    assert len(form.tags | {"other"}) == number
    assert {form(count) for count in COUNTS} <= form.tags | {"other"}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_l10_the_catalogues_have_a_form_for_each_category(path):
    code = path.parts[-3]
    index = c2py(read_po(BytesIO(path.read_bytes()), locale=code).plural_expr)
    form = locale_of(LANGUAGES[code]).plural_form
    pairs = {(form(count), index(count)) for count in (*COUNTS, *range(200))}
    assert len(pairs) == len({category for category, _ in pairs}) == len({n for _, n in pairs})
