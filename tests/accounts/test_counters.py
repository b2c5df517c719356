"""Counts that processes share and that nobody can read: in memory, and in Redis (P-22)."""

import os
import signal
from pathlib import Path

import pytest
import redis

from engage.accounts.counters import RedisCounters, SharedCounters
from engage.accounts.throttle import Throttle


class Clock:
    now = 5.0

    def __call__(self):
        return self.now


@pytest.fixture(params=["memory", "redis"])
def counters(request):
    if request.param == "memory":
        yield SharedCounters()
        return
    client = redis.Redis.from_url(request.getfixturevalue("redis_url"))
    client.flushdb()
    yield RedisCounters(client)
    client.flushdb()
    client.close()


def test_counts_go_up_down_and_away(counters):
    assert [counters.add("a", 60), counters.add("a", 60), counters.add("b", 60)] == [1, 2, 1]
    assert counters.add("a", 60, -1) == 1
    counters.clear("a")
    assert counters.add("a", 60) == 1


def test_a_count_is_never_below_zero(counters):
    assert counters.add("a", 60, -1) == 0


def test_the_key_stays_for_a_while(counters):
    assert counters.secret() == counters.secret()
    assert len(counters.secret()) == 32


def test_redis_forgets_by_itself(redis_url):
    client = redis.Redis.from_url(redis_url)
    RedisCounters(client, "t:").add("a", 900)
    RedisCounters(client, "t:").secret()
    assert 0 < client.ttl("t:a") <= 900
    assert 0 < client.ttl("t:secret") <= 24 * 3600
    client.flushdb()
    client.close()


def test_a_count_ends_after_its_time_and_the_key_after_a_day():
    clock = Clock()
    counters = SharedCounters(clock)
    first = counters.secret()
    counters.add("a", 60)
    clock.now += 59
    assert counters.add("a", 60) == 2
    clock.now += 2
    assert counters.add("a", 60) == 1
    clock.now += 24 * 3600
    assert counters.secret() != first


def test_forked_processes_count_together_even_if_one_is_killed():
    counters = SharedCounters()
    for _ in range(3):
        child = os.fork()
        if not child:
            for _ in range(100):
                counters.add("a", 60)
            os.kill(os.getpid(), signal.SIGKILL)
        os.waitpid(child, 0)
    assert counters.add("a", 60) == 301


def test_a_flood_of_names_costs_no_more_memory_and_keeps_new_counts():
    counters = SharedCounters()
    size = len(counters._memory)
    for number in range(80_000):
        counters.add(f"name {number}", 60)
    assert len(counters._memory) == size
    assert counters.add("name 79999", 60) == 2


def test_neither_account_nor_address_is_readable_in_the_memory():
    counters = SharedCounters()
    Throttle(counters).admits("person@example.org", "203.0.113.77")
    memory = bytes(counters._memory)
    assert b"person" not in memory
    assert b"203.0.113.77" not in memory


def test_nothing_is_written_to_a_file():
    counters = SharedCounters()
    Throttle(counters).admits("person@example.org", "203.0.113.77")
    assert os.fstat(counters._lock_file).st_size == 0
    assert not Path(f"/proc/self/fd/{counters._lock_file}").readlink().exists()
