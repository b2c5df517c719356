"""Changes that the holder of a code makes: other answers, or none at all.

No line is logged, as in `submitting`.
"""

from datetime import datetime

from engage.extensions import db
from engage.questionnaires.entry import Entry
from engage.responses.actions.prepared import joining
from engage.responses.actions.submitting import count_answer, stored_form
from engage.responses.models import Response, Round


def correct_response(round_: Round, response: Response, entry: Entry, now: datetime) -> bool:
    """Put other answers in place of those stored until the round closes; say if it was done."""
    if not round_.takes_answers(now):
        return False
    response.document = stored_form(entry)
    _count(response, 0)
    return True


def delete_response(response: Response) -> None:
    """Delete the answers and, with them, their receipt; the day's count goes down by one."""
    _count(response, -1)
    db.session.delete(response)


def _count(response: Response, answers: int) -> None:
    where = (response.round_id, response.day, response.language, response.channel)
    with joining(db.session.connection()) as link:
        count_answer(link, *where, answers=answers)
