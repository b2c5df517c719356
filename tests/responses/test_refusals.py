"""What is refused is refused in the reader's language, says what to do, and loses nothing."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest

from tests.factories.responses import JSON, WHOLE, address, english_round, responses_of

pytestmark = pytest.mark.sqlite_only
FORM = "application/x-www-form-urlencoded"
#: Words of a language with another script would show at once where somebody forgot to translate.
LATIN = re.compile(r"[A-Za-z]{3,}")
ELSEWHERE = {"Origin": "https://elsewhere.example"}


@pytest.fixture
def open_round(app):
    return english_round()


def post(client, round_, body, **headers):
    url = address(round_, language="ar")
    return client.post(url, data=body, content_type=FORM, headers=headers)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("children", b""),
        ("children", b"maybe"),
        ("children", b"yes&children=no"),
        ("how_many", b"two"),
        ("how_many", b"99"),
        ("how_many", b"1" * 5000),
        ("wish", b"x" * 2**20),
        ("wish", b"tr%00es"),
        ("wish", b"tr%ED%A0%80es"),
        ("wish", b"tr%FFes"),
        ("wish", b"4829+1307+5561+0924"),
    ],
    ids=str,
)
def test_a_wrong_answer_is_told_in_arabic_and_kept(client, open_round, name, typed):
    fields = {"children": b"yes", "how_many": b"2", "wish": b"Trees", name: typed}
    body = b"&".join(key.encode() + b"=" + value for key, value in fields.items())
    page = client.checked(post(client, open_round, body), 422)
    told = [page.words(link) for link in page.all("//div[@class='error-summary']//a")]
    assert len(told) == 1
    assert not LATIN.search(told[0]), told
    at_field = page.words(page.find(f"//section[@data-name='{name}']//p[@class='error']"))
    assert told[0] in at_field
    kept = page.fields()
    assert name == "wish" or kept["wish"] == "Trees"
    assert name != "wish" or kept["wish"][:2] == typed[:2].decode()
    assert name == "how_many" or kept["how_many"] == "2"
    answer = post(client, open_round, body + b"&do=send", **JSON)
    assert answer.status_code == 422
    assert answer.json["errors"] == {name: told[0]}
    assert not responses_of(open_round)


@pytest.mark.parametrize(
    ("given", "more", "status"),
    [
        ({"closes_at": datetime.now(UTC) - timedelta(minutes=16)}, {}, 410),
        ({}, {"version": "999999"}, 409),
    ],
    ids=["closed", "version that is no more"],
)
def test_what_came_too_late_is_told_in_arabic_and_shown(client, app, given, more, status):
    round_ = english_round(**given)
    body = urlencode({**WHOLE, **more, "do": "send"})
    page = client.checked(post(client, round_, body), status)
    [told] = filter(None, map(page.words, page.all("//main//div[@role='alert']")))
    assert not LATIN.search(told)
    assert page.fields()["wish"] == WHOLE["wish"]
    answer = post(client, round_, body, **JSON)
    assert answer.status_code == status
    assert not LATIN.search(answer.json["message"])
    assert not responses_of(round_)


@pytest.mark.parametrize(
    ("slug", "body", "headers", "status"),
    [
        ("nowhere", WHOLE, {}, 404),
        ("here", WHOLE, ELSEWHERE, 403),
        ("here", {f"x{number}": "" for number in range(25_000)}, {}, 413),
        ("here", {"wish": "x" * (17 * 2**20)}, {}, 413),
    ],
    ids=["unknown round", "forged origin", "too many fields", "too big"],
)
def test_what_cannot_be_looked_at_is_told_in_arabic(
    client, open_round, slug, body, headers, status
):
    """Nothing is taken; what was typed is still on the page before, and the way back is told."""
    body = urlencode({**body, "do": "send"})
    url = f"/ar/r/{slug}/answer"
    page = client.checked(client.post(url, data=body, content_type=FORM, headers=headers), status)
    assert page.find("/html").get("lang") == "ar"
    told = [page.h1, *(page.words(one) for one in page.all("//main//p"))]
    assert len(told) > 1
    assert not LATIN.search(" ".join(told))
    assert not responses_of(open_round)
