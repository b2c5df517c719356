"""X-39: programs that fill in every field, or hurry by the dozen, count nothing; people go on."""

import pytest

from engage.responses.programs import HASTY_A_MINUTE, SHOWN, TRAP
from tests.factories.responses import WHOLE, address, answers_of, english_round, responses_of, send

pytestmark = pytest.mark.sqlite_only
AGAIN = "Your answers are not sent yet."


@pytest.fixture
def round_(app):
    return english_round()


@pytest.fixture
def clock(monkeypatch):
    """Return a list whose one number is the moment."""
    moment = [1_800_000_000.0]
    monkeypatch.setattr("engage.responses.programs.time.time", lambda: moment[0])
    return moment


def reviewed(client, url):
    """Go to the review and return what its form would send."""
    return {**client.post_page(url, WHOLE).fields(), "do": "send"}


@pytest.mark.parametrize("page", ["answer", "review"])
def test_x39_the_trap_is_on_both_pages_and_nobody_meets_it(client, round_, page):
    url = address(round_)
    shown = client.get_page(url) if page == "answer" else client.post_page(url, WHOLE)
    field = shown.find(f"//form[@id='answers']//input[@name='{TRAP}']")
    assert (field.get("tabindex"), field.get("autocomplete")) == ("-1", "off")
    around = field.getparent()
    assert (around.get("class"), around.get("aria-hidden")) == ("hidden", "true")
    assert shown.fields("//form[@id='answers']")[TRAP] == ""


def test_x39_who_fills_in_the_trap_gets_the_review_again_with_every_answer(client, round_):
    url = address(round_)
    page = client.post_page(url, {**WHOLE, TRAP: "http://spam.test", "do": "send"}, status=422)
    assert AGAIN in page.text
    assert "More trees" in page.text
    assert "spam.test" not in page.text
    assert not responses_of(round_)
    assert client.post(url, data={**page.fields(), "do": "send"}).status_code == 303
    assert answers_of(round_)[0]["answers"]["wish"] == "More trees"


def test_x39_what_is_in_the_trap_is_stored_nowhere(client, round_):
    send(client, address(round_), {**WHOLE, TRAP: "http://spam.test"})
    assert "spam" not in responses_of(round_)[0].document


def test_x39_one_person_may_be_as_quick_as_they_like(client, round_, clock):
    url = address(round_)
    assert client.post(url, data=reviewed(client, url)).status_code == 303


def test_x39_when_many_are_hasty_the_review_comes_again_until_it_can_be_read(client, round_, clock):
    for _ in range(HASTY_A_MINUTE):
        url = address(round_)
        assert client.post(url, data=reviewed(client, url)).status_code == 303
    url = address(round_)
    again = client.post_page(url, reviewed(client, url), status=422)
    assert AGAIN in again.text
    clock[0] += 2
    assert client.post(url, data={**again.fields(), "do": "send"}).status_code == 303
    assert len(responses_of(round_)) == HASTY_A_MINUTE + 1


@pytest.mark.parametrize("moment", ["", "x", "٣", "9" * 20, "1800000001", "1799990000"])
def test_x39_a_moment_that_is_none_or_long_ago_or_to_come_stops_nobody(
    client, round_, clock, monkeypatch, moment
):
    monkeypatch.setattr("engage.responses.programs.HASTY_A_MINUTE", 0)
    url = address(round_)
    form = {**reviewed(client, url), SHOWN: moment}
    assert client.post(url, data=form).status_code == 303
