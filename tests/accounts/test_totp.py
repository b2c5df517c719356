"""Codes of an authenticator: the vectors of the RFCs, and what is let through (X-16)."""

import pytest

from engage.accounts.totp import (
    hotp,
    matching_step,
    new_seed,
    secret_of,
    setup_address,
    setup_key,
)

SECRET = b"12345678901234567890"
#: RFC 4226, appendix D.
HOTP = {
    0: "755224",
    1: "287082",
    2: "359152",
    3: "969429",
    4: "338314",
    5: "254676",
    6: "287922",
    7: "162583",
    8: "399871",
    9: "520489",
}
#: RFC 6238, appendix B, the column of SHA-1.
TOTP = {
    59: "94287082",
    1111111109: "07081804",
    1111111111: "14050471",
    1234567890: "89005924",
    2000000000: "69279037",
    20000000000: "65353130",
}


@pytest.mark.parametrize(("counter", "code"), HOTP.items())
def test_hotp_is_that_of_rfc_4226(counter, code):
    assert hotp(SECRET, counter) == code


@pytest.mark.parametrize(("moment", "code"), TOTP.items())
def test_totp_is_that_of_rfc_6238(moment, code):
    assert hotp(SECRET, moment // 30, digits=8) == code


def test_a_code_is_let_through_one_step_early_and_late_and_no_more():
    now = 1_800_000_000
    step = now // 30
    for away in range(-3, 4):
        found = matching_step(SECRET, hotp(SECRET, step + away), now, 0)
        assert found == (step + away if abs(away) <= 1 else None)


def test_a_code_already_used_is_refused_and_so_is_an_older_one():
    now = 1_800_000_000
    step = now // 30
    assert matching_step(SECRET, hotp(SECRET, step), now, step) is None
    assert matching_step(SECRET, hotp(SECRET, step - 1), now, step) is None
    assert matching_step(SECRET, hotp(SECRET, step + 1), now, step) == step + 1


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "é23456"])
def test_what_is_no_code_fits_nothing(code):
    assert matching_step(SECRET, code, 1_800_000_000, 0) is None


def test_the_secret_needs_both_the_row_and_the_key():
    seed = new_seed()
    assert secret_of("one key", seed) != secret_of("another key", seed)
    assert secret_of("one key", seed) != secret_of("one key", new_seed())
    assert len(secret_of("one key", seed)) == 20


def test_an_app_can_read_the_address():
    assert setup_key(SECRET).startswith("GEZD GNBV")
    assert setup_address(SECRET, "a@example.org", "Engage") == (
        "otpauth://totp/Engage%3Aa%40example.org"
        "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Engage"
    )
