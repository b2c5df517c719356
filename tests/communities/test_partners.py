"""Partners: dated joins and leaves, and none ever taken out of the list."""

from datetime import UTC, date, datetime

import pytest

from engage.communities.actions.partners import PartnerFacts, add_partner, update_partner
from engage.communities.models import Partner
from engage.communities.queries import partners
from tests.factories.accounts import sign_in
from tests.factories.communities import make_community, make_member, make_partner

NOW = datetime(2027, 3, 1, tzinfo=UTC)


def test_a_partner_takes_part_from_the_day_it_joins_until_the_day_it_leaves():
    one = Partner(joined_on=date(2027, 1, 10), left_on=date(2027, 2, 10))
    days = [date(2027, 1, 9), date(2027, 1, 10), date(2027, 2, 9), date(2027, 2, 10)]
    assert [one.is_member_on(day) for day in days] == [False, True, True, False]


def test_those_who_left_come_last(db):
    community = make_community()
    make_partner(community, name="left", joined_on=date(2020, 1, 1), left_on=date(2021, 1, 1))
    make_partner(community, name="second", joined_on=date(2022, 1, 1))
    make_partner(community, name="first", joined_on=date(2021, 1, 1))
    assert [one.name for one in partners(community)] == ["first", "second", "left"]


def test_leaving_is_a_date_and_the_partner_stays(db):
    community = make_community()
    facts = PartnerFacts("Bolaget", "company", date(2026, 1, 1))
    one = add_partner(community, facts, who=None, now=NOW)
    gone = PartnerFacts("Bolaget", "company", date(2026, 1, 1), left_on=date(2027, 1, 1))
    update_partner(community, one, gone, who=None, now=NOW)
    db.session.commit()
    assert [(p.name, p.left_on) for p in partners(community)] == [("Bolaget", date(2027, 1, 1))]


@pytest.mark.sqlite_only
def test_on_a_phone_the_cells_of_the_list_say_what_they_are(app, client):
    community = make_community(slug="plats")
    make_partner(community, name="Bolaget", joined_on=date(2026, 1, 1))
    sign_in(client, make_member(community, "partner"))
    row = client.get_page("/en/c/plats/partners").find("//tbody/tr")
    assert [cell.get("data-label") for cell in row] == [
        None,
        "Kind",
        "Joined on",
        "Left on",
        "State",
    ]


@pytest.mark.sqlite_only
class TestPages:
    """The list and the form."""

    @pytest.fixture
    def community(self, client):
        made = make_community(slug="plats")
        sign_in(client, make_member(made))
        return made

    def test_a_partner_is_added_and_corrected(self, client, community, db):
        sent = {"name": "Mimer <i>", "kind": "housing", "joined_on": "2025-03-01"}
        page = client.post_page("/en/c/plats/partners/new", sent)
        assert "Mimer <i>" in page.text
        assert "March 1, 2025" in page.text
        link = page.find("//main//th/a/@href")
        fields = client.get_page(link).fields()
        assert fields["joined_on"] == "2025-03-01"
        page = client.post_page(link, {**fields, "left_on": "2026-01-01", "note": "a\r\nb"})
        assert "Has left" in page.text
        db.session.expire_all()
        assert partners(community)[0].note == "a\nb"

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"name": ""}, "Fill in this field."),
            ({"name": "x" * 121}, "Write at most 120 characters."),
            ({"kind": "king"}, "Choose one of the options."),
            ({"joined_on": "soon"}, "Write a date"),
            ({"joined_on": ""}, "Fill in this field."),
            ({"left_on": "2024-12-31"}, "Write a day on or after the day it joined."),
            ({"url": "javascript:alert(1)"}, "Write a web address"),
            ({"url": "https://x"}, "Write a web address"),
        ],
    )
    def test_what_is_wrong_is_told_and_kept(self, client, community, wrong, words, db):
        sent = {"name": "Mimer", "kind": "housing", "joined_on": "2025-03-01", "note": "kept"}
        page = client.post_page("/en/c/plats/partners/new", {**sent, **wrong})
        assert words in page.text
        assert page.words(page.find("//textarea")) == "kept"
        assert db.session.query(Partner).count() == 0

    def test_an_empty_list_says_what_to_do(self, client, community):
        assert "No partner yet" in client.get_page("/en/c/plats/partners").text

    def test_no_other_column_can_be_sent_along_x25(self, client, community, db):
        other = make_community()
        one = make_partner(community, name="Before")
        before = one.id
        sent = {"id": "999", "community_id": str(other.id), "name": "After"}
        fields = client.get_page(f"/en/c/plats/partners/{one.id}").fields()
        client.post_page(f"/en/c/plats/partners/{one.id}", {**fields, **sent})
        db.session.expire_all()
        stored = db.session.query(Partner).one()
        assert (stored.id, stored.community_id, stored.name) == (before, community.id, "After")
