"""Which passwords are taken, and how they are kept (X-16)."""

import pytest

from engage.accounts.passwords import (
    Weakness,
    hash_password,
    is_outdated,
    is_right,
    weakness_of,
)

EMAIL, NAME = "karin.dahl@example.org", "Karin Dahl"


@pytest.mark.parametrize(
    "password",
    [
        "nine green kettles sing",
        "åäö ملح خبز ፀሐይ",
        "7391640285716",
        " spaces at both ends ",
        "x" * 20 + "abcdefgh" * 60,
        "🌳🌲🌴🌵🌿🍀🍁🍂🍃🌾🌻🌼",
    ],
)
def test_any_characters_make_a_password(password):
    assert weakness_of(password, EMAIL, NAME) is None


@pytest.mark.parametrize(
    ("password", "weakness"),
    [
        ("eleven char", Weakness.TOO_SHORT),
        ("long enough " * 100, Weakness.TOO_LONG),
        ("password1234", Weakness.COMMON),
        ("P@ssw0rd2027!", Weakness.COMMON),
        ("Sommar2027!!!", Weakness.COMMON),
        ("qwertyuiopåäö", Weakness.COMMON),
        ("correct horse battery staple", Weakness.COMMON),
        ("aaaaaaaaaaaaa", Weakness.COMMON),
        ("121212121212", Weakness.COMMON),
        ("abcdefghijklmn", Weakness.COMMON),
        ("Karin.Dahl2027", Weakness.PERSONAL),
        ("karindahl1234", Weakness.PERSONAL),
        ("Engage202720", Weakness.PERSONAL),
    ],
)
def test_what_is_guessed_first_is_not_taken(password, weakness):
    assert weakness_of(password, EMAIL, NAME) is weakness


def test_a_password_is_kept_as_argon2id_and_recognised():
    stored = hash_password("nine green kettles sing")
    assert stored.startswith("$argon2id$")
    assert is_right(stored, "nine green kettles sing")
    assert not is_right(stored, "nine green kettles Sing")
    assert not is_outdated(stored)


def test_the_same_letters_from_another_keyboard_are_the_same_password():
    assert is_right(hash_password("caf\u00e9 and other words"), "cafe\u0301 and other words")


@pytest.mark.parametrize("stored", [None, "", "not a hash"])
def test_nothing_fits_an_account_without_password(stored):
    assert not is_right(stored, "")
    assert not is_right(stored, "nobody has this password")
