"""Answering without JavaScript: one form, errors that keep everything, review, send, receipt."""

import json

import pytest

from engage.web.bytes import RenderedPage
from tests.factories.questionnaires import make_version
from tests.factories.responses import (
    WHOLE,
    address,
    answers_of,
    english_document,
    english_round,
    new_key,
    responses_of,
    send,
)

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def open_round(app):
    return english_round()


def texts(page, xpath):
    return [page.words(node) for node in page.all(xpath)]


def test_all_questions_come_in_one_page_with_conditions_in_words(client, open_round):
    page = client.get_page(address(open_round))
    assert page.all("//section/@data-question") == ["children", "how_many", "wish"]
    assert "You answered “Yes” to “Do you have children?”." in page.text


def test_the_page_is_the_same_bytes_for_everybody(client, open_round):
    first = client.get(address(open_round), headers={"Accept-Encoding": "br"})
    other = client.get(address(open_round, k=new_key()), headers={"Accept-Encoding": "br"})
    assert first.data == other.data
    assert first.headers["ETag"] == other.headers["ETag"]
    assert "Set-Cookie" not in first.headers
    assert "Cookie" not in first.headers["Vary"]
    assert b"csrf" not in client.get(address(open_round)).data


def test_who_has_the_page_is_told_that_it_is_unchanged(client, open_round):
    first = client.get(address(open_round))
    again = client.get(address(open_round), headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""


def test_the_page_is_rendered_once(client, open_round, monkeypatch):
    client.get(address(open_round))
    rendered = []
    monkeypatch.setattr(RenderedPage, "of", lambda *parts: rendered.append(parts))
    assert client.get(address(open_round)).status_code == 200
    assert rendered == []


def test_a_new_version_or_a_new_phone_number_changes_the_page(client, open_round, db):
    before = client.get(address(open_round)).headers["ETag"]
    open_round.community.contact_phone = "021-39 00 01"
    db.session.commit()
    with_phone = client.get(address(open_round)).headers["ETag"]
    questionnaire = open_round.questionnaire
    questionnaire.draft = english_document(minutes=9, title={"en": "New", "ar": "جديد"}).to_json()
    open_round.version = make_version(questionnaire=questionnaire)
    db.session.commit()
    after = client.get(address(open_round)).headers["ETag"]
    assert len({before, with_phone, after}) == 3


def test_from_questions_over_review_to_receipt(client, open_round):
    url = address(open_round, c="poster")
    review = client.post_page(url, WHOLE)
    assert review.h1 == "Check your answers. Nothing is sent yet."
    assert texts(review, "//dl/div/dt") == [
        "Do you have children?",
        "How many children?",
        "What is missing here?",
    ]
    assert not responses_of(open_round)
    receipt = client.post_page(url, {**review.fields(), "do": "send"})
    assert receipt.h1 == "Thank you. Your answers have arrived."
    assert "It helps us all." in receipt.text
    [stored] = responses_of(open_round)
    assert (stored.language, stored.channel) == ("en", "poster")
    assert answers_of(open_round)[0]["answers"] == {
        "children": "yes",
        "how_many": 2,
        "wish": "More trees",
    }


def test_a_wrong_page_comes_back_with_everything_typed(client, open_round):
    page = client.post_page(address(open_round), {**WHOLE, "how_many": "99"}, status=422)
    assert page.title.startswith("Error: ")
    summary = page.find("//div[@class='error-summary']")
    assert page.words(summary.find("h2")) == "There is a problem"
    [link] = page.all("//div[@class='error-summary']//a")
    assert link.get("href") == "#how_many-question"
    message = page.words(link)
    assert message == "Write a number from 1 to 20"
    assert message in page.words(page.find("//*[@id='how_many-error']"))
    fields = page.fields()
    assert (fields["children"], fields["how_many"], fields["wish"]) == ("yes", "99", "More trees")


def test_a_missing_required_answer_is_asked_for(client, open_round):
    page = client.post_page(address(open_round), {"wish": "x"}, status=422)
    assert texts(page, "//div[@class='error-summary']//a") == ["Answer this question"]


def test_not_wanting_to_answer_is_an_answer(client, open_round):
    url = address(open_round)
    review = client.post_page(url, {"children": "~prefer_not"})
    assert "I do not want to answer" in review.text
    client.post_page(url, {**review.fields(), "do": "send"})
    assert answers_of(open_round)[0]["missing"] == {
        "children": "prefer_not",
        "how_many": "not_asked",
        "wish": "skipped",
    }


def test_an_answer_without_any_answer_is_not_stored(client, app):
    question = english_document().to_json()
    items = [{**item, "required": False} for item in json.loads(question)["items"]]
    round_ = english_round(document=english_document(items=items))
    url = address(round_)
    review = client.post_page(url, {})
    page = client.post_page(url, {**review.fields(), "do": "send"}, status=422)
    told = "You have not answered any question yet. Answer at least one, then send."
    assert told in page.text
    answer = send(client, url, {})
    assert (answer.status_code, answer.json) == (422, {"message": told})
    assert not responses_of(round_)
    assert send(client, url, {"children": "~prefer_not"}).status_code == 200


def test_change_leads_back_to_the_question_with_everything_filled_in(client, open_round):
    url = address(open_round)
    review = client.post_page(url, WHOLE)
    buttons = review.all("//button[starts-with(@value, 'change ')]")
    assert [button.get("formaction") for button in buttons] == [
        f"#{key}-question" for key in ("children", "how_many", "wish")
    ]
    page = client.post_page(url, {**review.fields(), "do": buttons[1].get("value")})
    assert page.fields()["wish"] == "More trees"
    assert page.find("//*[@id='how_many-question']") is not None


def test_another_language_keeps_what_is_typed_and_the_visit(client, open_round):
    key = new_key()
    url = address(open_round, k=key, c="letter")
    moved = client.post(url, data={**WHOLE, "to": "ar"})
    assert moved.status_code == 307
    assert moved.location == f"/ar/r/here/answer?k={key}&c=letter"
    page = client.checked(client.post(moved.location, data={**WHOLE, "to": "ar"}))
    assert page.fields()["wish"] == "More trees"
    assert page.find("/html").get("dir") == "rtl"
    assert "ما الذي ينقص هنا؟" in page.text


def test_the_review_can_be_read_in_another_language_too(client, open_round):
    review = client.post_page(address(open_round), WHOLE)
    buttons = review.all("//button[@name='to']")
    assert [button.get("value") for button in buttons] == ["ar"]
    assert buttons[0].get("form") == review.find("//main//form").get("id")
    fields = {**review.fields(), "to": "ar"}
    page = client.checked(client.post(address(open_round, language="ar"), data=fields))
    assert "2" in page.text
    assert "نعم" in page.text


def test_a_key_comes_with_the_review_where_the_address_has_none(client, open_round):
    url = "/en/r/here/answer"
    review = client.post_page(url, WHOLE)
    fields = {**review.fields(), "do": "send"}
    assert fields["k"]
    for _ in range(2):
        client.post_page(url, fields)
    assert len(responses_of(open_round)) == 1


def test_the_easier_text_stays_chosen(client, app):
    items = [{"key": "a", "type": "short_text", "label": {"en": "Long"}, "easy": {"en": "Short"}}]
    document = english_document(languages=["en"], items=items)
    round_ = english_round(document=document)
    page = client.get_page(address(round_))
    assert page.find("//input[@name='easy']").get("checked") is None
    again = client.post_page(address(round_), {"easy": "1", "do": "show"})
    assert again.find("//input[@name='easy']").get("checked") is not None


def test_a_piped_answer_is_filled_in_on_the_review(client, app):
    items = [
        {"key": "name", "type": "short_text", "label": {"en": "What do we call it?"}},
        {"key": "why", "type": "short_text", "label": {"en": "Why do you like ${name}?"}},
    ]
    round_ = english_round(document=english_document(languages=["en"], items=items))
    page = client.get_page(address(round_))
    assert page.find("//span[@data-pipe='name']").text == "…"
    review = client.post_page(address(round_), {"name": "<b>Oak</b>", "why": "Shade"})
    assert "Why do you like <b>Oak</b>?" in texts(review, "//dl/div/dt")


def test_the_phone_may_keep_nothing_of_a_sensitive_round(client, app):
    round_ = english_round(profile="sensitive", k=10)
    page = client.get_page(address(round_))
    form = page.find("//form[@id='answers']")
    assert form.get("data-watched") is not None
    leave = page.find("//a[@data-leave]")
    assert page.words(leave) == "Leave this page fast"
    assert "clear the history" in client.get_page("/en/r/here").text


def test_questions_about_oneself_come_after_a_word_of_explanation(client, app):
    items = [
        {"key": "a", "type": "short_text", "label": {"en": "First"}},
        {"key": "b", "type": "short_text", "label": {"en": "Who"}, "background": True},
    ]
    round_ = english_round(document=english_document(languages=["en"], items=items))
    page = client.get_page(address(round_))
    assert texts(page, "//*[@id='questions']//h2") == [
        "First (optional)",
        "Now a few questions about you",
        "Who (optional)",
    ]


def test_an_answer_is_kept_by_key_and_never_by_label_z06(client, open_round):
    url = address(open_round, language="ar")
    assert send(client, url, {"children": "no"}).status_code == 200
    assert answers_of(open_round)[0]["answers"] == {"children": "no"}
    assert responses_of(open_round)[0].language == "ar"
