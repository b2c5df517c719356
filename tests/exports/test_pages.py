"""Who may take answers away, through which page, and for how long (S-10)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from engage.accounts.models import AuditEntry
from engage.communities.roles import Role
from engage.exports.actions import file_of, remove_old_files
from engage.exports.models import KEPT, Export
from engage.extensions import db
from engage.responses.models import Round
from tests.factories.accounts import sign_in
from tests.factories.communities import make_community, make_member
from tests.factories.questionnaires import make_round
from tests.factories.results import make_responses
from tests.pages import PageClient

pytestmark = pytest.mark.sqlite_only
WISH = {
    "purpose": "research",
    "note": "Uppsats",
    "what": "answers",
    "format": "csv",
    "language": "sv",
}


@pytest.fixture
def round_(app: object) -> Round:
    found = make_round()
    make_responses(found, [{"children": "no"}] * 7)
    return found


def address(found: Round, more: str = "") -> str:
    return f"/en/c/{found.community.slug}/rounds/{found.slug}/export{more}"


def signed_in(client: PageClient, found: Round, role: Role = Role.ANALYST) -> None:
    person = make_member(found.community, role)
    db.session.commit()
    sign_in(client, person)


def asked(client: PageClient, found: Round, **given: Any) -> Export:
    reply = client.post(address(found), data={**WISH, **given})
    assert reply.status_code == 303
    return db.session.scalars(db.select(Export)).one()


def test_nobody_without_a_sign_in_gets_anything(client: PageClient, round_: Round) -> None:
    """Z-09."""
    signed_in(client, round_)
    made = asked(client, round_)
    stranger = client.application.test_client()
    for reply in (
        stranger.get(address(round_)),
        stranger.get(address(round_, f"/{made.id}")),
        stranger.post(address(round_, f"/{made.id}/file")),
    ):
        assert reply.status_code in {302, 303, 400, 401, 403}
        assert b"response" not in reply.data


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.TRANSLATOR, Role.PARTNER])
def test_other_roles_export_nothing(client: PageClient, round_: Round, role: Role) -> None:
    signed_in(client, round_, role)
    assert client.get(address(round_)).status_code == 403
    assert client.post(address(round_), data=WISH).status_code == 403


def test_the_file_is_made_fetched_and_noted(client: PageClient, round_: Round) -> None:
    signed_in(client, round_)
    made = asked(client, round_)
    client.get_page(address(round_, f"/{made.id}"))
    reply = client.post(address(round_, f"/{made.id}/file"))
    assert reply.status_code == 200
    assert reply.data.count(b"\n") == 8
    assert made.name in reply.headers["Content-Disposition"]
    assert reply.headers["Cache-Control"].startswith("no-")
    reply.close()
    actions = [entry.action for entry in db.session.scalars(db.select(AuditEntry))]
    assert actions[-2:] == ["export_asked_for", "export_fetched"]


def test_only_who_asked_for_it_fetches_it(client: PageClient, round_: Round) -> None:
    signed_in(client, round_)
    made = asked(client, round_)
    signed_in(client, round_)
    assert client.post(address(round_, f"/{made.id}/file")).status_code == 404


def test_an_export_is_not_reached_through_another_community(
    client: PageClient, round_: Round
) -> None:
    signed_in(client, round_)
    made = asked(client, round_)
    other = make_round(community=make_community())
    signed_in(client, other)
    assert client.get(address(other, f"/{made.id}")).status_code == 404
    elsewhere = f"/en/c/{other.community.slug}/rounds/{round_.slug}/export/{made.id}"
    assert client.get(elsewhere).status_code == 404


def test_a_purpose_is_needed_and_what_was_typed_stays(client: PageClient, round_: Round) -> None:
    signed_in(client, round_)
    reply = client.post(address(round_), data={**WISH, "purpose": ""})
    assert reply.status_code == 200
    assert "Say what the answers are taken out for." in reply.text
    assert "Uppsats" in reply.text


@pytest.mark.parametrize("field", ["what", "format", "language", "purpose"])
def test_what_is_not_offered_is_refused(client: PageClient, round_: Round, field: str) -> None:
    signed_in(client, round_)
    assert client.post(address(round_), data={**WISH, field: "../etc"}).status_code == 200
    assert db.session.scalars(db.select(Export)).all() == []


def test_a_report_holds_no_single_answers(client: PageClient, round_: Round) -> None:
    signed_in(client, round_)
    reply = client.post(address(round_), data={**WISH, "format": "pdf"})
    assert reply.status_code == 200
    assert "A report holds figures, no single answers." in reply.text
    made = asked(client, round_, what="tables", format="pdf")
    assert made.format == "pdf"


def test_tables_do_not_go_into_a_file_for_spss(client: PageClient, round_: Round) -> None:
    signed_in(client, round_)
    reply = client.post(address(round_), data={**WISH, "what": "tables", "format": "sav"})
    assert "This form holds single answers." in reply.text
    assert db.session.scalars(db.select(Export)).all() == []


def test_too_few_answers_are_not_exported(client: PageClient, app: object) -> None:
    found = make_round()
    make_responses(found, [{"children": "no"}] * 4)
    signed_in(client, found)
    assert "Nothing can be exported yet" in client.get_page(address(found)).text
    client.post(address(found), data=WISH)
    assert db.session.scalars(db.select(Export)).all() == []


def test_a_file_is_gone_after_its_hour(client: PageClient, round_: Round) -> None:
    signed_in(client, round_)
    made = asked(client, round_)
    home = client.application.config["INSTANCE_FOLDER"]
    assert remove_old_files(home, datetime.now(UTC)) == 0
    made.made_at = datetime.now(UTC) - KEPT - timedelta(minutes=1)
    db.session.commit()
    assert client.post(address(round_, f"/{made.id}/file")).status_code == 404
    assert remove_old_files(home, datetime.now(UTC)) == 1
    assert not file_of(home, made.id).exists()
    client.get_page(address(round_, f"/{made.id}"))
