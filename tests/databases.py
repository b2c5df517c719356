"""The databases tests run on: one of their own for each run and each worker, dropped at the end."""

import os
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from engage.extensions import Model

#: Where a PostgreSQL may be: as told, at its usual port, or at its socket.
POSTGRES_ADDRESSES = (
    "postgresql+psycopg://postgres@127.0.0.1:5432/postgres",
    "postgresql+psycopg:///postgres?host=/var/run/postgresql",
)


class Database:
    """A database whose tables, those of the models, are emptied after every test."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.engine = create_engine(url)

    def make_tables(self) -> None:
        """Make the tables as the models have them; a guard test compares the migrations."""
        Model.metadata.create_all(self.engine)

    def clear(self) -> None:
        """Delete every row; cheaper than making the tables anew."""
        tables = reversed(Model.metadata.sorted_tables)
        with self.engine.begin() as connection:
            for table in tables:
                connection.execute(table.delete())

    def drop(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


class PostgresDatabase(Database):
    """A database made on a running PostgreSQL."""

    def __init__(self, server: Engine, name: str) -> None:
        self.server = server
        self.name = name
        with server.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE template0 ENCODING UTF8'))
        super().__init__(server.url.set(database=name))

    def clear(self) -> None:
        """Delete every row in one round trip."""
        names = [table.name for table in reversed(Model.metadata.sorted_tables)]
        with self.engine.begin() as connection:
            connection.exec_driver_sql("; ".join(f'DELETE FROM "{name}"' for name in names))

    def drop(self) -> None:
        """Remove the database from the server."""
        super().drop()
        with self.server.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)'))
        self.server.dispose()


def absent(what: str) -> None:
    """Skip a test whose server is not here, by name; where CI=true that is a failure."""
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"{what}, and CI=true: nothing may be left untested", pytrace=False)
    pytest.skip(what)


def sqlite_database(folder: Path) -> Database:
    """Return an SQLite database in a file, as an installation has it."""
    return Database(make_url(f"sqlite:///{folder / 'engage.sqlite'}"))


def postgres_server() -> Engine | None:
    """Return a PostgreSQL on which databases can be made, or None."""
    told = os.environ.get("ENGAGE_TEST_POSTGRES_URL")
    for address in (told,) if told else POSTGRES_ADDRESSES:
        url = make_url(address).set(drivername="postgresql+psycopg")
        server = create_engine(
            url, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3}
        )
        try:
            server.connect().close()
        except OperationalError:
            server.dispose()
        else:
            return server
    return None
