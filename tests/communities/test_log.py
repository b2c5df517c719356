"""The page of a community's log, and the words for what is in it."""

import re
from datetime import UTC, datetime

import pytest

from engage.accounts.audit import record
from engage.accounts.audit_words import action_words
from engage.i18n.current import use_language
from tests.conventions.sources import ROOT
from tests.factories.accounts import sign_in
from tests.factories.communities import make_community, make_member

pytestmark = pytest.mark.sqlite_only

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
#: Where an action gets its name: as an argument, or chosen of two just before.
RECORDED = re.compile(r'record\((?:\s*\w+,)?\s*"(\w+)"|action, \w+ = "(\w+)" if \w+ else "(\w+)"')


@pytest.fixture
def boss(client):
    community, other = make_community(slug="plats"), make_community(slug="annan")
    user = make_member(community)
    for number in range(60):
        who = user if number % 2 else None
        details = {"name": "<script>", "list": ["a", "b"], "none": None, "n": number}
        record(who, "partner_added", f"partner:{number}", details, NOW, community="plats")
    record(user, "settings_changed", "community:plats", {}, NOW, community="plats")
    record(user, "settings_changed", "secret:annan", {}, NOW, community=other.slug)
    sign_in(client, user)
    return user


def rows(page):
    return len(page.all("//main//tbody/tr"))


def test_the_log_has_pages_and_only_this_community(client, boss):
    page = client.get_page("/en/c/plats/audit")
    assert rows(page) == 50
    assert "61 entries" in page.text
    assert "secret" not in page.text
    assert "name: <script>" in page.text
    second = client.get_page(page.find("//a[@rel='next']/@href"))
    assert rows(second) == 11


def test_it_is_filtered_by_what_who_and_object(client, boss):
    assert rows(client.get_page("/en/c/plats/audit?action=settings_changed")) == 1
    assert rows(client.get_page(f"/en/c/plats/audit?actor={boss.id}")) == 31
    page = client.get_page("/en/c/plats/audit?subject=partner:1&action=partner_added")
    assert rows(page) == 11
    assert page.find("//input[@name='subject']").get("value") == "partner:1"
    assert page.find("//option[@selected and @value='partner_added']") is not None


@pytest.mark.parametrize(
    "query",
    ["page=-1", "page=x", "page=99999999999999999999", "actor=x", "actor=9999999999999999999"],
)
def test_nonsense_in_the_address_shows_the_log_from_the_start(client, boss, query):
    assert rows(client.get_page(f"/en/c/plats/audit?{query}")) >= 11


def test_nothing_found_says_so(client, boss):
    page = client.get_page("/en/c/plats/audit?subject=%00%25nothing")
    assert "Nothing to show" in page.text


def test_every_action_has_words(app):
    """X-41: whatever a room writes into the log is told in words."""
    calls = (re.findall(RECORDED, file.read_text()) for file in (ROOT / "engage").rglob("*.py"))
    actions = {name for found in calls for names in found for name in names if name}
    assert {"member_invited", "round_opened", "text_released", "export_fetched"} <= actions
    with app.test_request_context(), use_language("en"):
        wordless = {name for name in actions if action_words(name) == name.replace("_", " ")}
        assert not wordless
        assert action_words("member_invited") == "Person invited"
        assert action_words("something_new") == "something new"
