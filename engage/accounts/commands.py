"""Accounts and the audit log on the command line."""

from datetime import UTC, datetime

import click
from flask import current_app, url_for

from engage.accounts.actions.users import disable_user, enable_user, make_password_link
from engage.accounts.audit import verify
from engage.accounts.models import User
from engage.accounts.queries import all_users, user_by_email
from engage.extensions import db


@click.group()
def user() -> None:
    """Look after the accounts of people who work here."""


@click.group()
def audit() -> None:
    """Look after the log of who changed what."""


@user.command("list")
def list_users() -> None:
    """List every account."""
    for one in all_users():
        marks = [
            word
            for word, is_true in (
                ("administrator", one.is_admin),
                ("second factor", one.has_second_factor),
                ("no password yet", one.password_hash is None),
                ("disabled", not one.is_active),
            )
            if is_true
        ]
        click.echo("\t".join([one.email, one.name, ", ".join(marks)]).rstrip())


@user.command("disable")
@click.argument("email")
def disable(email: str) -> None:
    """Stop somebody from signing in, at once and on every device."""
    disable_user(_account(email), who=None, now=datetime.now(UTC))
    db.session.commit()
    click.echo(f"{email} cannot sign in any more.")


@user.command("enable")
@click.argument("email")
def enable(email: str) -> None:
    """Let a disabled person sign in again."""
    enable_user(_account(email), who=None, now=datetime.now(UTC))
    db.session.commit()
    click.echo(f"{email} can sign in again.")


@user.command("link")
@click.argument("email")
def link(email: str) -> None:
    """Print a link with which somebody chooses a new password, once, within three days."""
    account = _account(email)
    token = make_password_link(account, who=None, now=datetime.now(UTC))
    db.session.commit()
    with current_app.test_request_context(base_url=current_app.config["BASE_URL"]):
        click.echo(
            url_for(
                "accounts.choose_password", token=token, language=account.language, _external=True
            )
        )


@audit.command("verify")
def verify_log() -> None:
    """Check that no entry of the log was changed, taken out or cut off."""
    verdict = verify()
    if verdict.problem:
        raise click.ClickException(verdict.problem)
    click.echo(f"{verdict.entries} entries, unbroken. The end is {verdict.head}")


def _account(email: str) -> User:
    found = user_by_email(email)
    if found is None:
        raise click.ClickException(f"There is no account {email}.")
    return found
