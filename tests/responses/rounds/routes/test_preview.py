"""S-03: a preview is the residents' page under a band, in every language, and stores nothing."""

import pytest
from sqlalchemy import func, select

from engage.extensions import db
from engage.questionnaires.actions import save_draft
from engage.responses.models import CollectionDay, Response, Submission
from engage.responses.rounds.models import RoundPreview
from engage.responses.rounds.pretending import with_marked_fallbacks
from tests.factories.accounts import sign_in
from tests.factories.communities import make_area, make_community, make_member
from tests.factories.questionnaires import SMALL, small_document

pytestmark = pytest.mark.sqlite_only


def addresses(desk):
    questionnaire = f"/c/{desk.community.slug}/questionnaires/{desk.version.questionnaire.key}"
    return [
        f"{questionnaire}/preview",
        f"{questionnaire}/versions/1/preview",
        f"/c/{desk.community.slug}/rounds/spring/preview",
    ]


def headers_of(page):
    assert page.response is not None
    return page.response.headers


def stored():
    tables = (Response, Submission, CollectionDay, RoundPreview)
    return [db.session.scalar(select(func.count()).select_from(table)) for table in tables]


@pytest.mark.parametrize("language", ["sv", "ar"])
def test_draft_version_and_round_look_as_residents_will_see_them(desk, language):
    for address in addresses(desk):
        page = desk.client.get_page(f"/{language}{address}")
        label = SMALL["items"][0]["label"][language]
        assert label in page.text
        assert "This is a preview" in page.words(page.find("//aside"))
        assert page.find("//aside").get("lang") == "en"
        assert page.all("//link[contains(@href, '/preview.')]"), "its band has a style sheet"
        assert page.find("/html").get("dir") == {"sv": "ltr", "ar": "rtl"}[language]


def test_light_and_dark_are_a_link_away(desk):
    address = addresses(desk)[0]
    assert desk.client.get_page(f"/sv{address}").find("/html").get("data-theme") is None
    page = desk.client.get_page(f"/sv{address}?look=dark")
    assert page.find("/html").get("data-theme") == "dark"
    assert page.all("//aside//a[contains(@href, 'look=light')]")


def test_every_language_light_and_dark_stands_side_by_side_s03(desk):
    for address in addresses(desk):
        page = desk.client.get_page(f"/en{address}?look=all")
        told = headers_of(page)["Content-Security-Policy"]
        assert "frame-src 'self'" in told
        assert "frame-ancestors 'none'" in told
        frames = page.all("//iframe")
        looks = [(one.get("title"), one.get("width")) for one in frames]
        assert looks == [
            (f"{language}, {look}", "360")
            for language in ("Svenska", "العربية")
            for look in ("Light", "Dark")
        ]
        dark = desk.client.get_page(frames[1].get("src"))
        assert dark.find("/html").get("data-theme") == "dark"
        assert "frame-ancestors 'self'" in headers_of(dark)["Content-Security-Policy"]
        assert "This is a preview" in dark.text
        assert not dark.all("//aside//a"), "its band leads nowhere else"


def test_a_preview_stands_in_no_frame_unless_asked(desk):
    page = desk.client.get_page(f"/sv{addresses(desk)[0]}")
    assert "frame-ancestors 'none'" in headers_of(page)["Content-Security-Policy"]


def test_a_framed_preview_stays_one_to_its_end(desk):
    address = f"/sv{addresses(desk)[0]}?look=dark&in=frame"
    answer = desk.client.post(address, data={"children": "no", "do": "send"})
    assert "in=frame" in answer.location
    assert "look=dark" in answer.location
    assert "in=frame" in desk.client.post(address, data={"to": "ar"}).location


def test_answers_to_a_preview_go_nowhere(desk):
    for address in addresses(desk):
        form = {"children": "no", "wish": "En bänk", "version": "0"}
        page = desk.client.post_page(f"/sv{address}", {**form, "do": "review"})
        assert "En bänk" in page.text
        assert "This is a preview" in page.text
        page = desk.client.post_page(f"/sv{address}", {**form, "do": "send"})
        assert "This is a preview" in page.text
        json = {"Accept": "application/json"}
        answer = desk.client.post(f"/sv{address}", data={**form, "do": "send"}, headers=json)
        assert "done=1" in answer.json["receipt"]
    assert stored() == [0, 0, 0, 0]


def test_wrong_answers_are_told_as_in_a_round(desk):
    page = desk.client.post_page(f"/sv{addresses(desk)[0]}", {"do": "review"}, 422)
    assert page.find("//*[@class='error-summary']") is not None
    assert "This is a preview" in page.text


def test_reading_a_preview_notes_nothing_a_press_does(desk):
    desk.client.get_page(f"/ar{addresses(desk)[2]}")
    assert stored()[3] == 0
    page = desk.client.get_page(f"/ar{addresses(desk)[2]}")
    form = page.find("//aside//form")
    desk.client.post_page(form.get("action"), {"seen": "ar"})
    assert stored()[3] == 1
    assert desk.client.post(desk.address + "/spring/seen", data={"seen": "da"}).status_code == 400


def test_a_language_the_questionnaire_lacks_leads_to_its_own(desk):
    answer = desk.client.get(f"/da{addresses(desk)[0]}")
    assert answer.status_code == 303
    assert answer.location.startswith("/sv/")


def test_another_language_is_chosen_with_the_pages_own_menu(desk):
    answer = desk.client.post(f"/sv{addresses(desk)[0]}", data={"to": "ar"})
    assert answer.location.startswith("/ar/")


def test_texts_that_are_missing_are_shown_marked(desk):
    items = [*SMALL["items"], {"key": "x", "type": "short_text", "label": {"sv": "Ny"}}]
    document = small_document(items=items)
    save_draft(desk.version.questionnaire, document, who=None)
    assert "[sv] Ny" in desk.client.get_page(f"/ar{addresses(desk)[0]}").text
    assert with_marked_fallbacks(document, "sv") is document


def test_a_draft_with_mistakes_says_what_to_put_right(desk):
    save_draft(desk.version.questionnaire, small_document(items=[]), who=None)
    page = desk.client.get_page(f"/sv{addresses(desk)[0]}")
    assert "document.items" in page.text


def test_a_place_is_marked_in_a_preview_on_a_map_for_staff_alone(desk):
    items = [{"key": "where", "type": "place", "label": {"sv": "Var?", "ar": "أين؟"}}]
    save_draft(desk.version.questionnaire, small_document(items=items), who=None)
    db.session.commit()
    address, place = f"/ar{addresses(desk)[0]}", "//*[@data-place]"
    assert desk.client.get_page(address).find(place).get("data-place") == ""
    assert desk.client.get(f"/ar/c/{desk.community.slug}/preview-map").status_code == 404
    make_area(desk.community, "norra", name={"sv": "Norra", "ar": "الشمال"})
    drawn = desk.client.get_page(address).find(place).get("data-place")
    answer = desk.client.get(drawn)
    assert (answer.status_code, "الشمال" in answer.text) == (200, True)
    assert "خريطة المناطق" in answer.text
    stranger = desk.client.application.test_client()
    assert stranger.get(drawn).status_code == 302
    sign_in(stranger, make_member(make_community()))
    assert stranger.get(drawn).status_code == 403
