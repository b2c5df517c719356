"""Random tokens, and the hashes under which they are kept."""

import hashlib
import hmac
import secrets
import string

#: No letter that is easily taken for another or for a digit.
_CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_BASE62 = string.digits + string.ascii_letters


def new_token() -> str:
    """Return 256 random bits for a session or a link."""
    return secrets.token_urlsafe(32)


def new_api_token() -> str:
    """Return a token for programs: 43 random letters and digits, which are 256 bits.

    It begins with `engage_`, so that those who look for leaked secrets can find it.
    """
    return "engage_" + "".join(secrets.choice(_BASE62) for _ in range(43))


def token_hash(token: str) -> str:
    """Return what is stored of a random token; with 256 bits a plain hash cannot be guessed."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def new_recovery_code() -> str:
    """Return a code of sixteen letters and digits in groups of four (79 bits)."""
    letters = "".join(secrets.choice(_CODE_LETTERS) for _ in range(16))
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def plain_code(typed: str) -> str:
    """Return a typed recovery code without its groups and in lower case."""
    return "".join(letter for letter in typed.lower() if letter in _CODE_LETTERS)


def keyed_hash(key: str, purpose: str, value: str) -> bytes:
    """Return the HMAC of a value; `purpose` keeps two uses of one key apart."""
    message = f"{purpose}\0{value}".encode("utf-8", "replace")
    return hmac.new(key.encode(), message, hashlib.sha256).digest()
