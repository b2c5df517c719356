"""Numbers, dates and lists read as the language writes them; codes never change digits."""

import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from engage.i18n import formats, writing
from engage.i18n.current import locale_of, use_language
from engage.i18n.languages import LANGUAGES
from engage.questionnaires import spoken

pytestmark = pytest.mark.sqlite_only

NBSP, NNBSP = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("code", "whole", "decimals", "share"),
    [
        ("sv", f"1{NBSP}292", "3,50", f"45{NBSP}%"),
        ("en", "1,292", "3.50", "45%"),
        ("da", "1.292", "3,50", f"45{NBSP}%"),
        ("fi", f"1{NBSP}292", "3,50", f"45{NBSP}%"),
        ("ar", "1,292", "3.50", "45%"),
        ("fa", "۱٬۲۹۲", "۳٫۵۰", "۴۵٪"),
        ("fa-AF", "۱٬۲۹۲", "۳٫۵۰", "۴۵٪"),
    ],
)
def test_numbers_follow_the_language(app, code, whole, decimals, share):
    with use_language(code):
        assert formats.number(1292) == whole
        assert formats.number(3.5, 2) == decimals
        assert formats.percent(0.453).replace("\u200e", "") == share


@pytest.mark.parametrize(
    ("code", "less"),
    [("sv", "−0,2"), ("fi", "−0,2"), ("da", "-0,2"), ("ar", "\u200e-0.2"), ("fa", "\u200e−۰٫۲")],
)
def test_l24_a_minus_is_the_language_s_own(app, code, less):
    with use_language(code):
        assert formats.number(-0.2) == formats.number(-0.2, 1) == less
        assert formats.number(-1000, 1).startswith(less[: less.index("0") if "0" in less else 2])
        assert "0" in formats.normal_digits(formats.number(-0.04, 1))
        assert formats.number(-0.04, 1) == formats.number(0, 1)
    assert spoken.number(-0.2, code) == less


@pytest.mark.parametrize(
    ("code", "one_to_three"),
    [("fa", "۱۲۳"), ("ps", "۱۲۳"), ("ckb", "١٢٣"), ("ar", "123"), ("ur", "123"), ("sv", "123")],
)
def test_l24_digits_follow_the_language(code, one_to_three):
    assert spoken.number(123, code) == one_to_three
    assert spoken.with_local_digits("123", code) == one_to_three


@given(st.floats(-1e15, 1e15), st.integers(0, 4) | st.none())
def test_l24_no_number_mixes_the_digits_of_two_languages(value, places):
    pattern = None if places is None else "#,##0." + "0" * places
    for language in LANGUAGES.values():
        locale = locale_of(language)
        for written in (
            writing.decimal(value, locale, pattern),
            writing.percent(value, locale),
            writing.month_and_year(date(2027, 3, 3), locale),
        ):
            digits = {ord(sign) - unicodedata.decimal(sign) for sign in written if sign.isdecimal()}
            assert len(digits) == 1, (language.code, written)


def test_l24_one_switch_gives_a_language_other_digits(monkeypatch):
    assert writing.number_system(Locale("ps")) == "arabext"
    western = replace(LANGUAGES["ps"], digits="latn")
    monkeypatch.setattr(writing, "language_or_none", lambda _code: western)
    assert writing.number_system(Locale("ps")) == "latn"


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("sv", "3 mars 2027"),
        ("en", "March 3, 2027"),
        ("da", "3. marts 2027"),
        ("fi", "3. maaliskuuta 2027"),
        ("fa", "۳ مارس ۲۰۲۷"),
    ],
)
def test_dates_are_written_with_the_name_of_the_month(app, code, written):
    with use_language(code):
        assert formats.day(date(2027, 3, 3)) == written


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_every_language_can_write_a_date_and_a_number(app, code):
    with use_language(code):
        assert "03/03" not in formats.day(date(2027, 3, 3))
        assert formats.number(1000)
        assert formats.month(date(2027, 3, 3))
        assert len(formats.weekdays()) == 7


def test_l28_months_of_one_language_never_stand_in_another(app):
    found = {}
    for code in ("pt", "he", "sv", "hi", "da", "my", "fi"):
        with use_language(code):
            found[code] = writing.months(locale_of(LANGUAGES[code]))[2]
            assert found[code] in writing.month_and_year(
                date(2027, 3, 3), locale_of(LANGUAGES[code])
            )
    assert len(set(found.values())) == len(found)
    with use_language("fi"):
        assert formats.months()[2] == "maaliskuu"
        assert formats.month(date(2027, 3, 3)) == "maaliskuu 2027"


def test_moments_are_shown_on_the_clock_of_the_place(app):
    late = datetime(2027, 7, 1, 22, 30, tzinfo=UTC)
    with use_language("sv"):
        assert formats.day(late) == "2 juli 2027"
        assert formats.clock(late) == "00:30"
        assert formats.day_of_week(late) == "fredag 2 juli 2027"


def test_weeks_start_on_monday(app):
    with use_language("en"):
        assert formats.weekdays()[0] == "Monday"
        assert formats.months()[0] == "January"


def test_lists_are_joined_in_words(app):
    with use_language("sv"):
        assert formats.listing(["a", "b", "c"]) == "a, b och c"
        assert formats.listing(["a", "b"], "or") == "a eller b"


@pytest.mark.parametrize("code", ["sv", "ar", "fa"])
def test_a_code_is_four_groups_of_latin_digits_everywhere(app, code):
    with use_language(code):
        assert formats.code_groups("4829130755610924") == "4829 1307 5561 0924"


@pytest.mark.parametrize(
    "typed",
    [
        "4829 1307 5561 0924",
        "4829-1307-5561-0924",
        "٤٨٢٩١٣٠٧٥٥٦١٠٩٢٤",
        "۴۸۲۹۱۳۰۷۵۵۶۱۰۹۲۴",
        "\u202a4829\u00a01307\u200f55610924\u202c\ufeff",
        " 4829–1307–5561–0924\n",
    ],
)
def test_a_code_is_read_from_any_keyboard(typed):
    assert formats.normal_digits(typed) == "4829130755610924"


def test_what_is_not_a_digit_is_kept_to_be_refused():
    assert formats.normal_digits("48a9") == "48a9"


def test_controls_are_shown_as_such_and_joiners_stay():
    assert formats.neutralise_controls("a\u202eb\u2067c\x00\x1b\u200e") == "a�b�c���"
    persian = "می\u200cخواهم"
    assert formats.neutralise_controls(persian) == persian
    assert formats.neutralise_controls("क\u094d\u200dष") == "क\u094d\u200dष"
    assert formats.neutralise_controls("a\r\nb\tc") == "a\nb\tc"
