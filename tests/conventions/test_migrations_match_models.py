"""The migrations make exactly the tables of the models, on both databases, and can be undone."""

from datetime import datetime

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from engage.extensions import Model, db
from tests.conventions.sources import ROOT, nothing

VERSIONS = sorted((ROOT / "migrations" / "versions").glob("*.py"))


@pytest.fixture
def migrated(make_app, empty_database):
    app = make_app(SQLALCHEMY_DATABASE_URI=empty_database.url.render_as_string(hide_password=False))
    with app.app_context():
        flask_migrate.upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()


def test_migrations_match_the_models(migrated):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        different = compare_metadata(context, Model.metadata)
    nothing([str(one) for one in different], 'Run: make migration WHAT="…"')


def test_every_migration_can_be_undone_and_done_again(migrated):
    flask_migrate.downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    flask_migrate.upgrade()
    assert set(Model.metadata.tables) <= set(inspect(db.engine).get_table_names())


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_a_migration_is_named_by_its_day_and_what_it_does(path):
    day, what = path.stem[:10], path.stem[11:]
    assert datetime.strptime(day, "%Y_%m_%d")  # noqa: DTZ007 - a day has no zone
    assert what
