"""The example of `engage demo`, for guard tests that want pages with something on them."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException

from engage.demo.commands import demo
from engage.extensions import Model, db
from tests.pages import Page, PageClient

OPEN, CLOSED, COMMUNITY = "backby-2026", "backby-2025", "backby"
#: Of pages that differ only in what they show, so many are looked at.
MOST_OF_A_KIND = 6
#: How addresses of pages for people signed in begin.
STAFF_ROOMS = {"staff", "c", "account", "accounts", "communities"}
AS_RESIDENTS_SEE_IT = {"preview", "poster", "cards"}


def load_example(app: Flask) -> None:
    """Load what `engage demo` loads."""
    result = app.test_cli_runner().invoke(demo, catch_exceptions=False)
    assert result.exit_code == 0, result.output


def everything_stored() -> dict[str, list[str]]:
    """Return every row of every table."""
    with db.engine.connect() as connection:
        return {
            table.name: sorted(repr(tuple(row)) for row in connection.execute(table.select()))
            for table in Model.metadata.sorted_tables
        }


def is_without_way_out(page: Page, url: str) -> bool:
    """Say whether a page for people signed in lacks the way out (S-16).

    Paper and previews are as residents see them.
    """
    parts = urlsplit(url).path.split("/")[2:]
    is_for_staff = parts[:1] and parts[0] in STAFF_ROOMS and parts[-1] not in AS_RESIDENTS_SEE_IT
    return bool(is_for_staff) and not page.all(
        "//header//form[contains(@action, '/sign-out')]//button"
    )


class Crawler:
    """Follows every link in one language and says what is wrong on the way."""

    def __init__(self, app: Flask, client: PageClient, language: str) -> None:
        self.client = client
        self.language = language
        self.addresses = app.url_map.bind("localhost")
        self.seen: set[str] = set()
        self.kinds: dict[str, int] = {}

    def _is_wanted(self, url: str) -> bool:
        parts = urlsplit(url)
        first = parts.path.split("/")[1]
        if parts.netloc not in {"", "localhost"} or url in self.seen:
            return False
        if first not in {self.language, "static", "r", ""}:
            return False
        try:
            kind, _values = self.addresses.match(parts.path, method="GET")
        except HTTPException:
            # Asked all the same: a link to nowhere is what we look for.
            kind = parts.path
        self.kinds[kind] = self.kinds.get(kind, 0) + 1
        return self.kinds[kind] <= MOST_OF_A_KIND

    def problems(self, *starts: str) -> Iterator[str]:
        """Visit everything that can be reached from here."""
        waiting = [(start, "the start") for start in starts]
        while waiting:
            url, found_on = waiting.pop(0)
            if not self._is_wanted(url):
                continue
            self.seen.add(url)
            response = self.client.get(url)
            if response.status_code in {301, 302, 303, 307, 308}:
                waiting.append((urljoin(url, response.headers["Location"]), url))
            elif response.status_code != 200:
                yield f"{response.status_code} for {url}, linked from {found_on}"
            elif response.mimetype == "text/html":
                try:
                    page = self.client.checked(response)
                except AssertionError as wrong:
                    yield str(wrong)
                    continue
                if is_without_way_out(page, url):
                    yield f"{url} has nothing to sign out with"
                waiting += [
                    (urljoin(url, link.split("#")[0]), url)
                    for link in page.all("//a/@href|//link/@href|//script/@src|//img/@src")
                    if link.split("#")[0] and not link.startswith(("mailto:", "tel:", "data:"))
                ]
