"""`engage check`: is this installation healthy and safe?"""

import os
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import click
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import text

from engage.extensions import db
from engage.i18n.languages import LANGUAGES

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
EXAMPLE_KEYS = {"secret", "change-me", "changeme", "dev", "development", "example"}
#: Less than this free, and an answer may not find room on the disk.
LEAST_FREE_BYTES = 500 * 1024 * 1024


@dataclass(frozen=True)
class Finding:
    """One line of the report."""

    state: Literal["ok", "warning", "failed"]
    words: str


def unsafe_settings(config: Mapping[str, Any]) -> list[str]:
    """Say what must be set right before anybody is served."""
    problems = []
    key = str(config["SECRET_KEY"])
    if len(key.encode()) < 32 or key.lower() in EXAMPLE_KEYS:
        problems.append("SECRET_KEY needs at least 32 random bytes")
    if config["DEBUG"]:
        problems.append("debug mode is on")
    address = urlsplit(config["BASE_URL"])
    if address.scheme != "https" and address.hostname not in LOOPBACK:
        problems.append(f"ENGAGE_BASE_URL is {config['BASE_URL']}, but must begin with https://")
    unknown = [code for code in config["LANGUAGES"] if code not in LANGUAGES]
    if unknown:
        problems.append(f"ENGAGE_LANGUAGES names unknown languages: {', '.join(unknown)}")
    if config["DEFAULT_LANGUAGE"] not in config["LANGUAGES"]:
        problems.append("ENGAGE_DEFAULT_LANGUAGE is not among ENGAGE_LANGUAGES")
    if config["TIME_ZONE"] not in available_timezones():
        problems.append(f"ENGAGE_TIME_ZONE is unknown: {config['TIME_ZONE']}")
    return problems


def _settings() -> Iterator[Finding]:
    problems = unsafe_settings(current_app.config)
    yield from (Finding("failed", problem) for problem in problems)
    if not problems:
        yield Finding("ok", "settings are safe")
    if urlsplit(current_app.config["BASE_URL"]).hostname in LOOPBACK:
        yield Finding("warning", "ENGAGE_BASE_URL is on this machine: only it can reach the pages")


def _folder() -> Iterator[Finding]:
    folder: Path = current_app.config["INSTANCE_FOLDER"]
    if not os.access(folder, os.W_OK):
        yield Finding("failed", f"{folder} cannot be written")
        return
    for path in (folder / "secret_key", folder / "engage.sqlite", folder / "jobs.sqlite"):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield Finding("failed", f"{path} can be read by others: chmod 600 it")
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE_BYTES:
        yield Finding("failed", f"only {free // 1024**2} MB are free in {folder}")
    yield Finding("ok", f"{folder} can be written, {free // 1024**3} GB are free")


def _database() -> Iterator[Finding]:
    with db.engine.connect() as connection:
        applied = set(MigrationContext.configure(connection).get_current_heads())
        kind = connection.dialect.name
        if kind == "sqlite":
            verdict = connection.execute(text("PRAGMA quick_check(1)")).scalar_one()
            if verdict != "ok":
                yield Finding("failed", f"the database file is damaged: {verdict}")
            if connection.execute(text("PRAGMA foreign_key_check")).first():
                yield Finding("failed", "rows of the database refer to rows that are gone")
    newest = set(ScriptDirectory(str(current_app.config["ROOT_FOLDER"] / "migrations")).get_heads())
    if applied == newest:
        yield Finding("ok", f"the database ({kind}) answers and is up to date")
    else:
        yield Finding("failed", f"the database ({kind}) is not up to date: engage db upgrade")


def _redis() -> Iterator[Finding]:
    if current_app.config["REDIS_URL"]:
        current_app.extensions["jobs"].storage.conn.ping()
        yield Finding("ok", "Redis answers")


def _catalogues() -> Iterator[Finding]:
    folder: Path = current_app.config["ROOT_FOLDER"] / "translations"
    missing = [
        str(source.relative_to(folder))
        for source in sorted(folder.glob("*/LC_MESSAGES/*.po"))
        if not source.with_suffix(".mo").exists()
    ]
    if missing:
        yield Finding("failed", f"not compiled (make install): {', '.join(missing)}")
    else:
        yield Finding("ok", "the catalogues are compiled")


PARTS: tuple[Callable[[], Iterator[Finding]], ...] = (
    _settings,
    _folder,
    _database,
    _redis,
    _catalogues,
)


def examine() -> list[Finding]:
    """Look at every part; one that cannot even be looked at has failed."""
    findings: list[Finding] = []
    for part in PARTS:
        try:
            findings.extend(part())
        except Exception as error:
            # Whatever the reason: what cannot be looked at is not known to be healthy.
            reason = next(iter(str(error).strip().splitlines()), type(error).__name__)
            findings.append(Finding("failed", f"{part.__name__.strip('_')}: {reason}"))
    return findings


@click.command()
@with_appcontext
def check() -> None:
    """Say whether this installation is healthy and safe; exit 1 if it is not."""
    findings = examine()
    for finding in findings:
        click.echo(f"{finding.state:8} {finding.words}")
    if any(finding.state == "failed" for finding in findings):
        raise click.ClickException("this installation needs attention")
