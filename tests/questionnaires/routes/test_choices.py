"""Lists of choices: keys stay, words change, order moves, and nothing is lost without a warning."""

import pytest

from engage.questionnaires.actions import publish_version, save_draft
from engage.questionnaires.document import Choice
from engage.questionnaires.editing import with_list
from engage.questionnaires.rebuilding import remade
from engage.questionnaires.routes.choices import with_pasted
from tests.factories.questionnaires import NOW

pytestmark = pytest.mark.sqlite_only
LIST = "/choices/yes_no"


def keys(desk, name="yes_no"):
    return [choice.key for choice in desk.draft.choice_lists[name].choices]


def test_a_list_is_made_and_filled_by_pasting(desk):
    desk.post("/choices", {"name": "areas"})
    page = desk.post("/choices/areas", {"lines": "Norra\nsoder | Södra\n\ntorget\tTorget"})
    assert "3 choices are added." in page.text
    assert keys(desk, "areas") == ["norra", "soder", "torget"]


@pytest.mark.parametrize("name", ["", "has space", "yes_no", "x" * 65, "å"])
def test_a_list_needs_a_name_that_is_free(desk, name):
    page = desk.post("/choices", {"name": name})
    assert page.find("//*[@class='error-summary']") is not None
    assert list(desk.draft.choice_lists) == ["yes_no"]


def test_pasted_lines_rename_known_keys_and_add_new_ones():
    listed = (Choice(key="a", label={"sv": "A", "ar": "ا"}), Choice(key="b"))
    made = with_pasted(listed, "a | Alfa\nBeta gamma\nc\tCe\nBeta gamma", "sv")
    assert [(choice.key, choice.label.get("sv")) for choice in made] == [
        ("a", "Alfa"),
        ("b", None),
        ("beta_gamma", "Beta gamma"),
        ("c", "Ce"),
        ("beta_gamma_2", "Beta gamma"),
    ]
    assert made[0].label["ar"] == "ا"


@pytest.mark.parametrize("lines", ["a b | Ord", "x | Ett\nx | Två", "~x | Ord", "a,b | Ord"])
def test_keys_that_cannot_be_kept_are_told(desk, lines):
    page = desk.post(LIST, {"lines": lines})
    assert page.find("//*[@class='error-summary']") is not None
    assert keys(desk) == ["yes", "no"]


def test_three_thousand_choices_are_taken_and_shown_page_by_page(desk):
    desk.post(LIST, {"lines": "\n".join(f"k{number} | Val {number}" for number in range(3000))})
    assert len(keys(desk)) == 3002
    page = desk.get(f"{LIST}?page=60")
    assert "Val 2948" in page.text
    assert len(page.all("//ol[@class='outline']/li")) == 50
    desk.get(f"{LIST}?page=nonsense")
    desk.get(f"{LIST}?page=999")


def test_words_change_and_the_key_stays(desk):
    desk.fill(f"{LIST}/edit/yes", {"label": "Jo då", "columns": "area = north\nkind = a=b"})
    choice = desk.draft.choice_lists["yes_no"].by_key["yes"]
    assert choice.label == {"sv": "Jo då", "ar": "نعم"}
    assert choice.columns == {"area": "north", "kind": "a=b"}


def test_columns_are_lines_with_a_name(desk):
    page = desk.fill(f"{LIST}/edit/yes", {"columns": "no sign here"})
    assert "name = value" in page.text
    assert desk.draft.choice_lists["yes_no"].by_key["yes"].columns == {}


def test_two_people_edit_one_choice(desk):
    page = desk.get(f"{LIST}/edit/yes")
    fields = page.fields("//main//form[1]")
    choices = desk.draft.choice_lists["yes_no"].choices
    theirs = remade(choices[0], label={"sv": "Hennes", "ar": "نعم"})
    save_draft(desk.questionnaire, with_list(desk.draft, "yes_no", [theirs, choices[1]]), who=None)
    page = desk.post(f"{LIST}/edit/yes", {**fields, "label": "Hans"}, 409)
    assert "Hennes" in page.text
    assert page.fields("//main//form[1]")["label"] == "Hans"


def test_choices_move_up_and_down(desk):
    desk.post(f"{LIST}/move/no", {"direction": "up"})
    assert keys(desk) == ["no", "yes"]
    desk.post(f"{LIST}/move/no", {"direction": "up"})
    assert keys(desk) == ["no", "yes"]
    desk.post(f"{LIST}/move/no", {"direction": "away"}, 400)


def test_taking_a_choice_away_warns_when_it_may_have_been_chosen(desk):
    assert "chosen it" not in desk.get(f"{LIST}/take/no").text
    publish_version(desk.questionnaire, now=NOW, who=None)
    assert "chosen it" in desk.get(f"{LIST}/take/no").text
    desk.post(f"{LIST}/take/no", {})
    assert keys(desk) == ["yes"]


def test_only_a_list_nobody_uses_goes(desk):
    desk.post("/choices", {"name": "spare"})
    page = desk.post(f"{LIST}/remove", {})
    assert "it stays" in page.text
    desk.post("/choices/spare/remove", {})
    assert list(desk.draft.choice_lists) == ["yes_no"]


@pytest.mark.parametrize("end", ["/choices/nobody", f"{LIST}/edit/nobody", f"{LIST}/take/nobody"])
def test_what_is_not_there_is_not_found(desk, end):
    desk.get(end, 404)


def test_keys_with_strange_signs_have_pages_of_their_own(desk):
    desk.post(LIST, {"lines": "a/b?c#d%20 | Konstig"})
    desk.fill(f"{LIST}/edit/a/b%3Fc%23d%2520", {"label": "Ändrad"})
    assert desk.draft.choice_lists["yes_no"].by_key["a/b?c#d%20"].label["sv"] == "Ändrad"
    link = desk.get(LIST).all("//a[contains(., 'Edit') and contains(., 'Ändrad')]/@href")[0]
    assert desk.client.get_page(link).h1 == "Ändrad"
