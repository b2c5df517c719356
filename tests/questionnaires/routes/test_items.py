"""Questions are added, edited, moved and taken out, without script; two editors lose nothing."""

import pytest

from engage.questionnaires.actions import save_draft
from engage.questionnaires.document import Question
from engage.questionnaires.editing import with_added, with_item
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.rebuilding import remade

pytestmark = pytest.mark.sqlite_only


def keys(document):
    return list(document.questions)


def test_a_question_is_added_with_a_key_from_its_words(desk):
    page = desk.post(
        "/add", {"kind": "short_text", "words": "Vad är bra här?", "after": "children"}
    )
    assert page.h1 == "Vad är bra här?"
    assert keys(desk.draft) == ["children", "vad_ar_bra_har", "how_many", "wish"]
    assert desk.draft.questions["vad_ar_bra_har"].label == {"sv": "Vad är bra här?"}


@pytest.mark.parametrize("kind", QUESTION_TYPES)
def test_every_type_can_be_added_opened_and_saved_again(desk, kind):
    desk.post("/add", {"kind": kind, "words": "Hur då?", "key": "added"})
    before = desk.draft.questions["added"]
    desk.fill("/items/added", {})
    assert desk.draft.questions["added"] == before


@pytest.mark.parametrize("kind", ["group", "repeat"])
def test_a_group_takes_questions_in(desk, kind):
    desk.post("/add", {"kind": kind, "words": "Hemmet", "key": "home"})
    desk.post("/add", {"kind": "short_text", "words": "Vem?", "key": "who", "into": "home"})
    assert [item.key for item in desk.draft.items[-1].items] == ["who"]
    desk.fill("/items/home", {"title": "Hushållet", "one_screen": "y"})
    assert desk.draft.items[-1].title == {"sv": "Hushållet"}
    assert desk.draft.items[-1].one_screen
    assert desk.draft.items[-1].items


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": ""},
        {"kind": "unheard_of"},
        {"key": "wish"},
        {"key": "has space"},
        {"key": "2nd"},
        {"words": "x" * 5000},
    ],
)
def test_what_cannot_be_added_is_told_and_kept(desk, wrong):
    typed = {"kind": "short_text", "words": "Nytt", "key": "new", **wrong}
    page = desk.post("/add", typed)
    assert page.find("//*[@class='error-summary']") is not None
    assert page.title.startswith("Error:")
    assert page.fields()["words"] == typed["words"]
    assert len(desk.draft.questions) == 3


def test_a_question_is_edited_in_its_own_language_only(desk):
    page = desk.fill(
        "/items/children",
        {"label": "Har du egna barn?", "hint": "Alla åldrar", "dont_know": "y", "required": "y"},
    )
    assert "Saved" in page.text
    question = desk.draft.questions["children"]
    assert question.label == {"sv": "Har du egna barn?", "ar": "هل لديك أطفال؟"}
    assert question.hint == {"sv": "Alla åldrar"}
    assert question.dont_know
    assert question.prefer_not


def test_settings_follow_the_type_and_wrong_ones_keep_what_was_typed(desk):
    desk.fill("/items/how_many", {"setting-maximum": "12"})
    assert desk.draft.questions["how_many"].settings["maximum"] == 12
    page = desk.fill("/items/how_many", {"setting-maximum": "many"})
    assert page.fields("//main//form[1]")["setting-maximum"] == "many"
    assert desk.draft.questions["how_many"].settings["maximum"] == 12


def test_words_taken_out_are_gone_and_nothing_else(desk):
    desk.fill("/items/wish", {"hint": "Kort"})
    desk.fill("/items/wish", {"hint": " "})
    assert desk.draft.questions["wish"].hint == {}


def test_s05_an_item_is_moved_with_two_buttons(desk):
    page = desk.get()
    form = page.find("//li[@id='item-wish']//form[.//button[@value='up']]")
    page = desk.client.post_page(form.get("action"), {"direction": "up"})
    assert keys(desk.draft) == ["children", "wish", "how_many"]
    desk.post("/items/wish/move", {"direction": "down"})
    assert keys(desk.draft) == ["children", "how_many", "wish"]
    desk.post("/items/wish/move", {"direction": "sideways"}, 400)


def test_taking_out_says_first_what_depends_on_it(desk):
    page = desk.get("/items/children/remove")
    assert "how_many" in page.text
    desk.post("/items/children/remove", {})
    assert keys(desk.draft) == ["how_many", "wish"]
    page = desk.get()
    assert "It reads “children”, but there is no such question." in page.text


def test_a_thing_that_is_gone_is_not_found_and_breaks_nothing(desk):
    desk.get("/items/nobody", 404)
    desk.post("/items/nobody/move", {"direction": "up"}, 404)
    assert "already" in desk.post("/items/nobody/remove", {}).text


def other(desk, **fields):
    """Somebody else changes a question in between."""
    draft = desk.draft
    question = draft.questions["wish"]
    named = {
        name: {**getattr(question, name), **text} if isinstance(text, dict) else text
        for name, text in fields.items()
    }
    save_draft(desk.questionnaire, with_item(draft, remade(question, **named)), who=None)


def test_two_editors_of_different_parts_both_keep_their_work(desk):
    page = desk.get("/items/wish")
    other(desk, hint={"sv": "Hennes"}, label={"ar": "جديد"})
    fields = page.fields("//main//form[1]")
    desk.post("/items/wish", {**fields, "label": "Hans"})
    question = desk.draft.questions["wish"]
    assert question.label == {"sv": "Hans", "ar": "جديد"}
    assert question.hint == {"sv": "Hennes"}


def test_the_second_editor_of_the_same_words_sees_both_and_loses_nothing(desk):
    page = desk.get("/items/wish")
    other(desk, label={"sv": "Hennes ord"})
    fields = page.fields("//main//form[1]")
    page = desk.post("/items/wish", {**fields, "label": "Hans ord"}, 409)
    assert "Hennes ord" in page.text
    again = page.fields("//main//form[1]")
    assert again["label"].strip() == "Hans ord"
    assert desk.draft.questions["wish"].label["sv"] == "Hennes ord"
    desk.post("/items/wish", again)
    assert desk.draft.questions["wish"].label["sv"] == "Hans ord"


def test_what_others_do_elsewhere_in_the_draft_stays(desk):
    page = desk.get("/items/wish")
    more = Question(key="more", type="note", label={"sv": "Mer"})
    save_draft(desk.questionnaire, with_added(desk.draft, more), who=None)
    desk.post("/items/wish", {**page.fields("//main//form[1]"), "label": "Nytt"})
    assert "more" in desk.draft.questions


@pytest.mark.parametrize("opened", ["", "{", "[]", '{"key": "children", "type": "note"}', '"x"'])
def test_a_form_that_lies_about_what_it_opened_does_no_harm(desk, opened):
    desk.fill("/items/wish", {"opened": opened, "label": "Nytt"})
    assert desk.draft.questions["wish"].label["sv"] == "Nytt"
    assert desk.draft.questions["wish"].type == "short_text"


@pytest.mark.parametrize("typed", ["a\x00b", "a\u202eb", "x" * 100_000, "a\ufffdb", "\U0001f600"])
def test_wicked_words_never_break_the_page(desk, typed):
    page = desk.get("/items/wish")
    fields = page.fields("//main//form[1]")
    answer = desk.client.post(desk.address + "/items/wish", data={**fields, "label": typed})
    assert answer.status_code in {200, 303}
