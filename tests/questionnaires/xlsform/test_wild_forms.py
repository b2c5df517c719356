"""What forms in the wild hold besides the textbook: each comes in, or is told by its cell."""

import io
import re
import zipfile

import pytest
import xlsxwriter

from engage.questionnaires.checking import languages_complete
from engage.questionnaires.xlsform import read_xlsform, write_xlsform
from tests.questionnaires.test_scope import walked
from tests.questionnaires.xlsform.workbooks import imported, large_form, one, told, xlsx

STATE = {"type": "select_one states", "name": "state", "label": "State?"}
STATES = [["list_name", "name", "label"], ["states", "tx", "Texas"], ["states", "wa", "Oregon"]]


def _comes_back(found):
    again = read_xlsform(write_xlsform(found.document), "again.xlsx", "sv")
    assert again.document == found.document
    assert not again.losses
    return found.document


def _external(name):
    survey = [
        ["type", "name", "label", "choice_filter"],
        ["select_one states", "state", "State?", ""],
        ["select_one_external counties", "county", "County?", "state=${state}"],
        ["select_one_external gone", "gone", "Gone?", "state=${state}"],
    ]
    counties = [
        ["list_name", "name", "label", "state"],
        ["counties", "king", "King", "wa"],
        ["counties", "cameron", "Cameron", "tx"],
    ]
    content = xlsx({"survey": survey, "choices": STATES, name: counties})
    return read_xlsform(content, "form.xlsx", "en")


@pytest.mark.parametrize("name", ["external_choices", "External_Choices ", "external choices"])
def test_external_choices_within_the_workbook_are_choices(name):
    found = _external(name)
    document = _comes_back(found)
    assert list(document.questions) == ["state", "county"]
    assert walked(document, state="tx", county="cameron")["county"] == "cameron"
    assert "county" not in walked(document, state="wa", county="cameron")
    assert [loss.row for loss in found.losses] == [4]


@pytest.mark.parametrize(
    ("word", "value"),
    [
        (True, True),
        ("yes", True),
        ("TRUE", True),
        ("no", False),
        (False, False),
        ("false()", False),
    ],
)
def test_a_truth_may_stand_alone_in_a_condition(word, value):
    found = one({"type": "text", "name": "a", "label": "A", "relevant": word})
    assert not found.losses
    assert _comes_back(found).questions["a"].relevant.value is value


def test_words_of_a_choice_may_be_looked_up_in_its_list():
    rule = "instance('{}')/root/item[ name=${{state}} ]/label"
    found = one(
        {"type": "calculate", "name": "a", "calculation": rule.format("states")},
        STATE,
        {"type": "calculate", "name": "b", "calculation": rule.format("other")},
        choices=STATES,
    )
    document = _comes_back(found)
    assert document.questions["a"].calculation.op == "label"
    assert [loss.row for loss in found.losses] == [3]


@pytest.mark.parametrize(
    "rule",
    [
        "jr:choice-name(., '${state}') = 'x'",
        "jr:choice-name(${state}, '${state}') = 'x'",
        "instance('states')/root/item[name=${state}]/label = 'x'",
    ],
)
def test_words_of_the_very_value_that_is_checked_are_a_named_loss(rule):
    found = one({**STATE, "constraint": rule}, choices=STATES)
    assert "Only the words of a chosen answer" in told(found.losses)[0]


def test_answers_of_last_time_are_told_as_such():
    found = one({"type": "text", "name": "a", "label": "A", "default": "${last-saved#a}"})
    assert "what was answered last time" in told(found.losses)[0]


def test_an_output_within_a_label_is_an_answer():
    label = '<output value="${state}"/>, <output value=" /data/state " />, ${ state }'
    found = one({"type": "note", "name": "n", "label": label}, STATE, choices=STATES)
    assert _comes_back(found).questions["n"].label == {"en": "${state}, ${state}, ${state}"}


def test_more_entries_than_can_be_are_a_named_loss():
    rows = [
        ["type", "name", "label", "repeat_count"],
        ["begin repeat", "r", "R", 1000],
        ["text", "a", "A"],
        ["end repeat"],
    ]
    found = imported(rows)
    assert "survey 2 repeat_count: 1000 | There can be at most 200 entries." in told(found.losses)
    _comes_back(found)


def test_a_select_that_names_no_list_is_told_what_to_do():
    found = one({"type": "select_one", "name": "b"}, {"type": "text", "name": "a"})
    assert "Write the name of a list of choices behind the type." in told(found.losses)[1]


def _with_formulas():
    """Return a workbook with a result, an error, an empty result and a result that is missing."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("survey")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=survey!$A$1:$A$3"})
        book.add_chartsheet("Chart").set_chart(chart)
        sheet.write_row(0, 0, ["type", "name", "label", "hint"])
        for row, (formula, result) in enumerate(
            [('="wo"&"rks"', "works"), ("=A99", "#REF!"), ('=""', ""), ("=A99", 0)], start=1
        ):
            sheet.write_row(row, 0, ["text", f"q{row}", "Asked"])
            sheet.write_formula(row, 3, formula, None, result)
    content, bare = made.getvalue(), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(bare, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                part = re.sub(rb"(<f>A99</f>)<v>0</v>", rb"\1", part)
            new.writestr(name, part)
    return bare.getvalue()


def test_formulas_count_by_their_results_and_missing_ones_are_told():
    found = read_xlsform(_with_formulas(), "form.xlsx", "en")
    hints = [question.hint for question in found.document.questions.values()]
    assert hints == [{"en": "works"}, {}, {}, {}]
    assert [(loss.row, loss.column) for loss in found.losses] == [(3, "hint"), (5, "hint")]
    assert "shows an error" in str(found.losses[0].reason)
    assert "save it and import it again" in str(found.losses[1].reason)


def test_a_large_form_comes_in_whole_and_comes_back():
    found = read_xlsform(large_form(800), "large.xlsx", "en")
    document = _comes_back(found)
    assert document.languages == ("en", "fr", "ar")
    assert len(document.questions) == 800
    assert not found.losses
    assert len(document.choice_lists["village"].choices) == 3_000


def test_thousands_of_calculations_in_any_order_and_in_a_circle_come_in():
    headings = ["type", "name", "label", "calculation"]
    asked = ["integer", "q", "Q", ""]
    chain = [["calculate", f"c{n}", "", f"${{c{n + 1}}} + 1"] for n in range(1_000)]
    found = imported([headings, *chain, ["calculate", "c1000", "", "${q}"], asked])
    assert not found.losses
    assert walked(_comes_back(found), q="5")["c0"] == 1005
    circle = imported([headings, asked, *chain[:-1], ["calculate", "c999", "", "${c0} + 1"]])
    assert len(circle.losses) == 1_000
    assert list(circle.document.questions) == ["q"]


def test_z12_the_same_value_in_two_lists_takes_each_its_own_label():
    survey = [["type", "name", "label"], ["select_one a", "x", "X"], ["select_one b", "y", "Y"]]
    choices = [["list_name", "name", "label"], ["a", "1", "Bus"], ["b", "1", "Park"]]
    choices += [["b", "2", "Park"]]
    document = _comes_back(imported(survey, choices))
    said = {name: [c.label["en"] for c in of.choices] for name, of in document.choice_lists.items()}
    assert said == {"a": ["Bus"], "b": ["Park", "Park"]}


def test_z15_a_missing_translation_is_never_a_blank_and_its_language_is_not_offered():
    headings = ["type", "name", "label::English (en)", "label::Svenska (sv)"]
    found = imported([headings, ["text", "a", "Name?", "Namn?"], ["text", "b", "", "Ålder?"]])
    document = _comes_back(found)
    assert document.questions["b"].label == {"sv": "Ålder?"}
    assert list(languages_complete(document)) == ["sv"]


def test_z15_words_in_no_language_are_a_named_loss():
    found = imported([["type", "name", "label"], ["text", "a", "Name?"], ["text", "b", ""]])
    assert _comes_back(found).questions["b"].label == {"en": "b"}
    assert [(loss.row, loss.what) for loss in found.losses] == [(3, "b")]


def test_z06_answers_to_an_imported_form_are_kept_by_the_choice_and_not_by_its_words():
    found = one(STATE, choices=STATES)
    assert walked(found.document, state="tx") == {"state": "tx"}


def test_choices_with_very_long_names_stay_apart():
    long = "x" * 300
    rows = [["l", long, "A", "p"], ["l", long, "B", "q"], ["l", long, "C", "r"]]
    found = imported(
        [["type", "name", "label"], ["select_one l", "q", "Q"]],
        [["list_name", "name", "label", "part"], *rows],
    )
    assert len(_comes_back(found).choice_lists["l"].by_key) == 3


@pytest.mark.parametrize(("count", "most"), [(True, 1), ("9" * 400, 200), (2.5, 2), ("1e9", 50)])
def test_any_number_of_entries_is_read(count, most):
    rows = [["type", "name", "label", "repeat_count"], ["begin repeat", "r", "R", count]]
    found = imported([*rows, ["text", "a", "A"], ["end repeat"]])
    assert _comes_back(found).items[0].maximum == most
