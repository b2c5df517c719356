"""The `engage` command: what the rooms add, and what serves and looks after an installation."""

import logging
import os
import sys

import click
import structlog
from flask import Flask
from flask.cli import FlaskGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from engage import create_app
from engage.cli.installation import check
from engage.cli.serving import serve, worker


def _make_app() -> Flask:
    """Return the app; what its rooms added with `app.cli.add_command` are commands of `engage`.

    A command tells a person what it did; the lines for a log would only stand between that.
    """
    app = create_app()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    return app


#: A room adds its commands itself: `app.cli.add_command(group)` in its `init_app`.
engage = FlaskGroup(
    name="engage",
    create_app=_make_app,
    add_default_commands=False,
    add_version_option=False,
    load_dotenv=False,
    set_debug_flag=False,
    help="Look after an installation of Engage. Its settings come from the environment.",
)
engage.params = []
engage.add_command(check)
engage.add_command(serve)
engage.add_command(worker)


def main() -> None:
    """Run one command; a failure is one clear line and a non-zero exit."""
    # What an installation keeps (answers, keys) is for its own account alone to read.
    os.umask(0o077)
    try:
        engage.main(prog_name="engage")
    except (OperationalError, ProgrammingError) as error:
        reason = str(error.orig).strip().splitlines()[0]
        click.echo(f"Error: the database refused: {reason} (try `engage db upgrade`)", err=True)
        sys.exit(1)
