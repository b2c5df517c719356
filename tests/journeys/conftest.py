"""What journeys share: the example served by gunicorn, and visitors that notice what is wrong."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Request

from engage import create_app
from engage.extensions import db
from tests.browsers import PHONE, ROOT, answers, axe_problems, free_port, start_server, wait_until

#: The open round of the example, which hands out codes.
SLUG = "backby-2026"
#: Sends that are refused on purpose have a status that Chromium writes to its console.
_EXPECTED = ("Failed to load resource", "net::ERR_")


@dataclass
class Served:
    """A running server with an app on the same database."""

    url: str
    instance: Path
    app: Flask
    sign_ins: dict[str, str] = field(default_factory=dict)


@dataclass
class Visitor:
    """One browser context that keeps a list of everything that should not happen."""

    context: BrowserContext
    url: str
    page: Page
    wrong: list[str]
    has_script: bool
    _devtools: CDPSession | None = None

    def go(self, address: str) -> None:
        """Open an address of the server."""
        self.page.goto(self.url + address)

    def let_scripts_run(self, on: bool) -> None:
        """Let the pages run scripts or not; those of a page that is loaded already stay asleep."""
        if self._devtools is None:
            self._devtools = self.context.new_cdp_session(self.page)
        self._devtools.send("Emulation.setScriptExecutionDisabled", {"value": not on})

    def check(self, dark: bool = False) -> None:
        """Look for what axe and a ruler find on the page as it is now, in the dark too."""
        self.page.wait_for_load_state()
        self.let_scripts_run(True)
        found = axe_problems(self.page)
        if dark:
            self.page.emulate_media(color_scheme="dark")
            found += [f"in the dark: {one}" for one in axe_problems(self.page)]
            self.page.emulate_media(color_scheme="light")
        if self.page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
            found.append("it scrolls sideways")
        self.let_scripts_run(self.has_script)
        heading = self.page.locator("h1:visible, h2:visible").first.inner_text()
        self.wrong += [f"{self.page.url} “{heading}”: {one}" for one in found]


def command_environment(instance: Path, url: str) -> dict[str, str]:
    """Return the environment in which an `engage` command works on an instance folder."""
    kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
    return {**kept, "ENGAGE_INSTANCE": str(instance), "ENGAGE_BASE_URL": url}


def engage(instance: Path, url: str, *words: str) -> str:
    """Run an `engage` command on an instance folder."""
    done = subprocess.run(
        [sys.executable, "-m", "engage.cli", *words],
        cwd=ROOT,
        env=command_environment(instance, url),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def serve(instance: Path, *commands: tuple[str, ...]) -> Iterator[Served]:
    """Migrate an empty instance folder, run commands on it, and serve it until it is let go."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    for words in (("db", "upgrade"), *commands):
        engage(instance, url, *words)
    app = create_app(
        {
            "INSTANCE_FOLDER": instance,
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{instance / 'engage.sqlite'}",
            "BASE_URL": url,
            "REDIS_URL": "",
        }
    )
    process = start_server(instance, port)
    try:
        wait_until(lambda: process.poll() is not None or answers(url + "/"), "gunicorn answers")
        assert process.poll() is None, "gunicorn ended at once"
        file = instance / "demo-sign-ins.json"
        sign_ins = json.loads(file.read_text("utf-8")) if file.exists() else {}
        yield Served(url, instance, app, sign_ins)
    finally:
        process.terminate()
        process.wait(timeout=30)
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return the example, loaded and served as `make demo` does it; journeys share it."""
    yield from serve(tmp_path_factory.mktemp("demo"), ("demo",))


@pytest.fixture(scope="session")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a served installation with nothing in it."""
    yield from serve(tmp_path_factory.mktemp("scratch"))


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Return a function that makes visitors; the test fails if one met anything wrong."""
    made: list[Visitor] = []

    def come(served: Served, script: bool = True, **options: Any) -> Visitor:
        settings = {"viewport": PHONE, "has_touch": True, **options}
        context = browser.new_context(**settings)
        context.set_default_timeout(60_000)
        page = context.new_page()
        visitor = Visitor(context, served.url, page, [], script)
        visitor.let_scripts_run(script)
        _listen(visitor)
        made.append(visitor)
        return visitor

    yield come
    for visitor in made:
        visitor.context.close()
    wrong = [one for visitor in made for one in visitor.wrong]
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def _listen(visitor: Visitor) -> None:
    host = urlsplit(visitor.url).netloc

    def ask(request: Request) -> None:
        if request.url.startswith("http") and urlsplit(request.url).netloc != host:
            visitor.wrong.append(f"asked another host: {request.url}")

    visitor.context.on("request", ask)
    visitor.page.on("pageerror", lambda error: visitor.wrong.append(f"script error: {error}"))
    visitor.page.on(
        "console",
        lambda message: (
            visitor.wrong.append(f"console: {message.text}")
            if message.type == "error" and not any(one in message.text for one in _EXPECTED)
            else None
        ),
    )
