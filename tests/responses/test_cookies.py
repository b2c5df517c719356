"""P-21: what a resident's browser keeps is little, ours alone, and told on the page about it."""

import pytest
from flask import current_app

from engage.responses.receipts import receipt_code
from tests.factories.responses import WHOLE, address, english_round

pytestmark = pytest.mark.sqlite_only


def kept_by(client):
    """Return the names of the cookies in this browser."""
    return {cookie.key for cookie in client._cookies.values()}


def answered(client, round_):
    """Go the way of somebody who answers without a script."""
    client.get_page(f"/r/{round_.slug}")
    client.get_page(address(round_, ""))
    begun = client.post(address(round_, "start"), data={"take": "yes"})
    client.get_page(begun.location)
    client.post_page(begun.location, WHOLE)
    client.post_page(begun.location, {**WHOLE, "do": "send"})
    client.get_page(address(round_, "receipt"))
    return begun.location.split("k=")[1].split("&")[0]


def test_p21_who_answers_gets_two_cookies_at_most(client, app):
    answered(client, english_round())
    assert kept_by(client) == {"language", "receipt"}


def test_p21_the_page_about_cookies_names_all_of_them(client, app):
    key = answered(client, english_round(mode="code"))
    code = receipt_code(current_app.config["SECRET_KEY"], key)
    assert "More trees" in client.post_page("/en/code", {"code": code}).text
    client.post("/theme", data={"theme": "dark"})
    page = client.get_page("/en/privacy")
    told = {page.words(cell) for cell in page.all("//main//dt")}
    assert kept_by(client) == told
