"""How much a program may ask: per token, and per network for tokens that open nothing.

Counts live in memory under keyed hashes, for an hour at most (P-22).
"""

from flask import Flask, current_app

from engage.accounts.counters import counters_at
from engage.accounts.throttle import Limit, Limits, network_of

#: Asking every second how far an export is fits in.
PER_TOKEN = Limit(120, 60)
#: Making a file is work.
EXPORTS_PER_TOKEN = Limit(30, 3600)
#: Wrong tokens of one network; a right one is never counted here.
WRONG_PER_NETWORK = Limit(30, 15 * 60)


class ApiThrottle(Limits):
    """Says after how many seconds a program may come again, 0 where it need not wait."""

    def wait_after_request(self, hashed: str) -> int:
        """Count a request with the token of this hash."""
        return self._wait(PER_TOKEN, "request", hashed)

    def wait_after_export(self, hashed: str) -> int:
        """Count an export asked for with the token of this hash."""
        return self._wait(EXPORTS_PER_TOKEN, "export", hashed)

    def wait_after_wrong(self, address: str) -> int:
        """Count a request without a token that works."""
        return self._wait(WRONG_PER_NETWORK, "wrong", network_of(address))

    def _wait(self, limit: Limit, *parts: str) -> int:
        return 0 if self._fits(limit, *parts) else limit.seconds


def api_throttle() -> ApiThrottle:
    """Return the throttle of this app."""
    made: ApiThrottle = current_app.extensions["engage_api_throttle"]
    return made


def init_throttle(app: Flask) -> None:
    """Make the counters: in Redis if there is one, else in memory that the workers share."""
    counters = counters_at(app.config["REDIS_URL"], "engage:api:")
    app.extensions["engage_api_throttle"] = ApiThrottle(counters)
