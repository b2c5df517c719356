"""The audit log: only ever longer, and any change to it shows (X-41)."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import delete, insert, select, update

from engage.accounts.audit import record, verify
from engage.accounts.models import AuditEntry, AuditHead
from engage.accounts.queries import AuditFilter, audit_page
from tests.factories.accounts import make_user

NOW = datetime(2027, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def log(db):
    """Fill a log with six entries."""
    user = make_user()
    for number in range(6):
        who = user if number % 2 else None
        record(who, "tried", f"thing:{number}", {"n": number, "å": ["ä", None]}, NOW, community="x")
    db.session.commit()
    return user


def test_an_untouched_log_is_whole(db, log):
    db.session.expire_all()
    verdict = verify()
    assert (verdict.entries, verdict.problem) == (6, "")
    assert verdict.head == db.session.get(AuditHead, 1).hash


def test_an_empty_log_is_whole(db):
    assert verify().entries == 0
    assert not verify().problem


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "thing:9"},
        {"action": "did"},
        {"actor_id": None},
        {"actor_id": 77},
        {"community": ""},
        {"at": NOW + timedelta(microseconds=1)},
        {"details": {"n": 4, "å": ["ä", None]}},
        {"hash": "0" * 64},
        {"previous_hash": "0" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_entry_shows(db, log, change):
    db.session.execute(update(AuditEntry).where(AuditEntry.sequence == 4).values(**change))
    db.session.commit()
    assert verify().problem == "Entry 4 was changed."


def test_an_entry_taken_out_shows(db, log):
    db.session.execute(delete(AuditEntry).where(AuditEntry.sequence == 3))
    db.session.commit()
    assert verify().problem == "Entry 3 is missing."


def test_entries_cut_off_at_the_end_show(db, log):
    db.session.execute(delete(AuditEntry).where(AuditEntry.sequence > 4))
    db.session.commit()
    assert verify().problem == "Entries after 4 were cut off."
    db.session.execute(delete(AuditEntry))
    db.session.commit()
    assert verify().problem == "Entries after 0 were cut off."


def test_an_entry_put_in_shows(db, log):
    row = {
        column.key: getattr(db.session.get(AuditEntry, 6), column.key)
        for column in AuditEntry.__table__.columns
    }
    db.session.execute(insert(AuditEntry).values(**{**row, "sequence": 7, "hash": "1" * 64}))
    db.session.commit()
    assert verify().problem == "Entry 7 was changed."


def test_the_app_itself_cannot_change_an_entry(db, log):
    entry = db.session.get(AuditEntry, 2)
    entry.subject = "something else"
    with pytest.raises(RuntimeError, match="cannot be changed"):
        db.session.flush()
    db.session.rollback()
    db.session.delete(db.session.get(AuditEntry, 2))
    with pytest.raises(RuntimeError, match="cannot be changed"):
        db.session.flush()
    db.session.rollback()


def test_a_moment_is_kept_in_utc_wherever_it_was(db):
    here = NOW.astimezone(timezone(timedelta(hours=5, minutes=30)))
    record(None, "tried", "thing", {}, here)
    db.session.commit()
    db.session.expire_all()
    stored = db.session.scalars(select(AuditEntry)).one()
    assert stored.at == NOW
    assert stored.at.utcoffset() == timedelta(0)
    assert not verify().problem


def test_what_is_undone_leaves_no_gap(db, log):
    record(None, "tried", "thing", {}, NOW)
    db.session.rollback()
    record(None, "tried", "thing", {}, NOW)
    db.session.commit()
    assert verify().entries == 7


def test_a_log_is_read_by_community_kind_person_and_words(db, log):
    record(None, "tried", "thing:1", {}, NOW, community="y")
    record(log, "failed", "100%:1", {}, NOW, community="x")
    db.session.commit()

    def subjects(**wanted):
        return [entry.subject for entry, _ in audit_page("x", AuditFilter(**wanted), 1).entries]

    assert subjects() == ["100%:1", *[f"thing:{number}" for number in range(5, -1, -1)]]
    assert subjects(action="failed") == ["100%:1"]
    assert subjects(actor_id=log.id, words="THING") == ["thing:5", "thing:3", "thing:1"]
    assert subjects(words="%") == ["100%:1"]


def test_pages_of_the_log_end_where_it_ends(db, log):
    page = audit_page("x", AuditFilter(), 99, size=4)
    assert (page.number, page.pages, page.total, len(page.entries)) == (2, 2, 6, 2)
    assert audit_page("x", AuditFilter(), -5, size=4).number == 1


def test_two_at_once_make_one_chain(app, db):
    def write(name):
        with app.app_context():
            for number in range(15):
                record(None, "tried", f"{name}:{number}", {}, NOW)
                db.session.commit()
            db.session.remove()

    writers = [threading.Thread(target=write, args=(name,)) for name in ("a", "b", "c")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    verdict = verify()
    assert (verdict.entries, verdict.problem) == (45, "")
