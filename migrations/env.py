"""Run the migrations on the database of the app, one process at a time, whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from alembic import context
from alembic.runtime.migration import MigrationInfo
from flask import current_app
from sqlalchemy import Connection, Enum, text
from sqlalchemy.types import TypeDecorator

migrate = current_app.extensions["migrate"]
#: Any number; it names the lock that keeps two nodes from migrating PostgreSQL at once.
LOCK = 7_316_001


def skip_empty(_context: object, _revision: object, directives: list) -> None:
    """Write no migration when the models changed nothing."""
    wanted = getattr(context.config.cmd_opts, "autogenerate", False)
    if wanted and directives[0].upgrade_ops.is_empty():
        directives[:] = []
        click.echo("The models and the database already agree.")


def plain_type(kind: str, item: object, _context: object) -> str | bool:
    """Write database types, so that a migration still runs when the app's own have moved on."""
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


def say(step: MigrationInfo, **_details: object) -> None:
    """Tell each migration as it is done."""
    direction = "Changed the tables" if step.is_upgrade else "Undid"
    click.echo(f"{direction}: {(step.up_revision or step.down_revisions[0]).doc}")


@contextmanager
def without_foreign_keys(connection: Connection) -> Iterator[None]:
    """SQLite makes tables anew; dropping the old copy must not delete what refers to it."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def run(connection: Connection) -> None:
    """Run all migrations in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=migrate.db.metadata,
        transactional_ddl=True,
        render_item=plain_type,
        on_version_apply=say,
        **{"process_revision_directives": skip_empty, **migrate.configure_args},
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            if broken:
                raise RuntimeError(f"Rows would refer to nothing: {broken[:5]}")


if context.is_offline_mode():
    raise SystemExit("Migrations run on a database; there is no offline mode.")
with migrate.db.engine.connect() as open_connection, without_foreign_keys(open_connection):
    run(open_connection)
