"""A version shows what it changes, is refused with reasons, and can be looked at for ever."""

import io

import openpyxl
import pytest

from engage.questionnaires.actions import publish_version, save_draft
from engage.questionnaires.queries import last_version
from tests.factories.questionnaires import NOW, SMALL, make_round, small_document

pytestmark = pytest.mark.sqlite_only


def change(desk, **given):
    save_draft(desk.questionnaire, small_document(**given), who=None)


def publish(desk, status=200, **more):
    page = desk.get("/publish")
    fields = page.fields("//main//form[.//input[@name='digest']]")
    return desk.post("/publish", {**fields, **more}, status)


def reworded():
    return [{**SMALL["items"][0], "label": {"sv": "Egna barn?", "ar": "هل"}}, *SMALL["items"][1:]]


def test_the_first_version_is_published(desk):
    assert "This is the first version." in desk.get("/publish").text
    page = publish(desk)
    assert page.h1 == "Version 1"
    assert last_version(desk.questionnaire).document == desk.draft
    assert "Nothing has changed" in desk.get("/publish").text


def test_changes_are_shown_by_class_with_the_words_before_and_after(desk):
    publish(desk)
    change(desk, items=[*reworded(), {**SMALL["items"][2], "key": "more"}])
    page = desk.get("/publish")
    assert "New words" in page.text
    assert "Asks more, less, or other people" in page.text
    assert page.words(page.find("//del")) == "Har du barn?"
    assert page.words(page.find("//ins")) == "Egna barn?"


def test_new_words_need_a_word_that_they_mean_the_same(desk):
    publish(desk)
    change(desk, items=reworded())
    page = publish(desk, 409)
    assert "needs a new key" in page.text
    page = publish(desk, same_meaning="y")
    assert page.h1 == "Version 2"


def test_breaking_changes_have_no_button_and_are_refused_anyway(desk):
    publish(desk)
    change(desk, items=[SMALL["items"][0], {**SMALL["items"][1], "type": "note", "settings": {}}])
    page = desk.get("/publish")
    assert "Breaks answers given before" in page.text
    assert page.all("//input[@name='digest']") == []
    page = desk.post("/publish", {"digest": desk.draft.digest, "same_meaning": "y"}, 409)
    assert "lose their meaning" in page.text
    assert last_version(desk.questionnaire).number == 1


def test_problems_are_listed_with_the_way_to_them(desk):
    change(desk, items=[*SMALL["items"], {"key": "x", "type": "single_choice", "label": {}}])
    page = desk.get("/publish")
    assert "Write the question." in page.text
    links = page.all("//div[contains(@class, 'notice')]//a/@href")
    assert any(link.endswith("/items/x") for link in links)
    desk.post("/publish", {"digest": desk.draft.digest})
    assert last_version(desk.questionnaire) is None


def test_a_draft_that_changed_while_looking_is_looked_at_again(desk):
    page = desk.get("/publish")
    fields = page.fields("//main//form[.//input[@name='digest']]")
    change(desk, minutes=9)
    page = desk.post("/publish", fields, 409)
    assert "Look at the changes again" in page.text
    assert last_version(desk.questionnaire) is None


def test_every_version_stays_as_it_was(desk):
    publish(desk)
    change(desk, items=SMALL["items"][:1])
    publish(desk)
    page = desk.get("/versions/1")
    assert "Vad saknas här?" in page.text
    assert "Vad saknas här?" not in page.find("//ol[@class='outline']").tag
    assert len(desk.get("/versions/2").all("//ol[@class='outline']/li")) == 1
    desk.get("/versions/3", 404)


def test_the_last_version_is_taken_back_while_no_round_uses_it(desk):
    publish(desk)
    make_round(last_version(desk.questionnaire))
    page = desk.post("/versions/1/withdraw", {})
    assert "it stays" in page.text
    change(desk, minutes=9)
    publish(desk, same_meaning="y")
    desk.post("/versions/2/withdraw", {})
    assert last_version(desk.questionnaire).number == 1


def test_draft_and_versions_come_out_as_workbooks(desk):
    publish_version(desk.questionnaire, now=NOW, who=None)
    change(desk, items=SMALL["items"][:1])
    for query, rows in (("", 1), ("?version=1", 3)):
        answer = desk.client.get(desk.address + "/workbook" + query)
        assert answer.status_code == 200
        assert "attachment" in answer.headers["Content-Disposition"]
        book = openpyxl.load_workbook(io.BytesIO(answer.data), read_only=True)
        names = [row[1] for row in book["survey"].iter_rows(min_row=2, values_only=True)]
        assert len([name for name in names if name]) >= rows
    assert desk.client.get(desk.address + "/workbook?version=9").status_code == 404
