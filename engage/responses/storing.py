"""Stores checked answers, whichever way they came in: through a page, or at the letterbox."""

from flask import current_app

from engage.extensions import db
from engage.questionnaires.entry import Entry
from engage.responses.actions.prepared import writing
from engage.responses.actions.submitting import Outcome, Sending, make_ready, submit_response
from engage.responses.meeting import now, secret
from engage.responses.offered import Offered
from engage.responses.turns import turn
from engage.responses.visits import Visit


def store(
    offered: Offered, visit: Visit, version_id: int, language: str, entry: Entry
) -> Outcome | None:
    """Store the answers of a visit; None where the round takes no answers (any more).

    Returns when they are safe on disk. Raises SQLAlchemyError where the database cannot take them.
    """
    sending = Sending(
        key=visit.key,
        version_id=version_id,
        entry=entry,
        language=language,
        channel=visit.channel,
        began=visit.began,
    )
    ready = make_ready(offered.round, sending, now(), secret())
    if ready is None:
        return None
    with turn(db.engine, current_app.config["INSTANCE_FOLDER"]), writing(db.engine) as link:
        return submit_response(link, ready)
