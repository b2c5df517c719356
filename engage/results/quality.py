"""Signs that answers may not be of so many people: told to staff, and never acted upon (X-37)."""

import json
from dataclasses import dataclass
from pathlib import Path

import duckdb

from engage.questionnaires.columns import MISSING_PART
from engage.responses.models import Round
from engage.responses.rounds.queries import answers_within
from engage.results.cache import made_once
from engage.results.disclosure import CountTable, Policy, ShownTable, Total, disclose
from engage.results.table.engine import name, select
from engage.results.table.store import ResponseTable

#: Who said less may well have said the same as somebody else.
LEAST_TOLD = 10
#: Less than this part of the time residents are told is hardly enough to read the questions.
HASTY = 1 / 3


@dataclass(frozen=True)
class Hints:
    """About how many answers are the same as others, and how many took hardly any time."""

    identical: int | None
    hasty: int | None


def hints_once(
    folder: Path,
    table: ResponseTable,
    engine: duckdb.DuckDBPyConnection,
    round_: Round,
    policy: Policy,
) -> Hints:
    """Return the hints, counted once for all languages while the answers that are shown stay.

    So these numbers move no oftener than any other. `folder` is that of the round's table.
    """

    def count() -> str:
        return json.dumps([identical_answers(table, engine, policy), hasty_answers(round_, policy)])

    what = f"identical from {LEAST_TOLD}, within {HASTY}"
    return Hints(*json.loads(made_once(folder / "quality", f"{table.state} {policy}", what, count)))


def hasty_answers(round_: Round, policy: Policy) -> int | None:
    """Return about how many answers took less than `HASTY` of the time that residents are told.

    Nothing tells which answers these are: times are counted for the round as a whole. None where
    there are none, or too few, or where all were so quick.
    """
    quick, timed = answers_within(round_, HASTY)
    table = CountTable(("quick", "others"), ((quick,), (timed - quick,)), (timed,))
    shown: ShownTable = disclose(table, policy)
    figure = shown.of("quick")
    return None if figure.is_hidden else figure.about or None


def identical_answers(
    table: ResponseTable, engine: duckdb.DuckDBPyConnection, policy: Policy
) -> int | None:
    """Return about how many answers are the same as another one in all that is not typed.

    Looked at are choices, numbers and dates outside of repeats, of answers with at least
    `LEAST_TOLD` of them; None where there are none, or too few to tell.
    """
    columns = [
        name(one.name)
        for one in table.layout.tables[""]
        if one.question and one.part != MISSING_PART and one.held_back == "" and one.kind != "text"
    ]
    flags = {name(one.name) for one in table.layout.tables[""] if one.kind == "flag"}
    if len(columns) < LEAST_TOLD:
        return None
    told = [
        f"coalesce({one}, false)" if one in flags else f"({one} IS NOT NULL)" for one in columns
    ]
    # As a list: a sum of thousands of columns would be an expression too deep for the engine.
    enough = f"list_sum([{', '.join(f'{one}::INTEGER' for one in told)}]) >= {LEAST_TOLD}"
    by_vector = f"GROUP BY hash({', '.join(columns)}) HAVING count(*) > 1"
    same = select("count(*) AS persons", table.source(), enough, by_vector)
    row = engine.execute(select("coalesce(sum(persons), 0)", f"({same})")).fetchone()
    shown: int | None = disclose(Total(int(row[0]) if row else 0), policy)
    return shown or None
