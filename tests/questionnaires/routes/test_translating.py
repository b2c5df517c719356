"""Translators see one language beside the source, and what they typed is never lost."""

import pytest

from engage.communities.roles import Role
from engage.questionnaires.actions import save_draft, save_translations
from engage.questionnaires.queries import reviews
from engage.questionnaires.texts import texts_of, with_texts
from engage.questionnaires.translation.states import counts_of, states_of
from tests.factories.accounts import sign_in
from tests.factories.communities import make_member

pytestmark = pytest.mark.sqlite_only
PAGE = "/translate/ar"
LABEL = "question.wish.label"


@pytest.fixture
def translator(desk, client):
    """Return a translator, signed in instead of the secretariat."""
    person = make_member(desk.community, Role.TRANSLATOR)
    sign_in(client, person)
    return person


def send(desk, end=PAGE, status=200, **changes):
    page = desk.get(end)
    fields = page.fields("(//main//form)[1]")
    return desk.post(end, {**fields, **changes}, status)


def counts(desk):
    return counts_of(states_of(desk.draft, "ar", reviews(desk.questionnaire)))


def test_the_source_stands_beside_with_its_own_direction(desk, translator):
    page = desk.get(PAGE)
    field = page.find(f"//textarea[@name='text:{LABEL}']")
    assert field.get("dir") == "rtl"
    assert field.text.strip() == "ما الذي ينقص هنا؟"
    source = page.find(f"//*[@id='text-{LABEL}-source']")
    assert (source.get("lang"), page.words(source)) == ("sv", "Vad saknas här?")


def test_each_text_is_named_by_where_it_stands_for_readers(desk, translator):
    page = desk.get(PAGE)
    names = {page.words(one) for one in page.all("//section/p[@class='hint']/bdi")}
    assert {"Title", "Introduction: Who asks", "Question 2: Question"} <= names
    assert LABEL not in page.text


def test_l15_staff_read_what_a_translation_of_a_consent_says(desk, translator):
    place = "introduction.who"
    page = send(desk, **{f"text:{place}": "نحن نسأل", f"back:{place}": "Vi frågar"})
    field = page.find(f"//textarea[@name='back:{place}']")
    assert (field.text.strip(), field.get("lang")) == ("Vi frågar", "sv")
    assert not page.all(f"//textarea[@name='back:{LABEL}']")
    page = send(desk, reviewed=place)
    assert page.find(f"//textarea[@name='back:{place}']").text.strip() == "Vi frågar"


def test_l15_what_a_translation_said_goes_with_it(desk, translator):
    place = "introduction.who"
    send(desk, **{f"back:{place}": "Vi frågar", f"back:{LABEL}": "x", "back:nowhere": "x"})
    assert [one.back_translation for one in reviews(desk.questionnaire)] == ["Vi frågar"]
    page = send(desk, **{f"text:{place}": "كلام آخر"})
    assert not (page.find(f"//textarea[@name='back:{place}']").text or "").strip()
    assert counts(desk)["draft"] == 9


def test_translations_are_saved_and_counted(desk, translator):
    page = send(desk, **{f"text:{LABEL}": "جديد"})
    assert "Saved" in page.text
    assert texts_of(desk.draft)[LABEL]["ar"] == "جديد"
    assert counts(desk) == {"missing": 0, "machine": 0, "draft": 9, "reviewed": 0}


def test_reading_and_finding_right_is_a_tick(desk, translator):
    send(desk, reviewed=LABEL)
    assert counts(desk)["reviewed"] == 1
    assert "Reviewed" in desk.get(PAGE).text


def test_only_the_missing_ones_can_be_shown(desk, translator):
    assert "No text is left" in desk.get(f"{PAGE}?show=missing").text
    send(desk, **{f"text:{LABEL}": ""})
    page = desk.get(f"{PAGE}?show=missing")
    assert page.all("//textarea/@name") == [f"text:{LABEL}"]
    page = send(desk, f"{PAGE}?show=missing", **{f"text:{LABEL}": "عاد"})
    assert page.response.request.args["show"] == "missing"


def test_l16_a_fault_is_told_where_it_is_and_the_rest_is_saved(desk, translator):
    document = with_texts(desk.draft, {LABEL: {"sv": "Hej ${children}", "ar": "أهلا ${children}"}})
    save_draft(desk.questionnaire, document, who=None)
    page = send(desk, **{f"text:{LABEL}": "أهلا", "text:document.title": "عنوان"})
    assert page.title.startswith("Error:")
    assert page.find(f"//textarea[@name='text:{LABEL}']").text.strip() == "أهلا"
    assert texts_of(desk.draft)[LABEL]["ar"] == "أهلا ${children}"
    assert texts_of(desk.draft)["document.title"]["ar"] == "عنوان"


def test_numbers_that_differ_are_pointed_out(desk, translator):
    save_draft(desk.questionnaire, with_texts(desk.draft, {LABEL: {"sv": "5 saker"}}), who=None)
    assert "The numbers are not the same" in desk.get(PAGE).text


def test_two_translators_of_one_text_lose_nothing(desk, translator):
    page = desk.get(PAGE)
    fields = page.fields("(//main//form)[1]")
    save_translations(desk.questionnaire, "ar", {LABEL: "كلامها"}, who=None)
    typed = {**fields, f"text:{LABEL}": "كلامه", "text:document.title": "عنوان"}
    page = desk.post(PAGE, typed, 409)
    assert "كلامها" in page.text
    assert page.find(f"//textarea[@name='text:{LABEL}']").text.strip() == "كلامه"
    assert texts_of(desk.draft)[LABEL]["ar"] == "كلامها"
    assert texts_of(desk.draft)["document.title"]["ar"] == "عنوان"
    desk.post(PAGE, page.fields("(//main//form)[1]"))
    assert texts_of(desk.draft)[LABEL]["ar"] == "كلامه"


def test_all_can_be_marked_at_once_but_only_with_a_promise(desk, translator):
    desk.post(f"{PAGE}/review", {})
    assert counts(desk)["reviewed"] == 0
    desk.post(f"{PAGE}/review", {"read": "1"})
    assert counts(desk)["reviewed"] == 9


def test_l14_what_people_decide_on_needs_a_second_person(desk, translator):
    send(desk, **{"text:introduction.who": "نحن"})
    page = desk.post(f"{PAGE}/review", {"read": "1"})
    assert "somebody else" in page.text
    assert counts(desk)["draft"] == 1


@pytest.mark.parametrize("code", ["sv", "da", "xx"])
def test_only_the_other_languages_of_the_questionnaire_have_a_page(desk, translator, code):
    desk.get(f"/translate/{code}", 404)


def test_a_place_that_nobody_knows_changes_nothing(desk, translator):
    before = desk.draft
    desk.post(PAGE, {"text:question.nobody.label": "x", "reviewed": "nowhere", "opened:": "x"})
    assert desk.draft == before


def test_a_translator_may_do_nothing_else(desk, translator):
    assert "Edit" not in desk.get().text
    for end in ("/add", "/items/wish", "/texts", "/choices", "/publish", "/languages"):
        assert desk.client.get(desk.address + end).status_code == 403
