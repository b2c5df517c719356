"""How many texts of a round wait for a person who releases or withholds them."""

from collections import Counter
from pathlib import Path

import duckdb

from engage.questionnaires.question_types.base import Column
from engage.responses.models import Round
from engage.results.disclosure import Total, disclose, policy_for
from engage.results.table import engine as sql
from engage.results.table.store import ResponseTable, response_table
from engage.results.texts import decisions, digest_of, written_texts


def waiting_texts(round_: Round, home: Path) -> dict[str, int]:
    """Return question → how many texts nobody has decided on, in the order of the questionnaire.

    Nothing of a round with too few answers; new answers count when there are so many of them.
    """
    policy = policy_for(round_.k, round_.profile)
    found = Counter[str]()
    with response_table(round_, home, policy.k) as table:
        if disclose(Total(table.answers), policy) is None:
            return {}
        engine = sql.reading(home)
        for key, columns in table.layout.tables.items():
            for column in columns:
                if column.held_back == "text":
                    found[column.question] += _waiting(table, engine, round_, column, key)
    return {question: number for question, number in found.items() if number > 0}


def _waiting(
    table: ResponseTable, engine: duckdb.DuckDBPyConnection, round_: Round, column: Column, key: str
) -> int:
    """Count all texts of a column; of those once decided on, look which are still as they were."""
    counting = sql.select(f"count({sql.name(column.name)})", table.source(key))
    [(written,)] = engine.execute(counting).fetchall()
    known = decisions(round_, column)
    if not known:
        return int(written)
    responses = sorted({response for response, _entry in known})
    decided = sum(
        known.get((place.response_id, place.entry), (b"", False))[0] == digest_of(text)
        for place, text, _language in written_texts(table, engine, column, responses)
    )
    return int(written) - decided
