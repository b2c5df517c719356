"""Wrong receipt codes: counted for each network and for all, and never in the way of a right one.

Counts live in memory under keyed hashes whose key changes each day (P-09, P-22, X-35).
"""

import hashlib
import hmac

from flask import Flask, current_app

from engage.accounts.counters import Counters, counters_at
from engage.accounts.throttle import Limit, network_of

PER_NETWORK = Limit(5, 15 * 60)
PER_INSTANCE = Limit(1000, 24 * 3600)


class CodeThrottle:
    """Counts wrong codes; a code that is right is not counted and not asked for here."""

    def __init__(self, counters: Counters) -> None:
        self._counters = counters

    def note_wrong(self, address: str) -> bool:
        """Count a wrong code and say whether it was one too many."""
        network = network_of(address)
        mine = self._counters.add(self._name(network), PER_NETWORK.seconds)
        everyone = self._counters.add(self._name("all"), PER_INSTANCE.seconds)
        return mine > PER_NETWORK.tries or everyone > PER_INSTANCE.tries

    def _name(self, whose: str) -> str:
        message = f"receipt code\0{whose}".encode("utf-8", "replace")
        return hmac.new(self._counters.secret(), message, hashlib.sha256).hexdigest()


def code_throttle() -> CodeThrottle:
    """Return the throttle of this app."""
    made: CodeThrottle = current_app.extensions["code_throttle"]
    return made


def init_throttle(app: Flask) -> None:
    """Make the counters: in Redis if there is one, else in memory that the workers share."""
    counters = counters_at(app.config["REDIS_URL"], "engage:codes:")
    app.extensions["code_throttle"] = CodeThrottle(counters)
