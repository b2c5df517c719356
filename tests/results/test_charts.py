"""Charts run the way reading runs, print in grey, and say in words what they show."""

import pytest
from lxml import etree

from engage.communities.area_map import area_paths
from engage.results.charts.area_map import AreaLabel, area_chart, depth
from engage.results.charts.bars import Bar, Score, bars, columns, scores
from engage.results.charts.quadrant import Point, quadrant
from engage.results.charts.stacked import Stack, colours, stacked
from engage.results.charts.svg import LINE, wrapped
from engage.results.disclosure import HIDDEN, Shown

SVG = "{http://www.w3.org/2000/svg}"


def share(percent):
    return Shown(percent, percent, percent, percent, "")


def parsed(markup):
    named = str(markup).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return etree.fromstring(named)


def boxes(markup, css):
    return [
        (float(box.get("x")[:-1]), float(box.get("width")[:-1]))
        for box in parsed(markup).iter(f"{SVG}rect")
        if box.get("class") == css
    ]


def some_bars(**given):
    rows = [Bar("Ja", [share(60)], ["60 %"]), Bar("Nej", [HIDDEN], ["För få"])]
    return bars("Titel", rows, **given)


def test_a_bar_is_as_long_as_its_share_and_a_hidden_one_has_none():
    assert boxes(some_bars(), "viz-1") == [(0, 49.2)]
    assert boxes(some_bars(), "track") == [(0, 82), (0, 82)]
    assert "För få" in some_bars()


def test_bars_grow_from_where_reading_starts():
    [(x, width)] = boxes(some_bars(is_rtl=True), "viz-1")
    assert x + width == pytest.approx(100)
    texts = list(parsed(some_bars(is_rtl=True)).iter(f"{SVG}text"))
    assert texts[0].get("x") == "100%"


def test_every_colour_has_a_hatching_for_grey_paper_s09():
    chart = bars("T", [Bar("Ja", [share(60), share(40)], ["60 %", "40 %"])])
    every = parsed(chart).iter(f"{SVG}rect")
    filled = [box.get("fill") for box in every if box.get("class") == "pattern"]
    assert filled == ["url(#hatch-1)", "url(#hatch-2)"]


def test_a_chart_says_in_words_what_it_shows_and_escapes_them():
    chart = bars('60 % "ja" <b>', [Bar("<script>", [share(60)], ["&"])])
    root = parsed(chart)
    assert (root.get("role"), root.get("aria-label")) == ("img", '60 % "ja" <b>')
    assert "<script>" not in chart


def test_a_scale_fills_its_row_from_end_to_end():
    row = Stack("", [share(20), share(50), share(31)], ["20 %", "50 %", "31 %"])
    parts = [boxes(stacked("T", [row]), f"lik-{n}")[0] for n in (1, 3, 5)]
    assert parts[0][0] == 0
    assert sum(width for _x, width in parts) == pytest.approx(100, abs=0.05)
    turned = boxes(stacked("T", [row], is_rtl=True), "lik-1")[0]
    assert turned[0] + turned[1] == pytest.approx(100)


def test_what_is_hidden_of_a_scale_is_one_pale_piece():
    row = Stack("", [share(40), HIDDEN, HIDDEN], ["40 %", "–", "–"])
    assert boxes(stacked("T", [row]), "lik-1") == [(0, 40)]
    assert boxes(stacked("T", [row]), "lik-none") == [(40, 60)]


@pytest.mark.parametrize("steps", range(2, 12))
def test_scales_of_any_length_go_from_the_first_colour_to_the_last(steps):
    chosen = colours(steps)
    assert (len(chosen), chosen[0], chosen[-1]) == (steps, 1, 5)
    assert list(chosen) == sorted(chosen)


def test_a_ranking_reaches_further_the_better_its_place():
    rows = [Score("A", 1.0, "1,0"), Score("B", 0.5, "2,0"), Score("C", None, "För få")]
    assert [width for _x, width in boxes(scores("T", rows), "viz-1")] == [82, 41]


def test_columns_over_time_leave_hidden_periods_blank():
    assert len(boxes(columns("T", [10, None, 40]), "viz-1")) == 2


def test_number_axes_do_not_turn_round():
    points = [Point(1, 4.5, 2.0), Point(2, 2.0, 4.5)]
    root = parsed(quadrant("T", points, 5, "Vikt", "Uppfyllt"))
    dots = [(float(c.get("cx")[:-1]), float(c.get("cy")[:-3])) for c in root.iter(f"{SVG}circle")]
    assert dots[0][0] < dots[1][0]
    assert dots[0][1] < dots[1][1]


class Square:
    def __init__(self, key, west):
        self.key, self.name = key, {"sv": key}
        ring = [[west, 59.0], [west + 1, 59.0], [west + 1, 60.0], [west, 60.0], [west, 59.0]]
        self.geometry = {"type": "MultiPolygon", "coordinates": [[ring]]}


def test_an_area_is_the_darker_the_more_it_is_named_and_hidden_ones_are_blank():
    assert [depth(share(n), 50) for n in (50, 26, 1)] == [5, 3, 1]
    assert depth(HIDDEN, 50) == 0
    labels = {
        "a": AreaLabel("Norra", share(40), "40 %"),
        "b": AreaLabel("<Södra>", HIDDEN, "För få"),
    }
    chart = area_chart("T", area_paths([Square("a", 16), Square("b", 17)]), labels)
    filled = [path.get("class") for path in parsed(chart).iter(f"{SVG}path")]
    assert filled == ["cell-5", "cell-0", "axis"]
    assert [t.text for t in parsed(chart).iter(f"{SVG}text")] == ["40 %"]


def test_long_labels_are_wrapped_and_cut_at_the_end():
    assert wrapped("ett två") == ["ett två"]
    lines = wrapped("ordet " * 60)
    assert len(lines) == 3
    assert all(len(line) <= LINE for line in lines)
    assert lines[-1].endswith("…")
    assert len(wrapped("x" * 200)[0]) <= LINE


def test_a_chart_is_small():
    """What drawing costs is measured in benchmarks (P9)."""
    assert len(some_bars()) < 1500
