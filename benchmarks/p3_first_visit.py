"""P3: a first visit on a slow phone: bytes on the wire, requests, and when content stands."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from urllib.request import Request, urlopen

from playwright.sync_api import sync_playwright

from benchmarks.figures import Figure
from benchmarks.servers import WORKERS, Server, environment, serving

_VISITS = 3
_LANGUAGES = ("sv", "en", "da", "fi", "ar", "so", "fa")
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: 1.6 Mbit/s, 150 ms round trip, a processor four times slower (Lighthouse's mobile preset).
_SLOW = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 200_000,
    "uploadThroughput": 93_750,
}
_LCP = """() => new Promise(done => {
  let last = 0
  new PerformanceObserver(list => { for (const e of list.getEntries()) last = e.startTime })
    .observe({type: 'largest-contentful-paint', buffered: true})
  setTimeout(() => done(last), 600)
})"""


@contextmanager
def _visitor() -> Iterator[Any]:
    chromium = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
    path = chromium if Path(chromium).exists() else None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield browser
        browser.close()


def _visit(browser: Any, server: Server, paths: list[str]) -> tuple[int, int, float]:
    """Open the pages as a newcomer; return bytes, requests and the latest LCP in ms."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, is_mobile=True)
    page = context.new_page()
    protocol = context.new_cdp_session(page)
    protocol.send("Network.enable")
    protocol.send("Network.emulateNetworkConditions", _SLOW)
    protocol.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    sizes: list[int] = []
    protocol.on("Network.loadingFinished", lambda one: sizes.append(int(one["encodedDataLength"])))
    slowest = 0.0
    for path in paths:
        page.goto(f"{server.address}{path}", wait_until="load")
        slowest = max(slowest, page.evaluate(_LCP))
    context.close()
    return sum(sizes), len(sizes), slowest


def _warm(server: Server, path: str) -> None:
    """Let every worker make the page: only the first visitor of a day waits for that."""
    for _ in range(4 * WORKERS):
        asked = Request(f"{server.address}{path}", headers={"Accept-Encoding": "br"})
        urlopen(asked, timeout=30).read()


def measure(instance: Path) -> list[Figure]:
    """Visit each page of the way to the questions as the first one, in every language."""
    heaviest, most, latest = (0, ""), 0, 0.0
    with serving("wsgi:app", environment(instance)) as server, _visitor() as browser:
        for language in _LANGUAGES:
            start = f"/{language}/r/backby-2026"
            for path in ("/r/backby-2026", start, f"{start}/answer"):
                _warm(server, path)
                visits = [_visit(browser, server, [path]) for _ in range(_VISITS)]
                heaviest = max(heaviest, (max(size for size, _, _ in visits), path))
                most = max(most, *(requests for _, requests, _ in visits))
                latest = max(latest, median(painted for _, _, painted in visits) / 1000)
    told = f"{heaviest[0] / 1024:.1f} KB ({heaviest[1]}), {most} requests"
    fits = heaviest[0] <= 30 * 1024 and most <= 5
    return [
        Figure("P3", "Heaviest first visit in 7 languages", told, "≤ 30 KB, ≤ 5 requests", fits),
        Figure("P3", "Largest content stands after", f"{latest:.2f} s", "≤ 1 s", latest <= 1),
    ]
