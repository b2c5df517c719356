"""Text twice as large on the smallest phone: long words break, and no page scrolls sideways."""

from collections.abc import Callable

import pytest

from tests.journeys.conftest import SLUG, Served, Visitor

pytestmark = pytest.mark.xdist_group("demo")

_PAGES = ("", f"r/{SLUG}", f"r/{SLUG}/answer", "code", "privacy", "accessibility", "at/backby")
_LARGE = "document.documentElement.style.fontSize = '200%'"


@pytest.mark.parametrize("language", ["fi", "ar", "so"])
def test_residents_read_text_twice_as_large_a11(
    demo: Served, visit: Callable[..., Visitor], language: str
) -> None:
    visitor = visit(demo, viewport={"width": 320, "height": 640})
    for path in _PAGES:
        visitor.go(f"/{language}/{path}")
        visitor.page.evaluate(_LARGE)
        over = visitor.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert over <= 1, f"/{language}/{path}"


def test_staff_read_text_twice_as_large_a11(demo: Served, visit: Callable[..., Visitor]) -> None:
    visitor = visit(demo, viewport={"width": 320, "height": 640})
    page, email = visitor.page, "secretariat@backby.example"
    visitor.go("/da/sign-in")
    page.fill("[name=email]", email)
    page.fill("[name=password]", demo.sign_ins[email])
    page.click("main button")
    page.wait_for_url("**/staff")
    for path in ("", "/questionnaires/needs", "/questionnaires/needs/translate/ar", "/rounds"):
        visitor.go(f"/da/c/backby{path}")
        page.evaluate(_LARGE)
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert over <= 1, path
