"""One person's visit: its random key and how they came, carried by the address; its receipt."""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import regex
from flask import current_app, request
from werkzeug.wrappers import Response

from engage.responses.actions.submitting import known_channel
from engage.web.preferences import cookie_name, forget, remember

_KEY = regex.compile(r"[A-Za-z0-9_-]{16,64}", regex.ASCII)
_MINUTE = regex.compile(r"[1-5]?[0-9]", regex.ASCII)
_RECEIPT = "receipt"


@dataclass(frozen=True)
class Visit:
    """The key that makes a send count once, the channel, and whether the phone is borrowed."""

    key: str
    channel: str
    is_borrowed: bool
    #: The minute of the hour in which it was begun: enough to know how long answering takes.
    began: int | None = None

    @property
    def query(self) -> dict[str, Any]:
        """Return the visit as it stands in an address."""
        values = {"k": self.key, "c": self.channel}
        if self.began is not None:
            values["t"] = str(self.began)
        return {**values, "b": "1"} if self.is_borrowed else values


def new_visit(channel: str, *, is_borrowed: bool = False, began: int | None = None) -> Visit:
    """Return a visit with a key of 128 random bits; a kiosk is always someone else's."""
    channel = known_channel(channel)
    return Visit(secrets.token_urlsafe(16), channel, is_borrowed or channel == "kiosk", began)


def visit_at_hand(key_of_form: str = "") -> Visit:
    """Return the visit that this request belongs to; one without a key gets a key."""
    return visit_of(request.args, key_of_form)


def visit_of(arguments: Mapping[str, str], key_of_form: str = "") -> Visit:
    """Return the visit that an address belongs to; one without a key gets a key."""
    minute = arguments.get("t", "")
    began = int(minute) if _MINUTE.fullmatch(minute) else None
    found = new_visit(arguments.get("c", ""), is_borrowed=arguments.get("b") == "1", began=began)
    keys = (arguments.get("k", ""), key_of_form)
    key = next((key for key in keys if _KEY.fullmatch(key)), None)
    return replace(found, key=key) if key else found


def keep_receipt(response: Response, slug: str, visit: Visit) -> None:
    """Let this browser open the receipt until it is closed: the visit in a cookie, signed."""
    value = ".".join((slug, visit.key, visit.channel, "1" if visit.is_borrowed else "0"))
    remember(response, _RECEIPT, f"{value}.{_signature(value)}", max_age=None)


def kept_receipt(slug: str) -> Visit | None:
    """Return the visit whose answers this browser sent to a round last, or None."""
    value, _point, signature = request.cookies.get(cookie_name(_RECEIPT), "").rpartition(".")
    if not secrets.compare_digest(signature.encode(), _signature(value).encode()):
        return None
    name, key, channel, borrowed = value.split(".")
    return Visit(key, channel, borrowed == "1") if name == slug else None


def drop_receipt(response: Response) -> None:
    """Forget the receipt."""
    forget(response, _RECEIPT)


def _signature(value: str) -> str:
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(secret, b"receipt cookie\0" + value.encode(), "sha256").hexdigest()
