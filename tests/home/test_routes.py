"""Front page, communities, the desk, and what must be told: for everybody, in every language."""

from datetime import UTC, datetime, timedelta

import pytest

from engage.communities.roles import Role
from engage.extensions import db
from engage.i18n.languages import interface_languages
from engage.questionnaires.actions import save_draft
from tests.factories.accounts import make_user, sign_in
from tests.factories.communities import make_community, make_member
from tests.factories.questionnaires import SMALL, make_round, make_version, small_document
from tests.factories.results import make_responses

pytestmark = pytest.mark.sqlite_only
LANGUAGES = [language.code for language in interface_languages()]
WISH = {"children": "no", "wish": "Fler bänkar"}
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def place(app):
    """Return a community that residents can reach."""
    return make_community(
        slug="backby",
        name={"sv": "Bäckby", "ar": "بيكبي"},
        contact_name="Samira Holm",
        contact_phone="021-00 00 00",
        contact_email="samira@example.org",
        data_protection_contact="dpo@example.org",
    )


@pytest.fixture
def open_round(place):
    """Return a round one can answer now, in Swedish and Arabic."""
    return make_round(make_version(place), slug="spring", name={"sv": "Våren", "ar": "الربيع"})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/", "/privacy", "/accessibility", "/at/backby"])
def test_every_page_is_there_in_every_language(client, open_round, language, path):
    client.get_page(f"/{language}{path}")


def test_an_open_round_is_one_tap_away_in_a_language_it_speaks(client, open_round):
    page = client.get_page("/ar/")
    link = page.find("//ul[@class='cards']//a")
    assert (page.words(link), link.get("href")) == ("الربيع", "/ar/r/spring")


def test_in_another_language_the_link_leads_to_the_choice_of_language(client, open_round):
    page = client.get_page("/fi/")
    link = page.find("//ul[@class='cards']//a")
    assert link.get("href") == "/r/spring"
    assert link.xpath(".//bdi/@lang") == ["sv"]


def test_the_address_without_a_language_speaks_too_and_sends_nobody_on(client, open_round):
    page = client.get_page("/", headers={"Accept-Language": "ar"})
    first = page.all("//ul[@class='language-tiles']//a/@hreflang")[0]
    assert first == "ar"
    assert page.response.status_code == 200


def test_rounds_that_are_not_open_are_not_offered(client, place):
    version = make_version(place)
    make_round(version, slug="a", opened_at=None)
    make_round(version, slug="b", opens_at=datetime(2090, 1, 1, tzinfo=UTC))
    make_round(version, slug="c", opens_at=LONG_AGO, closes_at=LONG_AGO + timedelta(days=9))
    page = client.get_page("/sv/")
    assert page.all("//ul[@class='cards']//a") == []


def test_a_community_shows_what_is_open_what_was_and_who_to_talk_to(client, place, open_round):
    make_round(
        open_round.version,
        slug="old",
        name={"sv": "Förra året", "ar": "العام الماضي"},
        opens_at=LONG_AGO,
        closes_at=LONG_AGO + timedelta(days=9),
    )
    page = client.get_page("/sv/at/backby")
    assert page.h1 == "Bäckby"
    for words in ("Våren", "Förra året", "Samira Holm", "021-00 00 00"):
        assert words in page.text
    assert page.all("//a[@href='tel:021-000000']")


def test_a_community_that_never_asked_is_not_public(client, place):
    client.get_page("/sv/at/backby", 404)
    client.get_page("/sv/at/nowhere", 404)
    assert "Bäckby" not in client.get_page("/sv/").text


def test_p21_the_cookies_are_listed(client, open_round):
    page = client.get_page("/en/privacy")
    rows = [page.words(cell) for cell in page.all("//main//dt")]
    assert rows == ["receipt", "session", "language", "theme"]
    assert "dpo@example.org" in page.text


def test_p08_nobody_promises_complete_anonymity(client, open_round):
    text = client.get_page("/en/privacy").text.lower()
    assert "anonym" not in text
    assert "who could still find out something" in text


def test_a02_the_statement_names_law_gaps_contact_and_authority(client, open_round):
    page = client.get_page("/en/accessibility")
    for words in ("EN 301 549", "WCAG 2.2", "What is lacking", "samira@example.org", "Digg"):
        assert words in page.text


def test_the_desk_is_for_those_who_signed_in(client, open_round):
    assert client.get("/en/staff").status_code == 302


def test_s01_the_desk_shows_what_needs_the_person(client, place, open_round):
    sign_in(client, make_member(place))
    make_responses(open_round, [WISH] * 123)
    open_round.closes_at = datetime.now(UTC) + timedelta(days=10)
    make_round(open_round.version, slug="next", name={"sv": "Nästa"}, opened_at=None)
    items = [*SMALL["items"], {"key": "x", "type": "short_text", "label": {"sv": "Ny"}}]
    save_draft(open_round.questionnaire, small_document(items=items), who=None)
    page = client.get_page("/en/staff")
    assert page.find("//a[contains(@href, '/spring/results/texts/wish')]") is not None
    for words in (
        "about 120 answers",
        "about 120 texts",
        "Nästa",
        "1 text is missing",
        "The round closes",
        "العربية",
    ):
        assert words in page.text
    assert "123" not in page.text


def test_languages_are_marked_as_what_they_are_where_staff_read_them(client, place, open_round):
    sign_in(client, make_member(place))
    for path in ("", "/rounds", "/rounds/spring", "/questionnaires"):
        page = client.get_page(f"/en/c/backby{path}")
        assert page.words(page.find("//main//bdi[@lang='ar']")) == "العربية"


@pytest.mark.parametrize(("days", "is_told"), [(-3, True), (30, True), (31, False)])
def test_s01_the_desk_tells_when_answers_are_to_be_deleted(
    client, place, open_round, days, is_told
):
    sign_in(client, make_member(place))
    open_round.kept_until = datetime.now(UTC).date() + timedelta(days=days)
    db.session.commit()
    told = "The last day the answers are kept" in client.get_page("/en/staff").text
    assert told == is_told


def test_s01_few_answers_are_not_told(client, place, open_round):
    sign_in(client, make_member(place))
    page = client.get_page("/en/staff")
    assert "fewer than 5 answers" in page.text
    assert page.all("//a[contains(@href, '/texts/')]") == []


@pytest.mark.parametrize("role", [*Role])
def test_each_role_sees_its_own_work_only(client, place, open_round, role):
    make_round(open_round.version, slug="next", name={"sv": "Nästa"}, opened_at=None)
    items = [*SMALL["items"], {"key": "x", "type": "short_text", "label": {"sv": "Ny"}}]
    save_draft(open_round.questionnaire, small_document(items=items), who=None)
    sign_in(client, make_member(place, role))
    text = client.get_page("/en/staff").text
    assert ("Nästa" in text) == (role is Role.SECRETARIAT)
    assert ("text is missing" in text) == (role in {Role.SECRETARIAT, Role.TRANSLATOR})


def test_other_communities_do_not_show_on_the_desk(client, place, open_round):
    sign_in(client, make_member(make_community()))
    assert "Våren" not in client.get_page("/en/staff").text


def test_somebody_without_a_community_is_told_so(client):
    sign_in(client, make_user(is_admin=True))
    page = client.get_page("/en/staff")
    assert "no community yet" in page.text
    assert page.all("//main//a[contains(@href, '/communities')]")
