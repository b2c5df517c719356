"""Reads for results: what the table of a round is made from, and which texts were released."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, select
from sqlalchemy.orm import Session

from engage.extensions import db
from engage.questionnaires.models import QuestionnaireVersion
from engage.responses.models import CollectionDay, Response, Round
from engage.results.models import NamesToMask, WrittenFinding
from engage.results.table.lines import RawRow, StoredRow
from engage.results.table.parts import Days

#: Rows fetched at a time: memory stays the same however many answers there are.
_AT_A_TIME = 5000
#: From this part of all answers on, a round is read by walking all keys, which needs no sorting.
_LARGE_PART = 0.1


def collection_days(connection: Connection | Session, round_id: int) -> Days:
    """Return the counters of a round: day → (answers, changes)."""
    rows = connection.execute(
        select(
            CollectionDay.day,
            func.sum(CollectionDay.answers),
            func.sum(CollectionDay.changes),
        )
        .where(CollectionDay.round_id == round_id)
        .group_by(CollectionDay.day)
        .order_by(CollectionDay.day)
    )
    return {day.isoformat(): (int(answers), int(changes)) for day, answers, changes in rows}


def versions_answered(
    connection: Connection | Session, round_id: int, days: Sequence[date]
) -> set[int]:
    """Return which versions the answers of some days were given to."""
    return set(
        connection.scalars(
            select(Response.version_id)
            .where(Response.round_id == round_id, Response.day.in_(days))
            .distinct()
        )
    )


def version_names(ids: Iterable[int]) -> tuple[tuple[int, int, str], ...]:
    """Return (id, number, digest) of published versions, the newest first."""
    table = QuestionnaireVersion
    rows = db.session.execute(
        select(table.id, table.number, table.digest)
        .where(table.id.in_(list(ids)))
        .order_by(table.number.desc())
    )
    return tuple((id_, number, digest) for id_, number, digest in rows)


def version(id_: int) -> QuestionnaireVersion:
    """Return one published version."""
    return db.session.get_one(QuestionnaireVersion, id_)


def has_several_versions(questionnaire_id: int) -> bool:
    """Say whether answers of a round may have been given to different versions."""
    found = db.session.scalar(
        select(func.count(QuestionnaireVersion.id)).where(
            QuestionnaireVersion.questionnaire_id == questionnaire_id
        )
    )
    return (found or 0) > 1


def stored_rows(
    connection: Connection, round_id: int, days: Sequence[date] | None = None
) -> Iterator[StoredRow]:
    """Yield the responses of a round, or of some of its days, in the order of their random keys."""
    statement = _responses(connection, round_id, days)
    result = connection.execute(statement, execution_options={"yield_per": _AT_A_TIME})
    for rows in result.partitions():
        yield from rows  # type: ignore[misc]


def raw_rows(
    connection: Connection, round_id: int, days: Sequence[date] | None = None
) -> Iterator[RawRow]:
    """Yield the same; from SQLite as its driver gives it, in a third of the time, days as texts."""
    if connection.dialect.name != "sqlite":
        yield from stored_rows(connection, round_id, days)
        return
    result: Any = connection.execute(_responses(connection, round_id, days))
    try:
        while rows := result.cursor.fetchmany(_AT_A_TIME):
            yield from rows
    finally:
        result.close()


def _responses(
    connection: Connection, round_id: int, days: Sequence[date] | None
) -> Select[*tuple[Any, ...]]:
    table = Response
    wanted = table.round_id == round_id
    if days is None and _is_large_part(connection, round_id):
        # Calculated, so that databases do not go by the round's index and sort afterwards.
        wanted = table.round_id + 0 == round_id
    statement = select(
        table.id, table.version_id, table.language, table.channel, table.day, table.document
    ).where(wanted)
    if days is not None:
        statement = statement.where(table.day.in_(days))
    return statement.order_by(table.id)


def _is_large_part(connection: Connection, round_id: int) -> bool:
    mine = func.sum(CollectionDay.answers).filter(CollectionDay.round_id == round_id)
    answers, everything = connection.execute(select(mine, func.sum(CollectionDay.answers))).one()
    return bool(everything) and (answers or 0) / everything >= _LARGE_PART


def names_to_mask(community_id: int) -> tuple[str, ...]:
    """Return the names that are masked in what people of a community wrote."""
    kept = db.session.get(NamesToMask, community_id)
    return tuple(kept.names) if kept else ()


def opened_rounds(questionnaire_id: int) -> list[Round]:
    """Return the rounds of a questionnaire that were opened, the oldest first."""
    wanted = (Round.questionnaire_id == questionnaire_id) & Round.opened_at.is_not(None)
    return list(db.session.scalars(select(Round).where(wanted).order_by(Round.opens_at, Round.id)))


def has_been_repeated(questionnaire_id: int) -> bool:
    """Say whether a questionnaire has had more than one round."""
    wanted = (Round.questionnaire_id == questionnaire_id) & Round.opened_at.is_not(None)
    return (db.session.scalar(select(func.count(Round.id)).where(wanted)) or 0) > 1


def round_answers(round_: Round) -> int:
    """Return how many answers a round has by its counters."""
    return sum(answers for answers, _changes in collection_days(db.session(), round_.id).values())


def written_findings(round_id: int) -> list[tuple[str, dict[str, str], date]]:
    """Return what staff wrote above the figures of a round: question, words by language, day."""
    table = WrittenFinding
    rows = db.session.execute(
        select(table.question, table.words, table.written_on)
        .where(table.round_id == round_id)
        .order_by(table.question)
    )
    return [(question, words, day) for question, words, day in rows]
