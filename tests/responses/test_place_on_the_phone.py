"""The place question in the browser: searched, written, marked on the map, also without script."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browsers import PHONE, wait_until
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.communities import make_member
from tests.factories.responses import answers_of, new_key
from tests.responses.test_places import place_round

pytestmark = pytest.mark.sqlite_only
CROSSING = re.compile(r"59\.\d{6},16\.\d{6}")


@pytest.fixture
def asked(live_server):
    return place_round()


def opened(phone, round_, language="en", **query):
    given = "&".join(f"{name}={value}" for name, value in {"k": new_key(), **query}.items())
    phone.goto(f"/{language}/r/{round_.slug}/answer?{given}")
    phone.locator("form.stepwise").wait_for()


def with_map(phone, round_, language="en"):
    """Open the question and its map; return the drawing."""
    opened(phone, round_, language)
    phone.locator("button[data-script]").click()
    phone.locator(".place-map").wait_for()
    return phone.locator(".place-map")


def tap(phone, drawing, across, down):
    box = drawing.bounding_box()
    drawing.scroll_into_view_if_needed()
    box = drawing.bounding_box()
    phone.touchscreen.tap(box["x"] + box["width"] * across, box["y"] + box["height"] * down)


def point(phone):
    mark = phone.locator("[data-point]")
    return mark.get_attribute("value") if mark.is_checked() else ""


def to_review(phone):
    phone.locator("#continue").click()
    expect(phone.locator("#review")).to_be_visible()
    return phone.locator(".review-item dd").first.inner_text()


def send(phone, round_):
    phone.locator('#review button[value="send"]').click()
    phone.wait_for_url("**/receipt")
    return answers_of(round_)[0]["answers"]["where"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_r34_b08_the_map_comes_on_tap_and_a_tap_marks_a_place(phone, asked, check_axe, language):
    came = []
    phone.on("request", lambda request: came.append(request.url))
    opened(phone, asked, language)
    phone.wait_for_load_state("networkidle")
    assert not [url for url in came if "map" in url]
    phone.locator("button[data-script]").click()
    drawing = phone.locator(".place-map")
    tap(phone, drawing, 0.25, 0.5)
    assert CROSSING.fullmatch(point(phone))
    expect(phone.locator("input[value=norra]")).to_be_checked()
    expect(phone.locator(".map-said")).to_contain_text("norra")
    phone.evaluate("scrollTo(0, document.body.scrollHeight)")
    check_axe(phone)
    phone.emulate_media(color_scheme="dark")
    check_axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    names = [box["x"] for box in (one.bounding_box() for one in drawing.locator("text").all())]
    assert names == sorted(names), "west is left in every language"
    told = to_review(phone)
    assert len(told.splitlines()) == 2
    stored = send(phone, asked)
    assert stored["area"] == "norra"
    assert len(stored["point"]) == 2


def test_r35_the_exact_tap_is_in_no_draft_and_in_no_request(phone, asked):
    sent = []
    phone.on("request", lambda request: sent.append(request.post_data or ""))
    drawing = with_map(phone, asked)
    exact = phone.evaluate(
        "() => { window.taps = []; document.querySelector('.place-map').addEventListener('click',"
        " (event) => window.taps.push(event.clientX)); return 0; }"
    )
    assert exact == 0
    for across in (0.21, 0.211, 0.212):
        tap(phone, drawing, across, 0.4)
    kept = point(phone)
    wait_until(
        lambda: phone.evaluate("localStorage['engage:here']?.includes('where:point')"),
        "it is kept on the phone",
    )
    draft = json.loads(phone.evaluate("localStorage['engage:here']"))
    assert ["where:point", kept] in draft["fields"]
    to_review(phone)
    stored = send(phone, asked)["point"]
    assert ",".join(f"{end:.6f}" for end in stored) == kept
    seen = set(CROSSING.findall(" ".join(sent).replace("%2C", ",")))
    assert seen == {kept}


def test_r34_everything_can_be_done_with_the_keyboard_alone(phone, asked):
    opened(phone, asked)
    # The button comes with the script of place questions; what is hidden takes no focus.
    expect(phone.locator("button[data-script]")).to_be_visible()
    phone.locator("button[data-script]").focus()
    phone.keyboard.press("Enter")
    drawing = phone.locator(".place-map")
    drawing.wait_for()
    whole = drawing.get_attribute("viewBox")
    phone.locator("button[value=closer]").focus()
    phone.keyboard.press("Enter")
    phone.keyboard.press("+")
    phone.keyboard.press("ArrowRight")
    near = drawing.get_attribute("viewBox")
    assert float(near.split()[2]) < float(whole.split()[2])
    for button in ("north", "south", "west", "east", "farther"):
        phone.locator(f"button[value={button}]").focus()
        before = drawing.get_attribute("viewBox")
        phone.keyboard.press("Space")
        assert drawing.get_attribute("viewBox") != before, button
    phone.locator("button[value=mark]").focus()
    phone.keyboard.press("Enter")
    assert CROSSING.fullmatch(point(phone))
    phone.locator("[data-point]").focus()
    phone.keyboard.press("Space")
    assert point(phone) == ""
    expect(drawing.locator(".pin")).to_have_attribute("visibility", "hidden")


def test_r36_the_phone_is_asked_where_it_is_only_on_tap_and_refusal_loses_nothing(phone, asked):
    phone.add_init_script(
        "window.asked = 0; const real = navigator.geolocation.getCurrentPosition;"
        "navigator.geolocation.getCurrentPosition = function (...given) {"
        " window.asked += 1; return real.apply(navigator.geolocation, given); };"
    )
    drawing = with_map(phone, asked)
    phone.locator("[name='where:text']").fill("By the shop")
    tap(phone, drawing, 0.25, 0.5)
    before = point(phone)
    assert phone.evaluate("window.asked") == 0
    phone.locator("button[value=here]").click()
    expect(phone.locator(".map-said")).to_contain_text("We do not know where you are")
    assert point(phone) == before
    assert phone.locator("[name='where:text']").input_value() == "By the shop"
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation({"latitude": 59.6051, "longitude": 16.5151})
    phone.locator("button[value=here]").click()
    expect(phone.locator(".map-said")).to_contain_text("Area sodra")
    assert point(phone) not in ("", before, "59.605100,16.515100")
    phone.context.set_geolocation({"latitude": 10, "longitude": 10})
    here = point(phone)
    phone.locator("button[value=here]").click()
    expect(phone.locator(".map-said")).to_contain_text("outside the map")
    assert point(phone) == here


def test_r35_in_a_sensitive_round_the_phone_uses_the_coarse_grid_already(phone, live_server):
    round_ = place_round(profile="sensitive", k=10)
    drawing = with_map(phone, round_)
    tap(phone, drawing, 0.3, 0.5)
    kept = point(phone)
    assert phone.evaluate("localStorage.length") == 0
    to_review(phone)
    assert ",".join(f"{end:.6f}" for end in send(phone, round_)["point"]) == kept


def test_an_area_that_was_chosen_stays_whatever_is_marked(phone, asked):
    drawing = with_map(phone, asked)
    phone.locator("[data-choice=sodra]").click()
    tap(phone, drawing, 0.25, 0.5)
    expect(phone.locator("input[value=sodra]")).to_be_checked()
    expect(phone.locator(".mark label")).to_have_text("A mark on the map in Area norra")
    assert to_review(phone).splitlines() == ["Sodra", "A mark on the map in Area norra"]


def test_an_unsent_mark_is_there_again_and_the_map_shows_it(phone, asked):
    drawing = with_map(phone, asked)
    tap(phone, drawing, 0.25, 0.5)
    before = point(phone)
    wait_until(
        lambda: phone.evaluate("localStorage['engage:here']?.includes('where:point')"),
        "it is kept on the phone",
    )
    opened(phone, asked)
    phone.get_by_role("button", name="Go on where I stopped").click()
    assert point(phone) == before
    phone.locator("button[data-script]").click()
    expect(drawing.locator(".pin")).to_have_attribute("visibility", "visible")


def test_a_map_that_does_not_come_leaves_the_other_ways(phone, asked):
    phone.route("**/map", lambda route: route.abort())
    opened(phone, asked)
    phone.locator("button[data-script]").click()
    expect(phone.locator(".marking [role=status]")).to_contain_text("The map did not come")
    phone.unroute("**/map")
    phone.locator("button[data-script]").click()
    phone.locator(".place-map").wait_for()
    phone.locator("button[data-script]").click()
    expect(phone.locator(".place-map")).to_be_hidden()


def test_r33_a_long_list_is_searched_and_the_first_places_are_tiles(phone, live_server, check_axe):
    round_ = place_round(40)
    opened(phone, round_)
    assert phone.locator("label.tile[data-choice]:visible").count() == 12
    phone.locator("[data-choice=p3]").click()
    phone.locator("[type=search]").fill("p40")
    phone.locator(".aid button.tile").click()
    expect(phone.locator("input[value=p3]")).not_to_be_checked()
    assert phone.locator("select[name='where:area']").input_value() == "p40"
    check_axe(phone)
    assert to_review(phone) == "P40"
    assert send(phone, round_) == {"area": "p40"}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_r33_without_a_script_the_list_and_words_are_enough(
    browser, live_server, check_axe, language
):
    round_ = place_round(40)
    context = browser.new_context(
        viewport=PHONE, base_url=live_server.url, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"/{language}/r/{round_.slug}/answer?k={new_key()}")
    assert not page.locator("button[data-script]").is_visible()
    page.locator("[data-choice=p3]").click()
    page.locator("noscript label.tile").click()
    page.locator("select[name='where:area']").select_option("p40")
    page.locator("[name='where:text']").fill("Torget")
    page.locator("#continue").click()
    told = page.locator(".review-item").first.inner_text()
    assert "40" in told
    assert "Torget" in told
    page.locator('button[value="send"]').click()
    page.wait_for_url("**/receipt")
    assert answers_of(round_)[0]["answers"]["where"] == {"area": "p40", "text": "Torget"}
    context.close()


def test_staff_mark_a_place_on_the_map_of_a_preview(phone, asked, check_axe):
    make_member(asked.community, user=make_user(email="kansli@example.org"))
    phone.goto("/en/sign-in")
    phone.fill("input[name=email]", "kansli@example.org")
    phone.fill("input[name=password]", PASSWORD)
    phone.click("main button")
    phone.wait_for_url("**/en/staff")
    key = asked.version.questionnaire.key
    phone.goto(f"/en/c/{asked.community.slug}/questionnaires/{key}/preview")
    phone.locator("button[data-script]").click()
    tap(phone, phone.locator(".place-map"), 0.25, 0.5)
    expect(phone.locator("input[value=norra]")).to_be_checked()
    assert CROSSING.fullmatch(point(phone))
    phone.evaluate("scrollTo(0, document.body.scrollHeight)")
    check_axe(phone)
    assert "A mark on the map" in to_review(phone)
    assert answers_of(asked) == []
