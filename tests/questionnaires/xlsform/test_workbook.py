"""Whatever file is sent: it is read by what it is, or refused with words that say what to do."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from engage.questionnaires.xlsform import read_xlsform, workbook
from engage.questionnaires.xlsform.report import UnreadableError
from engage.questionnaires.xlsform.workbook import read_workbook
from tests.questionnaires.xlsform.workbooks import SURVEY, told, xls, xlsx

FORM = xlsx({"survey": SURVEY})


def _refused(content: bytes, name: str = "form.xlsx") -> str:
    found = read_xlsform(content, name, "sv")
    assert found.document is None
    assert len(found.problems) == 1
    assert found.problems[0].what == name
    return str(found.problems[0].reason)


def _with_parts(content: bytes, **parts: bytes) -> bytes:
    """Return a workbook with parts put in or replaced; `__` in names stands for a slash."""
    made = io.BytesIO()
    named = {name.replace("__", "/").replace("DOT", "."): part for name, part in parts.items()}
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", 8) as new:
        for name in old.namelist():
            if name not in named:
                new.writestr(name, old.read(name))
        for name, part in named.items():
            new.writestr(name, part)
    return made.getvalue()


def test_both_kinds_of_excel_are_read_whatever_the_file_is_called():
    for content in (FORM, xls({"survey": SURVEY})):
        for name in ("form.xlsx", "form.xls", "form"):
            found = read_xlsform(content, name, "sv")
            assert list(found.document.questions) == ["street"]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"type,name,label\ntext,a,A\n", "Save the form as .xlsx"),
        (b"<html><table><tr><td>type</td></tr></table></html>", "Save the form as .xlsx"),
        (b"\x00" * 5000, "Save the form as .xlsx"),
        (b"%PDF-1.7\n", "Save the form as .xlsx"),
        (FORM[: len(FORM) // 2], "damaged"),
        (FORM[:200] + bytes(500) + FORM[700:], "damaged"),
        (b"PK\x03\x04" + bytes(100), "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "damaged"),
        (xls({"survey": SURVEY})[:3000], "damaged"),
    ],
)
def test_what_is_no_workbook_is_refused_with_words(content, word):
    assert word in _refused(content)


def test_another_archive_is_no_workbook():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office/>")
    assert "Save the form as .xlsx" in _refused(made.getvalue(), "form.ods")


def test_a_locked_workbook_is_told_apart_from_a_damaged_one():
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    locked += "EncryptedPackage".encode("utf-16-le") + bytes(600)
    assert "password" in _refused(locked)
    old = bytearray(xls({"survey": SURVEY}))
    at = old.index(struct.pack("<HHH", 0x0809, 16, 0x0600))
    # The record behind the first says that what follows is encrypted.
    struct.pack_into("<HH", old, at + 20, 0x002F, struct.unpack_from("<H", old, at + 22)[0])
    assert "password" in _refused(bytes(old), "form.xls")


def test_a_zip_of_locked_parts_is_told():
    content = bytearray(FORM)
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    assert "password" in _refused(bytes(content))


def test_a_large_file_is_refused_before_it_is_opened():
    assert "16 MB" in _refused(b"PK\x03\x04" + bytes(workbook.MAX_BYTES))


def test_a_zip_bomb_is_refused_before_it_unpacks():
    bomb = _with_parts(FORM, xl__worksheets__sheet9DOTxml=bytes(workbook.MAX_UNPACKED))
    assert len(bomb) < 1_000_000
    assert "64 MB unpacked" in _refused(bomb)


def test_a_workbook_of_countless_parts_is_refused():
    parts = {f"xl__n{number}DOTbin": b"" for number in range(workbook.MAX_PARTS + 1)}
    assert "too large" in _refused(_with_parts(FORM, **parts))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_never_expanded(encoding):
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha" * 10}">' for n in range(9))
    xml = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE sst [{lines}]><sst>&e8;</sst>'
    bomb = _with_parts(FORM, xl__sharedStringsDOTxml=xml.encode(encoding))
    assert "damaged" in _refused(bomb)


def test_a_path_out_of_the_archive_is_never_followed(tmp_path):
    sly = _with_parts(FORM, __DOTDOT__DOTDOT__tmp__engage_slipDOTxml=b"<a/>")
    assert read_xlsform(sly, "form.xlsx", "sv").document is not None
    assert not Path("/tmp/engage_slip.xml").exists()


def test_macros_are_neither_run_nor_kept_and_that_is_told():
    found = read_xlsform(_with_parts(FORM, xl__vbaProjectDOTbin=b"\x01"), "form.xlsm", "sv")
    assert list(found.document.questions) == ["street"]
    assert not found.losses
    assert "macros" in told(found.notes)[0]


def test_too_many_cells_are_refused(monkeypatch):
    monkeypatch.setattr(workbook, "MAX_CELLS", 10)
    rows = [["type", "name"], *([["text", f"q{number}"] for number in range(20)])]
    assert "too many cells" in _refused(xlsx({"survey": rows}))


def test_sheets_that_are_no_part_of_the_form_are_not_read(monkeypatch):
    monkeypatch.setattr(workbook, "MAX_CELLS", 10)
    own = [[number] * 10 for number in range(20)]
    found = read_workbook(xlsx({"survey": SURVEY, "population": own}))
    assert [len(sheet.rows) for sheet in found.sheets] == [2, 0]


def test_a_sheet_ends_where_nothing_comes_any_more(monkeypatch):
    monkeypatch.setattr(workbook, "EMPTY_ROWS", 5)
    rows = [*SURVEY, [], [], [], ["text", "b", "B"], *([[]] * 9), ["text", "c", "C"]]
    found = read_workbook(xlsx({"survey": rows}))
    assert [number for number, _row in found.sheets[0].rows] == [1, 2, 6]


def test_numbers_dates_and_truths_read_as_people_wrote_them():
    rows = [*SURVEY, ["text", "n", 5.0], ["text", "d", 0.1], ["text", "t", True]]
    for content in (xlsx({"survey": rows}), xls({"survey": rows})):
        texts = [row[2] for _number, row in read_workbook(content).sheets[0].rows[2:]]
        assert texts == ["5", "0.1", "TRUE"]


@pytest.mark.parametrize(
    ("sheets", "word"),
    [
        ({"Sheet1": []}, "No sheet"),
        ({"notes": [["hello"]]}, "No sheet"),
        ({"survey": [["type", "name", "label"]]}, "empty"),
        ({"survey": [["question", "answer"], ["a", "b"]]}, "No sheet"),
    ],
)
def test_a_workbook_without_questions_is_refused(sheets, word):
    assert word in _refused(xlsx(sheets))


def test_no_sequence_of_bytes_raises_anything_else():
    for start in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x09\x08\x10\x00"):
        for length in (0, 1, 7, 511, 512, 513, 4096):
            with pytest.raises(UnreadableError):
                read_workbook(start + bytes(range(256)) * (length // 256) + bytes(length % 256))
