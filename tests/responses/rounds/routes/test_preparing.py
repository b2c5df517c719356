"""A round is prepared, gone through line by line, and opened for good."""

from datetime import UTC, datetime

import pytest

from engage.communities.roles import Role
from engage.questionnaires.actions import publish_version, save_draft
from engage.responses.rounds.queries import round_in
from tests.factories.accounts import sign_in
from tests.factories.communities import make_community, make_member
from tests.factories.questionnaires import (
    NOW,
    SMALL,
    make_questionnaire,
    make_round,
    make_version,
    small_document,
)

pytestmark = pytest.mark.sqlite_only
TYPED = {
    "name_sv": "Hösten",
    "name_ar": "الخريف",
    "slug": "autumn-2027",
    "languages": ["sv", "ar"],
    "mode": "code",
    "profile": "standard",
    "basis": "public_task",
    "k": "7",
    "opens_at": "2027-10-01T08:00",
    "closes_at": "2027-10-31T02:30",
    "retention": "Two years, decision 2027/12.",
}


def new(desk, status=200, **changes):
    return desk.post(f"/new?version={desk.version.id}", {**TYPED, **changes}, status)


def test_a_round_is_prepared_with_times_on_the_clock_of_the_community(desk):
    page = new(desk)
    assert page.h1 == "Hösten"
    made = round_in(desk.community, "autumn-2027")
    assert made.opens_at == datetime(2027, 10, 1, 6, 0, tzinfo=UTC)
    # Half past two comes twice this night; closing means the second time.
    assert made.closes_at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    assert (made.mode, made.k) == ("code", 7)
    assert "8:00" in page.text


def test_first_the_version_is_chosen(desk):
    page = desk.get("/new")
    assert page.all("//select[@name='version']/option/@value") == [str(desk.version.id)]
    page = desk.get(f"/new?version={desk.version.id}")
    assert page.fields()["name_sv"] == "Hur är det att bo här?"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"slug": "Å"}, "small letters"),
        ({"slug": "spring"}, "Choose another"),
        ({"k": "3"}, "5"),
        ({"k": "7", "profile": "minors"}, "10"),
        ({"languages": []}, "at least one language"),
        ({"languages": ["da"]}, "options"),
        ({"opens_at": "soon"}, "date and a time"),
        ({"opens_at": "2027-03-28T02:30"}, "leaps over"),
        ({"closes_at": "2027-09-01T00:00"}, "before it opens"),
        ({"mode": "named"}, "options"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_all_is_kept(desk, wrong, told):
    page = new(desk, **wrong)
    assert told in page.words(page.find("//*[@class='error-summary']"))
    assert page.fields()["name_sv"] == "Hösten"
    assert round_in(desk.community, "autumn-2027") is None


def test_a_language_without_buttons_needs_a_tick(desk):
    document = small_document()
    texts = document.model_dump_json().replace('"ar":', '"ti":').replace('"ar"]', '"ti"]')
    version = make_version(desk.community, small_document().model_validate_json(texts))
    desk.version = version
    typed = {"name_ti": "ትግርኛ", "languages": ["sv", "ti"]}
    page = desk.get(f"/new?version={version.id}")
    assert "buttons will be in English" in page.text
    assert "have no buttons" in new(desk, **typed).text
    assert new(desk, english_buttons="y", **typed).h1 == "Hösten"


def test_z15_only_whole_languages_are_offered_and_the_others_named(desk):
    items = [*SMALL["items"], {"key": "x", "type": "short_text", "label": {"sv": "Ny"}}]
    version = make_version(desk.community, small_document(items=items))
    page = desk.get(f"/new?version={version.id}")
    assert page.all("//input[@name='languages']/@value") == ["sv"]
    assert "texts are missing: العربية" in page.text


def test_a_version_of_another_community_is_not_offered(desk):
    other = make_version(make_community())
    page = desk.get(f"/new?version={other.id}")
    assert page.all("//input[@name='slug']") == []


def lines(page):
    return {
        page.words(item.xpath(".//strong")[0]): "red" not in (item.get("class") or "")
        for item in page.all("//ul[@class='check-list']/li")
    }


def test_s02_the_list_is_red_until_everything_is_there(desk):
    page = desk.get("/spring")
    assert list(lines(page).values()).count(False) == 1
    assert not lines(page)["The preview was looked at"]
    assert page.all("//a[contains(@href, '/spring/open')]") == []
    for language in ("sv", "ar"):
        desk.post("/spring/seen", {"seen": language})
    page = desk.get("/spring")
    assert all(lines(page).values())
    assert page.all("//a[contains(@href, '/spring/open')]")


def test_s02_texts_nobody_reviewed_are_a_red_line(desk):
    found = make_questionnaire(desk.community)
    version = publish_version(found, now=NOW, who=None)
    make_round(version, slug="raw", opened_at=None)
    page = desk.get("/raw")
    assert not lines(page)["Every translation was reviewed by a person"]
    assert "العربية" in page.find("//ul[@class='check-list']").xpath("string()")


def test_a_round_is_opened_after_saying_what_stays(desk):
    for language in ("sv", "ar"):
        desk.post("/spring/seen", {"seen": language})
    page = desk.get("/spring/open")
    assert "Nobody can change it afterwards" in page.text
    assert "Anonymous" in page.text
    page = desk.post("/spring/open", {})
    assert "The round is opened." in page.text
    assert desk.now().opened_at is not None


def test_a_red_round_is_not_opened_by_its_address(desk):
    assert desk.client.get(desk.address + "/spring/open").status_code == 303
    page = desk.post("/spring/open", {})
    assert "every line is green" in page.text
    assert desk.now().opened_at is None


def test_everything_can_be_changed_before_opening(desk):
    fields = {**TYPED, "slug": "summer", "mode": "code"}
    desk.post("/spring/edit", fields)
    assert (desk.now().slug, desk.now().mode) == ("summer", "code")


@pytest.mark.parametrize("slug", ["taken", "Å", ""])
def test_the_address_of_a_round_in_preparation_stays_one_of_a_kind(desk, slug):
    make_round(desk.version, slug="taken")
    page = desk.post("/spring/edit", {**TYPED, "slug": slug})
    assert page.find("//*[@class='error-summary']") is not None
    assert desk.now().slug == "spring"


def test_p07_what_was_promised_has_no_field_after_opening(desk):
    make_round(desk.version, slug="open", name={"sv": "A", "ar": "ا"})
    page = desk.get("/open/edit")
    for name in ("mode", "k", "profile", "basis", "slug"):
        assert page.all(f"//*[@name='{name}']") == []
    forged = {**TYPED, "mode": "code", "k": "50", "slug": "other", "name_sv": "Nytt"}
    desk.post("/open/edit", forged)
    stored = round_in(desk.community, "open")
    assert (stored.mode, stored.k, stored.name["sv"]) == ("anonymous", 5, "Nytt")


@pytest.mark.parametrize("role", [Role.ANALYST, Role.FACILITATOR, Role.PARTNER, Role.TRANSLATOR])
@pytest.mark.parametrize("opened", [None, NOW])
def test_roles_and_phases_only_the_secretariat_runs_rounds(desk, client, role, opened):
    found = make_round(desk.version, slug="phase", opened_at=opened)
    sign_in(client, make_member(desk.community, role))
    page = desk.get(f"/{found.slug}")
    for end in ("edit", "open", "close", "closing", "version", "delete"):
        assert page.all(f"//main//a[contains(@href, '/phase/{end}')]") == []
        assert client.get(f"{desk.address}/phase/{end}").status_code == 403
        assert client.post(f"{desk.address}/phase/{end}").status_code in {403, 405}
    assert client.get(f"{desk.address}/new").status_code == 403
    assert client.post(f"{desk.address}/phase/seen").status_code == 403


def test_a_newer_version_is_offered_and_looked_at_first(desk):
    more = [*SMALL["items"], {**SMALL["items"][2], "key": "more"}]
    save_draft(desk.version.questionnaire, small_document(items=more), who=None)
    publish_version(desk.version.questionnaire, now=NOW, who=None, vouched=True)
    assert "is newer" in desk.get("/spring").text
    page = desk.get("/spring/version")
    assert "question.more" in page.text
    desk.post("/spring/version", {})
    assert desk.now().version.number == 2


def test_an_open_round_keeps_its_version_when_the_newer_one_takes_away(desk):
    make_round(desk.version, slug="open")
    save_draft(desk.version.questionnaire, small_document(items=SMALL["items"][:1]), who=None)
    publish_version(desk.version.questionnaire, now=NOW, who=None, vouched=True)
    page = desk.post("/open/version", {}, 409)
    assert "takes away what people have answered" in page.text
    assert round_in(desk.community, "open").version.number == 1


def test_the_list_says_how_each_round_stands(desk):
    make_round(desk.version, slug="later", opens_at=datetime(2090, 1, 1, tzinfo=UTC))
    make_round(desk.version, slug="over", closes_at=datetime(2020, 1, 1, tzinfo=UTC))
    text = desk.get().text
    for words in ("Being prepared", "Opens later", "Closed"):
        assert words in text
