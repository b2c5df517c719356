"""A real server and a real browser for journeys: gunicorn on a free port, headless Chromium."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import (
    Browser,
    Error,
    Page,
    Playwright,
    Request,
    expect,
    sync_playwright,
)

from engage import create_app
from engage.extensions import db, reading_only
from tests.databases import Database, absent, sqlite_database

ROOT = Path(__file__).parent.parent
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 640}
AXE_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "rules": {"target-size": {"enabled": True}},
}


@dataclass
class LiveServer:
    """Gunicorn with two workers on a loopback port, and an app on the same database."""

    url: str
    app: Flask
    database: Database
    process: subprocess.Popen[bytes]

    def workers(self) -> set[int]:
        """Return the process ids of gunicorn's workers."""
        master = self.process.pid
        children = Path(f"/proc/{master}/task/{master}/children").read_text()
        return {int(child) for child in children.split()}

    def renew(self) -> None:
        """Empty the database and replace the workers, so that nothing is remembered."""
        with self.app.app_context():
            db.session.remove()
        old = self.workers()
        self.process.send_signal(signal.SIGHUP)
        wait_until(lambda: self.workers() and not self.workers() & old, "gunicorn renewed itself")
        self.database.clear()


def wait_until(done: Callable[[], object], what: str, seconds: float = 60) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, f"waited {seconds} s in vain: {what}"
        time.sleep(0.02)


def free_port() -> int:
    """Return a loopback port nobody uses."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def answers(url: str) -> bool:
    """Say whether a server answers here."""
    try:
        with urlopen(url, timeout=2) as reply:  # noqa: S310 - our own loopback address
            return bool(reply.status < 500)
    except (URLError, ConnectionError, TimeoutError) as error:
        return hasattr(error, "code") and error.code < 500


def start_server(instance: Path, port: int, **environment: str) -> subprocess.Popen[bytes]:
    """Start gunicorn on an instance folder; the caller stops it."""
    return subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "-b", f"127.0.0.1:{port}"],
        cwd=ROOT,
        env={
            **{k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}},
            "ENGAGE_INSTANCE": str(instance),
            "ENGAGE_BASE_URL": f"http://127.0.0.1:{port}",
            "ENGAGE_GALLERY": "1",
            "WEB_CONCURRENCY": "2",
            **environment,
        },
    )


@pytest.fixture(scope="session")
def _server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    instance = tmp_path_factory.mktemp("instance")
    database = sqlite_database(instance)
    database.make_tables()
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    app = create_app(
        {
            "SQLALCHEMY_DATABASE_URI": str(database.url),
            "INSTANCE_FOLDER": instance,
            "BASE_URL": url,
            "SERVER_NAME": f"127.0.0.1:{port}",
        }
    )
    process = start_server(instance, port)
    try:
        wait_until(lambda: process.poll() is not None or answers(url + "/"), "gunicorn answers")
        assert process.poll() is None, "gunicorn ended at once"
        yield LiveServer(url, app, database, process)
    finally:
        process.terminate()
        process.wait(timeout=30)
        with app.app_context():
            db.engine.dispose()
        database.drop()


@pytest.fixture
def live_server(_server: LiveServer) -> Iterator[LiveServer]:
    """Return a running server on an empty database; `live_server.app` fills it."""
    # A test that looks at what it stored must not keep the server from writing.
    with _server.app.app_context(), reading_only():
        yield _server
        db.session.rollback()
    _server.renew()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Return Playwright, as patient with what is expected of a page as with everything else."""
    expect.set_options(timeout=30_000)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Return headless Chromium: Debian's, else Playwright's own."""
    debian = Path("/usr/bin/chromium")
    try:
        started = playwright.chromium.launch(
            executable_path=debian if debian.exists() else None, args=CHROMIUM_FLAGS
        )
    except Error as error:
        absent(f"no Chromium: {str(error).splitlines()[0]}")
    yield started
    started.close()


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """Return a page on a small phone that fails the test if it reports an error or strays."""
    context = browser.new_context(
        viewport=PHONE, has_touch=True, base_url=live_server.url, service_workers="allow"
    )
    page = context.new_page()
    wrong: list[str] = []

    def note_request(request: Request) -> None:
        if not request.url.startswith((live_server.url, "data:", "blob:")):
            wrong.append(f"asked another host: {request.url}")

    page.on("request", note_request)
    page.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
    page.on(
        "console",
        lambda message: (
            wrong.append(message.text) if "Content Security Policy" in message.text else None
        ),
    )
    yield page
    context.close()
    assert not wrong, "\n".join(wrong)


def axe_problems(page: Page) -> list[str]:
    """Return what axe finds on the page, one line per element.

    It is looked at when nothing moves any more: colours in between are nobody's.
    """
    page.evaluate(
        "Promise.all(document.getAnimations().filter((one) => one.playState === 'running')"
        ".map((one) => one.finished.catch(() => null)))"
    )
    found = Axe().run(page, options=AXE_RULES).response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.fixture
def check_axe() -> Callable[[Page], None]:
    """Return a function that fails when axe finds anything on a page."""

    def check(page: Page) -> None:
        problems = axe_problems(page)
        assert not problems, f"{page.url}:\n" + "\n".join(problems)

    return check
