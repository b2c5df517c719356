"""Dates and times: any digits in, ISO of their precision kept, months by name out."""

import pytest

from engage.questionnaires import spoken
from engage.questionnaires.dates import first_day, say_date
from engage.questionnaires.question_types.base import AnswerError
from tests.questionnaires.question_types.samples import Sample

DAY = {"day": ["3"], "month": ["2"], "year": ["2024"]}


def complaint(settings, fields, kind="date"):
    with pytest.raises(AnswerError) as refused:
        Sample(kind, settings).read(fields)
    return str(refused.value.message)


@pytest.mark.parametrize(
    ("settings", "fields", "said"),
    [
        ({}, {**DAY, "year": [""]}, "Write the day, the month and the year"),
        ({"precision": "month"}, {"month": ["2"]}, "Write the month and the year"),
        ({}, {**DAY, "year": ["24"]}, "Write the year with four digits, for example 1984"),
        ({}, {**DAY, "month": ["feb"]}, "Choose a month"),
        ({}, {**DAY, "day": ["31"]}, "This month has no such day. Check the day and the month"),
        ({}, {**DAY, "day": ["0"]}, "This month has no such day. Check the day and the month"),
        ({"earliest": "2024-02-04"}, DAY, "Write a date that is not before February 4, 2024"),
        ({"latest": "2024-02-02"}, DAY, "Write a date that is not after February 2, 2024"),
        (
            {"not_later_than_today": True},
            {**DAY, "year": ["2028"]},
            "Write a date that is not in the future",
        ),
    ],
)
def test_what_to_do_is_said(settings, fields, said):
    assert complaint(settings, fields) == said


def test_today_is_not_in_the_future():
    today = {"day": ["31"], "month": ["3"], "year": ["2027"]}
    assert Sample("date", {"not_later_than_today": True}).read(today) == "2027-03-31"
    this_month = Sample("date", {"precision": "month", "not_later_than_today": True})
    assert this_month.read({"month": ["3"], "year": ["2027"]}) == "2027-03"


@pytest.mark.parametrize(
    ("iso", "language", "told"),
    [
        ("2027-03-31", "sv", "31 mars 2027"),
        ("2027-03-31", "fa", "۳۱ مارس ۲۰۲۷"),
        ("2027-03", "fi", "maaliskuu 2027"),
        ("2027-03", "ar", "مارس 2027"),
        ("2027", "fa", "۲۰۲۷"),
        ("2027", "xx", "2027"),
    ],
)
def test_l_28_dates_are_told_with_the_name_of_the_month(iso, language, told):
    assert say_date(iso, language) == told


def test_months_of_one_language_never_stand_in_another():
    languages = ["pt", "he", "sv", "hi", "da", "my", "fi"]
    found = {language: spoken.months(language)[2] for language in languages}
    assert found["pt"] == "março"
    assert found["he"] == "מרץ"
    assert found["sv"] == "mars"
    assert found["da"] == "marts"
    assert len(set(found.values())) == len(found)
    assert all(len(spoken.months(language)) == 12 for language in languages)


@pytest.mark.parametrize(
    ("precision", "kind", "cell"),
    [("day", "date", "2024-02-03"), ("month", "text", "2024-02"), ("year", "integer", 2024)],
)
def test_a_column_is_as_precise_as_the_question(precision, kind, cell):
    sample = Sample("date", {"precision": precision})
    value = sample.read(DAY)
    assert sample.kind.columns(sample.question, sample.document)[0].kind == kind
    assert sample.kind.cells(sample.question, sample.document, value) == [cell]


def test_the_first_day_stands_for_what_is_less_precise():
    assert first_day("2024").isoformat() == "2024-01-01"
    assert first_day("2024-02").isoformat() == "2024-02-01"


def test_bounds_that_cannot_be_are_a_problem():
    sample = Sample("date", {"earliest": "2027-01-02", "latest": "2027-01-01"})
    assert len(sample.kind.problems(sample.question, sample.document)) == 1


@pytest.mark.parametrize(
    "typed", ["14:30", "14.30", "14:30:59", "14:30:00.000", "١٤:٣٠", "\u200f14:30"]
)
def test_a_time_is_read_however_it_is_written(typed):
    assert Sample("time").read({"": [typed]}) == "14:30"


def test_a_moment_is_told_with_its_time():
    sample = Sample("datetime")
    told = sample.kind.text(sample.question, sample.document, "2027-03-31T14:30", "sv")
    assert told == "31 mars 2027 14:30"
    assert sample.kind.text(sample.question, sample.document, "2027-03-31", "sv") == "2027-03-31"
