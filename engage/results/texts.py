"""What people wrote freely: found in their answers, and the decisions about it."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb
from sqlalchemy import func, select

from engage.extensions import db
from engage.questionnaires.columns import NUMBER_PART, cells_of, tables_of
from engage.questionnaires.document import Document
from engage.questionnaires.entry import Entry
from engage.questionnaires.models import QuestionnaireVersion
from engage.questionnaires.question_types.base import Column
from engage.responses.models import Response, Round
from engage.results.models import TextRelease
from engage.results.table import engine as sql
from engage.results.table.layout import RESPONSE, Layout
from engage.results.table.store import ResponseTable

_AT_A_TIME = 500


@dataclass(frozen=True)
class TextPlace:
    """Where one text stands: whose answers, which column of them, which entry of repeats."""

    response_id: bytes
    question: str
    part: str = ""
    entry: str = ""

    @property
    def key(self) -> tuple[bytes, str, str, str]:
        """Return the primary key of a decision about it."""
        return (self.response_id, self.question, self.part, self.entry)


@dataclass(frozen=True)
class WrittenText:
    """One text with what was decided about it: True released, False withheld, None nothing."""

    place: TextPlace
    text: str
    is_released: bool | None = None
    language: str = ""


def digest_of(text: str) -> bytes:
    """Return what a decision keeps of the text it was about."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def word_columns(layout: Layout, question: str) -> list[Column]:
    """Return the columns of a question in which people write freely."""
    return [column for column in layout.columns_of(question) if column.held_back == "text"]


def words_in(document: Document, entry: Entry) -> Iterator[tuple[str, str, str, str]]:
    """Yield (question, part, entry of repeats, text) for every text in one person's answers."""
    rows = cells_of(document, entry)
    for key, columns in tables_of(document).items():
        numbers = [at for at, column in enumerate(columns) if column.part == NUMBER_PART]
        for row in rows[key]:
            place = ".".join(str(row[at]) for at in numbers)
            for column, cell in zip(columns, row, strict=True):
                if column.held_back == "text" and isinstance(cell, str) and cell:
                    yield column.question, column.part, place, cell


def text_at(response: Response, place: TextPlace) -> str:
    """Return the text at a place as it is now, empty if there is none any more."""
    document = db.session.get_one(QuestionnaireVersion, response.version_id).document
    entry = Entry.from_json(json.loads(response.document))
    found = {(q, part, at): text for q, part, at, text in words_in(document, entry)}
    return found.get((place.question, place.part, place.entry), "")


def written_texts(
    table: ResponseTable,
    engine: duckdb.DuckDBPyConnection,
    column: Column,
    responses: Sequence[bytes] | None = None,
) -> Iterator[tuple[TextPlace, str, str]]:
    """Yield (place, text, language) of a column in key order, which is random.

    With `responses`, only what these people wrote.
    """
    key = table.layout.table_of(column.question)
    columns = table.layout.tables[key]
    numbers = [sql.name(one.name) for one in columns if one.part == NUMBER_PART]
    place = f"concat_ws('.', {', '.join(numbers)})" if numbers else "''"
    source = table.source(key)
    language = "language"
    if key:
        main = sql.select(f"{RESPONSE}, language", table.source())
        source = f"{source} JOIN ({main}) USING ({RESPONSE})"
    text = sql.name(column.name)
    among = [] if responses is None else [f"{RESPONSE} IN (SELECT unnest(?::UUID[]))"]
    statement = sql.select(
        f"{RESPONSE}, {place} AS place, {text} AS words, {language}",
        source,
        " AND ".join([f"{text} IS NOT NULL", *among]),
        f"ORDER BY {RESPONSE}, place",
    )
    wanted = [] if responses is None else [[response.hex() for response in responses]]
    result = engine.execute(statement, wanted)
    while rows := result.fetchmany(_AT_A_TIME):
        for response, entry, words, spoken in rows:
            yield TextPlace(response.bytes, column.question, column.part, entry), words, spoken


def decisions(round_: Round, column: Column) -> dict[tuple[bytes, str], tuple[bytes, bool]]:
    """Return (response, entry) → (digest, whether released) for the texts of a column."""
    rows = db.session.execute(
        select(
            TextRelease.response_id,
            TextRelease.entry,
            TextRelease.text_digest,
            TextRelease.is_released,
        ).where(
            TextRelease.round_id == round_.id,
            TextRelease.question == column.question,
            TextRelease.part == column.part,
        )
    )
    return {(id_, entry): (digest, released) for id_, entry, digest, released in rows}


def texts_with_decisions(
    table: ResponseTable, engine: duckdb.DuckDBPyConnection, round_: Round, column: Column
) -> Iterator[WrittenText]:
    """Yield every text of a column with what was decided about it as it is now."""
    known = decisions(round_, column)
    for place, text, language in written_texts(table, engine, column):
        digest, is_released = known.get((place.response_id, place.entry), (b"", None))
        stands = is_released if digest == digest_of(text) else None
        yield WrittenText(place, text, stands, language)


def released_texts(
    round_: Round, question: str, parts: Sequence[str], first: int = 0, most: int = 20
) -> list[WrittenText]:
    """Return released texts of a question as they are now; one that was corrected is not shown."""
    statement = (
        select(TextRelease, Response)
        .join(Response, Response.id == TextRelease.response_id)
        .where(
            TextRelease.round_id == round_.id,
            TextRelease.question == question,
            TextRelease.part.in_(parts),
            TextRelease.is_released,
        )
        .order_by(TextRelease.response_id, TextRelease.part, TextRelease.entry)
        .offset(first)
        .limit(most)
    )
    found = []
    for release, response in db.session.execute(statement):
        place = TextPlace(release.response_id, release.question, release.part, release.entry)
        text = text_at(response, place)
        if text and digest_of(text) == release.text_digest:
            found.append(WrittenText(place, text, is_released=True, language=response.language))
    return found


def released_counts(round_: Round) -> dict[str, int]:
    """Return how many texts of each question are released."""
    rows = db.session.execute(
        select(TextRelease.question, func.count())
        .where(TextRelease.round_id == round_.id, TextRelease.is_released)
        .group_by(TextRelease.question)
        .order_by(TextRelease.question)
    )
    return {str(row[0]): int(row[1]) for row in rows}


def releases_state(round_: Round) -> str:
    """Return what changes whenever a decision is made or goes."""
    number, last = db.session.execute(
        select(func.count(), func.max(TextRelease.decided_at)).where(
            TextRelease.round_id == round_.id
        )
    ).one()
    return f"{number}-{last.timestamp() if last else 0}"
