"""Codes of an authenticator app: RFC 4226 (HOTP) and RFC 6238 (TOTP), six digits, 30 s, SHA-1."""

import base64
import hashlib
import hmac
import secrets
from urllib.parse import quote, urlencode

from engage.accounts.tokens import keyed_hash

PERIOD = 30
DIGITS = 6


def new_seed() -> str:
    """Return what is stored of a new second factor."""
    return secrets.token_hex(20)


def secret_of(key: str, seed: str) -> bytes:
    """Return the shared secret: made of the instance's key too, so a stolen database is no use."""
    return keyed_hash(key, "second factor", seed)[:20]


def hotp(secret: bytes, counter: int, digits: int = DIGITS) -> str:
    """Return the code of one counter (RFC 4226, section 5.3)."""
    digest = hmac.new(secret, counter.to_bytes(8, "big"), hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def matching_step(secret: bytes, code: str, moment: float, last_step: int) -> int | None:
    """Return the time step this code belongs to, or None.

    One step either way is let through for clocks that go wrong (RFC 6238, section 5.2); steps up
    to `last_step` are spent.
    """
    now = int(moment) // PERIOD
    found = None
    for step in (now - 1, now, now + 1):
        if hmac.compare_digest(hotp(secret, step).encode(), code.encode()) and step > last_step:
            found = step
    return found


def setup_key(secret: bytes) -> str:
    """Return the secret as it is typed into an app, in groups of four."""
    text = base64.b32encode(secret).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def setup_address(secret: bytes, account: str, issuer: str) -> str:
    """Return the otpauth address that a QR code holds (Google Authenticator's key format)."""
    label = quote(f"{issuer}:{account}", safe="")
    query = urlencode({"secret": setup_key(secret).replace(" ", ""), "issuer": issuer})
    return f"otpauth://totp/{label}?{query}"
