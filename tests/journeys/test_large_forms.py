"""A form of several hundred questions is answered to the end, with and without JavaScript."""

from collections import Counter
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from engage.questionnaires.xlsform import read_xlsform
from tests.journeys.conftest import Served, Visitor
from tests.journeys.test_real_forms import FILLER, answers_stored, fill, opened_document
from tests.questionnaires.xlsform.workbooks import large_form

pytestmark = pytest.mark.xdist_group("real forms")
QUESTIONS = 260
#: One in four is calculated and asks nobody.
ASKED = QUESTIONS * 3 // 4
#: Fills in screen by screen within the page: a trip to the test and back for each takes longer. It
#: waits as long as browsers need to note each screen in their history: at most 20 in a second.
WALK = f"""async (most) => {{
  const fill = ({FILLER.split(chr(10), 1)[1].strip()});
  const review = document.querySelector("#review");
  let screens = 0;
  for (; screens < most && review.hidden; screens += 1) {{
    fill({{}});
    document.querySelector("#continue").click();
    await new Promise((done) => setTimeout(done, 60));
  }}
  return screens;
}}"""


@pytest.fixture(scope="module")
def large(scratch: Served) -> str:
    """Return the address of an open round of a large form in English, French and Arabic."""
    found = read_xlsform(large_form(QUESTIONS), "large.xlsx", "en")
    assert found.document is not None
    slug, languages = opened_document(scratch, "large", found.document)
    assert languages == ["en", "fr", "ar"]
    return slug


def begin(visitor: Visitor, slug: str, language: str) -> None:
    visitor.go(f"/{language}/r/{slug}")
    visitor.page.locator('button[name="take"][value="yes"]').click()
    visitor.page.locator("#continue").wait_for()


def send(visitor: Visitor, served: Served, slug: str) -> None:
    before = answers_stored(served, slug) or 0
    expect(visitor.page.locator("#review .review-item, main .review-item")).to_have_count(ASKED)
    visitor.page.locator('button[name="do"][value="send"]:visible').click()
    visitor.page.wait_for_url("**/receipt*")
    assert answers_stored(served, slug) == before + 1


def test_hundreds_of_questions_are_answered_screen_by_screen(
    scratch: Served, visit: Callable[..., Visitor], large: str
) -> None:
    visitor = visit(scratch)
    begin(visitor, large, "en")
    assert visitor.page.evaluate(WALK, QUESTIONS) == ASKED
    send(visitor, scratch, large)


def test_hundreds_of_questions_are_answered_without_javascript(
    scratch: Served, visit: Callable[..., Visitor], large: str
) -> None:
    visitor = visit(scratch, script=False)
    begin(visitor, large, "ar")
    fill(visitor.page, Counter())
    send(visitor, scratch, large)
