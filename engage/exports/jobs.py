"""Background jobs of exports."""

from contextvars import Context
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from flask import current_app
from sqlalchemy import Engine, update

from engage.exports.actions import note_outcome, remove_old_files, write_file
from engage.exports.models import Export
from engage.extensions import db, jobs, reading_only


@jobs.task()
def make_export_file(export_id: str) -> None:
    """Make the file somebody asked for; old files go first."""
    home, now = Path(current_app.config["INSTANCE_FOLDER"]), datetime.now(UTC)
    remove_old_files(home, now)
    db.session.commit()
    # Reading takes minutes; nobody who sends answers may have to wait for it.
    with reading_only():
        found = db.session.get(Export, export_id)
        if found is None or found.state(now) != "making":
            return
        tell = partial(_tell, db.engine, export_id)
        outcome = write_file(found, home, now=now, tell=tell)
        db.session.commit()
    note_outcome(found, outcome, now=datetime.now(UTC))
    db.session.commit()


def _tell(engine: Engine, export_id: str, done: int, total: int) -> None:
    """Store how far it is in a transaction of its own, which may write and is over at once."""
    Context().run(_store_progress, engine, export_id, done, total)


def _store_progress(engine: Engine, export_id: str, done: int, total: int) -> None:
    statement = update(Export).where(Export.id == export_id)
    with engine.begin() as connection:
        connection.execute(statement.values(rows_done=done, rows_total=total))
