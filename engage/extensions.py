"""The Flask extensions, made here and bound to an app in `create_app`."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from flask import Flask, request
from flask_babel import Babel
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import Engine, MetaData, event
from sqlalchemy.orm import DeclarativeBase

from engage.jobs import Jobs

#: False while a request that must not write is served; SQLite then takes no write lock.
_may_write: ContextVar[bool] = ContextVar("may_write", default=True)


class Model(DeclarativeBase):
    """Base of every table; constraints get predictable names so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Model)
migrate = Migrate(render_as_batch=True, compare_type=True)
babel = Babel()
login = LoginManager()
csrf = CSRFProtect()
jobs = Jobs()


@event.listens_for(Engine, "connect")
def _set_up_sqlite(connection: Any, _record: Any) -> None:
    """Make SQLite durable and honest: WAL, full sync, foreign keys, our own BEGIN."""
    if type(connection).__module__.split(".")[0] != "sqlite3":
        return
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "secure_delete=ON",
        # Writing the log back makes a send wait: at every 10,000th page, not every 1,000th.
        "wal_autocheckpoint=10000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin_on_sqlite(connection: Any) -> None:
    """Take SQLite's write lock at the start of writing work; lock upgrades fail under load."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _may_write.get() else "BEGIN")


@contextmanager
def reading_only() -> Iterator[None]:
    """Read inside a request that writes later, without waiting for SQLite's write lock already."""
    before = _may_write.set(False)
    try:
        yield
    finally:
        _may_write.reset(before)


@contextmanager
def writing() -> Iterator[None]:
    """Write in a request that only reads by its method: who took what is noted all the same.

    Begin it with a commit: what has been read holds a transaction in which SQLite cannot write.
    """
    before = _may_write.set(True)
    try:
        yield
    finally:
        _may_write.reset(before)


def _note_whether_request_writes() -> None:
    _may_write.set(request.method not in {"GET", "HEAD", "OPTIONS"})


def init_extensions(app: Flask) -> None:
    """Bind every extension to the app."""
    app.before_request_funcs.setdefault(None, []).insert(0, _note_whether_request_writes)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(app.config["ROOT_FOLDER"] / "migrations"))
    csrf.init_app(app)
    login.init_app(app)
    jobs.init_app(app)
