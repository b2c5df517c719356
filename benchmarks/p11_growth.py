"""P11: what a page and a send cost where a thousand answers are stored, and where many are."""

import secrets
import time
from itertools import cycle
from pathlib import Path
from statistics import median

from flask.testing import FlaskClient

from benchmarks.answers import SIZES, document, make_open_round
from benchmarks.figures import Figure
from benchmarks.rounds import app_of, forms

_SMALL, _TIMES, _MOST = 1_000, 300, 1.2


def _page(client: FlaskClient, slug: str) -> float:
    start = time.perf_counter()
    answer = client.get(f"/sv/r/{slug}/answer")
    assert answer.status_code == 200, answer.status_code
    return time.perf_counter() - start


def _send(client: FlaskClient, slug: str, body: bytes) -> float:
    start = time.perf_counter()
    answer = client.post(
        f"/sv/r/{slug}/answer?k={secrets.token_hex(16)}",
        data=body,
        content_type="application/x-www-form-urlencoded",
        headers={"Accept": "application/json", "Origin": "http://localhost"},
    )
    assert answer.status_code == 200, answer.status_code
    return time.perf_counter() - start


def measure(instance: Path) -> list[Figure]:
    """Ask the small and the large round in turn, in one process without a network."""
    sizes = (_SMALL, max(SIZES))
    slugs = [f"bench-p11-{size}" for size in sizes]
    versions = [make_open_round(instance, *one) for one in zip(slugs, sizes, strict=True)]
    bodies = [cycle(forms(instance, document(), version, 50)[0]) for version in versions]
    client = app_of(instance).test_client()
    pages: list[list[float]] = [[], []]
    sends: list[list[float]] = [[], []]
    for _ in range(_TIMES):
        for at, slug in enumerate(slugs):
            pages[at].append(_page(client, slug))
            sends[at].append(_send(client, slug, next(bodies[at])))
    between = f"where {sizes[1]:,} answers are stored against {sizes[0]:,}"
    return [
        _figure(f"Questionnaire page {between}", pages),
        _figure(f"A send, safe on disk, {between}", sends),
    ]


def _figure(what: str, took: list[list[float]]) -> Figure:
    small, large = (median(values) * 1000 for values in took)
    told = f"{large / small:.2f} × ({large:.2f} ms against {small:.2f} ms)"
    return Figure("P11", what, told, f"≤ {_MOST} ×", large / small <= _MOST)
