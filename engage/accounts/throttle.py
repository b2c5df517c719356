"""How often a sign-in may be tried: counted in memory under keyed hashes, never on disk."""

import hashlib
import hmac
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from flask import Flask

from engage.accounts.counters import Counters, counters_at

_DAY = 24 * 3600


@dataclass(frozen=True)
class Limit:
    """So many tries within so many seconds of the first."""

    tries: int
    seconds: int


#: One account from one network.
PER_ACCOUNT_AND_NETWORK = Limit(5, 15 * 60)
#: One network, whatever the account: a town hall with many people behind one address fits in.
PER_NETWORK = Limit(60, 15 * 60)
#: One account from anywhere; after that each network has one try an hour, so that a stranger who
#: guesses at a named account slows down, and its owner is never shut out for longer.
PER_ACCOUNT = Limit(10, _DAY)
PER_NETWORK_WHEN_SLOW = Limit(1, 3600)


class Limits:
    """Counts what somebody does under names that nobody can read back."""

    def __init__(self, counters: Counters) -> None:
        self._counters = counters

    def _fits(self, limit: Limit, *parts: str) -> bool:
        return self._counters.add(self._name(*parts), limit.seconds) <= limit.tries

    def _name(self, *parts: str) -> str:
        message = "\0".join(parts).encode("utf-8", "replace")
        return hmac.new(self._counters.secret(), message, hashlib.sha256).hexdigest()


class Throttle(Limits):
    """Lets a sign-in be tried, or not; who and from where are known to it only as hashes."""

    def admits(self, account: str, address: str) -> bool:
        """Count a try and say whether it may go on.

        It is counted before the password is looked at, so that a hundred at once get no more.
        """
        network = network_of(address)
        if not self._fits(PER_ACCOUNT_AND_NETWORK, "pair", account, network):
            return False
        if not self._fits(PER_NETWORK, "network", network):
            return False
        if self._fits(PER_ACCOUNT, "account", account):
            return True
        return self._fits(PER_NETWORK_WHEN_SLOW, "slow", account, network)

    def forgive(self, account: str, address: str) -> None:
        """Take back the try that turned out right, and the person's own wrong ones before it."""
        network = network_of(address)
        pair = self._name("pair", account, network)
        own = self._counters.add(pair, PER_ACCOUNT_AND_NETWORK.seconds, 0)
        self._counters.clear(pair)
        self._counters.clear(self._name("slow", account, network))
        self._counters.add(self._name("network", network), PER_NETWORK.seconds, -own)
        self._counters.add(self._name("account", account), PER_ACCOUNT.seconds, -own)


def network_of(address: str) -> str:
    """Return the network an address belongs to: an IPv6 home has a whole /64 of them."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        return parsed.ipv4_mapped.compressed if parsed.ipv4_mapped else parsed.exploded[:19]
    return parsed.compressed


def throttle_of(app: Flask) -> Throttle:
    """Return the throttle of sign-ins; counted in Redis where several machines share it."""
    made: Throttle = app.extensions["engage_sign_in_throttle"]
    return made


def init_throttle(app: Flask) -> None:
    """Make the counters: in Redis if there is one, else in memory."""
    app.extensions["engage_sign_in_throttle"] = Throttle(counters_at(app.config["REDIS_URL"]))
