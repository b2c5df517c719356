"""Staff on a phone without JavaScript: from an empty desk to an open round, by keyboard alone."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from engage.extensions import db
from engage.questionnaires.actions import publish_version, save_draft
from engage.responses.models import Response
from engage.responses.rounds.queries import round_in
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.communities import make_community, make_member
from tests.factories.questionnaires import (
    NOW,
    SMALL,
    make_questionnaire,
    make_round,
    make_version,
    small_document,
)


@pytest.fixture
def community(live_server):
    """Return a community with a secretary, reachable by residents."""
    made = make_community(
        slug="plats",
        name={"sv": "Platsen", "ar": "المكان"},
        contact_name="Samira Holm",
        contact_phone="021-00 00 00",
        contact_email="samira@example.org",
    )
    make_member(made, user=make_user(email="kansli@example.org"))
    db.session.commit()
    return made


def sign_in(page, language="en"):
    page.goto(f"/{language}/sign-in")
    page.fill("input[name=email]", "kansli@example.org")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url(lambda url: "sign-in" not in url)


def press(page, words):
    """Reach a button or link by its words and press Enter, as a keyboard does."""
    target = page.locator(f"main :is(button, a):has-text({words!r})").first
    target.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def looked_at(page, address, language):
    """Look at the preview in a language and say so."""
    page.goto(f"/{language}{address}/preview")
    page.locator("aside button[name=seen]").press("Enter")
    page.wait_for_load_state()


def test_from_an_empty_desk_to_an_open_round_without_javascript(browser, live_server, community):
    context = browser.new_context(
        base_url=live_server.url,
        java_script_enabled=False,
        viewport={"width": 360, "height": 640},
    )
    page = context.new_page()
    sign_in(page)
    page.goto("/en/c/plats/questionnaires")
    press(page, "New questionnaire")
    page.fill("input[name=title]", "Trygghet här")
    page.select_option("select[name=language]", "sv")
    page.check("input[name=start][value=needs]")
    press(page, "Begin")
    press(page, "Add at the end")
    page.select_option("select[name=kind]", "number")
    page.fill("textarea[name=words]", "Hur länge har du bott här?")
    press(page, "Add it")
    page.fill("[name=setting-maximum]", "99")
    press(page, "Save")
    up = "#item-hur_lange_har_du_bott_har button[value=up]"
    page.locator(up).press("Enter")
    page.wait_for_load_state()
    assert "Hur länge" in page.inner_text("li.question:nth-last-child(2)")
    press(page, "Publish")
    press(page, "Publish version 1")
    assert page.inner_text("h1") == "Version 1"
    press(page, "Prepare a round with it")
    page.fill("input[name=slug]", "trygghet")
    page.fill("input[name=opens_at]", datetime.now(UTC).strftime("%Y-%m-%dT00:00"))
    page.fill("input[name=retention]", "Two years, decision 2027/12.")
    press(page, "Save")
    assert "Not yet" in page.inner_text(".check-list .red")
    looked_at(page, "/c/plats/rounds/trygghet", "sv")
    press(page, "Open the round")
    press(page, "Open the round")
    assert "The round is opened." in page.inner_text("main")
    page.goto("/r/trygghet")
    assert "Trygghet här" in page.inner_text("h1")
    context.close()
    assert round_in(community, "trygghet").opened_at is not None


@pytest.fixture
def addresses(community):
    """Return every page of the editor, of rounds and of home, with something on each."""
    found = make_questionnaire(community, key="needs")
    publish_version(found, now=NOW, who=None)
    node = {"op": "answered", "args": [{"op": "answer", "name": "children"}]}
    group = {
        "kind": "group",
        "key": "home",
        "title": {"sv": "Hemmet"},
        "items": [SMALL["items"][2]],
    }
    broken = {"key": "broken", "type": "single_choice", "label": {"sv": "Trasig"}}
    extra = {"key": "extra", "type": "scale", "label": {"sv": "Ny"}, "relevant": node}
    items = [*SMALL["items"][:2], group, broken, extra]
    save_draft(found, small_document(items=items), who=None)
    whole = make_version(community)
    make_round(whole, slug="open", closes_at=datetime.now(UTC) + timedelta(days=9))
    make_round(whole, slug="soon", opened_at=None)
    key = whole.questionnaire.key
    db.session.commit()
    editor = ["", "/add", "/items/children", "/items/extra", "/items/home", "/items/wish/remove"]
    editor += ["/texts", "/languages", "/choices", "/choices/yes_no", "/choices/yes_no/edit/yes"]
    editor += ["/choices/yes_no/take/yes", "/choices/yes_no/picture/yes", "/items/extra/media"]
    editor += ["/items/extra/conditions/relevant?question=children", "/translate/ar", "/publish"]
    editor += ["/versions/1", "/items/children/conditions/choice_filter"]
    rounds = [
        "",
        "/new",
        "/open",
        "/soon",
        "/open/edit",
        "/soon/edit",
        "/open/close",
        "/open/closing",
    ]
    rounds += ["/soon/delete", "/open/poster", "/open/cards", "/soon/preview"]
    return [
        *("", "privacy", "accessibility", "at/plats", "staff"),
        *("c/plats/questionnaires", "c/plats/questionnaires/new", "c/plats/questionnaires/import"),
        *(f"c/plats/questionnaires/needs{end}" for end in editor),
        f"c/plats/questionnaires/{key}/preview",
        *(f"c/plats/rounds{end}" for end in rounds),
    ]


def test_every_page_passes_axe_and_fits_a_small_phone(phone, addresses, check_axe):
    phone.set_viewport_size({"width": 320, "height": 640})
    sign_in(phone, "sv")
    wide = []
    for number, address in enumerate(addresses):
        phone.emulate_media(color_scheme=("light", "dark")[number % 2])
        phone.goto(f"/sv/{address}")
        check_axe(phone)
        over = phone.evaluate("document.documentElement.scrollWidth - innerWidth")
        wide += [f"{address} is {over} px too wide"] if over > 0 else []
    assert not wide


def test_a_form_with_mistakes_and_a_clash_pass_axe(phone, addresses, community, check_axe):
    sign_in(phone)
    base = "/en/c/plats/questionnaires/needs"
    phone.goto(f"{base}/texts")
    phone.fill("[name=title]", "")
    phone.click("main .actions button")
    assert phone.title().startswith("Error:")
    check_axe(phone)
    phone.goto(f"{base}/texts")
    other = phone.context.new_page()
    other.goto(f"{base}/texts")
    other.fill("[name=title]", "Hennes titel")
    other.click("main .actions button")
    phone.fill("[name=title]", "Hans titel")
    phone.click("main .actions button")
    assert "Hennes titel" in phone.inner_text(".notice")
    assert phone.input_value("[name=title]") == "Hans titel"
    check_axe(phone)


def test_the_second_press_of_a_double_one_sends_nothing(phone, community):
    sign_in(phone)
    phone.goto("/en/c/plats/partners/new")
    phone.fill("[name=name]", "Bolaget")
    sent = []
    phone.on("request", lambda request: sent.append(request.url) if request.post_data else None)
    phone.locator("main form button.primary").dblclick()
    phone.wait_for_url("**/c/plats/partners")
    expect(phone.get_by_role("link", name="Bolaget")).to_have_count(1)
    assert len(sent) == 1


def test_a_preview_runs_like_the_real_thing_and_stores_nothing(phone, community, check_axe):
    make_round(make_version(community), slug="soon", opened_at=None)
    sign_in(phone)
    phone.goto("/ar/c/plats/rounds/soon/preview")
    check_axe(phone)
    assert phone.evaluate("document.documentElement.dir") == "rtl"
    phone.click("label.tile:has(input[value=no])")
    phone.click("#continue")
    phone.click("#continue")
    phone.wait_for_selector("#review:not([hidden])")
    assert "This is a preview" in phone.inner_text("aside")
    phone.click("#review button[value=send]")
    phone.wait_for_url("**/preview?done=1")
    check_axe(phone)
    assert db.session.scalar(select(func.count()).select_from(Response)) == 0


def test_x11_a_link_from_elsewhere_finds_one_signed_in(community, live_server, browser):
    """The strict cookie stays at home when a mail's link is followed, and comes with the repeat."""
    mail = f'<a href="{live_server.url}/en/c/plats/members">To the members</a>'
    with browser.new_context(base_url=live_server.url) as context:
        page = context.new_page()
        page.route(
            "http://mail.example/", lambda one: one.fulfill(body=mail, content_type="text/html")
        )
        sign_in(page)
        page.goto("http://mail.example/")
        page.click("a")
        page.wait_for_selector("h1")
        assert page.url == f"{live_server.url}/en/c/plats/members"
        assert page.locator("h1").inner_text() == "People"
