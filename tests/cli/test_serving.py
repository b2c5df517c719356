"""The `engage` command as it is typed: it serves, does jobs, refuses what is unsafe, and stops."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

import pytest

from engage import create_app
from engage.extensions import db
from tests.browsers import ROOT, answers, free_port, wait_until
from tests.factories.communities import make_community
from tests.results.rounds import make_answered_round


@pytest.fixture
def environment(tmp_path):
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("ENGAGE_", "DATABASE", "REDIS"))
    }
    return {**kept, "ENGAGE_INSTANCE": str(tmp_path / "instance")}


def _engage(environment, *words):
    return subprocess.run(
        [sys.executable, "-m", "engage.cli", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_every_command_has_help(environment):
    listed = _engage(environment, "--help")
    assert listed.returncode == 0
    for command in ("check", "db", "serve", "worker"):
        assert command in listed.stdout


def test_serving_refuses_unsafe_settings_in_one_line(environment):
    environment["ENGAGE_BASE_URL"] = "http://engage.example.org"
    refused = _engage(environment, "serve", "--port", str(free_port()))
    assert refused.returncode == 1
    assert refused.stderr.startswith("Error: not started: ENGAGE_BASE_URL")
    assert len(refused.stderr.strip().splitlines()) == 1


def test_a_database_that_does_not_answer_is_one_line(environment):
    environment["DATABASE_URL"] = "postgresql+psycopg://127.0.0.1:1/nothing"
    refused = _engage(environment, "db", "upgrade")
    assert refused.returncode == 1
    assert refused.stderr.startswith("Error: the database refused:")
    assert len(refused.stderr.strip().splitlines()) == 1


@pytest.fixture
def results(environment):
    """Return the address of results for everybody, for which a worker has to count."""
    assert _engage(environment, "db", "upgrade").returncode == 0
    instance = Path(environment["ENGAGE_INSTANCE"])
    database = f"sqlite:///{instance / 'engage.sqlite'}"
    app = create_app({"INSTANCE_FOLDER": instance, "SQLALCHEMY_DATABASE_URI": database})
    with app.app_context():
        closed = datetime.now(UTC) - timedelta(days=1)
        told = {"slug": "told", "public_questions": ["mood"], "closes_at": closed}
        make_answered_round(make_community(), **told)
        db.session.remove()
        db.engine.dispose()
    return "/sv/r/told/results"


@pytest.mark.parametrize("together", [["--worker"], []])
@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_and_stops_when_told(environment, together, signal_number, results, tmp_path):
    port = free_port()
    environment["ENGAGE_BASE_URL"] = f"http://127.0.0.1:{port}"
    with (tmp_path / "said").open("w") as said:
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "engage.cli",
                "serve",
                "--workers=1",
                f"--port={port}",
                *together,
            ],
            cwd=ROOT,
            env=environment,
            stdout=said,
            stderr=said,
        )
    try:
        wait_until(lambda: answers(f"http://127.0.0.1:{port}/"), "the server answers")
        with urlopen(f"http://127.0.0.1:{port}{results}", timeout=60) as page:
            assert b'id="q-mood"' in page.read()
        server.send_signal(signal_number)
        assert server.wait(timeout=60) == 0
    finally:
        server.kill()
        server.wait()
    assert not answers(f"http://127.0.0.1:{port}/")
    told = (tmp_path / "said").read_text()
    assert not [word for word in ("Traceback", "terminate", "SIGABRT", "SIGKILL") if word in told]
    mode = (tmp_path / "instance" / "engage.sqlite").stat().st_mode
    assert mode & 0o077 == 0, "others can read the database"
