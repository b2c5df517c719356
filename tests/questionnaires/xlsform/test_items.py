"""Rows become questions, groups and repeats; what a row cannot become is named."""

import pytest

from engage.questionnaires.document import Group, Repeat
from engage.questionnaires.question_types import QUESTION_TYPES
from tests.questionnaires.xlsform.workbooks import imported, one, told

CHOICES = [
    ["list name", "name", "label"],
    ["yn", "yes", "Yes"],
    ["yn", "no", "No"],
    ["yn", "other", "Other"],
]


def _type_of(word, **cells):
    found = one({"type": word, "name": "a", "label": "A", **cells}, choices=CHOICES)
    assert not found.problems, told(found.problems)
    return found.document.questions["a"]


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("integer", "number"),
        ("decimal", "number"),
        ("int", "number"),
        ("text", "text"),
        ("string", "text"),
        ("note", "nothing"),
        ("select_one yn", "one"),
        ("Select One yn", "one"),
        ("select one from yn", "one"),
        ("select1 yn", "one"),
        ("select_multiple yn", "many"),
        ("select all that apply from yn", "many"),
        ("rank yn", "ranks"),
        ("acknowledge", "one"),
        ("trigger", "one"),
        ("date", "date"),
        ("add date prompt", "date"),
    ],
)
def test_words_of_xlsform_find_a_way_to_ask(word, shape):
    question = _type_of(word)
    assert QUESTION_TYPES[question.type].shape_of(question) == shape


@pytest.mark.parametrize("word", ["time", "dateTime", "geopoint", "range", "barcode", "hidden"])
def test_every_other_word_is_asked_somehow_or_worked_out(word):
    found = one({"type": word, "name": "a", "label": "A", "default": "1"})
    assert list(found.document.questions) == ["a"]


@pytest.mark.parametrize("word", ["image", "audio", "video", "file", "geotrace", "geoshape"])
def test_what_needs_a_device_is_a_named_loss(word):
    found = one({"type": word, "name": "b", "label": "B"}, {"type": "text", "name": "a"})
    assert list(found.document.questions) == ["a"]
    assert "cannot be given as answers" in " ".join(told(found.losses))


@pytest.mark.parametrize(
    "word",
    ["select_one_from_file x.csv", "select_multiple_from_file x.csv", "select_one_external l"],
)
def test_choices_in_another_file_are_refused_with_words(word):
    found = one({"type": word, "name": "b"}, {"type": "text", "name": "a", "label": "A"})
    assert (
        f"survey 3 type: {word} | It takes its choices from another file." in told(found.losses)[0]
    )


@pytest.mark.parametrize("word", ["start", "end", "deviceid", "username", "phonenumber", "audit"])
def test_nothing_about_the_device_is_collected(word):
    found = one({"type": word, "name": "b"}, {"type": "text", "name": "a", "label": "A"})
    assert not found.losses
    assert "Nothing about the device" in " ".join(told(found.notes))


def test_words_of_other_tools_are_known():
    found = imported(
        [
            ["type", "name", "label", "publishable"],
            ["caseid", "case", "", ""],
            ["text audit", "audit", "", "yes"],
            ["sensor_stream light", "light", "", ""],
            ["calculate_here", "c", "", ""],
            ["text", "a", "A", ""],
        ]
    )
    assert list(found.document.questions) == ["a"]
    assert found.is_whole


def test_the_minutes_are_guessed_from_the_number_of_questions():
    rows = [["type", "name", "label"], *(["text", f"q{n}", "Q"] for n in range(50))]
    assert imported(rows).document.minutes == 10


def test_today_needs_no_device():
    found = one(
        {"type": "text", "name": "a", "label": "A", "relevant": "${day} > '2027-01-01'"},
        {"type": "today", "name": "day"},
    )
    assert found.document.questions["a"].relevant.args[0].op == "today"


def test_an_unknown_type_is_a_problem():
    found = one({"type": "telepathy", "name": "a", "label": "A"})
    assert found.document is None
    assert told(found.problems) == [
        "survey 2 type: telepathy | Nobody here knows this type of question."
    ]


def test_a_select_without_its_list_is_left_out():
    found = one({"type": "select_one gone", "name": "b"}, {"type": "text", "name": "a"})
    assert "There is no list of choices called “gone”." in told(found.losses)[-1]


def test_groups_and_repeats_nest():
    rows = [
        ["type", "name", "label", "appearance", "repeat_count"],
        ["begin group", "home", "Home", "field-list", ""],
        ["integer", "people", "How many?", "", ""],
        ["begin_repeat", "person", "Person", "", "${people}"],
        ["text", "name", "Name", "", ""],
        ["end_repeat"],
        ["end group"],
    ]
    (home,) = imported(rows).document.items
    assert isinstance(home, Group)
    assert home.one_screen
    person = home.items[1]
    assert isinstance(person, Repeat)
    assert person.times.name == "people"
    assert person.items[0].key == "name"


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        ([["begin group", "g"], ["text", "a"]], 2),
        ([["text", "a"], ["end group", ""]], 3),
        ([["begin group", "g"], ["text", "a"], ["end repeat", ""]], 4),
        ([["begin loop over x", "g"], ["text", "a"], ["end loop", ""]], 2),
    ],
)
def test_parts_that_do_not_fit_are_a_problem(rows, row):
    found = imported([["type", "name"], *rows])
    assert found.document is None
    assert found.problems[0].row == row


def test_a_part_in_which_nothing_is_left_is_left_out():
    rows = [["type", "name"], ["begin group", "g"], ["image", "i"], ["end group"], ["text", "a"]]
    assert [item.key for item in imported(rows).document.items] == ["a"]


def test_or_other_asks_for_own_words_instead_of_a_second_other():
    question = _type_of("select_one yn or_other")
    assert question.other
    document = one(
        {"type": "select_one yn or_other", "name": "a", "label": "A"},
        {"type": "select_one yn", "name": "b", "label": "B"},
        choices=CHOICES,
    ).document
    keys = {key: [one.key for one in document.choices(q)] for key, q in document.questions.items()}
    assert keys == {"b": ["yes", "no", "other"], "a": ["yes", "no"]}


def test_the_heading_row_of_a_table_is_no_question():
    found = one(
        {"type": "select_one yn", "name": "a", "label": "A", "appearance": "list-nolabel"},
        {"type": "select_one yn", "name": "t", "label": "", "appearance": "label"},
        {"type": "select_one yn", "name": "u", "label": "Say", "appearance": "label"},
        choices=CHOICES,
    )
    asked = [q for q in found.document.questions.values() if QUESTION_TYPES[q.type].is_asked]
    assert [question.key for question in asked] == ["a"]
    assert "u" in found.document.questions


def test_required_is_yes_or_no_and_an_expression_is_a_loss():
    assert _type_of("text", required="TRUE").required
    assert not _type_of("text", required="false()").required
    found = one({"type": "text", "name": "a", "label": "A", "required": "${b} = 1"})
    assert not found.document.questions["a"].required
    assert "survey 2 required" in told(found.losses)[0]


def test_what_nobody_can_answer_becomes_a_note():
    assert not QUESTION_TYPES[_type_of("text", read_only="yes").type].is_asked


def test_a_first_value_is_a_number_a_key_or_an_expression():
    assert _type_of("integer", default="5").calculation.value == 5
    assert _type_of("text", default="5").calculation.value == "5"
    assert _type_of("select_one yn", default="no").calculation.value == "no"
    assert _type_of("date", default="today()").calculation.op == "today"


def test_a_whole_number_begins_with_a_whole_number():
    assert _type_of("integer", calculation="7 div 2").calculation.op == "truncate"
    assert _type_of("decimal", calculation="7 div 2").calculation.op == "divide"


def test_names_that_cannot_be_keys_are_mended_and_kept_for_exports():
    found = one({"type": "text", "name": "1. Ålder", "label": "A"})
    (question,) = found.document.questions.values()
    assert question.key == "q_1_Alder"
    assert question.export_name == "1. Ålder"
    assert one({"type": "text", "name": "العمر", "label": "A"}).document == (
        one({"type": "text", "name": "العمر", "label": "A"}).document
    )


def test_two_questions_of_one_name_get_keys_of_their_own():
    found = one(
        {"type": "text", "name": "a", "label": "2"}, {"type": "text", "name": "a", "label": "1"}
    )
    assert list(found.document.questions) == ["a", "a_2"]
    assert "The name is there twice." in told(found.losses)[0]


def test_a_group_leaves_its_name_to_the_question_in_it():
    rows = [["type", "name"], ["begin group", "a"], ["text", "a"], ["end group"]]
    found = imported(rows)
    assert list(found.document.questions) == ["a"]
    assert found.document.items[0].key == "a_2"


def test_rows_switched_off_are_passed_over():
    rows = [
        ["type", "name", "disabled"],
        ["begin group", "g", "yes"],
        ["text", "b", ""],
        ["end group", "", ""],
        ["text", "c", "yes"],
        ["text", "a", ""],
    ]
    assert list(imported(rows).document.questions) == ["a"]


def test_a_row_without_a_type_is_named():
    found = imported([["type", "name", "label"], ["", "b", "B"], ["text", "a", "A"]])
    assert "survey 2 type: b | The row has no type." in told(found.losses)


def test_parameters_and_looks_reach_the_type():
    question = _type_of("range", parameters="start=0 end=5 step=1")
    assert question.settings["end"] == 5
    assert _type_of("select_one yn", parameters="randomize=true, seed=3").randomise


@pytest.mark.parametrize("look", ["ethiopic", "ex:org.app.COUNT"])
def test_looks_that_change_what_is_asked_are_a_loss(look):
    found = one({"type": "date", "name": "a", "label": "A", "appearance": look})
    assert "survey 2 appearance" in told(found.losses)[0]


def test_a_sheet_may_be_called_otherwise_and_begin_further_down():
    found = imported([["A form"], [], ["TYPE", "Name", "Label"], ["text", "a", "A"]])
    assert list(found.document.questions) == ["a"]
