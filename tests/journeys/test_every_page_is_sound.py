"""Every page the secretariat can open at the example, on the smallest phone, in light and dark."""

from collections import deque
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from werkzeug.exceptions import HTTPException

from tests.journeys.conftest import Served, Visitor

pytestmark = pytest.mark.xdist_group("demo")

#: Files to fetch, and pages that say the same to everybody (other journeys look at those).
_APART = (
    "static",
    "questionnaires.workbook",
    "communities.looks",
    "reach.template",
    "web.gallery",
)
_SMALL = """() => {
  const all = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const size = (one) => (one.closest("label") ?? one).getBoundingClientRect();
  const least = (box) => Math.min(box.width, box.height);
  const isSmall = (box) => least(box) > 1 && least(box) < 23.5;
  return [...document.querySelectorAll(all)]
    .filter((one) => getComputedStyle(one).display !== "inline" && !one.closest(".hidden, .skip"))
    .filter((one) => isSmall(size(one)))
    .map((one) => `too small to hit: ${one.outerHTML.slice(0, 80)}`);
}"""


def endpoint_of(served: Served, path: str) -> str:
    """Return the endpoint behind a path, nothing where a GET leads nowhere."""
    try:
        found, _values = served.app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return ""
    return str(found)


def test_every_page_fits_the_smallest_phone_and_passes_axe(
    demo: Served, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(demo, viewport={"width": 320, "height": 640})
    page, email = visitor.page, "secretariat@backby.example"
    visitor.go("/sv/sign-in")
    page.fill("[name=email]", email)
    page.fill("[name=password]", demo.sign_ins[email])
    page.click("main button")
    page.wait_for_url("**/staff")
    seen: set[str] = set()
    to_go = deque(["/sv/staff"])
    while to_go:
        path = to_go.popleft()
        endpoint = endpoint_of(demo, path)
        if not endpoint or endpoint in seen or endpoint.startswith(_APART):
            continue
        seen.add(endpoint)
        visitor.go(path)
        visitor.check(dark=True)
        visitor.wrong += [f"{path}: {one}" for one in page.evaluate(_SMALL)]
        links = page.evaluate(
            "[...document.querySelectorAll('a[href]:not([download])')].map((one) => one.href)"
        )
        mine = [urlsplit(link) for link in links if link.startswith(demo.url)]
        to_go += [link.path for link in mine if link.path.startswith("/sv/")]
    assert len(seen) > 30, sorted(seen)
    # Phones beside each other, each a page of ours in a frame (S-03).
    visitor.go("/sv/c/backby/rounds/backby-2026/preview?look=all")
    visitor.check(dark=True)
    phone = page.frame_locator("iframe").first
    phone.locator(".preview-band").wait_for()
    phone.locator("label.tile").first.wait_for()
