"""Comparing over rounds and groups: scores, small groups, and wording that changed."""

import pytest

from engage.results.association import association
from engage.results.comparing import (
    difference_of_means,
    difference_of_shares,
    median_interval,
    sample,
)
from engage.results.scores import paired_gap, rank_scores
from engage.results.trends import Measured, Wording, reworded, trend, wording_of
from tests.factories.questionnaires import small_document
from tests.results.rounds import document


def test_a_cross_table_that_expects_too_few_is_not_trusted():
    assert not association([[5, 0], [0, 7]]).is_trusted
    assert not association([[1, 2], [2, 90]]).is_trusted
    assert association([[20, 30], [30, 20]]).is_trusted
    assert association([[20, 30], [0, 0]]) is None
    assert association([[0, 4], [0, 9]]) is None


def test_what_is_all_the_same_has_no_difference_and_no_spread():
    same = sample([3.0], [12])
    assert difference_of_means(same, same).interval.high == 0
    assert not difference_of_means(same, same).is_clear
    assert sample([3.0], [1]) is None
    assert difference_of_shares((0, 0), (1, 4)) is None
    assert median_interval([1, 2], [2, 3]) is None


def test_ranking_scores_are_those_worked_out_by_hand():
    # Three persons: a b c · a c b · b a c
    found = rank_scores([[2, 1, 0, 0], [1, 1, 1, 0], [0, 1, 2, 0]], 3)
    assert [one.mean_place for one in found] == pytest.approx([4 / 3, 2, 8 / 3])
    assert [one.points for one in found] == pytest.approx([5 / 6, 1 / 2, 1 / 6])
    assert [one.first for one in found] == pytest.approx([2 / 3, 1 / 3, 0])
    assert rank_scores([[0, 0, 0], [0, 0, 0]], 2) is None
    assert rank_scores([[4, 0]], 1) is None


def test_gaps_are_of_persons_who_answered_both():
    found = paired_gap({(5, 1): 3, (4, 4): 1})
    assert (found.persons, found.value) == (4, 3)
    assert paired_gap({(5, 1): 1}) is None


def wording(question, **answers):
    return Wording({"sv": question}, tuple((key, {"sv": word}) for key, word in answers.items()))


def test_a_trend_shows_steps_and_marks_changes_of_wording():
    before, after = wording("Trygg?", yes="Ja"), wording("Känner du dig trygg?", yes="Ja")
    points = trend(
        [
            Measured("2024", 40, 100, before),
            Measured("2025", 0, 0, before),
            Measured("2026", 70, 100, before),
            Measured("2027", 72, 100, after),
        ]
    )
    assert [one.round for one in points] == ["2024", "2026", "2027"]
    assert points[0].since is None
    assert points[1].since.is_clear
    assert not points[1].reworded
    assert not points[2].since.is_clear
    assert points[2].reworded == ("sv",)


def test_wording_is_compared_in_languages_both_have_and_by_answer():
    one = Wording({"sv": "Var?", "en": "Where?"}, (("a", {"sv": "A", "en": "A"}),))
    other = Wording({"sv": "Var?", "ar": "أين؟"}, (("a", {"sv": "B", "ar": "ب"}),))
    assert reworded(one, one) == ()
    assert reworded(one, other) == ("sv",)
    more = Wording(one.question, (*one.answers, ("b", {"sv": "B"})))
    assert reworded(one, more) == ("en", "sv")


def test_wording_comes_from_the_version_for_every_kind_of_question():
    asked = document()
    for key in ("mood", "trust", "gap", "order", "where"):
        found = wording_of(asked, key)
        assert found.question == asked.questions[key].label
        assert any(words for _key, words in found.answers), key
    assert wording_of(small_document(), "nothing") is None
