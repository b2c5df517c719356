"""Before sending: every answer in words, and what may tell who somebody is, to remove or keep."""

import pytest

from tests.factories.responses import (
    WHOLE,
    address,
    answers_of,
    english_document,
    english_round,
    send,
)

pytestmark = pytest.mark.sqlite_only
TEXT = "Call me at 070-123 45 67, or 19880320-0016."


@pytest.fixture
def open_round(app):
    return english_round()


def test_what_looks_like_a_number_is_asked_about_r29(client, open_round):
    review = client.post_page(address(open_round), {"children": "no", "wish": TEXT})
    assert [mark.text for mark in review.all("//mark")] == ["070-123 45 67", "19880320-0016"]
    assert "can tell who somebody is" in review.text


def test_it_is_removed_with_one_button(client, open_round):
    url = address(open_round)
    review = client.post_page(url, {"children": "no", "wish": TEXT})
    button = review.find("//button[starts-with(@value, 'mask ')]")
    again = client.post_page(url, {**review.fields(), "do": button.get("value")})
    assert not again.all("//mark")
    client.post_page(url, {**again.fields(), "do": "send"})
    assert answers_of(open_round)[0]["answers"]["wish"] == "Call me at …, or …."


def test_it_is_kept_with_another_and_not_asked_about_again(client, open_round):
    url = address(open_round)
    review = client.post_page(url, {"children": "no", "wish": TEXT})
    button = review.find("//button[starts-with(@value, 'keep ')]")
    again = client.post_page(url, {**review.fields(), "do": button.get("value")})
    assert not again.all("//mark")
    client.post_page(url, {**again.fields(), "do": "send"})
    assert answers_of(open_round)[0]["answers"]["wish"] == TEXT


def test_the_place_of_a_change_does_not_stay_in_the_address_without_script(client, open_round):
    url = address(open_round, language="en")
    review = client.post_page(url, WHOLE)
    change = review.find("//button[@value='change wish']")
    assert change.get("formaction") == "#wish-question"
    again = client.post_page(url, {**review.fields(), "do": "change wish"})
    for page in (review, again):
        assert page.find("//form[@id='answers']").get("action") == url


def test_a_script_is_told_the_same_places(client, open_round):
    form = {"children": "no", "wish": TEXT, "do": "review"}
    answer = client.post(address(open_round), data=form, headers={"Accept": "application/json"})
    assert answer.json == {"marks": {"wish": ["070-123 45 67", "19880320-0016"]}}


def test_ones_own_words_beside_a_choice_are_looked_at_as_well(client, app):
    items = [
        {
            "key": "who",
            "type": "single_choice",
            "label": {"en": "Who?"},
            "choice_list": "yes_no",
            "other": True,
        }
    ]
    round_ = english_round(document=english_document(languages=["en"], items=items))
    form = {"who": "other", "who:words": "me@example.org"}
    review = client.post_page(address(round_), form)
    assert [mark.text for mark in review.all("//mark")] == ["me@example.org"]
    button = review.find("//button[starts-with(@value, 'mask ')]")
    assert button.get("value") == "mask who:words"
    assert send(client, address(round_), {**form, "who:words": "my aunt"}).status_code == 200
    assert answers_of(round_)[0]["words"] == {"who": "my aunt"}


def test_a_place_in_ones_own_words_stands_there_once(client, app):
    place = {"key": "where", "type": "place", "label": {"en": "Where?"}, "choice_list": "yes_no"}
    round_ = english_round(document=english_document(languages=["en"], items=[place]))
    form = {"where:area": "yes", "where:text": "The square"}
    review = client.post_page(address(round_), form)
    said = ["".join(one.itertext()).strip() for one in review.all("//dd[not(@class)]")]
    assert said == ["Yes", "The square"]


def test_the_standing_hint_is_at_every_free_text_r29(client, open_round):
    page = client.get_page(address(open_round))
    section = page.find("//section[@data-question='wish']")
    assert "Do not write names, phone numbers or personal identity numbers." in page.words(section)
    other = page.find("//section[@data-question='how_many']")
    assert "personal identity numbers" not in page.words(other)


def test_the_review_says_whether_it_can_be_changed_later(client, app):
    for slug, mode, words in (("a", "anonymous", "cannot change"), ("b", "code", "You get a code")):
        round_ = english_round(slug=slug, mode=mode)
        assert words in client.post_page(address(round_), {"children": "no"}).text


def test_one_may_leave_without_sending_p45(client, open_round):
    review = client.post_page(address(open_round), {"children": "no"})
    assert "/en/r/here/no" in review.all("//main//a/@href")
    assert "Nothing was saved" in client.get_page("/en/r/here/no").text
