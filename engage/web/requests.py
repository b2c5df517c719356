"""One line and one count per request: which page, how it went, how long it took; never who."""

import os
import time
from functools import cache

import structlog
from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess

log = structlog.get_logger("request")
registry = CollectorRegistry()
_COUNT = Counter("engage_requests", "Requests", ["page", "status"], registry=registry)
_SECONDS = Histogram("engage_request_seconds", "Time to answer", ["page"], registry=registry)
#: Asked for again and again, or moments of somebody's answer, which are written down nowhere
#: (P-02): counted, but no line unless they fail.
_QUIET = frozenset({"static", "web.healthz", "web.readyz", "web.metrics", "landing.begin"}) | {
    "answering.send",
    "receipts.receipt",
    "receipts.finish",
    "codes.see",
    "codes.change",
    "codes.download",
    "codes.delete",
}


@cache
def _counter(page: str, status: int) -> Counter:
    return _COUNT.labels(page, status)


@cache
def _histogram(page: str) -> Histogram:
    return _SECONDS.labels(page)


def count(page: str, status: int) -> None:
    """Count one answer."""
    _counter(page, status).inc()


def note(page: str, status: int, seconds: float) -> None:
    """Count one answer and how long it took."""
    count(page, status)
    _histogram(page).observe(seconds)


def _start_clock() -> None:
    g.started = time.perf_counter()


def _note(response: Response) -> Response:
    page = request.endpoint or "none"
    seconds = time.perf_counter() - g.get("started", time.perf_counter())
    status = response.status_code
    note(page, status, seconds)
    if status >= 400 or not (page in _QUIET or g.get("same_for_all")):
        log.info(
            "request", page=page, method=request.method, status=status, ms=round(seconds * 1000, 1)
        )
    return response


def all_metrics() -> bytes:
    """Return the counts in Prometheus' text form, of all workers where they share a folder."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(registry)
    together = CollectorRegistry()
    multiprocess.MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return generate_latest(together)


def init_requests(app: Flask) -> None:
    """Time every request; registered first, so that its clock starts first and stops last."""
    app.before_request_funcs.setdefault(None, []).insert(0, _start_clock)
    app.after_request(_note)
