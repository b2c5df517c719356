"""Fixtures for all tests: an app on each database, a client that checks pages, a browser."""

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import redis
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from hypothesis import settings
from jinja2 import FileSystemBytecodeCache

from engage import create_app
from engage.extensions import db as database_of_app
from tests.databases import (
    Database,
    PostgresDatabase,
    absent,
    postgres_server,
    sqlite_database,
)
from tests.pages import PageClient

pytest_plugins = ["tests.browsers"]

# How long an example takes says something about the machine, not about the claim.
settings.register_profile("house", deadline=None, print_blob=True)
settings.load_profile("house")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what touches the database on both; `sqlite_only` says that one is enough."""
    if "database" in metafunc.fixturenames:
        one = metafunc.definition.get_closest_marker("sqlite_only")
        names = ["sqlite"] if one else ["sqlite", "postgresql"]
        metafunc.parametrize("database", names, indirect=True, scope="session")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give tests in a browser a second try, which is told; docs/decisions/testing.md says why."""
    again = pytest.mark.flaky(reruns=1)
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(again)


@pytest.fixture(scope="session", autouse=True)
def _nobody_else_is_asked() -> Iterator[None]:
    """Refuse every connection that leaves this machine, except to the Redis of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        connect = socket.socket.connect
        told = urlsplit(os.environ.get("ENGAGE_TEST_REDIS_URL", "")).hostname or ""
        near = {told, *(info[4][0] for info in socket.getaddrinfo(told or "localhost", None))}

        def connect_near(self: socket.socket, address: Any) -> None:
            if isinstance(address, tuple) and not (
                address[0] in near or str(address[0]).startswith(("127.", "::1", "localhost"))
            ):
                raise ConnectionRefusedError(f"a test asked for {address}: tests use no network")
            connect(self, address)

        patch.setattr(socket.socket, "connect", connect_near)
        yield


@pytest.fixture(scope="session")
def worker(worker_id: str) -> str:
    """Return a name no other test run and no other worker has."""
    return f"{os.getpid()}_{worker_id}"


@pytest.fixture(scope="session")
def _sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = sqlite_database(tmp_path_factory.mktemp("database"))
    database.make_tables()
    yield database
    database.drop()


@pytest.fixture(scope="session")
def _postgres(worker: str) -> Iterator[Database | None]:
    server = postgres_server()
    if server is None:
        yield None
        return
    database = PostgresDatabase(server, f"engage_test_{worker}")
    database.make_tables()
    yield database
    database.drop()


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest) -> Database:
    """Return the database this test runs on, its tables empty."""
    wanted = "_sqlite" if request.param == "sqlite" else "_postgres"
    found: Database | None = request.getfixturevalue(wanted)
    if found is None:
        absent("no PostgreSQL answers (ENGAGE_TEST_POSTGRES_URL or 127.0.0.1:5432)")
    return found


@pytest.fixture
def empty_database(database: Database, worker: str, tmp_path: Path) -> Iterator[Database]:
    """Return another database of the same kind, without any tables: for migrations."""
    if isinstance(database, PostgresDatabase):
        made: Database = PostgresDatabase(database.server, f"engage_empty_{worker}")
    else:
        made = sqlite_database(tmp_path)
    yield made
    made.drop()


@pytest.fixture(scope="session")
def _compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Keep compiled templates from one test's app to the next."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def make_app(
    database: Database, tmp_path: Path, _compiled_templates: FileSystemBytecodeCache
) -> Iterator[Callable[..., Flask]]:
    """Return a function that makes an app with settings of the test's own."""
    made: list[Flask] = []

    def make(**settings: Any) -> Flask:
        app = create_app(
            {
                "TESTING": True,
                "SECRET_KEY": "a key of the tests, long enough to be taken for a real one",
                "SQLALCHEMY_DATABASE_URI": database.url.render_as_string(hide_password=False),
                "INSTANCE_FOLDER": tmp_path / "instance",
                "REDIS_URL": "",
                "BASE_URL": "http://localhost",
                "WTF_CSRF_ENABLED": False,
                **settings,
            }
        )
        app.test_client_class = PageClient
        app.jinja_env.bytecode_cache = _compiled_templates
        made.append(app)
        return app

    yield make
    for app in made:
        with app.app_context():
            database_of_app.session.remove()
            database_of_app.engine.dispose()
    database.clear()


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Iterator[Flask]:
    """Return the app with its context, on an empty database."""
    app = make_app()
    with app.app_context():
        yield app


@pytest.fixture
def db(app: Flask) -> SQLAlchemy:
    """Return the database of the app: `db.session`, with commits that are real."""
    return database_of_app


@pytest.fixture
def client(app: Flask) -> PageClient:
    """Return a client; `client.get_page(url)` checks the page and returns it parsed."""
    made = app.test_client()
    assert isinstance(made, PageClient)
    return made


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """Return the address of an empty Redis key space of this worker's own."""
    told = os.environ.get("ENGAGE_TEST_REDIS_URL", "redis://127.0.0.1:6379")
    base = told.rsplit("/", 1)[0] if told.count("/") > 2 else told
    for number in range(1, 16):
        space = redis.Redis.from_url(f"{base}/{number}", socket_connect_timeout=3)
        try:
            mine = space.dbsize() == 0 and space.set("engage-test", 1, nx=True)
        except redis.ConnectionError:
            absent("no Redis answers (ENGAGE_TEST_REDIS_URL or 127.0.0.1:6379)")
        if mine:
            yield f"{base}/{number}"
            space.flushdb()
            space.close()
            return
        space.close()
    pytest.fail("every key space of this Redis is in use")
