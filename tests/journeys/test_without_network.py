"""The network goes away and comes back: nothing is lost and nothing arrives twice."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.answering import answer, go_on, names_on_screen
from tests.journeys.conftest import SLUG, Served, Visitor
from tests.journeys.stored import keys_of, stored

pytestmark = pytest.mark.xdist_group("demo")
#: Counts the questions that are not laid out.
UNSEEN = """() => [...document.querySelectorAll(".question > :first-child")]
    .filter((one) => !one.checkVisibility()).length"""
SEND = 'button[name="do"][value="send"]:visible'


def to_the_review(page: Page) -> None:
    """Answer the first question of each kind there is, and pass the others by."""
    for _ in range(40):
        if page.locator("#review").is_visible():
            return
        for name in names_on_screen(page):
            if name in {"satisfaction", "best"}:
                answer(page, name, "sv")
        go_on(page)
    raise AssertionError("no review")


def begin(visitor: Visitor) -> None:
    """Open the start page and go to the questions."""
    visitor.go(f"/sv/r/{SLUG}")
    visitor.page.locator('button[name="take"][value="yes"]').click()
    visitor.page.locator("form.stepwise").wait_for()


def test_answers_given_without_network_arrive_by_themselves_once(
    demo: Served, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(demo)
    page, before = visitor.page, stored(demo)
    begin(visitor)
    visitor.context.set_offline(True)
    expect(page.locator("#offline")).to_be_in_viewport()
    to_the_review(page)
    visitor.check()
    page.locator(SEND).click()
    # Told beside the button, although the review is longer than the screen.
    expect(page.locator("#trouble")).to_be_in_viewport()
    visitor.check(dark=True)
    kept = json.loads(page.evaluate(f"localStorage.getItem('engage:{SLUG}')"))
    assert ["best", "Grannarna och parken"] in kept["fields"]
    assert stored(demo) == before
    visitor.context.set_offline(False)
    page.wait_for_url("**/receipt")
    assert stored(demo) == before + 1
    assert page.evaluate(f"localStorage.getItem('engage:{SLUG}')") is None
    page.wait_for_timeout(3000)
    assert stored(demo) == before + 1, "it came again"


def test_where_the_script_never_comes_all_questions_do_after_a_while(
    demo: Served, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(demo)
    page = visitor.page
    page.route("**/*.js", lambda route: route.abort("failed"))
    visitor.go(f"/sv/r/{SLUG}")
    page.locator('button[name="take"][value="yes"]').click()
    page.locator(".question").first.wait_for()
    assert page.evaluate(UNSEEN) == page.locator(".question").count() - 1
    page.wait_for_timeout(8500)
    assert page.evaluate(UNSEEN) == 0
    visitor.check()
    assert page.locator("form.stepwise").count() == 0


def test_a_phone_that_reloads_goes_on_where_it_stopped(
    demo: Served, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(demo)
    page = visitor.page
    begin(visitor)
    answer(page, "satisfaction", "sv")
    go_on(page)
    page.reload()
    page.locator("#unsent").wait_for()
    visitor.check(dark=True)
    page.locator('#unsent button[value="go-on"]').click()
    assert names_on_screen(page) == ["needs"]
    assert page.locator('[name="satisfaction"]:checked').count() == 1


def test_a_reply_lost_after_the_commit_gives_the_same_receipt(
    demo: Served, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(demo)
    page, before = visitor.page, stored(demo)
    seen: list[str] = []

    def lose_the_first(route: Route) -> None:
        body = route.request.post_data or ""
        if route.request.method == "POST" and "do=send" in body:
            seen.append(route.fetch().text())
            if len(seen) == 1:
                assert stored(demo) == before + 1, "the server has it, the phone does not know"
                route.abort("connectionreset")
                return
        route.continue_()

    begin(visitor)
    to_the_review(page)
    page.route("**/answer?*", lose_the_first)
    page.locator(SEND).click()
    page.wait_for_url("**/receipt")
    assert len(seen) == 2
    assert seen[0] == seen[1]
    assert len("".join(page.locator(".code").first.inner_text().split())) == 16
    assert stored(demo) == before + 1


def test_without_javascript_the_browsers_own_resend_gives_the_same_receipt(
    demo: Served, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(demo, script=False)
    page, before = visitor.page, stored(demo)
    sent: list[str] = []

    def lose_the_first(route: Route) -> None:
        if route.request.method == "POST":
            sent.append(route.request.post_data or "")
        if len(sent) == 1:
            route.fetch(max_redirects=0)
            route.abort("connectionreset")
        else:
            route.continue_()

    visitor.go(f"/sv/r/{SLUG}")
    page.locator('button[name="take"][value="yes"]').click()
    answer(page, "satisfaction", "sv")
    go_on(page)
    page.route("**/answer?*", lose_the_first)
    with page.expect_event("requestfailed"):
        page.locator(SEND).click(no_wait_after=True)
    assert stored(demo) == before + 1, "the server has it, the phone does not know"
    page.wait_for_timeout(500)
    page.reload()
    page.wait_for_url("**/receipt")
    assert len(sent) == 2
    assert sent[0] == sent[1]
    code = page.locator(".code").first.inner_text()
    assert stored(demo) == before + 1
    assert len(keys_of(demo)) == len(set(keys_of(demo)))
    page.reload()
    assert page.locator(".code").first.inner_text() == code
