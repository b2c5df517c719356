"""X-26: whatever is typed anywhere, by staff or residents, is shown as words and never runs."""

from collections import deque
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from werkzeug.exceptions import HTTPException

from engage.extensions import db
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.communities import make_area, make_community, make_member, make_partner
from tests.factories.questionnaires import make_round, make_version
from tests.factories.responses import ENGLISH, answers_of, english_document
from tests.factories.results import make_responses

PARTS = (
    "\"'><script>window.ran=1</script>",
    "<svg/onload=window.ran=1>",
    "<math><mtext><img src=x onerror=window.ran=1></mtext></math>",
    "</title></textarea><iframe srcdoc='<script>parent.ran=1</script>'>",
    "' autofocus onfocus=window.ran=1 x='",
    "javascript:window.ran=1",
    "\u202e\u2066{{7*7}}${7*7}%(ran)s",
)
PAYLOAD = " ".join(PARTS)
#: Files to fetch, what ends the session, and pages of the look alone.
_APART = ("static", "web.gallery", "communities.looks", "questionnaires.workbook")
#: Writes into every field that takes words, in the first form that has any.
_FILL = """(payload) => {
  const words = ["textarea", "input:not([type])"]
    .concat(["text", "search", "email", "url", "tel"].map((one) => `[type=${one}]`)).join();
  const isOpen = (one) => one.getClientRects().length > 0 && !one.readOnly;
  const typed = (form) => [...form.querySelectorAll(words)].filter(isOpen);
  for (const one of document.querySelectorAll("details")) one.open = true;
  const forms = [...document.querySelectorAll("main form[method=post]:not(#answers)")];
  const form = forms.find((one) => typed(one).length);
  if (!form) return false;
  for (const field of typed(form)) {
    field.value = field.maxLength > 0 ? payload.slice(0, field.maxLength) : payload;
  }
  form.noValidate = true;
  const buttons = [...form.querySelectorAll("button")].filter(isOpen);
  (buttons.find((one) => one.classList.contains("primary")) ?? buttons[0]).dataset.press = "";
  return true;
}"""
#: What must not be in a page as an element or an attribute.
_BAD = (
    "svg[onload], math, img[src=x], iframe, [onfocus], script:not([src]):not([type]),"
    " [href^='javascript:' i]"
)


def poisoned(value):
    """Return part of a document with the payload behind every text in a language."""
    if isinstance(value, list):
        return [poisoned(one) for one in value]
    if not isinstance(value, dict):
        return value
    if value and set(value) <= {"en", "ar"}:
        return {code: f"{text} {PAYLOAD}" for code, text in value.items()}
    return {key: poisoned(one) for key, one in value.items()}


@pytest.fixture
def place(live_server):
    """Return a round in a community where somebody wrote the payload wherever words go."""
    community = make_community(
        slug="plats",
        name={"en": f"Place {PAYLOAD}"},
        languages=["en", "ar"],
        default_language="en",
        municipality=PAYLOAD[:100],
        contact_name=PAYLOAD[:100],
        contact_hours={"en": PAYLOAD},
    )
    user = make_user(email="staff@example.org", name=PAYLOAD[:100])
    make_member(community, user=user)
    make_partner(community, name=PAYLOAD[:100])
    make_area(community, name={"en": PAYLOAD})
    document = english_document(**poisoned(ENGLISH))
    version = make_version(community, document)
    name = {"en": f"Round {PAYLOAD}", "ar": PAYLOAD}
    made = make_round(version, slug="here", name=name, mode="code", retention=PAYLOAD[:280])
    closed = datetime.now(UTC) - timedelta(days=1)
    over = make_round(version, slug="over", name=name, closes_at=closed)
    make_round(version, slug="soon", name=name, opened_at=None)
    make_responses(over, [{"children": "no", "wish": PAYLOAD}] * 12)
    db.session.commit()
    return made


def look(page):
    """Fail if anything that was typed has run, or stands where it could have."""
    page.wait_for_load_state()
    assert page.evaluate("window.ran") is None, page.url
    assert page.locator(_BAD).count() == 0, page.url


def answer(page):
    """Answer with the payload, and see it on the review, the receipt and the page of answers."""
    page.goto("/en/r/here")
    look(page)
    page.click("button[value=yes]")
    page.locator("form.stepwise").wait_for()
    look(page)
    page.locator("[data-choice=no]").click()
    page.click("#continue")
    page.fill("textarea[name=wish]", PAYLOAD)
    page.click("#continue")
    page.locator("#review button[value=send]").wait_for()
    assert "<svg/onload=window.ran=1>" in page.inner_text("#review")
    look(page)
    page.click("#review button[value=send]")
    page.wait_for_url("**/receipt**")
    look(page)


def crawl(page, app, live_server):
    """Open every kind of page there is for staff, and send its form filled with the payload."""
    seen, sent, to_go = set(), set(), deque(["/en/c/plats", "/en/staff", "/en/account"])
    while to_go:
        path = to_go.popleft()
        try:
            endpoint, _values = app.url_map.bind("").match(path, method="GET")
        except HTTPException:
            continue
        if endpoint in seen or endpoint.startswith(_APART) or "." in path:
            continue
        seen.add(endpoint)
        page.goto(path)
        look(page)
        links = page.evaluate(
            "[...document.querySelectorAll('main a[href], nav a[href]')].map((one) => one.href)"
        )
        mine = [urlsplit(link) for link in links if link.startswith(live_server.url)]
        to_go += [link.path for link in mine if link.path.startswith("/en/")]
        if page.evaluate(_FILL, PAYLOAD):
            with page.expect_navigation():
                page.evaluate("setTimeout(() => document.querySelector('[data-press]').click())")
            sent.add(endpoint)
            look(page)
    return seen, sent


def test_x26_nothing_that_is_typed_runs_anywhere(phone, place, live_server):
    phone.on("dialog", lambda one: pytest.fail(one.message))
    answer(phone)
    assert answers_of(place)[0]["answers"]["wish"].startswith(PARTS[0])
    phone.goto("/en/sign-in")
    phone.fill("[name=email]", "staff@example.org")
    phone.fill("[name=password]", PASSWORD)
    phone.click("main button")
    phone.wait_for_url("**/staff")
    seen, sent = crawl(phone, live_server.app, live_server)
    for address in ("audit", "rounds/over/results", "rounds/over/results/texts/wish"):
        phone.goto(f"/en/c/plats/{address}")
        look(phone)
    assert "<svg/onload=window.ran=1>" in phone.inner_text("main")
    assert len(seen) > 30, sorted(seen)
    assert len(sent) > 10, sorted(sent)
