"""Reads of answers by those who hold their code."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engage.extensions import db
from engage.questionnaires.models import QuestionnaireVersion
from engage.responses.models import Receipt, Response, Round
from engage.responses.receipts import code_hash


def response_of_code(code: str, secret: str) -> Response | None:
    """Return the answers that a code opens, or None."""
    return db.session.scalar(
        select(Response)
        .join(Receipt, Receipt.response_id == Response.id)
        .where(Receipt.code_hash == code_hash(secret, code))
    )


def round_of(response: Response) -> Round:
    """Return the round of an answer with what its pages need."""
    return db.session.scalars(
        select(Round)
        .where(Round.id == response.round_id)
        .options(joinedload(Round.version), joinedload(Round.community))
    ).one()


def version_of_response(response: Response) -> QuestionnaireVersion:
    """Return the version somebody answered."""
    return db.session.get_one(QuestionnaireVersion, response.version_id)
