"""Formulas in a workbook whose results the file does not hold, and results that are errors."""

from collections.abc import Iterable, Iterator
from typing import Any
from xml.parsers import expat

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

#: Stands in the place of a result that nobody has worked out yet.
UNWORKED = "#FORMULA!"
#: What spreadsheet programs show where a formula went wrong.
ERRORS = {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", UNWORKED}


class _Cells:
    """Notes the cells that have a formula and no result."""

    def __init__(self) -> None:
        self.place, self.inside = "", set[str]()
        self.found: dict[int, set[int]] = {}

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        plain = name.rpartition(":")[2]
        if plain == "c":
            self.place, self.inside = attributes.get("r", ""), set()
        else:
            self.inside.add(plain)

    def end(self, name: str) -> None:
        if name.rpartition(":")[2] != "c" or not self.place:
            return
        if "f" in self.inside and not {"v", "is"} & self.inside:
            letters, row = coordinate_from_string(self.place)
            self.found.setdefault(row, set()).add(column_index_from_string(letters) - 1)


def unworked_cells(xml: bytes) -> dict[int, set[int]]:
    """Return by row (from 1) the columns (from 0) of formulas without a result."""
    if b"<f" not in xml and b":f" not in xml:
        return {}
    cells, parser = _Cells(), expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = cells.begin, cells.end
    parser.Parse(xml, True)
    return cells.found


def with_unworked(
    rows: Iterable[Iterable[Any]], missing: dict[int, set[int]]
) -> Iterator[list[Any]]:
    """Yield the rows with a mark in the place of each missing result."""
    for number, row in enumerate(rows, start=1):
        cells = list(row)
        for column in missing.get(number, ()):
            cells += [None] * (column + 1 - len(cells))
            if cells[column] is None:
                cells[column] = UNWORKED
        yield cells
