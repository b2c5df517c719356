"""Questionnaires are begun, listed, described, put away, and shown to each role as it may."""

import pytest

from engage.communities.roles import Role
from engage.questionnaires.actions import save_draft
from engage.questionnaires.checking import problems_of
from engage.questionnaires.queries import questionnaire, questionnaires
from engage.questionnaires.starters import STARTERS, starter
from tests.factories.accounts import sign_in
from tests.factories.communities import make_community, make_member
from tests.factories.questionnaires import make_questionnaire, small_document

pytestmark = pytest.mark.sqlite_only


def new(desk, status=200, **fields):
    address = f"/en/c/{desk.community.slug}/questionnaires/new"
    typed = {"title": "Trygghet 2027", "language": "sv", "start": "", **fields}
    return desk.client.post_page(address, typed, status)


def test_an_empty_questionnaire_is_begun_with_a_short_name_from_its_title(desk):
    page = new(desk)
    assert page.h1 == "Trygghet 2027"
    made = questionnaire(desk.community, "trygghet-2027")
    assert made.draft_document.title == {"sv": "Trygghet 2027"}
    assert made.draft_document.languages == ("sv",)


@pytest.mark.parametrize("language", ["sv", "en", "da", "ar"])
def test_an_example_to_change_is_whole_in_its_languages(language):
    for name, _words in STARTERS:
        document = starter(name, "Titel", language)
        assert document.languages[0] == language
        if language != "ar":
            assert problems_of(document) == []


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"key": "needs"}, {"key": "Å"}, {"language": "xx"}, {"start": "xx"}]
)
def test_what_cannot_be_begun_is_told_and_kept(desk, wrong):
    page = new(desk, **wrong)
    assert page.find("//*[@class='error-summary']") is not None
    assert page.fields()["title"] == wrong.get("title", "Trygghet 2027")
    assert len(questionnaires(desk.community)) == 1


def test_what_stands_around_the_questions_is_edited(desk):
    desk.fill("/texts", {"title": "Ny titel", "who": "Vi\nfrågar", "minutes": "12"})
    document = desk.draft
    assert document.title == {"sv": "Ny titel", "ar": "كيف هو العيش هنا؟"}
    assert document.introduction.who["sv"] == "Vi\nfrågar"
    assert document.minutes == 12
    page = desk.fill("/texts", {"title": "", "minutes": "0"})
    assert page.title.startswith("Error:")
    assert desk.draft.minutes == 12


def test_two_people_edit_the_title(desk):
    fields = desk.get("/texts").fields("//main//form[1]")
    title = {"sv": "Hennes", "ar": "كيف هو العيش هنا؟"}
    save_draft(desk.questionnaire, small_document(title=title), who=None)
    page = desk.post("/texts", {**fields, "title": "Hans"}, 409)
    assert "Hennes" in page.text
    assert page.fields("//main//form[1]")["title"] == "Hans"


def test_languages_are_added_and_left_out_without_losing_words(desk):
    desk.post("/languages", {"languages": ["sv", "so", "en"]})
    assert desk.draft.languages[0] == "sv"
    assert set(desk.draft.languages) == {"sv", "so", "en"}
    desk.post("/languages", {"languages": ["ar"]})
    assert desk.draft.languages == ("sv", "ar")
    assert desk.draft.title["ar"]


def test_a_questionnaire_is_put_away_and_taken_out(desk):
    page = desk.post("/archive", {})
    assert "1 put away" in page.text
    page = desk.get()
    assert "put away" in page.text
    assert page.all("//a[contains(@href, '/add')]") == []
    desk.post("/restore", {})
    assert "put away" not in desk.get().find("//h1").text


def test_problems_warnings_and_changes_are_on_the_outline(desk):
    node = {
        "op": "is",
        "args": [{"op": "answer", "name": "children"}, {"op": "value", "value": "x"}],
    }
    extra = {"key": "extra", "type": "short_text", "label": {}, "relevant": node}
    items = [*small_document().model_dump()["items"], extra]
    save_draft(desk.questionnaire, small_document(items=items), who=None)
    page = desk.get()
    assert "Write the question." in page.text
    assert "so this never holds" in page.text
    assert "wrong" in page.find("//li[@id='item-extra']").get("class")


@pytest.mark.parametrize("role", [Role.ANALYST, Role.FACILITATOR, Role.PARTNER, Role.TRANSLATOR])
def test_others_may_look_but_not_touch(desk, client, role):
    sign_in(client, make_member(desk.community, role))
    assert "Vad saknas här?" in desk.get().text
    assert client.get(desk.address + "/items/wish").status_code == 403
    assert client.post(desk.address + "/archive").status_code == 403
    translate = client.get(desk.address + "/translate/ar").status_code
    assert translate == (200 if role is Role.TRANSLATOR else 403)


def test_what_is_anothers_is_not_here(desk):
    other = make_questionnaire(make_community(), key="theirs")
    base = f"/en/c/{desk.community.slug}/questionnaires/{other.key}"
    for end in ("", "/add", "/publish", "/texts", "/choices", "/translate/ar", "/preview"):
        assert desk.client.get(base + end).status_code == 404
