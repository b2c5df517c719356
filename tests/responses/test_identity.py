"""P-35: what may tell who somebody is, found in free text; recall first, few false alarms."""

from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from stdnum import luhn
from stdnum.fi import hetu

from engage.responses.identity import marks_in

NUMBER = 220
SENTENCES = (
    "Jag heter något och mitt nummer är {}.",
    "{} det är jag",
    "skriv till mig ({}), tack!",
    "nr:{}",
    "رقمي هو {} شكرا",
    "Numeroni on {} kiitos",
)


def days(chance):
    return date(1930, 1, 1) + timedelta(days=chance.randrange(33_000))


def swedish(chance):
    day = days(chance)
    shift = 60 if chance.random() < 0.2 else 0
    plain = f"{day:%y%m}{day.day + shift:02d}{chance.randrange(1000):03d}"
    plain += luhn.calc_check_digit(plain)
    century = f"{day:%Y}"[:2] if chance.random() < 0.5 else ""
    between = chance.choice(["-", "+", "", " ", " - ", "–"])
    return f"{century}{plain[:6]}{between}{plain[6:]}"


def danish(chance):
    day = days(chance)
    return f"{day:%d%m%y}{chance.choice(['-', '', ' '])}{chance.randrange(10000):04d}"


def finnish(chance):
    day = days(chance)
    sign = "-" if day.year < 2000 else "A"
    head = f"{day:%d%m%y}"
    individual = f"{chance.randrange(2, 900):03d}"
    made = f"{head}{sign}{individual}{hetu._calc_checksum(head + individual)}"
    return made.lower() if chance.random() < 0.3 else made


def canadian(chance):
    plain = f"{chance.choice('1234567')}{chance.randrange(10**7):07d}"
    plain += luhn.calc_check_digit(plain)
    between = chance.choice(["-", " ", ""])
    return between.join((plain[:3], plain[3:6], plain[6:]))


@pytest.mark.parametrize("make", [swedish, danish, finnish, canadian])
def test_identity_numbers_are_found_in_any_dress(make):
    chance = Random(make.__name__)
    missed = []
    for number in range(NUMBER):
        written = make(chance)
        text = SENTENCES[number % len(SENTENCES)].format(written)
        if not any(written in text[mark.start : mark.end] for mark in marks_in(text)):
            missed.append(text)
    assert len(missed) <= NUMBER * 0.01, missed[:5]


def test_digits_of_other_scripts_hide_nothing():
    eastern = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    persian = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
    chance = Random(1)
    for digits in (eastern, persian):
        for _ in range(50):
            written = swedish(chance).translate(digits)
            assert marks_in(f"رقم {written}"), written


def harmless(chance):
    made = (
        f"{chance.randrange(1, 32)} barn, {chance.randrange(1, 90)} år",
        f"buss {chance.randrange(1, 99)} kl {chance.randrange(6, 23)}.{chance.choice('13')}5",
        f"år {chance.randrange(1950, 2030)}–{chance.randrange(2030, 2060)}",
        f"{chance.randrange(1, 999)} 000 kr i månaden",
        f"722 {chance.randrange(10, 99)} Västerås",
        f"Bäckbygatan {chance.randrange(1, 200)} {chance.choice('ABC')}",
        f"den {chance.randrange(1, 29)}/{chance.randrange(1, 13)}",
        f"{chance.randrange(1, 99)},{chance.randrange(10, 99)} procent",
        "Mer ljus på vägen hem. Fler bänkar och träd, tack!",
        f"lägenhet {chance.randrange(1000, 1999)}",
    )
    return chance.choice(made)


def test_what_people_write_about_a_neighbourhood_is_left_alone():
    chance = Random(2)
    false = [text for text in (harmless(chance) for _ in range(NUMBER * 4)) if marks_in(text)]
    assert len(false) <= NUMBER * 4 * 0.02, sorted(set(false))[:10]


@pytest.mark.parametrize(
    ("text", "country", "found"),
    [
        ("Ring 070-123 45 67!", "SE", "070-123 45 67"),
        ("Ring +46 70 123 45 67", "SE", "+46 70 123 45 67"),
        ("+45 32 12 34 56", "SE", "+45 32 12 34 56"),
        ("ring 32 12 34 56 nu", "DK", "32 12 34 56"),
        ("call 604-555-2368", "CA", "604-555-2368"),
        ("soita 040 123 4567", "FI", "040 123 4567"),
        ("mejla Anna.Andersson@example.se.", "SE", "Anna.Andersson@example.se"),
        ("a+b@sub.example.co.uk", "SE", "a+b@sub.example.co.uk"),
        ("https://example.org/user/anna?x=1", "SE", "https://example.org/user/anna?x=1"),
        ("se www.facebook.com/anna", "SE", "www.facebook.com/anna"),
    ],
)
def test_phone_numbers_and_addresses_are_found(text, country, found):
    [mark] = marks_in(text, country)
    assert text[mark.start : mark.end].strip(".") == found


def test_marks_come_in_order_and_never_overlap():
    text = "19880320-0016 a@b.se 070-123 45 67 " * 20
    marks = marks_in(text)
    assert len(marks) == 60
    assert all(one.end <= other.start for one, other in pairwise(marks))


@pytest.mark.parametrize("text", ["", "1" * 50_000, "1 " * 30_000, "a@" * 30_000, "1-" * 30_000])
def test_strange_texts_are_searched_without_harm(text):
    assert isinstance(marks_in(text), list)
