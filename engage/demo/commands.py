"""`engage demo`: loads the example once and tells where to look."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app

from engage.communities.queries import community_by_slug
from engage.demo.mapping import CLOSED, OPEN, make_mapping
from engage.demo.neighbourhood import SLUG, make_neighbourhood, make_staff
from engage.extensions import db


@click.command()
def demo() -> None:
    """Load the example neighbourhood, unless it is there, and print addresses and sign-ins."""
    if community_by_slug(SLUG) is None:
        click.echo("Loading the example (all people and answers in it are made up) …")
        now = datetime.now(UTC)
        community = make_neighbourhood(now)
        passwords = make_staff(community, now)
        make_mapping(community, now)
        _keep(passwords)
        db.session.commit()
    _tell(str(current_app.config["BASE_URL"]))


def _file() -> Path:
    return Path(current_app.config["INSTANCE_FOLDER"]) / "demo-sign-ins.json"


def _keep(passwords: dict[str, str]) -> None:
    """Keep the made-up passwords where only this account reads them, to print them again."""
    descriptor = os.open(_file(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(passwords, file)


def _tell(base: str) -> None:
    click.echo("\nThe example is ready. Everyone and every answer in it is made up.\n")
    for what, address in (
        ("Front page", "/sv/"),
        ("Answer (address of the poster)", f"/r/{OPEN}"),
        ("The same in Arabic", f"/ar/r/{OPEN}"),
        ("See, change or delete with a code", "/sv/code"),
        ("Sign in", "/sv/sign-in"),
        ("Results for everybody", f"/sv/r/{CLOSED}/results"),
        ("Results of the closed round", f"/sv/c/{SLUG}/rounds/{CLOSED}/results"),
    ):
        click.echo(f"  {what:<36}{base}{address}")
    if _file().exists():
        click.echo("\nSign-ins (unless you changed them):")
        for email, password in json.loads(_file().read_text(encoding="utf-8")).items():
            click.echo(f"  {email:<36}{password}")
    click.echo("")
