"""A program asks, looks and fetches what the page gives, and no more than its owner may."""

import hashlib
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest

from engage.accounts.models import AuditEntry
from engage.api.models import TABLES_ALONE
from engage.communities.roles import Role
from engage.exports.actions import file_of, remove_old_files
from engage.exports.models import KEPT, Export
from engage.extensions import db
from engage.responses.actions.correcting import delete_response
from engage.responses.models import Response
from tests.factories.accounts import sign_in
from tests.factories.api import make_program
from tests.factories.communities import make_community, make_member
from tests.factories.questionnaires import make_round
from tests.factories.results import make_responses

WISH = {"purpose": "research", "note": "Nattlig kopia", "what": "answers", "format": "jsonl"}


@pytest.fixture
def round_(app):
    found = make_round()
    make_responses(found, [{"children": "no", "wish": "Fler bänkar"}] * 7)
    return found


@pytest.fixture
def program(app, round_):
    return make_program(app, round_.community)


def address(found, more=""):
    return f"/communities/{found.community.slug}/rounds/{found.slug}/exports{more}"


def asked(program, found, **given):
    """Ask for an export and return the address where it is looked after."""
    reply = program.post(address(found), json={**WISH, **given})
    assert reply.status_code == 202, reply.json
    return urlsplit(reply.headers["Location"]).path.removeprefix("/api/v1")


def is_problem(reply, status):
    assert reply.status_code == status, reply.text
    assert reply.mimetype == "application/problem+json"
    assert (reply.json["type"], reply.json["status"]) == ("about:blank", status)
    assert reply.headers["Cache-Control"] == "no-store"
    return reply.json


def test_a_program_asks_looks_and_fetches_what_the_page_gives(client, program, round_):
    where = asked(program, round_)
    told = program.get(where).json
    assert told["state"] == "ready"
    reply = program.get(f"{where}/file")
    assert reply.status_code == 200
    assert hashlib.sha256(reply.data).hexdigest() == told["sha256"]
    assert len(reply.data) == told["size"]
    assert told["name"] in reply.headers["Content-Disposition"]
    assert reply.headers["Cache-Control"] == "no-store"
    assert told["file"] == f"/api/v1{where}/file"
    reply.close()


def test_the_same_wish_gives_the_same_bytes_from_page_and_program(client, program, round_):
    where = asked(program, round_, codebook=False, language="sv")
    sign_in(client, program.owner)
    page = f"/en/c/{round_.community.slug}/rounds/{round_.slug}/export"
    assert client.post(page, data={**WISH, "language": "sv"}).status_code == 303
    wanted = db.select(Export.id).order_by(Export.asked_at.desc()).limit(1)
    other = f"{page}/{db.session.scalar(wanted)}/file"
    with client.post(other) as from_page, program.get(f"{where}/file") as from_api:
        assert from_page.data == from_api.data
        assert from_page.headers["Content-Disposition"] == from_api.headers["Content-Disposition"]


def test_what_a_program_asked_for_can_be_fetched_from_the_page_too(client, program, round_):
    where = asked(program, round_)
    sign_in(client, program.owner)
    made = where.rsplit("/", 1)[1]
    page = f"/en/c/{round_.community.slug}/rounds/{round_.slug}/export/{made}/file"
    with client.post(page) as from_page, program.get(f"{where}/file") as from_api:
        assert from_page.data == from_api.data
        assert from_page.mimetype == from_api.mimetype


def test_the_log_says_who_took_what_and_by_which_token(program, round_):
    program.get(f"{asked(program, round_)}/file").close()
    latest = db.select(AuditEntry).order_by(AuditEntry.sequence.desc()).limit(3)
    entries = db.session.scalars(latest).all()[::-1]
    actions = [entry.action for entry in entries]
    assert actions == ["api_token_made", "export_asked_for", "export_fetched"]
    for entry in entries:
        assert entry.actor_id == program.owner.id
        assert entry.community == round_.community.slug
    assert [entry.details.get("token") for entry in entries[1:]] == [program.token.mark] * 2
    assert entries[1].details["purpose"] == "research"
    assert program.secret not in str([entry.details for entry in entries])


def test_tables_are_made_for_a_token_of_tables_and_answers_are_not(app, round_):
    program = make_program(app, round_.community, scope=TABLES_ALONE)
    where = asked(program, round_, what="tables", format="xlsx")
    assert program.get(where).json["state"] == "ready"
    is_problem(program.post(address(round_), json=WISH), 403)
    other = make_program(app, round_.community, owner=program.owner)
    answers = asked(other, round_)
    is_problem(program.get(answers), 404)
    is_problem(program.get(f"{answers}/file"), 404)


def test_raw_answers_never_leave_by_token(app, round_):
    program = make_program(app, round_.community, role=Role.SECRETARIAT)
    told = is_problem(program.post(address(round_), json={**WISH, "what": "raw"}), 422)
    assert list(told["errors"]) == ["what"]
    made = Export(
        id="0" * 32,
        round_id=round_.id,
        user_id=program.owner.id,
        what="raw",
        purpose="research",
        format="jsonl",
        language="sv",
        asked_at=datetime.now(UTC),
    )
    db.session.add(made)
    db.session.commit()
    is_problem(program.get(address(round_, f"/{made.id}")), 404)
    is_problem(program.get(address(round_, f"/{made.id}/file")), 404)


def test_what_others_asked_for_is_not_found(app, program, round_):
    where = asked(program, round_)
    other = make_program(app, round_.community)
    is_problem(other.get(where), 404)
    is_problem(other.get(f"{where}/file"), 404)


def test_another_community_is_not_found_whether_it_is_there_or_not(program, round_):
    other = make_round(community=make_community())
    make_member(other.community, Role.ANALYST, user=program.owner)
    there = program.get(address(other, "/x"))
    elsewhere = f"/communities/{round_.community.slug}/rounds/{other.slug}/exports/x"
    nowhere = program.get("/communities/nowhere/rounds/none/exports/x")
    assert there.data == nowhere.data == program.get(elsewhere).data
    is_problem(there, 404)
    is_problem(program.get(f"/communities/{other.community.slug}/rounds"), 404)
    is_problem(program.post(address(other), json=WISH), 404)


def test_too_few_answers_are_not_exported(app):
    found = make_round()
    make_responses(found, [{"children": "no"}] * 4)
    told = make_program(app, found.community).post(address(found), json=WISH)
    assert "fewer than 5" in is_problem(told, 409)["detail"]
    assert db.session.scalars(db.select(Export)).all() == []


def test_while_it_is_made_rows_are_told_and_there_is_no_file(program, round_):
    where = asked(program, round_)
    made = db.session.scalars(db.select(Export)).one()
    made.made_at, made.rows_done, made.rows_total = None, 3, 7
    reply = program.get(where)
    told = {name: reply.json[name] for name in ("state", "rows_done", "rows_total")}
    assert told == {"state": "making", "rows_done": 3, "rows_total": 7}
    assert reply.headers["Retry-After"] == "2"
    is_problem(program.get(f"{where}/file"), 409)


def test_a_file_is_gone_after_its_hour(app, program, round_):
    where = asked(program, round_)
    made = db.session.scalars(db.select(Export)).one()
    made.made_at = datetime.now(UTC) - KEPT - timedelta(minutes=1)
    assert program.get(where).json["state"] == "gone"
    is_problem(program.get(f"{where}/file"), 410)
    assert remove_old_files(app.config["INSTANCE_FOLDER"], datetime.now(UTC)) == 1


def test_why_there_is_no_file_is_told(program, round_):
    where = asked(program, round_)
    db.session.scalars(db.select(Export)).one().failure = "too_many_rows"
    told = program.get(where).json
    assert (told["state"], told["reason"]) == ("failed", "too_many_rows")
    is_problem(program.get(f"{where}/file"), 410)


def test_p12_a_file_with_deleted_answers_is_not_handed_out(app, program, round_):
    where = asked(program, round_)
    delete_response(db.session.scalars(db.select(Response)).first())
    told = program.get(where).json
    assert (told["state"], told["reason"]) == ("failed", "outdated")
    is_problem(program.get(f"{where}/file"), 410)
    assert not file_of(app.config["INSTANCE_FOLDER"], told["id"]).exists()
    assert program.get(where).json["reason"] == "outdated"


def test_rounds_are_listed_without_numbers_that_could_be_watched_growing(program, round_):
    reply = program.get(f"/communities/{round_.community.slug}/rounds")
    told = {one["slug"]: one for one in reply.json["rounds"]}
    assert "answers" not in told[round_.slug]
    assert told[round_.slug]["name"] == round_.name
    assert told[round_.slug]["state"] == "open"
    assert reply.headers["Cache-Control"] == "no-store"
