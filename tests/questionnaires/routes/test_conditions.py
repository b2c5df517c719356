"""Conditions are put together from rows with selects, or written as a formula; in words always."""

import pytest

from engage.questionnaires.actions import save_draft
from engage.questionnaires.editing import with_item
from engage.questionnaires.expressions import Expression, answer, call, literal
from engage.questionnaires.rebuilding import remade

pytestmark = pytest.mark.sqlite_only
WISH = "/items/wish/conditions/relevant"
YES = call("is", answer("children"), literal("yes"))


def opened(page):
    return page.all("//input[@name='opened']/@value")[0]


def act(desk, end, do, status=200, **fields):
    page = desk.get(end)
    return desk.post(end, {"opened": opened(page), "do": do, **fields}, status)


def relevant(desk, key="wish"):
    return desk.draft.questions[key].relevant


def test_only_questions_asked_before_are_offered(desk):
    page = desk.get(WISH)
    offered = page.all("//select[@name='question']/option/@value")
    assert offered == ["children", "how_many"]
    page = desk.get("/items/children/conditions/relevant")
    assert page.all("//select[@name='question']") == []


def test_a_row_is_made_with_the_choices_of_the_question(desk):
    page = desk.get(f"{WISH}?question=children")
    assert page.all("//select[@name='choice']/option/@value") == ["", "yes", "no"]
    act(desk, WISH, "add", question="children", operator="is", choice="yes")
    assert relevant(desk) == YES
    assert "“Har du barn?” is “Ja”" in desk.get(WISH).text
    assert "Asked if “Har du barn?” is “Ja”" in desk.get().text


def test_rows_are_added_joined_and_taken_away(desk):
    act(desk, WISH, "add", question="children", operator="is", choice="yes")
    act(desk, WISH, "add", question="how_many", operator="at_least", value="٢")
    assert relevant(desk).op == "all"
    act(desk, WISH, "how", how="any")
    assert relevant(desk).op == "any"
    assert relevant(desk).args[1].args[1].value == 2
    act(desk, WISH, "remove", row="0")
    assert relevant(desk) == call("at_least", answer("how_many"), literal(2))
    act(desk, WISH, "remove", row="0")
    assert relevant(desk) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"question": "how_many", "operator": "at_least", "value": "many"},
        {"question": "how_many", "operator": "at_least", "value": ""},
        {"question": "how_many", "operator": "unheard_of", "value": "2"},
        {"question": "children", "operator": "is", "choice": "maybe"},
    ],
)
def test_a_row_that_says_nothing_is_told_and_kept(desk, fields):
    page = act(desk, WISH, "add", **fields)
    assert page.find("//*[@class='error-summary']") is not None
    assert relevant(desk) is None
    if "value" in fields:
        assert fields["value"] in page.all("//input[@name='value']/@value")


@pytest.mark.parametrize(
    "fields",
    [
        {"do": "add", "question": "nobody", "operator": "is"},
        {"do": "remove", "row": "x"},
        {"do": "nonsense"},
        {"do": "add", "question": "wish", "operator": "answered"},
    ],
)
def test_nonsense_is_refused(desk, fields):
    desk.post(WISH, {"opened": "", **fields}, 400)


def test_the_check_of_an_answer_looks_at_the_answer_itself(desk):
    end = "/items/how_many/conditions/constraint"
    act(desk, end, "add", operator="at_most", value="9")
    assert desk.draft.questions["how_many"].constraint == call(
        "at_most", Expression(op="self"), literal(9)
    )


def test_a_formula_says_what_rows_cannot(desk):
    act(desk, WISH, "formula", formula="${how_many} + 1 > 3 and selected(${children}, 'yes')")
    assert relevant(desk).op == "all"
    page = desk.get(WISH)
    assert "+ 1" in page.text
    assert page.find("//textarea[@name='formula']").text.strip().startswith("${how_many} + 1 > 3")
    act(desk, WISH, "clear")
    assert relevant(desk) is None


@pytest.mark.parametrize("formula", ["${nobody} > 1", "1 +", "pulldata('x')", "(" * 500, "'"])
def test_a_formula_that_cannot_be_read_is_told_and_kept(desk, formula):
    page = act(desk, WISH, "formula", formula=formula)
    assert page.find("//*[@class='error-summary']") is not None
    assert page.find("//textarea[@name='formula']").text.strip() == formula
    assert relevant(desk) is None


def test_somebody_elses_condition_is_not_overwritten(desk):
    page = desk.get(WISH)
    wish = remade(desk.draft.questions["wish"], relevant=YES)
    save_draft(desk.questionnaire, with_item(desk.draft, wish), who=None)
    fields = {"opened": opened(page), "do": "formula", "formula": "${how_many} > 1"}
    page = desk.post(WISH, fields, 409)
    assert "Somebody else" in page.text
    assert relevant(desk) == YES


def test_filters_calculations_and_numbers_of_entries_are_formulas(desk):
    desk.post("/add", {"kind": "repeat", "words": "Barnen", "key": "each_child"})
    act(desk, "/items/each_child/conditions/times", "formula", formula="${how_many}")
    assert desk.draft.items[-1].times == answer("how_many")
    end = "/items/children/conditions/choice_filter"
    page = act(desk, end, "formula", formula="area = 'north'")
    assert "No choice in the list has a column" in page.text


@pytest.mark.parametrize("end", ["/items/wish/conditions/times", "/items/wish/conditions/label"])
def test_what_an_item_does_not_have_is_not_found(desk, end):
    desk.get(end, 404)
