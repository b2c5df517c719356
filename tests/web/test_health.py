"""Alive, ready, and counts for this machine only (E-12)."""

from collections import namedtuple

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text

from engage.web import health

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def migrated(app, db):
    """Return a client of an app whose database says it is at the newest migration."""
    heads = ScriptDirectory(str(app.config["ROOT_FOLDER"] / "migrations")).get_heads()
    db.session.execute(text("DROP TABLE IF EXISTS alembic_version"))
    db.session.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
    for head in heads:
        db.session.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": head})
    db.session.commit()
    yield app.test_client()
    db.session.rollback()
    db.session.execute(text("DROP TABLE IF EXISTS alembic_version"))
    db.session.commit()


def test_the_process_is_alive_without_a_database(make_app):
    app = make_app(SQLALCHEMY_DATABASE_URI="sqlite:////nowhere/at/all.sqlite")
    answer = app.test_client().get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_a_migrated_database_with_room_is_ready(migrated):
    answer = migrated.get("/readyz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_an_older_database_is_not_ready(migrated, db, monkeypatch):
    monkeypatch.setattr(ScriptDirectory, "get_heads", lambda _self: ["newer"])
    assert migrated.get("/readyz").status_code == 503


def test_a_database_that_does_not_answer_is_not_ready(make_app):
    app = make_app(SQLALCHEMY_DATABASE_URI="sqlite:////nowhere/at/all.sqlite")
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.text) == (503, "not ready\n")


def test_a_full_disk_is_not_ready(migrated, monkeypatch):
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _path: Usage(100, 91, 9))
    assert migrated.get("/readyz").status_code == 503
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _path: Usage(100, 90, 10))
    assert migrated.get("/readyz").status_code == 200


def test_asking_writes_nothing(migrated, db):
    before = db.session.execute(text("SELECT version_num FROM alembic_version")).all()
    migrated.get("/readyz")
    assert db.session.execute(text("SELECT version_num FROM alembic_version")).all() == before


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("203.0.113.77", {}, 404),
        ("127.0.0.1", {"X-Forwarded-For": "203.0.113.77"}, 404),
        ("127.0.0.1", {"X-Real-IP": "203.0.113.77"}, 404),
    ],
)
def test_counts_are_shown_to_this_machine_only(client, address, headers, status):
    answer = client.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address})
    assert answer.status_code == status
    assert ("engage_requests_total" in answer.text) == (status == 200)


@pytest.mark.sqlite_only
def test_a_forged_address_behind_a_proxy_is_not_this_machine(make_app):
    client = make_app(TRUSTED_PROXIES=1).test_client()
    answer = client.get(
        "/metrics",
        headers={"X-Forwarded-For": "127.0.0.1"},
        environ_base={"REMOTE_ADDR": "203.0.113.77"},
    )
    assert answer.status_code == 404


@pytest.mark.sqlite_only
def test_requests_are_counted_by_page_and_not_by_address(client):
    client.get("/sv/some-secret-place")
    counted = client.get("/metrics").text
    assert 'engage_requests_total{page="none",status="404"}' in counted
    assert "some-secret-place" not in counted
