"""P5: the page of results of 20 questions, against 20 frequency tables and 5 cross-tables alone."""

import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

from flask.testing import FlaskClient

from benchmarks.answers import SIZES, make_answered_round
from benchmarks.figures import Figure, interleaved
from benchmarks.rounds import app_of
from engage.accounts.actions.sessions import start_session
from engage.accounts.models import User
from engage.extensions import db
from engage.responses.models import Round
from engage.results import cache
from engage.results.table.engine import name, reading, select
from engage.results.table.store import ResponseTable, response_table, table_folder

_MOST_MS = 50


def _plain(table: ResponseTable, home: Path) -> float:
    """Return the seconds of one query a question and five of two questions each."""
    engine, source = reading(home), table.source()
    columns = table.layout.tables[""]
    choices = [c.name for c in columns if c.kind == "choice" and not c.part]
    start = time.perf_counter()
    for one in choices:
        engine.execute(select(f"{name(one)}, count(*)", source, more="GROUP BY 1")).fetchall()
    for question in dict.fromkeys(c.question for c in columns if c.kind == "flag"):
        flags = [c.name for c in columns if c.question == question and c.kind == "flag"]
        counts = ", ".join(f"count_if({name(flag)})" for flag in flags)
        engine.execute(select(counts, source)).fetchall()
    for one in (c.name for c in columns if c.kind == "integer"):
        engine.execute(select(f"count({name(one)}), median({name(one)})", source)).fetchall()
    for one in (c.name for c in columns if c.kind == "text"):
        engine.execute(select(f"count({name(one)})", source)).fetchall()
    for one, other in zip(choices[:5], choices[5:10], strict=True):
        both = f"{name(one)}, {name(other)}"
        engine.execute(select(f"{both}, count(*)", source, more=f"GROUP BY {both}")).fetchall()
    return time.perf_counter() - start


def _signed_in(client: FlaskClient) -> None:
    now = datetime.now(UTC)
    with client.application.app_context():
        user = db.session.scalars(db.select(User).where(User.email.like("analyst@%"))).one()
        token = start_session(user, device="Benchmark", now=now)
        db.session.commit()
    with client.session_transaction() as cookie:
        cookie["sign_in"] = {"token": token, "seen": int(now.timestamp())}


def _page(client: FlaskClient, address: str) -> float:
    start = time.perf_counter()
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return time.perf_counter() - start


def measure(instance: Path) -> list[Figure]:
    """Compare at every size; then open the page again, nothing having changed."""
    figures = []
    for size in SIZES:
        round_id = make_answered_round(instance, size)
        app = app_of(instance)
        client = app.test_client()
        _signed_in(client)
        address = f"/sv/c/backby/rounds/measured-{size}/results"
        _page(client, address)
        with app.app_context():
            found = db.session.get_one(Round, round_id)
            with response_table(found, instance) as table:
                pages = table_folder(instance, round_id) / "pages"

                def making(
                    pages: Path = pages, address: str = address, client: FlaskClient = client
                ) -> float:
                    shutil.rmtree(pages)
                    cache._kept.clear()
                    return _page(client, address)

                def plain(table: ResponseTable = table) -> float:
                    return _plain(table, instance)

                queries, made = interleaved(7, plain, making)
        again = sorted(_page(client, address) for _ in range(20))[10] * 1000
        told = (
            f"{made / queries:.2f} × ({made * 1000:.0f} ms against {queries * 1000:.0f} ms);"
            f" again {again:.0f} ms"
        )
        figures.append(
            Figure(
                "P5",
                f"Results page of 20 questions over {size:,} answers against the queries alone",
                told,
                "≤ 1.2 ×; again ≤ 50 ms",
                made / queries <= 1.2 and again <= _MOST_MS,
            )
        )
    return figures
