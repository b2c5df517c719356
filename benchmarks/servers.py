"""A scratch installation with the example, served by gunicorn as in production; and bare Flask."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2


def environment(instance: Path, **more: str) -> dict[str, str]:
    """Return the environment of a scratch installation."""
    return {**os.environ, "ENGAGE_INSTANCE": str(instance), "PYTHONPATH": str(ROOT), **more}


@contextmanager
def installation() -> Iterator[Path]:
    """Yield an instance folder with a migrated database and the example; removed afterwards."""
    instance = Path(tempfile.mkdtemp(prefix="engage-bench-"))
    try:
        for command in (["db", "upgrade"], ["demo"]):
            run(instance, *command)
        yield instance
    finally:
        shutil.rmtree(instance, ignore_errors=True)


def run(instance: Path, *command: str) -> None:
    """Run one `engage` command of the scratch installation."""
    subprocess.run(
        [sys.executable, "-m", "engage.cli", *command],
        cwd=ROOT,
        env=environment(instance),
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def free_port() -> int:
    """Return a loopback port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _ticks(pid: int, which: slice) -> list[int]:
    """Return fields of what the system says of a process, counted after its name."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return [int(field) for field in fields[which]]


class Server:
    """gunicorn with two synchronous workers; knows how much processor time they have used."""

    def __init__(self, app: str, env: dict[str, str]) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        env = {**env, "WEB_CONCURRENCY": str(WORKERS), "ENGAGE_BASE_URL": self.address}
        command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py"]
        command += ["--bind", f"127.0.0.1:{self.port}", app]
        self.process = subprocess.Popen(command, cwd=ROOT, env=env)
        self._wait()

    def _wait(self) -> None:
        for _ in range(150):
            try:
                urlopen(f"{self.address}/healthz", timeout=1).read()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"{self.address} did not start")

    def cpu_seconds(self) -> float:
        """Return the processor time of the workers so far, of those that were renewed too."""
        own, ended = slice(11, 13), slice(13, 15)
        ticks = sum(_ticks(self.process.pid, ended))
        ticks += sum(sum(_ticks(pid, own)) for pid in self._workers())
        return ticks / os.sysconf("SC_CLK_TCK")

    def _workers(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def stop(self) -> None:
        """Stop it and wait for its end."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)


@contextmanager
def serving(app: str, env: dict[str, str]) -> Iterator[Server]:
    """Serve an app for as long as the block lasts."""
    server = Server(app, env)
    try:
        yield server
    finally:
        server.stop()
