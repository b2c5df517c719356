"""P-35: staff keep names to mask; marked where texts are released, masked everywhere else."""

from datetime import date

import pytest
from flask import current_app
from sqlalchemy import select

from engage.accounts.models import AuditEntry
from engage.communities.roles import Role
from engage.exports.contents import Options
from engage.exports.formats import FORMATS
from engage.exports.making import make_export
from engage.extensions import db
from engage.results.queries import names_to_mask
from tests.factories.accounts import sign_in
from tests.factories.communities import make_community, make_member
from tests.factories.results import make_responses
from tests.results.rounds import forms, make_answered_round

pytestmark = pytest.mark.sqlite_only
ADDRESS = "/en/c/{}/names-to-mask"


@pytest.fixture
def community(app):
    return make_community()


@pytest.fixture
def round_(community):
    made = make_answered_round(community, number=0)
    make_responses(made, [{**form, "wish": "Anna-Lis bil, ABC 123"} for form in forms(12)])
    return made


@pytest.fixture
def staff(client, community):
    sign_in(client, make_member(community, Role.ANALYST))
    return client


def keep(client, community, names):
    return client.post(ADDRESS.format(community.slug), data={"names": names})


def test_names_are_kept_and_the_log_tells_how_many(staff, community):
    assert keep(staff, community, "  Anna  Li \n\nOve\nOve\n").status_code == 303
    assert names_to_mask(community.id) == ("Anna Li", "Ove")
    page = staff.get_page(ADDRESS.format(community.slug))
    assert page.find("//textarea[@name='names']").text.split("\n")[-2:] == ["Anna Li", "Ove"]
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence)).all()[-1]
    assert (entry.action, entry.details) == ("names_to_mask_changed", {"names": 2})


@pytest.mark.parametrize("names", ["A", "7", "x" * 81, "Anna\n" * 501, "Ove\n--"])
def test_what_is_no_list_of_names_is_told_and_kept_on_the_page(staff, community, names):
    answer = keep(staff, community, names)
    assert answer.status_code == 200
    assert names.strip() in answer.text.replace("\r", "")
    assert names_to_mask(community.id) == ()


@pytest.mark.parametrize("role", [Role.PARTNER, Role.FACILITATOR, Role.TRANSLATOR])
def test_only_those_who_release_texts_see_the_names(client, community, role):
    sign_in(client, make_member(community, role))
    assert client.get(ADDRESS.format(community.slug)).status_code == 403
    assert keep(client, community, "Ove").status_code == 403


def test_names_are_marked_for_those_who_release_and_masked_for_others(staff, community, round_):
    address = f"/en/c/{community.slug}/rounds/{round_.slug}/results"
    keep(staff, community, "Anna-Li")
    page = staff.get_page(f"{address}/texts/wish")
    assert {mark.text for mark in page.all("//mark")} == {"Anna-Lis", "ABC 123"}
    text = page.all("//input[@name='text']")[0].get("value")
    staff.post(f"{address}/texts/wish", data={"text": text, "decision": "release"})
    partner = staff.application.test_client()
    sign_in(partner, make_member(community, Role.PARTNER))
    assert "[***] bil, [***]" in partner.get_page(address).text
    keep(staff, community, "")
    assert "Anna-Lis bil, [***]" in partner.get_page(address).text


@pytest.mark.parametrize("format_name", [*FORMATS])
def test_names_and_plates_are_masked_in_every_format(
    app, community, round_, staff, tmp_path, format_name
):
    keep(staff, community, "Anna-Li")
    target, home = tmp_path / "out", current_app.config["INSTANCE_FOLDER"]
    options = Options("sv", free_text="beside")
    make_export(round_, format_name, options, home, target, date(2027, 3, 9), lambda *_: None)
    content = target.read_bytes()
    for told in ("Anna-Lis", "ABC 123"):
        assert told.encode() not in content
        assert told.encode("utf-16-le") not in content
