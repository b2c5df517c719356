"""Is this installation well: the process answers, the database takes writes, the disk has room."""

import shutil
from pathlib import Path

import structlog
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from engage.extensions import db

log = structlog.get_logger("health")
#: The share of the disk that must be free.
LEAST_ROOM = 0.1


def database_takes_writes() -> bool:
    """Write to the database and take it back; the table of versions is in every database."""
    try:
        with db.engine.connect() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = version_num"))
            connection.rollback()
    except SQLAlchemyError as error:
        log.error("database does not take writes", error=type(error).__name__)
        return False
    return True


def migrations_are_current() -> bool:
    """Compare the database's version with the newest migration."""
    folder = Path(current_app.config["ROOT_FOLDER"]) / "migrations"
    heads = set(ScriptDirectory(str(folder)).get_heads())
    try:
        with db.engine.connect() as connection:
            found = set(MigrationContext.configure(connection).get_current_heads())
    except SQLAlchemyError as error:
        log.error("database does not answer", error=type(error).__name__)
        return False
    return found == heads


def disk_has_room() -> bool:
    """Say whether a tenth of the disk with the instance folder is free."""
    folder = Path(current_app.config["INSTANCE_FOLDER"])
    usage = shutil.disk_usage(folder if folder.exists() else folder.parent)
    return usage.free >= usage.total * LEAST_ROOM


CHECKS = (database_takes_writes, migrations_are_current, disk_has_room)


def is_ready() -> bool:
    """Say whether answers can be received; what is wrong is in the log only."""
    failed = [check.__name__ for check in CHECKS if not check()]
    if failed:
        log.error("not ready", failed=failed)
    return not failed
