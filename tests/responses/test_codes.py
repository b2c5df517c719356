"""With the code alone: see, correct, download, delete; whoever has none learns nothing."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from engage.responses.receipts import receipt_code
from engage.responses.throttle import PER_INSTANCE, PER_NETWORK
from tests.factories.communities import make_community
from tests.factories.responses import (
    address,
    answers_of,
    english_document,
    english_round,
    new_key,
    responses_of,
    send,
)

pytestmark = pytest.mark.sqlite_only
WRONG = "1111222233334444"


@pytest.fixture
def code_round(app):
    return english_round(mode="code", basis="consent")


@pytest.fixture
def code(app, client, code_round):
    key = new_key()
    assert send(client, address(code_round, k=key)).status_code == 200
    return receipt_code(app.config["SECRET_KEY"], key)


def test_the_receipt_shows_the_code_in_four_groups(client, code, code_round):
    page = client.get_page(address(code_round, "receipt"))
    shown = page.all("//p[@class='code']")[0]
    assert page.words(shown) == " ".join(code[at : at + 4] for at in (0, 4, 8, 12))
    assert shown.get("dir") == "ltr"
    assert "no-store" in page.response.headers["Cache-Control"]
    assert code not in page.title


def test_the_code_opens_the_answers_p10(client, code):
    page = client.post_page("/en/code", {"code": code})
    assert page.h1 == "Your answers"
    assert "More trees" in page.text
    assert "Do you have children?" in page.text


@pytest.mark.parametrize("digits", ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"])
def test_the_code_may_be_typed_with_any_digits_and_spaces(client, code, digits):
    typed = "\u200f" + "  ".join(digits[int(digit)] for digit in code)
    assert client.post_page("/ar/code", {"code": typed}).find("/html").get("dir") == "rtl"
    grouped = "-".join(code[at : at + 4] for at in (0, 4, 8, 12))
    assert "More trees" in client.post_page("/en/code", {"code": grouped}).text


def test_a_wrong_and_an_unknown_code_hear_the_same_sentence(client, code):
    pages = [client.post_page("/en/code", {"code": typed}, 422) for typed in (WRONG, "12", "x")]
    said = {page.words(page.find("//p[@id='code-error']")) for page in pages}
    assert len(said) == 1
    assert pages[0].fields()["code"] == WRONG


def test_the_code_is_in_no_address_cookie_or_title_p20(client, code, code_round):
    opened = client.post("/en/code", data={"code": code})
    assert code not in str(opened.headers)
    assert opened.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in opened.headers["Cache-Control"]
    page = client.checked(opened)
    assert code not in page.title
    assert not [link for link in page.all("//@href|//@action") if code in link]


def test_answers_are_corrected_with_the_same_form_p10(client, code, code_round):
    opened = client.post_page("/en/code", {"code": code})
    button = opened.find("//form[@action='/en/code/change']")
    assert button is not None
    page = client.post_page("/en/code/change", {"code": code, "do": "edit"})
    fields = page.fields()
    assert (fields["children"], fields["how_many"], fields["wish"]) == ("yes", "2", "More trees")
    review = client.post_page("/en/code/change", {**fields, "wish": "Fewer cars"})
    assert review.words(review.find("//button[@value='send']")) == "Save my changes"
    saved = client.post_page("/en/code/change", {**review.fields(), "do": "send"})
    assert "Your changes are saved." in saved.text
    assert [one["answers"]["wish"] for one in answers_of(code_round)] == ["Fewer cars"]


def test_a_correction_that_cannot_be_taken_comes_back(client, code, code_round):
    fields = {"code": code, "children": "yes", "how_many": "77"}
    page = client.post_page("/en/code/change", fields, status=422)
    assert page.fields()["how_many"] == "77"
    assert answers_of(code_round)[0]["answers"]["how_many"] == 2


def test_a_closed_round_can_be_seen_and_deleted_but_not_changed(client, code, code_round, db):
    code_round.closes_at = code_round.opens_at
    db.session.commit()
    page = client.post_page("/en/code", {"code": code})
    assert not page.all("//form[@action='/en/code/change']")
    form = {"code": code, "children": "no", "do": "send"}
    client.post_page("/en/code/change", form, status=410)
    client.post_page("/en/code/delete", {"code": code, "sure": "yes"})
    assert not responses_of(code_round)


@pytest.mark.parametrize("hours", [-2, 2])
def test_e15_a_clock_that_jumps_breaks_no_code_and_no_receipt(
    client, code, code_round, monkeypatch, hours
):
    jumped = datetime.now(UTC) + timedelta(hours=hours)
    monkeypatch.setattr("engage.responses.meeting.now", lambda: jumped)
    assert "More trees" in client.post_page("/en/code", {"code": code}).text
    assert client.get_page(address(code_round, "receipt")).all("//p[@class='code']")
    assert send(client, address(code_round)).status_code == 200


def test_p11_who_has_no_code_is_told_why_nothing_can_be_found_and_whom_to_ask(client, app):
    make_community(data_protection_contact="dpo@example.org")
    page = client.get_page("/en/code")
    assert "nobody can find your answers among all the others" in page.text
    assert "/en/privacy" in page.all("//footer//a/@href")


def test_everything_that_is_stored_can_be_downloaded_p10(client, code, code_round):
    answer = client.post("/en/code/download", data={"code": code})
    assert answer.mimetype == "application/json"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="answers.json"'
    said = json.loads(answer.data)
    assert said["stored"] == answers_of(code_round)[0]
    assert said["answers"][1] == {
        "question": "How many children?",
        "where": "",
        "answer": "2",
        "note": "",
    }
    assert said["day"] == responses_of(code_round)[0].day.isoformat()


def test_all_that_was_ticked_and_the_own_words_are_shown_everywhere(client, app):
    choices = [{"key": "job", "label": {"en": "A job"}}, {"key": "bus", "label": {"en": "Buses"}}]
    asked = {"key": "needs", "type": "multiple_choice", "choice_list": "needs", "other": True}
    document = english_document(
        languages=["en"],
        choice_lists={"needs": {"choices": choices}},
        items=[{**asked, "label": {"en": "What is needed?"}}],
    )
    round_ = english_round(mode="code", basis="consent", document=document)
    key, form = new_key(), {"needs": ["job", "bus", "other"], "needs:words": "A lake"}
    review = client.post_page(address(round_, k=key), form)
    send(client, address(round_, k=key), form)
    code = {"code": receipt_code(app.config["SECRET_KEY"], key)}
    for page in (review, client.post_page("/en/code", code)):
        said = [page.words(answer) for answer in page.all("//div[@class='review-item']/dd/bdi")]
        assert said == ["A job, Buses, and Something else", "A lake"]
    saved = json.loads(client.post("/en/code/download", data=code).data)
    assert saved["answers"][0]["answer"] == "A job, Buses, and Something else · A lake"


def test_deleting_asks_once_more_p10_p45(client, code, code_round):
    page = client.post_page("/en/code/delete", {"code": code})
    assert page.h1 == "Delete your answers?"
    assert len(responses_of(code_round)) == 1
    gone = client.post_page("/en/code/delete", {**page.fields(), "sure": "yes"})
    assert gone.h1 == "Your answers are deleted"
    assert not responses_of(code_round)
    client.post_page("/en/code", {"code": code}, status=422)


def test_the_receipt_goes_with_the_answers(client, code, code_round):
    client.post_page("/en/code/delete", {"code": code, "sure": "yes"})
    assert "no receipt" in client.get_page(address(code_round, "receipt")).h1


def test_an_empty_field_asks_for_the_code_and_is_no_wrong_one(client, app):
    for _ in range(8):
        page = client.post_page("/en/code", {"code": " "}, status=422)
    assert "Write your code" in page.text


def test_five_wrong_codes_slow_down_and_never_shut_out_p09(client, code):
    answers = [client.post("/en/code", data={"code": WRONG}) for _ in range(PER_NETWORK.tries + 2)]
    assert [one.status_code for one in answers] == [422] * PER_NETWORK.tries + [429] * 2
    # The token against forged forms is another one each second; what is read is the same.
    assert len({client.checked(one, one.status_code).text for one in answers}) == 1
    assert "More trees" in client.post_page("/en/code", {"code": code}).text


def test_looking_at_the_page_is_no_try(client, code):
    for _ in range(20):
        client.get_page("/en/code")
    assert client.post("/en/code", data={"code": WRONG}).status_code == 422


def test_another_network_has_tries_of_its_own(client, code):
    for _ in range(PER_NETWORK.tries + 1):
        client.post("/en/code", data={"code": WRONG}, environ_base={"REMOTE_ADDR": "192.0.2.1"})
    elsewhere = {"REMOTE_ADDR": "192.0.2.2"}
    assert client.post("/en/code", data={"code": WRONG}, environ_base=elsewhere).status_code == 422


def test_all_networks_together_have_a_thousand_a_day_p09():
    assert (PER_INSTANCE.tries, PER_INSTANCE.seconds) == (1000, 86400)


@pytest.mark.parametrize("page", ["change", "download", "delete"])
def test_an_address_without_its_form_asks_for_the_code(client, app, page):
    assert client.get(f"/en/code/{page}").location == "/en/code"


@pytest.mark.parametrize("page", ["", "/change", "/download", "/delete"])
def test_no_page_opens_with_a_wrong_code(client, code, code_round, page):
    form = {"code": WRONG, "sure": "yes", "do": "send", "children": "no"}
    answer = client.post(f"/en/code{page}", data=form)
    assert answer.status_code == 422
    assert "More trees" not in answer.get_data(as_text=True)
    assert len(responses_of(code_round)) == 1


def test_answers_are_never_shown_in_a_language_they_are_not_in(client, code):
    page = client.post_page("/fi/code", {"code": code})
    assert page.all("//button[@name='to']/@value") == ["en", "ar"]
    assert "More trees" not in page.text
    moved = client.post("/fi/code", data={"code": code, "to": "ar"})
    assert (moved.status_code, moved.location) == (307, "/ar/code")


def test_a_code_typed_into_a_text_is_refused_p14(client, code, code_round):
    form = {"children": "no", "wish": f"My code is {code[:4]} {code[4:8]}-{code[8:]}!"}
    answer = send(client, address(code_round), form)
    assert answer.status_code == 422
    assert "receipt code" in answer.json["errors"]["wish"]
    page = client.post_page(address(code_round), form, status=422)
    assert page.fields()["wish"] == form["wish"]


def test_other_answers_with_the_key_of_a_sent_one_offer_the_code_e02(client, code_round):
    url = address(code_round)
    send(client, url)
    page = client.post_page(url, {"children": "no", "do": "send"}, status=409)
    assert page.h1 == "Your answers are already sent"
    assert "/en/code" in page.all("//main//a/@href")
    assert send(client, url, {"children": "no"}).json == {"already": "/en/r/here/already-sent"}
    assert answers_of(code_round)[0]["answers"]["children"] == "yes"
