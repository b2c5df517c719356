"""Lists of choices: keys made fit, twins put together or set apart, filters that still hold."""

from datetime import date

from engage.questionnaires.path import walk_answers
from tests.questionnaires.xlsform.workbooks import imported, told

SURVEY = [["type", "name", "label"], ["select_one l", "q", "Q"]]


def _choices(*rows, survey=SURVEY, headings=("list_name", "name", "label")):
    return imported(survey, [list(headings), *rows])


def _keys(found, name="l"):
    return [choice.key for choice in found.document.choice_lists[name].choices]


def test_names_with_spaces_become_keys_and_conditions_follow():
    survey = [
        ["type", "name", "label", "relevant"],
        ["select_one l", "q", "Q", ""],
        ["text", "why", "Why?", "${q} = 'Town 01' or selected(${q}, 'Town 02')"],
    ]
    found = _choices(["l", "Town 01", "A"], ["l", "Town 02", "B"], survey=survey)
    assert _keys(found) == ["Town_01", "Town_02"]
    said = {node.value for node in found.document.questions["why"].relevant.walk() if node.value}
    assert said == {"Town_01", "Town_02"}
    assert not found.losses


def test_a_choice_that_comes_twice_is_put_together():
    found = imported(
        [["type", "name", "label::en"], ["select_one l", "q", "Q"]],
        [
            ["list_name", "name", "label::en", "label::sv"],
            ["l", "yes", "Yes", ""],
            ["l", "yes", "Yes", "Ja"],
        ],
    )
    assert found.document.choice_lists["l"].choices[0].label == {"en": "Yes", "sv": "Ja"}
    assert not [loss for loss in found.losses if loss.sheet == "choices"]


def test_a_twin_with_other_words_is_a_named_loss():
    found = _choices(["l", "1", "Primary"], ["l", "1", "Primary (1-8)"])
    assert _keys(found) == ["1"]
    assert (
        "choices 3 name: Primary (1-8) | The list has a choice called “1” already."
        in (told(found.losses)[0])
    )


CASCADE = [
    ["type", "name", "label", "choice_filter", "relevant"],
    ["select_one part", "part", "Part of town?", "", ""],
    ["select_one street", "street", "Street?", "part=${part}", ""],
    ["text", "which", "Which?", "", "${street} = 'other'"],
]
_STREETS = (
    ["part", "north 1", "North", ""],
    ["part", "south", "South", ""],
    ["street", "a", "A", "north 1"],
    ["street", "other", "Other", "north 1"],
    ["street", "b", "B", "south"],
    ["street", "other", "Other", "south"],
)


def _cascade():
    return _choices(
        *_STREETS, survey=CASCADE, headings=("list_name", "name", "label", "part")
    ).document


def test_choices_of_one_name_under_a_filter_stay_apart():
    document = _cascade()
    assert [one.key for one in document.choice_lists["street"].choices] == [
        "a",
        "other",
        "b",
        "other_2",
    ]


def test_a_filter_follows_keys_that_changed():
    document = _cascade()

    def asked(**form):
        sent = {key: [value] for key, value in form.items()}
        steps = walk_answers(document, sent, "en", date(2027, 1, 1)).steps
        return {step.name: [one.key for one in step.asked.choices] for step in steps}

    assert asked(part="north_1")["street"] == ["a", "other"]
    assert "which" in asked(part="north_1", street="other")
    assert "which" in asked(part="south", street="other_2")
    assert "which" not in asked(part="south", street="b")


def test_a_filter_by_a_column_that_is_not_there_is_a_loss():
    survey = [["type", "name", "label", "choice_filter"], ["select_one l", "q", "Q", "x = 1"]]
    found = _choices(["l", "1", "One"], survey=survey)
    assert "No choice in the list has a column “x”." in told(found.losses)[0]
    assert "more choices are offered" in told(found.losses)[0]


def test_a_choice_without_a_name_or_list_is_named():
    found = _choices(["l", "1", "One"], ["l", "", "Two words"], ["", "x", "Lost"])
    assert _keys(found) == ["1", "Two_words"]
    assert [loss.row for loss in found.losses] == [3, 4]


def test_a_choice_without_words_shows_its_name():
    found = _choices(["l", "one", ""])
    assert found.document.choice_lists["l"].choices[0].label == {"en": "one"}
    assert "The name stands in their place." in told(found.losses)[0]


def test_files_are_no_part_of_a_workbook():
    found = _choices(
        ["l", "1", "One", "apple.jpg"], headings=("list_name", "name", "label", "media::image")
    )
    assert "choices 2 media::image: apple.jpg | Files are not part" in told(found.losses)[0]


def test_three_thousand_choices_are_read_whole():
    found = _choices(*(["l", f"c{number}", f"Choice {number}"] for number in range(3_000)))
    assert len(_keys(found)) == 3_000
    assert found.is_whole
