"""A resident on a phone, from the code on the poster to the receipt and back with the code."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.answering import (
    TYPED,
    answer_in_one_form,
    answer_on_screens,
    go_on,
    names_on_screen,
    question,
)
from tests.journeys.conftest import SLUG, Served, Visitor
from tests.journeys.stored import stored

pytestmark = pytest.mark.xdist_group("demo")

WAYS = [
    pytest.param(language, script, id=f"{language}-{'with' if script else 'without'}-script")
    for language in ("sv", "ar")
    for script in (True, False)
]
#: The digits somebody's own keyboard writes.
ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.mark.parametrize(("language", "script"), WAYS)
def test_a_resident_answers_and_comes_back_with_the_code(
    demo: Served, visit: Callable[..., Visitor], language: str, script: bool
) -> None:
    visitor = visit(demo, script=script)
    before = stored(demo)
    come_in(visitor, language)
    review(visitor, language)
    code = send(visitor, language)
    assert stored(demo) == before + 1
    if script:
        # Without one, Chromium asks by itself whether to send the form of the review again.
        go_back(visitor)
    assert stored(demo) == before + 1, "nothing is sent twice"
    open_with(visitor, code.translate(ARABIC_INDIC), language)
    correct(visitor, language)
    take_along(visitor, language)
    delete(visitor, code)
    assert stored(demo) == before


def test_the_second_tap_of_a_double_one_does_not_send(
    demo: Served, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(demo)
    page, before = visitor.page, stored(demo)
    come_in(visitor, "sv")
    review, send_now = page.locator("#review"), page.locator("#review button.primary")
    while not review.is_visible():
        go_on(page)
    page.go_back()
    expect(page.locator("#continue")).to_be_visible()
    # However long this machine takes between the taps, for the page no time passes.
    times = page.context.new_cdp_session(page)
    times.send("Animation.enable")
    times.send("Animation.setPlaybackRate", {"playbackRate": 0})
    page.locator("#continue").dblclick()
    expect(review).to_be_visible()
    expect(send_now).to_be_hidden()
    times.send("Animation.setPlaybackRate", {"playbackRate": 1})
    # Then it is there without scrolling.
    expect(send_now).to_be_in_viewport()
    assert stored(demo) == before


def come_in(visitor: Visitor, language: str) -> None:
    """Scan the code, choose the language, read what it is about, start: two taps to a question."""
    page = visitor.page
    visitor.go(f"/r/{SLUG}?c=poster")
    visitor.check(dark=True)
    page.locator(f'main a[lang="{language}"]').click()
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    visitor.check(dark=True)
    page.locator('button[name="take"][value="yes"]').click()
    # The third tap is the first answer.
    question(page, "satisfaction").locator("label.tile").first.wait_for()


def review(visitor: Visitor, language: str) -> None:
    """Answer everything; look it through; change one answer and come straight back."""
    page = visitor.page
    if visitor.has_script:
        came = answer_on_screens(visitor, language)
        assert {"unsafe_place", "easier", "child.1.child_age", "child.2.child_age"} <= set(came)
        assert "job_hinder" not in came, "asked although its condition does not hold"
    else:
        answer_in_one_form(visitor, language)
    visitor.check(dark=True)
    rows = page.locator(".review-item:visible")
    words = rows.all_inner_texts()
    for said in ("best", "work:words", "unsafe_place:text"):
        assert any(TYPED[language][said] in row for row in words), said
    if visitor.has_script:
        rows.filter(has_text=TYPED[language]["best"]).locator("button").click()
        assert names_on_screen(page) == ["best"]
    else:
        page.locator('button[value="change best"]').click()
    page.locator('[name="best"]').fill(f"{TYPED[language]['best']} …")
    go_on(page)
    changed = page.locator(".review-item:visible").filter(has_text="…")
    assert changed.count() == 1
    assert rows.count() == len(words)


def send(visitor: Visitor, language: str) -> str:
    """Send; the receipt shows sixteen digits in fours, in any language from left to right."""
    page = visitor.page
    page.locator('button[name="do"][value="send"]:visible').click()
    page.wait_for_url(f"**/{language}/r/{SLUG}/receipt*")
    visitor.check(dark=True)
    code = page.locator(".code").first.inner_text()
    digits = "".join(code.split())
    assert len(digits) == 16
    assert digits.isascii()
    assert digits.isdigit()
    return code


def go_back(visitor: Visitor) -> None:
    """Press the browser's back button: the answers are already sent, and the receipt is near."""
    page = visitor.page
    page.go_back(wait_until="load")
    page.locator("#already").wait_for()
    visitor.check()
    receipt = page.locator(f'a[href$="/r/{SLUG}/receipt"]:visible')
    if receipt.count():
        receipt.click()
    page.wait_for_url("**/receipt*")


def open_with(visitor: Visitor, code: str, language: str) -> None:
    """Open the answers: first with a code nobody has, then with the own one in other digits."""
    page = visitor.page
    visitor.go(f"/{language}/code")
    visitor.check()
    page.locator('[name="code"]').fill("1234")
    page.locator("main form button").click()
    assert page.locator('[name="code"]').input_value() == "1234"
    assert page.locator(".error-summary").is_visible()
    visitor.check()
    page.locator('[name="code"]').fill(code)
    page.locator("main form button").click()
    assert TYPED[language]["change"] in page.locator(".review").inner_text()
    visitor.check(dark=True)


def correct(visitor: Visitor, language: str) -> None:
    """Change one answer afterwards; it stands where the old one stood."""
    page = visitor.page
    page.locator('button[value="edit"]').click()
    visitor.check()
    better = TYPED[language]["best"] * 2
    if visitor.has_script:
        for _ in range(40):
            if "best" in names_on_screen(page):
                page.locator('[name="best"]').fill(better)
            if page.locator("#review").is_visible():
                break
            go_on(page)
    else:
        page.locator('[name="best"]').fill(better)
        go_on(page)
    visitor.check()
    page.locator('button[name="do"][value="send"]:visible').click()
    page.locator("main .notice.ok").wait_for()
    assert better in page.locator(".review").inner_text()
    visitor.check()


def take_along(visitor: Visitor, language: str) -> None:
    """Save the answers as a file."""
    with visitor.page.expect_download() as saved:
        visitor.page.locator('form[action$="/download"] button').click()
    text = saved.value.path().read_text(encoding="utf-8")
    assert json.loads(text)
    assert TYPED[language]["change"] in text


def delete(visitor: Visitor, code: str) -> None:
    """Delete the answers after one more question; the code opens nothing afterwards."""
    page = visitor.page
    page.locator('form[action$="/delete"] button').click()
    visitor.check()
    page.locator('button[name="sure"][value="yes"]').click()
    visitor.check()
    language = page.locator("html").get_attribute("lang")
    visitor.go(f"/{language}/code")
    page.locator('[name="code"]').fill(code)
    page.locator("main form button").click()
    assert page.locator(".error-summary").is_visible()
