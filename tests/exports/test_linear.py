"""Z-11: an export is one pass over the answers, made by a worker, however many they are."""

import gc
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event

from engage.communities.roles import Role
from engage.exports import routes
from engage.exports.actions import file_of
from engage.exports.contents import Options
from engage.exports.formats import FORMATS
from engage.exports.making import make_export
from engage.exports.models import Export
from engage.extensions import db
from engage.responses.models import Round
from tests.factories.accounts import sign_in
from tests.factories.communities import make_member
from tests.factories.questionnaires import make_round
from tests.factories.results import make_responses

WISH = {"purpose": "research", "note": "x", "what": "answers", "format": "csv", "language": "sv"}
#: More than are fetched at a time, so that a second page would be asked for.
MANY = 6_000


def statements_for(round_: Round, folder: Path, format_name: str) -> list[str]:
    """Make an export; return the statements that the database was asked.

    A worker begins with nothing read before, and so does this; what is let go of in between, and
    read again, must not depend on when the garbage collector comes.
    """
    number = round_.id
    db.session.commit()
    db.session.expunge_all()
    round_ = db.session.get_one(Round, number)
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_more) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    gc.disable()
    try:
        options = Options(round_.languages[0])
        target = folder / f"{round_.slug}.{format_name}"
        day = date(2027, 3, 9)
        make_export(round_, format_name, options, folder, target, day, lambda *_: None)
    finally:
        gc.enable()
        event.remove(db.engine, "before_cursor_execute", note)
    return asked


@pytest.mark.parametrize("format_name", FORMATS)
def test_z11_thousands_of_answers_are_read_in_one_pass_as_ten_are(app, tmp_path, format_name):
    few = make_round(slug="few")
    make_responses(few, [{"children": "no"}] * 10)
    short = statements_for(few, tmp_path, format_name)
    many = make_round(slug="many")
    make_responses(many, [{"children": "no"}] * MANY)
    long = statements_for(many, tmp_path, format_name)
    passes = [[one for one in asked if "FROM responses" in one] for asked in (short, long)]
    assert passes[0] == passes[1] != []
    # What a process remembers of versions may be asked for anew; nothing is asked for each answer.
    assert len(long) <= len(short) + 3
    assert not [statement for statement in long if "OFFSET" in statement.upper()]


@pytest.mark.sqlite_only
def test_z11_the_request_only_asks_for_the_file(app, client, monkeypatch):
    round_ = make_round()
    make_responses(round_, [{"children": "no"}] * 7)
    sign_in(client, make_member(round_.community, Role.ANALYST))
    asked: list[str] = []
    monkeypatch.setattr(routes, "make_export_file", asked.append)
    address = f"/en/c/{round_.community.slug}/rounds/{round_.slug}/export"
    assert client.post(address, data=WISH).status_code == 303
    wanted = db.session.scalars(db.select(Export)).one()
    assert asked == [wanted.id]
    assert not file_of(app.config["INSTANCE_FOLDER"], wanted.id).exists()
