"""Background jobs of results: nothing that was deleted stays in tables and pages kept on disk."""

import shutil
from pathlib import Path

from flask import current_app
from huey import crontab

from engage.extensions import db, jobs, reading_only
from engage.responses.models import Round
from engage.results.disclosure import policy_for
from engage.results.editions import renew_if_removed
from engage.results.table.store import refresh_if_removed


@jobs.periodic_task(crontab(minute="*/5"))
def forget_what_was_deleted() -> None:
    """Make tables anew that hold corrected or deleted answers; drop those of no round.

    Only read from the database, so that nobody who sends has to wait.
    """
    home = Path(current_app.config["INSTANCE_FOLDER"])
    with reading_only():
        for folder in sorted((home / "tables").glob("[0-9]*")):
            found = db.session.get(Round, int(folder.name))
            if found is None:
                shutil.rmtree(folder, ignore_errors=True)
            else:
                refresh_if_removed(found, home)
                renew_if_removed(found, home, policy_for(found.k, found.profile).k)
            db.session.commit()
