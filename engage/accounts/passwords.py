"""Passwords: which are good enough, and how they are kept (argon2id)."""

import unicodedata
from enum import StrEnum
from functools import cache
from importlib import resources
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MINIMUM = 12
MAXIMUM = 1024

#: OWASP's password storage advice for argon2id, one step above its minimum.
_hasher = PasswordHasher(time_cost=2, memory_cost=46 * 1024, parallelism=1)


class Weakness(StrEnum):
    """Why a password is not taken."""

    TOO_SHORT = "too short"
    TOO_LONG = "too long"
    COMMON = "common"
    PERSONAL = "personal"


def weakness_of(password: str, email: str, name: str) -> Weakness | None:
    """Return why this password is not good enough for this person, or None if it is."""
    if len(password) < MINIMUM:
        return Weakness.TOO_SHORT
    if len(password) > MAXIMUM:
        return Weakness.TOO_LONG
    core = _core(password)
    if core in _common() or len(set(password.casefold())) < 5 or _is_run(core):
        return Weakness.COMMON
    if core in _own_words(email, name):
        return Weakness.PERSONAL
    return None


def hash_password(password: str) -> str:
    """Return what is stored of a password."""
    return _hasher.hash(_normal(password))


def is_right(stored: str | None, password: str) -> bool:
    """Say whether this is the password; takes the same time when there is none to compare."""
    try:
        fits = _hasher.verify(stored or _stand_in(), _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return fits and bool(stored)


def is_outdated(stored: str) -> bool:
    """Say whether the password was hashed with other settings than today's."""
    return _hasher.check_needs_rehash(stored)


def _normal(password: str) -> bytes:
    """Return the bytes of a password, the same from every keyboard."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def _core(password: str) -> str:
    """Return a password without what people hang on to a common word: case, digits, signs."""
    plain = unicodedata.normalize("NFKC", password).casefold()
    return "".join(plain.rstrip("0123456789!?.,-_*#@+").split()) or plain


def _is_run(core: str) -> bool:
    """Say whether each character follows the one before: abcdef, 654321."""
    steps = {ord(after) - ord(before) for before, after in pairwise(core)}
    return steps in ({1}, {-1})


def _own_words(email: str, name: str) -> set[str]:
    """Return the words that anyone who knows the person would try first."""
    mailbox = email.partition("@")[0]
    joined = "".join(name.split())
    words = {mailbox, email, joined, "engage", *name.split(), mailbox + joined, mailbox * 2}
    return {word.casefold() for word in words if word}


@cache
def _common() -> frozenset[str]:
    """Return the bundled common passwords, reduced to their core."""
    text = resources.files(__package__).joinpath("common_passwords.txt").read_text("utf-8")
    lines = (line.strip() for line in text.splitlines())
    return frozenset(_core(line) for line in lines if line and not line.startswith("#"))


@cache
def _stand_in() -> str:
    """Return the hash that is compared for accounts that do not exist."""
    return _hasher.hash(b"nobody has this password")
