"""What limits of an answer demand is said on the phone in the words of the server."""

import pytest
from playwright.sync_api import expect

from tests.factories.responses import english_document, english_round
from tests.responses.test_phone import choices, go_on, opened, question

pytestmark = pytest.mark.sqlite_only


def test_each_limit_says_what_to_do(phone, live_server):
    items = [
        question(
            "three",
            "multiple_choice",
            choice_list="some",
            settings={"minimum": 2, "maximum": 3},
        ),
        question("short", settings={"maximum": 8}),
    ]
    asked = english_document(items=items, choice_lists={"some": choices(5)})
    opened(phone, english_round(document=asked, languages=["en"]))
    told = phone.locator(".error-summary a")

    def toggled(*keys):
        for key in keys:
            phone.locator(f"[data-choice={key}]").click()
        go_on(phone)

    toggled("c1")
    expect(told).to_have_text("Choose at least 2 answers")
    toggled("c2", "c3", "c4")
    expect(told).to_have_text("Choose at most 3 answers")
    toggled("c4")
    expect(phone.locator("#short")).to_be_visible()
    phone.locator("#short").fill("far too long")
    go_on(phone)
    expect(told).to_have_text("Write at most 8 characters")
