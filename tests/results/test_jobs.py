"""What was deleted does not wait on disk for somebody to look at results."""

import duckdb
import pytest

from engage.extensions import db
from engage.responses.actions.correcting import delete_response
from engage.responses.models import Response
from engage.results.jobs import forget_what_was_deleted
from engage.results.table.store import response_table, table_folder
from tests.factories.questionnaires import make_round
from tests.factories.results import make_responses

FORMS = [{"children": "no"}] * 6


@pytest.fixture
def round_(db):
    return make_round()


@pytest.fixture
def folder(app, round_):
    home = app.config["INSTANCE_FOLDER"]
    make_responses(round_, FORMS)
    with response_table(round_, home):
        pass
    return table_folder(home, round_.id)


def keys_in(folder):
    files = folder.glob("*.parquet")
    return {
        row[0].bytes for f in files for row in duckdb.sql(f"SELECT response FROM '{f}'").fetchall()
    }


def test_a_deleted_answer_leaves_the_files_within_minutes(folder, round_):
    gone = db.session.query(Response).first()
    (folder / "pages").mkdir()
    key = gone.id
    assert key in keys_in(folder)
    delete_response(gone)
    db.session.commit()
    forget_what_was_deleted.call_local()
    assert key not in keys_in(folder)
    assert not (folder / "pages").exists()


def test_new_answers_alone_make_nothing_anew(folder, round_):
    before = sorted(file.name for file in folder.glob("*.parquet"))
    make_responses(round_, FORMS)
    forget_what_was_deleted.call_local()
    assert sorted(file.name for file in folder.glob("*.parquet")) == before


def test_the_folder_of_a_round_that_is_gone_goes(folder, round_):
    stray = folder.with_name("999999")
    stray.mkdir()
    forget_what_was_deleted.call_local()
    assert not stray.exists()
    assert folder.exists()
