"""Conditions find what they read; what reads nothing, too early or in a circle is named."""

import pytest

from engage.questionnaires.checking import problems_of
from tests.questionnaires.xlsform.workbooks import imported, one, told

HEADINGS = ["type", "name", "label", "relevant", "constraint", "calculation", "repeat_count"]


def _form(*rows, **sheets):
    found = imported([HEADINGS, *rows], **sheets)
    if found.document is not None:
        assert not problems_of(found.document), [
            str(p.message) for p in problems_of(found.document)
        ]
    return found


def _relevant(found, key):
    return found.document.questions[key].relevant


def test_a_condition_that_reads_nothing_falls_away():
    found = _form(["text", "a", "A", "${gone} = 1"])
    assert _relevant(found, "a") is None
    assert told(found.losses) == [
        "survey 2 relevant: ${gone} = 1 | It reads “gone”, but there is no such question. "
        "Without this condition more people are asked."
    ]


def test_of_a_condition_only_the_part_that_cannot_be_kept_falls_away():
    found = _form(
        ["text", "a", "A"],
        ["image", "photo", "P"],
        ["text", "b", "B", "${a} = 'x' and ${photo} != '' and ${later} = 1"],
        ["integer", "later", "L"],
    )
    assert _relevant(found, "b").op == "is"
    losses = told(found.losses)
    assert any("“photo” is left out." in line for line in losses)
    assert any("“later”, which is asked later" in line for line in losses)


def test_a_condition_on_what_is_asked_later_falls_away():
    found = _form(["text", "a", "A", "${b} = 1"], ["integer", "b", "B"])
    assert _relevant(found, "a") is None
    assert "which is asked later" in told(found.losses)[0]


def test_a_condition_on_itself_falls_away_but_a_check_may_name_itself():
    found = _form(["integer", "a", "A", "${a} > 1", "${a} < 5"])
    question = found.document.questions["a"]
    assert question.relevant is None
    assert question.constraint.args[0].op == "self"


def test_calculations_in_a_circle_are_left_out_and_named():
    found = _form(
        ["calculate", "a", "", "", "", "${b} + 1"],
        ["calculate", "b", "", "", "", "${a} + 1"],
        ["text", "q", "Q", "${a} > 1"],
    )
    assert list(found.document.questions) == ["q"]
    assert [loss.row for loss in found.losses] == [2, 3, 4]
    assert "circle" in " ".join(told(found.losses))


def test_what_reads_a_calculation_that_is_left_out_is_left_out_too():
    found = _form(
        ["calculate", "a", "", "", "", "random()"],
        ["calculate", "b", "", "", "", "${a} + 1"],
        ["note", "n", "It is ${b}"],
        ["text", "q", "Q", "${b} > 1"],
    )
    assert list(found.document.questions) == ["n", "q"]
    assert found.document.questions["n"].label == {"en": "It is …"}
    assert _relevant(found, "q") is None
    assert [loss.row for loss in found.losses] == [2, 3, 4, 5]


def test_a_calculation_moves_behind_what_it_reads():
    found = _form(
        ["calculate", "twice", "", "", "", "${n} * 2"],
        ["begin group", "g", "G", "${go} = 'yes'"],
        ["integer", "n", "N"],
        ["end group"],
        ["text", "q", "Q", "${twice} > 4"],
        ["text", "go", "Go"],
    )
    assert [item.key for item in found.document.items] == ["g", "twice", "q", "go"]
    assert _relevant(found, "q") is not None
    assert "worked out after “n”" in " ".join(told(found.notes))


def test_a_calculation_that_leaves_a_group_takes_its_condition_along():
    found = _form(
        ["text", "go", "Go"],
        ["begin group", "g", "G", "${go} = 'yes'"],
        ["calculate", "sum", "", "", "", "${n} + 1"],
        ["text", "in", "In"],
        ["end group"],
        ["integer", "n", "N"],
    )
    assert [item.key for item in found.document.items] == ["go", "g", "n", "sum"]
    assert _relevant(found, "sum").args[0].name == "go"


def test_calculations_may_read_each_other_in_any_order():
    found = _form(
        ["integer", "n", "N"],
        ["calculate", "b", "", "", "", "${a} + 1"],
        ["calculate", "a", "", "", "", "${n} + 1"],
        ["text", "q", "Q", "${b} > 1"],
    )
    assert [item.key for item in found.document.items] == ["n", "a", "b", "q"]
    assert not found.losses


def test_inside_a_repeat_an_answer_is_that_of_the_entry():
    found = _form(
        ["integer", "people", "How many?"],
        ["begin repeat", "p", "Person", "", "", "", "${people}"],
        ["text", "name", "Name"],
        ["note", "n", "Hello ${name}", "${name} != ''"],
        ["calculate", "place", "", "", "", "position(..)"],
        ["calculate", "first", "", "", "", "indexed-repeat(${name}, ${p}, 1)"],
        ["end repeat"],
        ["calculate", "names", "", "", "", "join(', ', ${name})"],
        ["calculate", "number", "", "", "", "count(${p})"],
    )
    assert not found.losses
    questions = found.document.questions
    assert not questions["n"].relevant.args[0].every
    assert questions["first"].calculation.args[0].every
    assert questions["number"].calculation.op == "entries"


def test_a_group_inside_a_repeat_is_climbed_for_the_place_in_it():
    rows = [
        ["begin repeat", "outer", "O"],
        ["begin repeat", "inner", "I"],
        ["begin group", "g", "G"],
        ["calculate", "mine", "", "", "", "position(../..)"],
        ["calculate", "outers", "", "", "", "position(../../..)"],
        ["text", "a", "A"],
        *([["end group"], ["end repeat"], ["end repeat"]]),
    ]
    found = _form(*rows)
    assert found.document.questions["mine"].calculation.op == "position"
    assert [loss.row for loss in found.losses] == [6]


def test_the_number_of_entries_may_be_a_number_an_answer_or_nothing():
    def repeat(count):
        rows = [["integer", "a", "A"], ["begin repeat", "r", "R", "", "", "", count]]
        return _form(*rows, ["text", "q", "Q"], ["end repeat"])

    assert repeat("3").document.items[1].maximum == 3
    assert repeat("${a}").document.items[1].times.name == "a"
    assert repeat("").document.items[1].times is None
    lost = repeat("${gone}")
    assert lost.document.items[1].times is None
    assert "The person adds entries instead." in told(lost.losses)[0]


def test_a_calculation_without_a_calculation_is_passed_over():
    found = _form(["calculate", "c", ""], ["text", "a", "A"])
    assert list(found.document.questions) == ["a"]
    assert "It has no calculation" in " ".join(told(found.notes))


def test_a_check_that_cannot_be_said_is_named_with_what_follows():
    found = one({"type": "text", "name": "a", "label": "A", "constraint": "checksum(.) = 1"})
    assert found.document.questions["a"].constraint is None
    assert "Without this check more answers are taken." in told(found.losses)[0]


@pytest.mark.parametrize("depth", [2, 11, 12, 2_000])
def test_deep_nesting_is_read_or_refused_but_never_breaks(depth):
    rows = [["begin group", f"g{n}", "G"] for n in range(depth)]
    found = imported([HEADINGS, *rows, ["text", "a", "A"], *([["end group"]] * depth)])
    if depth < 12:
        assert not problems_of(found.document)
    else:
        assert {str(one.reason) for one in found.problems} == {
            "Groups stand too deep inside each other."
        }


def test_a_long_chain_of_calculations_in_the_wrong_order_is_put_right():
    chain = [["calculate", f"c{n}", "", "", "", f"${{c{n - 1}}} + 1"] for n in range(200, 0, -1)]
    found = _form(*chain, ["integer", "c0", "C"])
    assert list(found.document.questions) == [f"c{n}" for n in range(201)]
    assert not found.losses
