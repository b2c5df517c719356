"""Marks on the map: how many people put one in each square of 250 metres (P-31).

The squares never move: they are those of the grid that marks are kept on. What is told of them is
told area by area: within each, hidden squares hide each other, so that nobody who knows how many
named the area works one out; and a square that touches an area of which nothing is told is hidden.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from engage.communities.area_map import AreaMap, AreaShape
from engage.i18n import formats
from engage.i18n.gettext import gettext as _
from engage.i18n.gettext import ngettext
from engage.questionnaires.grid import Metres, snapped, square_around
from engage.results.charts.mark_map import MarkSquare, mark_chart
from engage.results.disclosure import ShownTable
from engage.results.summaries.base import Asked, Datum, TableView, Told, View, disclosed
from engage.results.table.asking import Answers, Tallied, Tally

#: How wide a square is, whatever the grid a questionnaire keeps marks on.
SQUARE: Metres = 250
_STEPS = 5
Cell = tuple[float, float]


@dataclass(frozen=True)
class _Square:
    """A square that may be told: its crossing, about how many people, and where it is."""

    cell: Cell
    about: int
    area: AreaShape


@dataclass(frozen=True)
class _Marks:
    """Everything that may be told of the marks of one question."""

    squares: tuple[_Square, ...]
    base: int
    hidden: int

    def step(self, about: int) -> int:
        """Return how dark a square is, 1 to 5, by share of the largest."""
        return max(1, -(-about * _STEPS // self.squares[0].about))


def marks_request(asked: Asked) -> Tally | None:
    """Return what the table is asked; of several marks a person, in a repeat, nothing is told."""
    ends = {column.part: column.name for column in asked.own if column.held_back == "point"}
    return Tally((ends["lat"], ends["lon"])) if len(ends) == 2 and not asked.table else None


def with_marks(
    told: Told, asked: Asked, answers: Answers, view: View, open_areas: set[str]
) -> Told:
    """Return what is told with the marks of everybody, as far as any square may be told."""
    request = marks_request(asked)
    if request is None or view.groups != ("",):
        return told
    marks = _marks(answers.tally(request).get("", {}), view, open_areas)
    return _told(told, marks, view) if marks.squares else told


def _marks(
    persons: Mapping[tuple[float | None, float | None], int], view: View, open_areas: set[str]
) -> _Marks:
    cells: Counter[Cell] = Counter()
    for (latitude, longitude), number in persons.items():
        if latitude is not None and longitude is not None:
            cells[snapped(latitude, longitude, SQUARE)] += number
    # Squares of few are hidden anyway, and there are many of them.
    many = [cell for cell, number in cells.items() if number >= view.policy.k]
    closed = _closed_cells(many, view.areas, open_areas)
    squares: list[_Square] = []
    base = hidden = 0
    for shape, counts in _by_area(cells, view.areas, open_areas):
        shown = _disclosed(counts, closed, view)
        told = [
            _Square(cell, figure.about, shape)
            for cell, figure in zip(counts, shown.totals, strict=True)
            if figure.about
        ]
        if told:
            squares += told
            base += shown.base or 0
            hidden += shown.hidden_rows
    squares.sort(key=lambda one: (-one.about, -one.cell[0], one.cell[1]))
    return _Marks(tuple(squares), base, hidden)


def _by_area(
    cells: Mapping[Cell, int], areas: AreaMap, open_areas: set[str]
) -> Iterator[tuple[AreaShape, dict[Cell, int]]]:
    """Yield the open areas with the squares whose middle lies in them."""
    found: dict[str, dict[Cell, int]] = defaultdict(dict)
    for cell, number in sorted(cells.items()):
        area = areas.area_at(*cell)
        if area is not None:
            found[area.key][cell] = number
    for shape in areas.shapes:
        if shape.key in open_areas and shape.key in found:
            yield shape, found[shape.key]


def _closed_cells(cells: Sequence[Cell], areas: AreaMap, open_areas: set[str]) -> set[Cell]:
    """Return the squares that touch an area of which nothing is told."""
    shut = [shape for shape in areas.shapes if shape.key not in open_areas]
    ends = {
        snapped(latitude, longitude, SQUARE)
        for shape in shut
        for polygon in shape.polygons
        for ring in polygon
        for longitude, latitude in ring
    }
    return {
        cell
        for cell in cells
        if cell in ends or any(shape.holds(*corner) for shape in shut for corner in _corners(cell))
    }


def _corners(cell: Cell) -> list[Cell]:
    south, west, north, east = square_around(*cell, SQUARE)
    return [cell, (south, west), (south, east), (north, west), (north, east)]


def _disclosed(counts: Mapping[Cell, int], closed: set[Cell], view: View) -> ShownTable:
    rows = {
        f"{latitude:.6f},{longitude:.6f}": (latitude, longitude) for latitude, longitude in counts
    }
    tallied: Tallied = {"": {row: counts[cell] for row, cell in rows.items()}}
    shut = frozenset(row for row, cell in rows.items() if cell in closed)
    return disclosed(list(rows), tallied, view, closed_rows=shut)


def _told(told: Told, marks: _Marks, view: View) -> Told:
    named = [(_name(at, one, view), one) for at, one in enumerate(marks.squares, start=1)]
    finding = _finding(marks.squares[0], view)
    note = ngettext(
        "The marks on the map are of about %(num)s person.",
        "The marks on the map are of about %(num)s people.",
        marks.base,
    )
    rows = [(name, formats.number(one.about)) for name, one in named]
    is_alone = told.table is None
    table = TableView((_("Answer"), (_("People, about"), "number")), tuple(rows))
    if told.table is not None:
        more = tuple((name, "–", "–", about) for name, about in rows)
        table = replace(told.table, rows=told.table.rows + more)
    return replace(
        told,
        finding=finding if is_alone else told.finding,
        chart=told.chart + _chart(finding, marks, named, view),
        table=table,
        base=marks.base if is_alone else told.base,
        hidden=told.hidden + marks.hidden,
        legend=told.legend or _legend(marks),
        note=told.note if is_alone else f"{told.note} {note}".strip(),
        data=told.data
        + tuple(
            Datum("{:.6f},{:.6f}".format(*one.cell), name, "people_about", one.about)
            for name, one in named
        ),
    )


def _name(number: int, square: _Square, view: View) -> str:
    # Translators: one of the squares of a map, and the part of the neighbourhood it lies in
    return _(
        "Square %(number)s, in %(area)s", number=formats.number(number), area=_area(square, view)
    )


def _area(square: _Square, view: View) -> str:
    return view.reader.label(square.area.name, key=square.area.key).text


def _finding(most: _Square, view: View) -> str:
    return ngettext(
        "Most marks are in %(area)s: about %(num)s person in one square of %(metres)s metres.",
        "Most marks are in %(area)s: about %(num)s people in one square of %(metres)s metres.",
        most.about,
        area=_area(most, view),
        metres=formats.number(SQUARE),
    )


def _people(number: int) -> str:
    return ngettext("about %(num)s person", "about %(num)s people", number)


def _chart(finding: str, marks: _Marks, named: list[tuple[str, _Square]], view: View) -> Markup:
    squares = [
        MarkSquare(
            *square_around(*one.cell, SQUARE),
            marks.step(one.about),
            formats.number(one.about),
            f"{name}: {_people(one.about)}",
        )
        for name, one in named
    ]
    caption = _("Marks on the map, in squares of %(number)s metres", number=formats.number(SQUARE))
    return mark_chart(finding, caption, view.areas, squares)


def _legend(marks: _Marks) -> tuple[str, tuple[tuple[int, str], ...]]:
    steps: dict[int, list[int]] = defaultdict(list)
    for one in reversed(marks.squares):
        steps[marks.step(one.about)].append(one.about)
    return "cell", tuple((step, _range(found[0], found[-1])) for step, found in steps.items())


def _range(low: int, high: int) -> str:
    if low == high:
        return _people(low)
    return ngettext(
        "about %(low)s to %(num)s person",
        "about %(low)s to %(num)s people",
        high,
        low=formats.number(low),
    )
