"""The receipt: safe to reload, to go back from, to open later; cleared on a borrowed phone."""

import pytest
from flask import current_app

from engage.responses.receipts import looks_like_a_code, typed_code
from tests.factories.communities import make_community
from tests.factories.responses import WHOLE, address, english_round, new_key, responses_of, send

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def open_round(app):
    return english_round(community=make_community(contact_phone="021-39 00 00"))


def test_the_receipt_says_what_happens_next_and_whom_to_call(client, open_round):
    client.post_page(address(open_round), {**WHOLE, "do": "send"})
    page = client.get_page(address(open_round, "receipt"))
    assert page.h1 == "Thank you. Your answers have arrived."
    assert "021-39 00 00" in page.text
    assert "cannot be changed or taken back" in page.text


def test_reloading_and_sending_again_change_nothing(client, open_round):
    url = address(open_round)
    for _ in range(3):
        client.post_page(url, {**WHOLE, "do": "send"})
        client.get_page(address(open_round, "receipt"))
    assert len(responses_of(open_round)) == 1


def test_going_back_after_sending_says_that_it_is_sent_r03(client, open_round):
    url = address(open_round)
    client.post_page(url, {**WHOLE, "do": "send"})
    page = client.post_page(url, WHOLE, status=409)
    assert page.h1 == "Your answers are already sent"
    assert address(open_round, "receipt") in page.all("//main//a/@href")
    assert len(responses_of(open_round)) == 1


def test_another_visit_on_the_same_phone_is_another_answer(client, open_round):
    for _ in range(2):
        client.post_page(address(open_round), {**WHOLE, "do": "send"})
    assert len(responses_of(open_round)) == 2


def test_a_phone_without_receipt_gets_a_helpful_page_r23(client, open_round):
    page = client.get_page(address(open_round, "receipt"))
    assert page.h1 == "There is no receipt on this phone"


@pytest.mark.parametrize("cookie", ["", "x", "here.k.link.0.00", "....", "å" * 9, "a" * 4000])
def test_a_made_up_cookie_opens_nothing(client, open_round, cookie):
    client.set_cookie("receipt", cookie)
    assert "no receipt" in client.get_page(address(open_round, "receipt")).h1


def test_the_cookie_ends_with_the_browser_and_scripts_cannot_read_it_x11(client, open_round):
    answer = send(client, address(open_round))
    cookies = answer.headers.getlist("Set-Cookie")
    [cookie] = [one for one in cookies if not one.startswith("language=")]
    assert cookie.startswith("receipt=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Max-Age" not in cookie
    assert "Expires" not in cookie


def test_the_receipt_has_no_key_and_no_answers_in_it(client, open_round):
    key = new_key()
    answer = send(client, address(open_round, k=key))
    assert answer.json == {"receipt": "/en/r/here/receipt"}
    page = client.get_page("/en/r/here/receipt")
    assert key not in page.response.get_data(as_text=True)
    assert "More trees" not in page.text


def test_a_borrowed_phone_is_cleared_with_one_button_r25_x10(client, open_round):
    client.post_page(address(open_round, b="1"), {**WHOLE, "do": "send"})
    page = client.get_page(address(open_round, "receipt"))
    form = page.find("//main//form")
    assert page.words(form.find(".//button")) == "Clear and finish"
    answer = client.post(form.get("action"), data=page.fields())
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert (answer.status_code, answer.location) == (303, "/r/here?c=link")
    client.delete_cookie("receipt")
    assert "no receipt" in client.get_page(address(open_round, "receipt")).h1


def test_r28_a_kiosk_lets_go_of_the_receipt_before_it_on_https_too(make_app):
    """A browser drops a `__Host-` cookie only where the dropping is as secure as the setting."""
    with make_app(SESSION_COOKIE_SECURE=True).app_context():
        english_round()
        client = current_app.test_client()
        answer = client.post("/en/r/here/start", data={"c": "kiosk"}, base_url="https://localhost")
        [cookie] = [
            one for one in answer.headers.getlist("Set-Cookie") if one.startswith("__Host-receipt=")
        ]
        parts = {part.strip() for part in cookie.split(";")}
        assert {"__Host-receipt=", "Max-Age=0", "Secure", "Path=/"} <= parts


def test_two_people_in_a_row_on_one_tablet_are_two_answers_r28(client, open_round):
    for children in ("yes", "no"):
        begun = client.post("/en/r/here/start", data={"c": "kiosk", "take": "yes"})
        page = client.get_page(begun.location)
        assert page.fields()["wish"] == ""
        form = {**page.fields(), "children": children, "how_many": "1", "do": "send"}
        client.post_page(begun.location, form)
        receipt = client.get_page(address(open_round, "receipt"))
        assert receipt.find("//form[@data-finish]").get("data-finish") == "30"
        client.post(receipt.find("//main//form").get("action"), data=receipt.fields())
    assert len(responses_of(open_round)) == 2
    assert {one.channel for one in responses_of(open_round)} == {"kiosk"}


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("4829 1307 5561 0924", "4829130755610924"),
        ("4829-1307-5561-0924", "4829130755610924"),
        ("\u200f٤٨٢٩١٣٠٧٥٥٦١٠٩٢٤", "4829130755610924"),
        ("۴۸۲۹۱۳۰۷۵۵۶۱۰۹۲۴", "4829130755610924"),
        ("482913075561092", ""),
        ("48291307556109245", ""),
        ("4829 1307 5561 092x", ""),
        ("", ""),
        ("²" * 16, ""),
    ],
)
def test_a_code_is_read_as_people_type_it_r18(typed, digits):
    assert typed_code(typed) == digits


@pytest.mark.parametrize(
    ("text", "is_like"),
    [
        ("4829130755610924", True),
        ("code: 4829 1307 5561 0924.", True),
        ("4829-1307-5561-0924", True),
        ("070-123 45 67", False),
        ("48291307556109241", False),
        ("12 trees, 4 benches", False),
    ],
)
def test_what_looks_like_a_code(text, is_like):
    assert looks_like_a_code(text) is is_like
