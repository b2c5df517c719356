"""What people type: texts that can be kept, numbers as written in any country."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage import web
from engage.questionnaires.typed import (
    characters_over,
    fit_text,
    one_line,
    plain_number,
    readings_of_number,
    typed_integer,
)

SCRIPTS = Path(web.__file__).parent / "scripts" / "answer"
VECTORS = json.loads((Path(__file__).parent.parent / "vectors" / "numbers.json").read_text("utf-8"))
ON_THE_PHONE = """async (vectors) => {
  const { readings } = await import("/static/alone/15-numbers.js");
  return vectors.map((vector) => readings(vector.typed, vector.decimals));
}"""


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: repr(v["typed"]))
def test_a_number_is_read_as_people_mean_it(vector):
    means = [Decimal(number) for number in vector["means"]]
    assert list(readings_of_number(vector["typed"], vector["decimals"])) == means


@pytest.mark.sqlite_only
def test_the_phone_reads_every_number_alike(phone):
    # They are served as pieces of answer.js only.
    phone.route(
        "**/static/alone/*.js",
        lambda route: route.fulfill(
            body=(SCRIPTS / route.request.url.split("/")[-1]).read_text("utf-8"),
            content_type="text/javascript; charset=utf-8",
        ),
    )
    phone.goto("/healthz")
    read = phone.evaluate(ON_THE_PHONE, VECTORS)
    means = [[float(number) for number in vector["means"]] for vector in VECTORS]
    wrong = [
        f"{vector['typed']!r} gave {got}"
        for vector, want, got in zip(VECTORS, means, read, strict=True)
        if got != want
    ]
    assert wrong == []


@given(st.integers(-(10**14), 10**14) | st.floats(-(10**9), 10**9).map(lambda n: round(n, 8)))
def test_a_number_written_by_us_is_read_back_as_it_was(number):
    readings = readings_of_number(plain_number(number), 10)
    assert [type(number)(reading) for reading in readings] == [number]


@given(st.text() | st.text(st.characters(categories=["Cs", "Cc", "Cf", "Cn"])))
def test_any_text_can_be_kept_and_stays_as_it_was_kept(typed):
    kept = fit_text(typed)
    kept.encode()
    assert "\0" not in kept
    assert fit_text(kept) == kept
    assert not (typed.strip() and not kept)


def test_z_03_what_cannot_be_kept_is_seen():
    assert fit_text("a\0b\ud800c\x1bd\uffff") == "a\ufffdb\ufffdc\ufffdd\ufffd"


def test_ways_to_end_lines_become_one():
    assert fit_text("a\r\nb\rc\x0bd\u2028e\x85f") == "a\nb\nc\nd\ne\nf"
    assert one_line("a\nb\t\n c") == "a b  c"


def test_joiners_and_marks_of_scripts_stay():
    persian = "می\u200cخواهم ⁦abc⁩ 👨‍👩‍👧"
    assert fit_text(persian) == persian


@pytest.mark.parametrize(
    ("text", "most", "over"),
    [
        ("", 0, 0),
        ("abc", 3, 0),
        ("abcd", 3, 1),
        ("👨‍👩‍👧‍👦" * 3, 3, 0),
        ("e\u0301" * 4, 3, 1),
        ("क्षि" * 2, 1, 1),
        ("x" * 1000, 3, 997),
    ],
)
def test_characters_are_counted_as_people_count_them(text, most, over):
    assert characters_over(text, most) == over


def test_one_letter_with_a_thousand_accents_is_not_one_character():
    assert characters_over("a" + "\u0301" * 1000, 5) > 0


@pytest.mark.parametrize(
    ("typed", "number"),
    [("7", 7), (" ٠٧ ", 7), ("۲۰۲۴", 2024), ("\u200f3", 3), ("", None), ("-1", None)],
)
def test_days_and_years_are_read_in_any_digits(typed, number):
    assert typed_integer(typed) == number


@pytest.mark.parametrize("typed", ["20245", "1.0", "x", "²", "1" * 5000])
def test_what_is_no_day_or_year_is_none(typed):
    assert typed_integer(typed) is None
