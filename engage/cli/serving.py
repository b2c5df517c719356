"""`engage serve` and `engage worker`: the web server and the background jobs."""

import logging
import os
import signal
import subprocess
import sys
import time
from types import FrameType

import click
import structlog
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from engage.cli.installation import unsafe_settings
from engage.jobs import Jobs


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--workers", type=click.IntRange(1), help="Web processes; else by number of cores.")
@click.option("--worker", "with_jobs", is_flag=True, help="Do the background jobs as well.")
@with_appcontext
def serve(host: str, port: int, workers: int | None, with_jobs: bool) -> None:
    """Migrate the database, then serve with gunicorn until stopped."""
    if problems := unsafe_settings(current_app.config):
        raise click.ClickException("not started: " + "; ".join(problems))
    upgrade()
    command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py"]
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    command += ["--bind", address]
    if workers:
        command += ["--workers", str(workers)]
    click.echo(
        f"Engage is {current_app.config['BASE_URL']}; it listens on {address}. Ctrl+C stops it."
    )
    sys.stdout.flush()
    os.chdir(current_app.config["ROOT_FOLDER"])
    if with_jobs:
        sys.exit(_run_together([command, [sys.executable, "-m", "engage.cli", "worker"]]))
    os.execv(sys.executable, command)  # noqa: S606 - this process becomes the server


@click.command()
@click.option("--threads", default=1, show_default=True, help="Jobs done at the same time.")
@with_appcontext
def worker(threads: int) -> None:
    """Do background jobs until stopped."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.INFO))
    jobs: Jobs = current_app.extensions["jobs"]
    consumer = jobs.create_consumer(workers=threads, max_delay=1.0, graceful_signal="TERM")
    click.echo("Engage does background jobs.")
    consumer.run()


def _run_together(commands: list[list[str]]) -> int:
    """Run the commands until one ends or we are told to stop; then stop them all."""
    processes = [subprocess.Popen(command) for command in commands]  # noqa: S603 - our own commands
    stopping = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopping and all(process.poll() is None for process in processes):
        time.sleep(0.2)
    failed = not stopping
    for process in processes:
        process.terminate()
    for process in processes:
        process.wait()
    return 1 if failed else 0
