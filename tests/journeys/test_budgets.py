"""What a first visit costs: bytes on the wire and requests, in every language (B-01 to B-04)."""

from collections.abc import Callable
from urllib.request import Request, urlopen

import brotli
import pytest

from tests.journeys.conftest import SLUG, Served, Visitor

pytestmark = pytest.mark.xdist_group("demo")

LANGUAGES = ("sv", "en", "da", "fi", "ar", "so", "fa")
KB = 1024


class Wire:
    """Counts what comes over the wire to one visitor, as the browser's own tools do."""

    def __init__(self, visitor: Visitor) -> None:
        self.requests, self.bytes = 0, 0
        devtools = visitor.context.new_cdp_session(visitor.page)
        devtools.send("Network.enable")
        devtools.on("Network.loadingFinished", self._count)

    def _count(self, event: dict[str, float]) -> None:
        self.requests += event["encodedDataLength"] > 0
        self.bytes += int(event["encodedDataLength"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_following_page_stays_within_10_kb_b02(
    demo: Served, visit: Callable[..., Visitor], language: str
) -> None:
    visitor = visit(demo, locale=language)
    page, wire = visitor.page, Wire(visitor)
    visitor.go(f"/r/{SLUG}")
    page.wait_for_load_state("networkidle")
    first = wire.bytes
    # Styles and the script of the questions come with the first page.
    page.locator(f'main a[lang="{language}"]').click()
    page.wait_for_load_state("networkidle")
    start = wire.bytes - first
    page.locator('button[name="take"][value="yes"]').click()
    page.locator("form.stepwise").wait_for()
    page.wait_for_load_state("networkidle")
    questions = wire.bytes - first - start
    assert start <= 10 * KB, f"{start / KB:.1f} KB"
    assert questions <= 10 * KB, f"{questions / KB:.1f} KB"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/r/{0}", "/{1}/r/{0}", "/{1}/r/{0}/answer", "/{1}/code"])
def test_a_first_visit_stays_within_30_kb_and_5_requests(
    demo: Served, visit: Callable[..., Visitor], language: str, path: str
) -> None:
    visitor = visit(demo, locale=language)
    wire = Wire(visitor)
    visitor.go(path.format(SLUG, language))
    visitor.page.wait_for_load_state("networkidle")
    assert wire.bytes <= 30 * KB, f"{wire.bytes / KB:.1f} KB"
    assert wire.requests <= 5


def _fetched(address: str) -> tuple[bytes, str]:
    asked = Request(address, headers={"Accept-Encoding": "br, gzip"})  # noqa: S310 - our own
    with urlopen(asked, timeout=20) as reply:  # noqa: S310 - our own loopback address
        return reply.read(), str(reply.headers["Content-Encoding"])


def _compressed(addresses: list[str]) -> int:
    """Return how many bytes these files are on the wire."""
    bodies = [_fetched(address) for address in addresses]
    assert all(encoding == "br" for _body, encoding in bodies)
    assert all(brotli.decompress(body) for body, _encoding in bodies)
    return sum(len(body) for body, _encoding in bodies)


@pytest.mark.parametrize("language", ["sv", "ar"])
def test_the_styles_are_one_file_of_at_most_14_kb(
    demo: Served, visit: Callable[..., Visitor], language: str
) -> None:
    visitor = visit(demo)
    visitor.go(f"/{language}/r/{SLUG}/answer")
    styles = visitor.page.evaluate("[...document.styleSheets].map((one) => one.href)")
    assert len(styles) == 1
    assert _compressed(styles) <= 14 * KB


@pytest.mark.parametrize("page", ["answer", "receipt"])
def test_no_script_holds_a_page_up(demo: Served, visit: Callable[..., Visitor], page: str) -> None:
    visitor = visit(demo)
    visitor.go(f"/ar/r/{SLUG}/{page}")
    kinds = visitor.page.evaluate("[...document.scripts].map((one) => one.type)")
    assert all(kind == "module" for kind in kinds)


def test_the_script_of_the_questions_is_at_most_10_kb(
    demo: Served, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(demo)
    visitor.go(f"/sv/r/{SLUG}/answer")
    scripts = visitor.page.evaluate("[...document.scripts].map((one) => one.src)")
    assert _compressed(scripts) <= 10 * KB
