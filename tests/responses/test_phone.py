"""Answering with the script: one screen at a time, and what the phone keeps and never keeps."""

import json

import pytest
from playwright.sync_api import expect

from tests.browsers import wait_until
from tests.factories.responses import answers_of, english_document, english_round, new_key

pytestmark = pytest.mark.sqlite_only
YES = "[data-choice=yes]"


def question(key, kind="short_text", **given):
    return {"key": key, "type": kind, "label": {"en": key.title()}, **given}


def choices(number, **columns):
    return {
        "choices": [
            {"key": f"c{n}", "label": {"en": f"Choice {n}"}, "columns": columns.get(f"c{n}", {})}
            for n in range(1, number + 1)
        ]
    }


def opened(phone, round_, **query):
    """Open the questions as “Start” does and wait for the script."""
    address = "&".join(f"{name}={value}" for name, value in {"k": new_key(), **query}.items())
    phone.goto(f"/en/r/{round_.slug}/answer?{address}")
    phone.locator("form.stepwise").wait_for()


def shown(phone):
    """Return the keys of the questions on the screen."""
    return phone.evaluate(
        "[...document.querySelectorAll('[data-question]')].filter((one) => one.getClientRects()"
        ".length).map((one) => one.dataset.name)"
    )


def go_on(phone):
    phone.locator("#continue").click()


def kept(phone):
    return json.loads(phone.evaluate("JSON.stringify({...localStorage})"))


@pytest.fixture
def three(live_server):
    return english_round()


def test_one_question_is_on_the_screen_and_conditions_apply_at_once(phone, three):
    opened(phone, three)
    assert shown(phone) == ["children"]
    assert "?" in phone.title()
    phone.locator("[data-choice=no]").click()
    go_on(phone)
    assert shown(phone) == ["wish"]
    phone.go_back()
    assert shown(phone) == ["children"]
    phone.locator(YES).click()
    go_on(phone)
    assert shown(phone) == ["how_many"]


def test_the_header_leads_back_question_by_question(phone, three):
    opened(phone, three)
    phone.locator(YES).click()
    go_on(phone)
    phone.locator("header .back").click()
    assert shown(phone) == ["children"]
    assert phone.locator(f"{YES} input").is_checked()
    phone.locator("header .back").click()
    phone.wait_for_url("**/en/r/here")


def test_what_is_wrong_is_said_when_going_on(phone, three):
    opened(phone, three)
    go_on(phone)
    summary = phone.locator(".error-summary")
    expect(summary).to_be_focused()
    assert "Answer this question" in summary.inner_text()
    assert phone.title().startswith("Error: ")
    summary.locator("a").click()
    expect(phone.locator("#children")).to_be_focused()
    phone.locator(YES).click()
    go_on(phone)
    phone.locator("#how_many").fill("99")
    go_on(phone)
    expect(phone.locator(".error-summary a")).to_have_text("Write a number from 1 to 20")
    assert shown(phone) == ["how_many"]


def test_progress_is_told_only_when_it_is_certain(phone, live_server):
    items = [question("a"), question("b"), question("c")]
    round_ = english_round(document=english_document(languages=["en"], items=items))
    opened(phone, round_)
    expect(phone.locator("#progress")).to_have_text("Question 1 of 3")
    uncertain = english_round(slug="there")
    opened(phone, uncertain)
    expect(phone.locator("#progress")).to_be_hidden()


def test_review_change_and_send(phone, three):
    opened(phone, three)
    phone.locator("[data-choice=no]").click()
    go_on(phone)
    phone.locator("#wish").fill("Call 070-123 45 67")
    go_on(phone)
    review = phone.locator("#review")
    expect(review).to_contain_text("Call 070-123 45 67")
    review.get_by_role("button", name="Remove it").click()
    expect(review).to_contain_text("Call …")
    review.get_by_role("button", name="Change Do you have children?").click()
    phone.locator("[data-choice=yes]").click()
    go_on(phone)
    assert shown(phone) == ["how_many"]
    phone.locator("#how_many").fill("۲")
    go_on(phone)
    expect(review).to_be_visible()
    review.get_by_role("button", name="Send my answers").click()
    phone.wait_for_url("**/receipt")
    assert answers_of(three)[0]["answers"] == {
        "children": "yes",
        "how_many": 2,
        "wish": "Call …",
    }


def test_unsent_answers_are_offered_again_and_gone_when_they_have_arrived(phone, three):
    opened(phone, three)
    phone.locator(YES).click()
    go_on(phone)
    phone.locator("#how_many").fill("3")
    expect(phone.locator("#saved")).to_have_text("Saved on this phone")
    wait_until(lambda: '["how_many","3"]' in kept(phone)["engage:here"], "the number is kept")
    opened(phone, three)
    phone.get_by_role("button", name="Go on where I stopped").click()
    assert shown(phone) == ["how_many"]
    assert phone.locator("#how_many").input_value() == "3"
    go_on(phone)
    go_on(phone)
    phone.locator("#review").get_by_role("button", name="Send my answers").click()
    phone.wait_for_url("**/receipt")
    assert kept(phone) == {}
    assert len(answers_of(three)) == 1


def test_unsent_answers_can_be_thrown_away(phone, three):
    opened(phone, three)
    phone.locator(YES).click()
    wait_until(lambda: phone.evaluate("localStorage['engage:here']"), "it is kept on the phone")
    opened(phone, three)
    phone.get_by_role("button", name="Throw them away").click()
    assert not phone.locator(f"{YES} input").is_checked()
    assert kept(phone) == {}


@pytest.mark.parametrize(
    ("given", "query"),
    [
        ({"profile": "sensitive", "k": 10}, {}),
        ({"profile": "minors", "k": 10}, {}),
        ({}, {"b": "1"}),
        ({}, {"c": "kiosk"}),
    ],
    ids=["sensitive", "minors", "borrowed", "kiosk"],
)
def test_where_it_could_harm_the_phone_keeps_nothing_b16(phone, live_server, given, query):
    round_ = english_round(**given)
    opened(phone, round_, **query)
    phone.locator("[data-choice=no]").click()
    go_on(phone)
    phone.locator("#wish").fill("secret")
    phone.wait_for_timeout(700)
    assert kept(phone) == {}
    assert phone.evaluate("sessionStorage.length") == 0


def test_a_draft_older_than_a_day_is_gone(phone, three):
    opened(phone, three)
    phone.locator(YES).click()
    wait_until(lambda: phone.evaluate("localStorage['engage:here']"), "it is kept on the phone")
    phone.evaluate(
        "for (const name of Object.keys(localStorage)) {"
        " const one = JSON.parse(localStorage[name]);"
        " one.time -= 864e5 + 1; localStorage[name] = JSON.stringify(one); }"
    )
    opened(phone, three)
    assert shown(phone) == ["children"]
    assert kept(phone) == {}


def test_a_send_tries_again_with_the_same_key_until_it_arrives(phone, three):
    keys = []

    def fail_twice(route):
        if route.request.method == "POST" and "do=send" in (route.request.post_data or ""):
            keys.append(route.request.url.split("k=")[1].split("&")[0])
            if len(keys) == 1:
                return route.abort()
            if len(keys) == 2:
                return route.fulfill(status=503, body="{}")
        return route.continue_()

    phone.route("**/answer?*", fail_twice)
    opened(phone, three)
    phone.locator("[data-choice=no]").click()
    go_on(phone)
    go_on(phone)
    phone.locator("#review").get_by_role("button", name="Send my answers").click()
    expect(phone.locator("#trouble")).to_contain_text("We could not reach the server")
    phone.wait_for_url("**/receipt", timeout=30_000)
    assert len(keys) == 3
    assert len(set(keys)) == 1
    assert len(answers_of(three)) == 1


def test_a_page_of_somebody_elses_network_is_no_acknowledgement(phone, three):
    portal = {"count": 0}

    def answer(route):
        if route.request.method == "POST" and "do=send" in (route.request.post_data or ""):
            portal["count"] += 1
            if portal["count"] == 1:
                return route.fulfill(status=200, body="<h1>Welcome to the hotel</h1>")
        return route.continue_()

    phone.route("**/answer?*", answer)
    opened(phone, three)
    phone.locator("[data-choice=no]").click()
    go_on(phone)
    go_on(phone)
    phone.locator("#review").get_by_role("button", name="Send my answers").click()
    phone.wait_for_url("**/receipt", timeout=30_000)
    assert len(answers_of(three)) == 1


def test_another_language_keeps_the_answers_and_the_place(phone, three):
    opened(phone, three)
    phone.locator(YES).click()
    go_on(phone)
    phone.locator("#how_many").fill("4")
    phone.locator("details.languages summary").click()
    phone.locator("button[name=to][value=ar]").click()
    phone.wait_for_url("**/ar/r/here/answer**")
    phone.locator("form.stepwise").wait_for()
    assert shown(phone) == ["how_many"]
    assert phone.locator("#how_many").input_value() == "4"
    assert phone.locator("html").get_attribute("dir") == "rtl"


def test_a_watched_page_is_cleared_after_a_long_pause(phone, live_server):
    round_ = english_round(profile="sensitive", k=10)
    phone.clock.install()
    opened(phone, round_)
    phone.clock.fast_forward(20 * 60_000 + 100)
    expect(phone.locator("#idle")).to_be_visible()
    phone.get_by_role("button", name="I am still here").click()
    expect(phone.locator("#idle")).to_be_hidden()
    phone.clock.fast_forward(20 * 60_000 + 100)
    phone.clock.fast_forward(61_000)
    phone.wait_for_url("**/en/r/here")


@pytest.mark.parametrize("how", ["tap", "keys"])
def test_a_sensitive_page_is_left_at_once(phone, live_server, how):
    round_ = english_round(profile="sensitive", k=10)
    opened(phone, round_)
    leave = phone.locator("[data-leave]")
    leave.evaluate("(one) => { one.href = '/healthz'; }")
    if how == "tap":
        leave.click()
    else:
        for _ in range(3):
            phone.keyboard.press("Shift")
    phone.wait_for_url("**/healthz")


def test_entries_are_added_and_taken_away(phone, live_server):
    entry = {"kind": "repeat", "key": "idea", "maximum": 3, "items": [question("what")]}
    document = english_document(languages=["en"], items=[entry, question("end")])
    round_ = english_round(document=document)
    opened(phone, round_)
    for words in ("One", "Two", "Three"):
        phone.get_by_role("button", name="Add one more").click()
        phone.locator(f"[name='idea.{('One', 'Two', 'Three').index(words) + 1}.what']").fill(words)
        go_on(phone)
    phone.go_back()
    phone.get_by_role("button", name="Remove number 3").click()
    go_on(phone)
    assert shown(phone) == ["end"]
    go_on(phone)
    phone.locator("#review").get_by_role("button", name="Send my answers").click()
    phone.wait_for_url("**/receipt")
    entries = answers_of(round_)[0]["answers"]["idea"]
    assert [one["answers"]["what"] for one in entries] == ["One", "Two"]


def test_choices_are_filtered_searched_and_ranked(phone, live_server):
    columns = {f"c{n}": {"odd": str(n % 2)} for n in range(1, 21)}
    lists = {"long": choices(20, **columns), "short": choices(4)}
    odd = {"op": "is", "args": [{"op": "column", "name": "odd"}, {"op": "value", "value": "1"}]}
    items = [
        question("place", "single_choice", choice_list="long", choice_filter=odd),
        question("rank", "ranking", choice_list="short", settings={"top": 2}),
    ]
    document = english_document(languages=["en"], items=items, choice_lists=lists)
    round_ = english_round(document=document)
    opened(phone, round_)
    phone.get_by_label("Search in the list").fill("choice 1")
    expect(phone.get_by_text("Found: 6")).to_be_visible()
    phone.get_by_role("button", name="Choice 11").click()
    assert phone.locator("#place").input_value() == "c11"
    go_on(phone)
    phone.get_by_role("button", name="Choice 3").click()
    phone.get_by_role("button", name="Choice 1").click()
    phone.get_by_role("button", name="Move up: Choice 1").click()
    go_on(phone)
    phone.locator("#review").get_by_role("button", name="Send my answers").click()
    phone.wait_for_url("**/receipt")
    assert answers_of(round_)[0]["answers"] == {"place": "c11", "rank": ["c1", "c3"]}


def test_choices_lie_in_another_order_for_each_visit_and_stay_there(phone, live_server):
    lists = {"many": choices(8)}
    items = [question("a", "multiple_choice", choice_list="many", randomise=True, other=True)]
    document = english_document(languages=["en"], items=items, choice_lists=lists)
    round_ = english_round(document=document)
    orders = set()
    for key in ("a" * 22, "b" * 22, "c" * 22, "a" * 22):
        opened(phone, round_, k=key)
        orders.add(
            tuple(
                phone.evaluate(
                    "[...document.querySelectorAll('.tile input')].map((one) => one.value)"
                )
            )
        )
    assert len(orders) == 3
    assert {order[-1] for order in orders} == {"other"}
    assert {tuple(sorted(order)) for order in orders} == {
        tuple(sorted([*(f"c{n}" for n in range(1, 9)), "other"]))
    }


def test_a_question_is_read_aloud_where_the_phone_has_a_voice(phone, three):
    opened(phone, three)
    expect(phone.locator("[data-listen]").first).to_be_hidden()
    phone.add_init_script(
        "const said = window.said = [];"
        "Object.defineProperty(window, 'speechSynthesis', { value: { speaking: false,"
        " getVoices: () => [{ lang: 'en_GB' }], cancel() {},"
        " speak: (one) => said.push(one.text) } });"
        "window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };"
    )
    opened(phone, three)
    phone.locator("[data-listen]:visible").click()
    assert phone.evaluate("said[0]").startswith("Do you have children?")


def test_characters_are_counted_as_people_count_them(phone, live_server):
    items = [question("a", "long_text", settings={"maximum": 8})]
    round_ = english_round(document=english_document(languages=["en"], items=items))
    opened(phone, round_)
    phone.locator("#a").fill("👩‍👧👩‍👧")
    expect(phone.locator(".count")).to_be_hidden()
    phone.locator("#a").fill("👩‍👧" * 7)
    expect(phone.locator(".count")).to_have_text("Characters left: 1")
    phone.locator("#a").fill("👩‍👧" * 10)
    expect(phone.locator(".count")).to_have_text("Characters too many: 2")
    assert phone.locator("#a").input_value() == "👩‍👧" * 10
