"""Receipt codes of code mode: worked out from the key of a visit, kept only as a keyed hash."""

import hashlib
import hmac

import regex

from engage.i18n.formats import normal_digits

DIGITS = 16
#: Cost of guessing, and of each look-up: about 20 ms and 8 MB.
_SCRYPT = {"n": 2**13, "r": 8, "p": 1, "dklen": 32}
#: Sixteen digits in a row, in whatever groups: what a code looks like inside a text.
_LIKE_A_CODE = regex.compile(r"(?<!\d)\d(?:[\s\-–·.]{0,3}\d){15}(?!\d)")


def _keyed(secret: str, purpose: bytes, message: bytes) -> bytes:
    return hmac.digest(secret.encode(), purpose + b"\0" + message, hashlib.sha256)


def receipt_code(secret: str, key: str) -> str:
    """Return the 16 digits of a visit: the same send always gets the same receipt."""
    number = int.from_bytes(_keyed(secret, b"receipt", key.encode()), "big")
    return str(number % 10**DIGITS).zfill(DIGITS)


def code_hash(secret: str, code: str) -> bytes:
    """Return what is stored of a code; without the instance's secret it cannot be guessed at."""
    salt = _keyed(secret, b"receipt salt", b"")
    return hashlib.scrypt(code.encode(), salt=salt, **_SCRYPT)


def key_hash(secret: str, key: str) -> bytes:
    """Return what is stored of a visit's key."""
    return _keyed(secret, b"submission", key.encode())


def content_mac(key: str, content: str) -> bytes:
    """Return a mark of what was sent, keyed with the visit's key, which is stored nowhere."""
    return hmac.digest(key.encode(), content.encode(), hashlib.sha256)


def typed_code(typed: str) -> str:
    """Return the digits of a code as typed: any digits, with spaces; empty if it is no code."""
    digits = normal_digits(typed)
    return digits if len(digits) == DIGITS and digits.isascii() and digits.isdigit() else ""


def looks_like_a_code(text: str) -> bool:
    """Say whether a text has something like a receipt code in it."""
    return _LIKE_A_CODE.search(text) is not None
