"""Scales, matrices, gaps and rankings: what only they do."""

import pytest

from engage.questionnaires.question_types.base import AnswerError
from tests.questionnaires.question_types.samples import ROWS, STEPS, Sample

MATRIX = Sample("matrix", {"rows": ROWS}, more={"choice_list": "steps"})
GAP = Sample("gap", {"rows": ROWS, "importance": STEPS, "met": STEPS})
RANKING = Sample("ranking", {"top": 2})


def problems(sample):
    return [str(one) for one in sample.kind.problems(sample.question, sample.document)]


def test_z_14_steps_keep_their_order_and_cannot_be_shuffled():
    sample = Sample("scale", {"steps": STEPS}, more={"randomise": True})
    column = sample.kind.columns(sample.question, sample.document)[0]
    assert column.ordered
    assert [code.value for code in column.codes] == ["1", "2", "3", "4", "5"]
    assert problems(sample) == ["The steps of a scale keep their order: do not shuffle them."]


def test_a_scale_has_two_to_eleven_steps():
    many = [{"key": str(n)} for n in range(12)]
    assert problems(Sample("scale", {"steps": STEPS[:1]})) == ["A scale needs at least two steps."]
    assert problems(Sample("scale", {"steps": many})) == ["A scale has eleven steps at most."]


def test_a_list_goes_before_steps_of_ones_own():
    sample = Sample("scale", {"steps": STEPS}, more={"choice_list": "steps"})
    assert [code.value for code in sample.kind.codes(sample.question, sample.document)] == [
        *("1", "2", "3", "4")
    ]
    assert sample.kind.text(sample.question, sample.document, "4", "sv") == "Ofta"
    assert sample.kind.text(sample.question, sample.document, "9", "sv") == "9"


def test_a_matrix_is_told_row_by_row():
    value = {"out": "1", "home": "4"}
    told = MATRIX.kind.text(MATRIX.question, MATRIX.document, value, "sv")
    assert told == "Hemma: Ofta\nUte: Aldrig"
    assert MATRIX.kind.text(MATRIX.question, MATRIX.document, "4", "sv") == "Ofta"
    assert MATRIX.kind.form_values(None) == {}


def test_rows_left_open_are_empty_cells():
    assert MATRIX.kind.cells(MATRIX.question, MATRIX.document, {"out": "1"}) == [None, "1"]


def test_what_a_matrix_cannot_be():
    sample = Sample("matrix", more={"other": True})
    assert problems(sample) == [
        "Add at least one row.",
        "A scale has no place for words of one's own.",
    ]


def test_a_required_matrix_wants_every_row():
    sample = Sample("matrix", {"rows": ROWS}, more={"choice_list": "steps", "required": True})
    with pytest.raises(AnswerError) as refused:
        sample.read({"home": ["1"]})
    assert str(refused.value.message) == "Choose an answer in each row"
    assert sample.read({}) is None


def test_a_matrix_becomes_rows_in_xlsform():
    assert MATRIX.kind.to_xlsform(MATRIX.question)[0] == ""
    parts = MATRIX.kind.xlsform_parts(MATRIX.question, MATRIX.document)
    assert [(part.name, part.word, part.choice_list) for part in parts] == [
        ("q_home", "select_one", "steps"),
        ("q_out", "select_one", "steps"),
    ]


def test_a_gap_has_a_column_for_each_half_of_each_row():
    columns = GAP.kind.columns(GAP.question, GAP.document)
    assert [(column.name, column.part) for column in columns] == [
        ("q_home_importance", "home.importance"),
        ("q_home_met", "home.met"),
        ("q_out_importance", "out.importance"),
        ("q_out_met", "out.met"),
    ]
    assert GAP.kind.parts(GAP.question, GAP.document)["out.met"] == {"sv": "Ute"}


def test_a_gap_is_told_half_by_half():
    value = {"home.importance": "5", "home.met": "9"}
    told = GAP.kind.text(GAP.question, GAP.document, value, "sv")
    assert told == (
        "Hemma. How important is this to you? Steg 5\nHemma. How well does this work today? 9"
    )
    assert GAP.kind.text(GAP.question, GAP.document, "5", "sv") == "5"


def test_a_gap_of_one_need_has_two_halves():
    sample = Sample(
        "gap", {"importance": STEPS, "met": STEPS, "importance_label": {"sv": "Viktigt?"}}
    )
    assert list(sample.kind.parts(sample.question, sample.document)) == ["importance", "met"]
    told = sample.kind.text(sample.question, sample.document, {"importance": "1"}, "sv")
    assert told == "Viktigt? Steg 1"


def test_a_gap_needs_both_scales():
    assert len(problems(Sample("gap", {"importance": STEPS}))) == 1


def test_a_gap_becomes_rows_with_lists_of_their_own_in_xlsform():
    assert GAP.kind.to_xlsform(GAP.question) == ("", "", "")
    parts = GAP.kind.xlsform_parts(GAP.question, GAP.document)
    assert len(parts) == 4
    assert [code.value for code in parts[0].codes] == ["1", "2", "3", "4", "5"]


def test_a_ranking_has_the_place_of_each_choice_in_its_column():
    cells = RANKING.kind.cells(RANKING.question, RANKING.document, ["park", "work"])
    assert cells == [2, None, 1, None, None]


def test_a_ranking_is_told_in_numbered_lines():
    told = RANKING.kind.text(RANKING.question, RANKING.document, ["park", "work"], "sv")
    assert told == "1. Behov park\n2. Behov work"
    assert RANKING.kind.text(RANKING.question, RANKING.document, "park", "sv") == "Behov park"


def test_a_part_of_a_ranking_is_taken_unless_it_is_required():
    assert RANKING.read({"1": ["work"]}) == ["work"]
    needed = Sample("ranking", {"top": 2}, more={"required": True})
    with pytest.raises(AnswerError) as refused:
        needed.read({"1": ["work"]})
    assert str(refused.value.message) == "Choose 2 answers, in order"


def test_what_a_ranking_cannot_be():
    assert problems(Sample("ranking", {"top": 9}, more={"other": True})) == [
        "There are fewer choices than places.",
        "A ranking has no place for words of one's own.",
    ]
    assert problems(Sample("ranking", more={"choice_list": "streets"})) == [
        "Nobody puts so many in order. Say how many come first."
    ]
