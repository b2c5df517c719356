"""The rows that the database engine writes into a workbook read as what they were."""

from datetime import date, datetime

import duckdb
import openpyxl
import pytest
import xlsxwriter

from engage.exports.contents import Cells, Sheet
from engage.exports.sheet_rows import LONGEST_CELL, Rows, fill
from engage.questionnaires.column import Column

LONG = "å" * (LONGEST_CELL + 1)
WORDS = [
    "plain_key",
    "=1+1",
    "a & b < c > d",
    " \"double\" and 'single' ",
    "line\nbreak,\ttab",
    "نعم",
    "_x0041_",
    "]]>",
    "one\x01two\x1f",
    LONG,
    None,
]
# Spreadsheets read the first of these signs as the second; this library reads them as they stand.
CODED = {"_x0041_": "_x005F_x0041_"}
READ = CODED | {"one\x01two\x1f": "onetwo", LONG: "å" * (LONGEST_CELL - 1) + "…"}
KINDS = {
    "INTEGER": [1, -2, None],
    "UBIGINT": [2**63],
    "DOUBLE": [0.1, 1e300, -5.0, float("nan"), float("inf"), None],
    "BOOLEAN": [True, False],
    "DATE": [date(2019, 5, 4), date(1900, 3, 1), None],
    "TIMESTAMP": [datetime(2019, 5, 4, 12, 30)],  # noqa: DTZ001 - workbooks know no zones
    "VARCHAR": WORDS,
}


def written(folder, kind, values):
    engine = duckdb.connect()
    engine.execute(f"CREATE TABLE t (line INTEGER, x {kind})")
    engine.executemany("INSERT INTO t VALUES (?, ?)", list(enumerate(values)))
    columns = (Column("line", "", "integer", {}), Column("x", "", "text", {}))
    statement = "SELECT line, x FROM t ORDER BY line DESC"
    sheet = Sheet("", columns, "t", "", len(values), statement)
    plain, file, told = folder / "plain", folder / "full.xlsx", []
    with xlsxwriter.Workbook(str(plain), {"default_date_format": "yyyy-mm-dd"}) as book:
        page = book.add_worksheet("data")
        page.write_row(0, 0, ["line", "x"])
        page.write_datetime(1, 0, date(2000, 1, 1))
        book.add_worksheet("other").write_string(0, 0, "kept")
    rows = Rows(engine, sheet, Cells(None), told.append)
    fill(plain, file, {"xl/worksheets/sheet1.xml": rows})
    assert told == [len(values)]
    assert sorted(one.name for one in folder.iterdir()) == ["full.xlsx", "plain"]
    return openpyxl.load_workbook(file)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_cell_is_read_back_in_order(tmp_path, kind):
    values = KINDS[kind]
    book = written(tmp_path, kind, values)
    page = book["data"]
    assert page.dimensions == f"A1:B{len(values) + 1}"
    lines = [[cell.value for cell in row] for row in page.iter_rows()]
    assert lines[0] == ["line", "x"]
    assert [line for line, _value in lines[1:]] == list(reversed(range(len(values))))
    for (_line, found), wanted in zip(lines[1:], reversed(values), strict=True):
        is_number = isinstance(wanted, float) and wanted not in KINDS["DOUBLE"][:3]
        expected = None if is_number else READ.get(wanted, wanted)
        if isinstance(wanted, date) and not isinstance(wanted, datetime):
            found = found.date()
        assert found == expected
    assert book["other"]["A1"].value == "kept"


def test_no_cell_is_a_formula(tmp_path):
    page = written(tmp_path, "VARCHAR", WORDS)["data"]
    assert {cell.data_type for row in page.iter_rows(min_row=2) for cell in row} <= {"s", "n"}
    assert "=1+1" in {cell.value for row in page.iter_rows(min_row=2) for cell in row}
