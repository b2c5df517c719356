"""P-35: number plates of four countries are found in what people write; amounts left alone."""

from random import Random

import pytest

from engage.responses.identity import marks_in

NUMBER = 220
#: Letters that plates of a country have.
_SE, _DK, _FI = "ABCDEFGHJKLMNOPRSTUWXYZ", "ABCDEHJKLMNPRSTUVXYZ", "ABCEFGHIJKLMNORSTUVXYZ"
_ABOUT_CARS = {
    "SE": ("bilen {} står där", "regnr {} kör fort", "Registreringsnummer: {}", "bil {}"),
    "DK": ("bilen {} holder der", "reg nr {}", "nummerplade {}", "bil {}"),
    "FI": ("auto {} seisoo pihalla", "rekisteri {}", "rekisterinumero: {}", "auton {}"),
    "NO": ("bilen {} står der", "kjennemerke {}", "skiltet {}", "regnr {}"),
}
_ANYWHERE = ("{} kör för fort här.", "Det var {}!", "({})", "السيارة {} هنا", "{}")
#: Amounts, times, streets, rooms, buses, places and abbreviations, as people there write them.
_HARMLESS = {
    "SE": (
        "{a} kr i månaden", "buss {b} kl {c}.30", "SEK {a}", "BMW 320 på {b}:an", "rum {a}",
        "Bäckbygatan {b} A", "hus {a}, våning {c}", "722 {b} Västerås", "E{b} mot stan",
        "TV{c} och P{b}", "max {a} kg", "par {a}", "den {c} maj 20{b}", "lägenhet 1{a}", "EU 20{b}",
    ),
    "DK": (
        "{a} kr om måneden", "bus {b}A kl. {c}.30", "DKK {a}00", "DK 5{a}", "stue {b}",
        "Vestergade {b}, {c}. tv", "hus {a}", "{a}00 Aarhus", "max {a} kg", "TV2 og P{b}",
        "kr. {a}00", "fra 20{b} til 2030", "nr. {a}", "{b} m2", "ca. {a} meter",
    ),
    "FI": (
        "{a} euroa kuussa", "linja {b} klo {c}.30", "EUR {a}", "FI {a}00", "huone {a}",
        "Kuja {b} B {c}", "talo {a}", "00{b}0 Helsinki", "max {a} kg", "TV{c}", "EU-{b}",
        "vuonna 20{b}", "nro {a}", "{b} m2", "noin {a} metriä",
    ),
    "NO": (
        "{a} kr i måneden", "buss {b} kl. {c}.30", "NOK {a}00", "NO 0{a}", "rom {a}",
        "Storgata {b} B", "hus {a}", "0{a} Oslo", "maks {a} kg", "TV2 og P{b}",
        "kr {a}00", "fra 20{b} til 2030", "nr. {a}", "{b} m2", "ca. {a} meter",
    ),
}  # fmt: skip
countries = pytest.mark.parametrize("country", ["SE", "DK", "FI", "NO"])


def _letters(chance, alphabet, number):
    while True:
        made = "".join(chance.choices(alphabet, k=number))
        # Letters that mean something else before a number are given to no car in these tests.
        if made not in {"SEK", "DKK", "BMW", "SAS", "KR", "NR", "SE", "DK", "TV", "EU", "PAR"}:
            return made


def plate(chance, country):
    """Return letters and digits of a plate, and what stands between them on it."""
    if country == "SE":
        last = chance.choice("0123456789ABCDEFGHJKLMNPRSTUWXYZ")
        return _letters(chance, _SE, 3), f"{chance.randrange(100):02d}{last}", " "
    if country == "FI":
        letters = _letters(chance, _FI, chance.choice((2, 3, 3, 3)))
        return letters, str(chance.randrange(1, 1000)), "-"
    digits = f"{chance.randrange(10_000, 100_000)}"
    spaced = f"{digits[:2]} {digits[2:]}" if country == "DK" else digits
    return _letters(chance, _DK, 2), chance.choice((digits, spaced)), " "


def dressed(chance, country):
    """Return a sentence with a plate as people type it, and the plate as it stands there."""
    letters, digits, between = plate(chance, country)
    official = f"{letters}{between}{digits}"
    joined = f"{letters}{digits.replace(' ', '')}"
    if country == "FI":
        joined = official
    dress = chance.randrange(5)
    if dress < 2:
        written = official
    elif dress == 2:
        written = joined
    elif dress == 3 and (country != "FI" or len(letters) + len(digits) == 6):
        written = chance.choice((joined.lower(), joined.capitalize()))
    else:
        written = official.lower()
        return chance.choice(_ABOUT_CARS[country]).format(written), written
    return chance.choice((*_ANYWHERE, *_ABOUT_CARS[country])).format(written), written


@countries
def test_plates_are_found_as_people_type_them(country):
    chance = Random(country)
    missed = []
    for _ in range(NUMBER):
        text, written = dressed(chance, country)
        if not any(written in text[one.start : one.end] for one in marks_in(text, country)):
            missed.append(text)
    assert len(missed) <= NUMBER * 0.02, missed[:9]


@countries
def test_amounts_streets_and_rooms_are_no_plates(country):
    chance = Random(country)
    false = []
    for number in range(NUMBER * 2):
        told = {
            "a": chance.randrange(100, 1000),
            "b": chance.randrange(10, 99),
            "c": number % 9 + 1,
        }
        text = chance.choice(_HARMLESS[country]).format(**told)
        false += [text for one in marks_in(text, country) if one.kind == "plate"]
    assert len(false) <= NUMBER * 2 * 0.02, sorted(set(false))[:9]


@pytest.mark.parametrize(
    "text", ["TV" * 30_000, "ABC " * 20_000, "A1" * 30_000, "bil " * 20_000, "reg" * 20_000]
)
def test_strange_texts_are_searched_without_harm(text):
    assert isinstance(marks_in(f"{text} 1", "NO"), list)
