"""A client that checks every page it fetches: structure, language, labels, nothing inline."""

from contextvars import Context
from typing import Any
from urllib.parse import urlsplit

import html5lib
from flask import has_app_context
from flask.testing import FlaskClient
from lxml import etree
from werkzeug.test import TestResponse

from engage.extensions import db
from engage.i18n.languages import LANGUAGES, Language

#: Fields that need no label: they are not seen, or their own text names them.
UNLABELLED_INPUTS = {"hidden", "submit", "button", "reset", "image"}
_BY_OWN_NAME = {
    words: language
    for language in LANGUAGES.values()
    for words in (language.autonym, f"{language.autonym} ({language.code})")
}


class Page:
    """A parsed HTML page; `find` and `all` take XPath."""

    def __init__(self, html: str, response: TestResponse | None = None) -> None:
        parser = html5lib.HTMLParser(
            tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False
        )
        self.response = response
        self.tree = parser.parse(html)
        self.errors = [f"line {place[0]}: {code}" for place, code, _values in parser.errors]

    def all(self, xpath: str) -> list[Any]:
        """Return every match."""
        return self.tree.xpath(xpath)

    def find(self, xpath: str) -> Any:
        """Return the only match; fail when there are none or several."""
        found = self.all(xpath)
        assert len(found) == 1, f"{len(found)} matches of {xpath}"
        return found[0]

    @staticmethod
    def words(node: Any) -> str:
        """Return the text of a node as it is read."""
        return " ".join("".join(node.itertext()).split())

    @property
    def text(self) -> str:
        """All text of the page, as it is read."""
        return self.words(self.find("//body"))

    @property
    def title(self) -> str:
        """The title of the page."""
        return self.words(self.find("//head/title"))

    @property
    def h1(self) -> str:
        """The heading of the page."""
        return self.words(self.find("//h1"))

    def fields(self, form: str = "//main//form") -> dict[str, str]:
        """Return what a browser would send if nothing were touched in this form."""
        node = self.find(form)
        values = {}
        for field in node.xpath(".//input[@name]|.//textarea[@name]|.//select[@name]"):
            kind = field.get("type", "")
            if kind in {"submit", "button", "file"} or (
                kind in {"radio", "checkbox"} and "checked" not in field.attrib
            ):
                continue
            chosen = field.xpath(".//option[@selected]") if field.tag == "select" else []
            values[field.get("name")] = (
                chosen[0].get("value", "")
                if chosen
                else (field.text or "" if field.tag == "textarea" else field.get("value", ""))
            )
        return values


def _heading_problems(page: Page) -> list[str]:
    problems = [f"not HTML5: {error}" for error in page.errors]
    headings = [page.words(node) for node in page.all("//h1")]
    if len(headings) != 1:
        problems.append(f"{len(headings)} h1 instead of one: {headings}")
    titles = [page.words(node) for node in page.all("//head/title")]
    if len(titles) != 1 or not titles[0]:
        problems.append("no title")
    elif headings and headings[0] not in titles[0]:
        problems.append(f"the h1 “{headings[0]}” is not in the title “{titles[0]}”")
    if len(page.all("//main")) != 1:
        problems.append("not exactly one main")
    return problems


def _language_problems(page: Page, url: str) -> list[str]:
    root = page.find("/html")
    language = LANGUAGES.get(root.get("lang", ""))
    if language is None:
        return [f"lang is “{root.get('lang')}”"]
    problems = []
    if root.get("dir") != language.direction:
        problems.append(f"dir is “{root.get('dir')}” in {language.code}")
    asked = LANGUAGES.get(urlsplit(url).path.split("/")[1])
    # A staff page exists in fewer languages; there it is English and says so.
    if asked and asked.code != language.code and (asked.staff or language.code != "en"):
        problems.append(f"lang is {language.code} under {url}")
    return problems


def _speaker_problems(page: Page) -> list[str]:
    """Languages are chosen by their own names: each is marked as what it is written in."""
    problems = []
    for node in page.all("//option|//label[contains(@class, 'tile')]/span|//main//a[@hreflang]"):
        words = page.words(node)
        language = _BY_OWN_NAME.get(words)
        around = node.xpath("ancestor-or-self::*[@lang][1]")[0]
        if language and (around.get("lang") != language.code or not _runs(node, language)):
            problems.append(f"“{words}” is not marked as {language.code}")
    return problems


def _runs(node: Any, language: Language) -> bool:
    """Say whether a piece of a page runs the way its language is written."""
    return bool(node.xpath("ancestor-or-self::*[@dir][1]")[0].get("dir") == language.direction)


def _reference_problems(page: Page) -> list[str]:
    ids = page.all("//@id")
    problems = [f"the id “{one}” is there twice" for one in {i for i in ids if ids.count(i) > 1}]
    for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list"):
        for value in page.all(f"//@{attribute}"):
            problems += [
                f"{attribute}=“{value}” leads nowhere" for one in value.split() if one not in ids
            ]
    links = page.all("//body//a[@href]|//body//button|//body//input[not(@type='hidden')]")
    target = links[0].get("href", "") if links else ""
    if not target.startswith("#") or target[1:] not in ids:
        problems.append("the first thing to reach is no skip link")
    return problems


def _label_problems(page: Page) -> list[str]:
    problems = []
    labelled = set(page.all("//label/@for"))
    for field in page.all("//input|//select|//textarea"):
        if field.get("type") in UNLABELLED_INPUTS:
            continue
        named = field.get("aria-label") or field.get("aria-labelledby")
        if not (named or field.get("id") in labelled or field.xpath("ancestor::label")):
            problems.append(f"the field “{field.get('name') or field.get('id')}” has no label")
    for node in page.all("//button|//a[@href]"):
        if not (page.words(node) or node.get("aria-label") or node.xpath(".//img[@alt!='']")):
            problems.append(f"nothing names {etree.tostring(node, encoding='unicode')[:80]}")
    return problems


def _foreign_problems(page: Page) -> list[str]:
    problems = [f"inline style in <{node.tag}>" for node in page.all("//*[@style]|//style")]
    problems += [
        f"inline script: {page.words(node)[:60]}"
        for node in page.all("//script[not(@src)]")
        if node.get("type") != "application/json"
    ]
    for node in page.all("//*[@*[starts-with(name(), 'on')]]"):
        problems.append(f"inline handler in <{node.tag}>")
    loaded = page.all(
        "//@src|//@srcset|//@poster|//link[not(@rel='alternate')]/@href|//form/@action"
    )
    for address in loaded:
        if urlsplit(address).netloc not in {"", "localhost"}:
            problems.append(f"another host: {address}")
    problems += [
        f"javascript: in {link}"
        for link in page.all("//@href")
        if ":" in link[:12] and link.lower().startswith("javascript")
    ]
    return problems


def problems_of(page: Page, url: str) -> list[str]:
    """Say everything that is wrong with the structure of a page."""
    return [
        *_heading_problems(page),
        *_language_problems(page, url),
        *_speaker_problems(page),
        *_reference_problems(page),
        *_label_problems(page),
        *_foreign_problems(page),
    ]


class PageClient(FlaskClient):
    """A browser of sorts: each request stands alone, as in a real server."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Ask outside of the test's own app context, after storing what the test has made.

        Else the request would share the test's session and `g`, or wait for its write lock.
        """
        if has_app_context():
            db.session.commit()
        return Context().run(super().open, *args, **kwargs)

    def get_page(self, url: str, status: int = 200, **kwargs: Any) -> Page:
        """Fetch a page, check it, and return it parsed."""
        return self.checked(self.get(url, **kwargs), status)

    def post_page(self, url: str, data: Any = None, status: int = 200, **kwargs: Any) -> Page:
        """Send a form, check the page that answers (after redirects), and return it parsed."""
        return self.checked(self.post(url, data=data, follow_redirects=True, **kwargs), status)

    @staticmethod
    def checked(response: TestResponse, status: int = 200) -> Page:
        """Check the page of a response and return it parsed."""
        url = response.request.path
        assert response.status_code == status, (
            f"{response.status_code} instead of {status} for {url}"
            f" {response.headers.get('Location', '')}"
        )
        assert response.mimetype == "text/html", f"{url} is {response.mimetype}"
        page = Page(response.get_data(as_text=True), response)
        problems = problems_of(page, url)
        assert not problems, f"{url}:\n" + "\n".join(problems)
        return page
