"""A community made, shown, and set: its names, languages, help line and contacts."""

from datetime import UTC, datetime

import pytest

from engage.communities.actions.communities import (
    Settings,
    SlugTakenError,
    create_community,
    update_settings,
)
from engage.communities.models import Community, Invitation, Membership
from engage.communities.queries import community_by_slug
from tests.factories.accounts import make_user, sign_in
from tests.factories.communities import make_community, make_member

NOW = datetime(2027, 3, 1, tzinfo=UTC)


def test_an_address_is_taken_once(db):
    more = {
        "country": "SE",
        "languages": ["sv"],
        "default_language": "sv",
        "time_zone": "Europe/Stockholm",
        "now": NOW,
    }
    parent = create_community("staden", {"sv": "Staden"}, "city", **more)
    child = create_community("plats", {"sv": "Plats"}, "neighbourhood", parent=parent, **more)
    db.session.commit()
    assert child.parent is parent
    assert parent.children == [child]
    with pytest.raises(SlugTakenError):
        create_community("plats", {"sv": "Plats"}, "city", **more)


def test_settings_are_kept_on_either_database(db):
    community = make_community(slug="plats")
    settings = Settings(
        name={"sv": "Nytt", "ar": "جديد"},
        municipality="Staden",
        languages=["ar", "sv"],
        default_language="sv",
        time_zone="Europe/Helsinki",
        contact_hours={"sv": "9–12"},
    )
    update_settings(community, settings, who=None, now=NOW)
    db.session.commit()
    db.session.expire_all()
    stored = community_by_slug("plats")
    assert (stored.name, stored.languages) == ({"sv": "Nytt", "ar": "جديد"}, ["ar", "sv"])
    assert stored.contact_hours == {"sv": "9–12"}


@pytest.mark.sqlite_only
class TestPages:
    """The pages of the secretariat and of the administrator."""

    @pytest.fixture
    def community(self, client):
        made = make_community(slug="plats", languages=["sv", "ar"], name={"sv": "Platsen"})
        sign_in(client, make_member(made))
        return made

    def settings(self, client, **changed):
        page = client.get_page("/en/c/plats/settings")
        fields = page.fields("//main/form")
        languages = page.all("//input[@name='languages' and @checked]/@value")
        return client.post_page(
            "/en/c/plats/settings", {**fields, "languages": languages, **changed}
        )

    def test_what_is_set_is_shown(self, client, community, db):
        changed = {
            "name_ar": "مكان",
            "contact_name": "Anna & Ali",
            "contact_phone": "021-12 34 56",
            "contact_hours_sv": "vardagar 9–12",
            "data_protection_contact": "dso@example.org",
            "languages": ["ar", "fi"],
            "default_language": "fi",
        }
        page = self.settings(client, **changed)
        assert "Saved" in page.text
        db.session.expire_all()
        assert community.languages == ["fi", "ar"]
        assert community.name == {"sv": "Platsen", "ar": "مكان"}
        overview = client.get_page("/en/c/plats")
        assert "Anna & Ali · 021-12 34 56" in overview.text
        assert "vardagar 9–12" in overview.text

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"name_sv": " "}, "Fill in this field."),
            ({"languages": []}, "Choose at least one language."),
            ({"languages": ["xx"]}, "Choose one of the options."),
            ({"default_language": "fi"}, "Choose one of the languages the community offers."),
            ({"time_zone": "Mars/Base"}, "Choose one of the options."),
            ({"contact_phone": "call me"}, "Write a phone number"),
            ({"contact_email": "nobody"}, "Write an e-mail address"),
            ({"contact_hours_sv": "x" * 121}, "Write at most 120 characters."),
        ],
    )
    def test_what_is_wrong_is_told_and_kept(self, client, community, wrong, words, db):
        page = self.settings(client, contact_name="kept", **wrong)
        assert words in page.text
        assert page.find("//input[@name='contact_name']").get("value") == "kept"
        db.session.expire_all()
        assert community.contact_name == ""

    def test_no_other_column_can_be_sent_along_x25(self, client, community, db):
        columns = {c.key for c in Community.__table__.columns}
        before = {key: getattr(community, key) for key in columns}
        shown = set(client.get_page("/en/c/plats/settings").fields("//main/form"))
        hidden = columns - shown - {"languages", "name", "contact_hours"}
        self.settings(client, **dict.fromkeys(hidden, "1"))
        db.session.expire_all()
        assert {key: getattr(community, key) for key in hidden} == {
            key: before[key] for key in hidden
        }

    def test_a_name_in_another_language_says_which_it_is(self, client, community, db):
        sign_in(client, make_user(is_admin=True))
        page = client.get_page("/en/communities")
        assert page.find("//main//bdi[text()='Platsen']").get("lang") == "sv"

    def test_the_administrator_makes_a_community_and_invites_its_secretariat(self, client, db):
        parent = make_community(slug="staden")
        sign_in(client, make_user(is_admin=True))
        fields = client.get_page("/en/communities/new").fields()
        sent = {
            **fields,
            "name": "Nya platsen",
            "slug": "nya-platsen",
            "kind": "neighbourhood",
            "parent": "staden",
            "person_name": "Anna",
            "person_email": "anna@example.org",
        }
        page = client.post_page("/en/communities/new", sent)
        assert page.h1 == "A link for Anna"
        made = community_by_slug("nya-platsen")
        assert (made.parent_id, made.country) == (parent.id, "SE")
        assert db.session.query(Invitation).one().role == "secretariat"
        assert db.session.query(Membership).count() == 0
        assert client.get("/en/c/nya-platsen").status_code == 403

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"slug": "Å plats"}, "Use only small letters a–z"),
            ({"slug": "a--b"}, "Use only small letters a–z"),
            ({"slug": "plats"}, "There is a community with this short name."),
            ({"country": "XX"}, "Choose one of the options."),
            ({"parent": "nowhere"}, "Choose one of the options."),
            ({"person_email": "x"}, "Write an e-mail address"),
        ],
    )
    def test_a_community_that_cannot_be_made_is_told_why(self, client, community, wrong, words):
        sign_in(client, make_user(is_admin=True))
        sent = {
            "name": "N",
            "slug": "ny",
            "kind": "city",
            "parent": "",
            "country": "SE",
            "person_name": "A",
            "person_email": "a@example.org",
        }
        page = client.post_page("/en/communities/new", {**sent, **wrong})
        assert words in page.text
        assert community_by_slug("ny") is None
