"""DDI-Codebook: the order of elements that the standard gives, and words in every language."""

import zipfile
from datetime import date

import pytest
from lxml import etree

from engage.exports.contents import Options
from engage.exports.making import make_export
from tests.factories.results import make_response

pytestmark = pytest.mark.sqlite_only

SPACE = "{ddi:codebook:2_5}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
#: What may stand in an element, in this order, of what is written here.
ORDER = {
    "codeBook": ["stdyDscr", "fileDscr", "dataDscr"],
    "stdyDscr": ["citation", "stdyInfo", "method", "dataAccs"],
    "citation": ["titlStmt", "prodStmt", "verStmt"],
    "titlStmt": ["titl", "parTitl", "IDNo"],
    "prodStmt": ["producer", "software"],
    "stdyInfo": ["abstract", "sumDscr", "notes"],
    "sumDscr": ["collDate", "geogCover"],
    "fileTxt": ["fileName", "dimensns", "fileType"],
    "dimensns": ["caseQnty", "varQnty"],
    "var": ["labl", "qstn", "catgry", "varFormat"],
    "catgry": ["catValu", "labl"],
}


@pytest.fixture
def described(round_, tmp_path):
    target = tmp_path / "out.zip"
    day = date(2027, 3, 9)
    make_export(round_, "ddi", Options("ar"), tmp_path / "home", target, day, lambda *_: None)
    with zipfile.ZipFile(target) as folder:
        lines = folder.read("answers.csv").decode("utf-8-sig").splitlines()
        return etree.fromstring(folder.read("ddi.xml")), lines


def of(element):
    return element.tag.removeprefix(SPACE)


def test_elements_stand_in_the_order_of_the_standard(described):
    root, _lines = described
    assert root.tag == f"{SPACE}codeBook"
    for element in root.iter():
        children = [of(child) for child in element]
        order = ORDER.get(of(element), children)
        assert children == sorted(children, key=order.index), of(element)


def test_every_column_of_the_file_is_a_variable_with_a_name_of_its_own(described):
    root, lines = described
    variables = root.findall(f".//{SPACE}var")
    assert [one.get("name") for one in variables] == [
        title.strip('"') for title in lines[0].split(",")
    ]
    assert len({one.get("ID") for one in variables}) == len(variables)
    [file] = root.findall(f"{SPACE}fileDscr")
    assert {one.get("files") for one in variables} == {file.get("ID")}
    sizes = file.find(f".//{SPACE}dimensns")
    assert [child.text for child in sizes] == ["3", str(len(variables))]


def variable(root, name):
    return root.find(f".//{SPACE}var[@name='{name}']")


def words(element, tag):
    return {one.get(LANGUAGE): one.text for one in element.findall(f"{SPACE}{tag}")}


def test_questions_and_categories_are_told_in_every_language(described):
    root, _lines = described
    children = variable(root, "children")
    assert words(children, "labl") == {"ar": "هل لديك أطفال؟", "sv": "Har du barn?"}
    assert words(children.find(f"{SPACE}qstn"), "qstnLit")["sv"] == "Har du barn?"
    first = children.find(f"{SPACE}catgry")
    assert first.find(f"{SPACE}catValu").text == "yes"
    assert words(first, "labl")["sv"] == "Ja"
    assert variable(root, "well").get("nature") == "ordinal"
    assert variable(root, "cold").get("intrvl") == "contin"
    flag = [one.findtext(f"{SPACE}catValu") for one in variable(root, "likes_bad")]
    assert {"0", "1"} <= set(flag)


def test_reasons_for_no_answer_are_declared_missing(described):
    root, _lines = described
    reasons = root.findall(f".//{SPACE}catgry[@missing='Y']")
    assert {one.findtext(f"{SPACE}catValu") for one in reasons} >= {"not_asked", "skipped"}


def test_what_xml_cannot_write_is_marked(round_, tmp_path):
    make_response(round_, {"children": "yes"})
    round_.community.contact_name = "Grann\x0bskapet"
    target, day = tmp_path / "out.zip", date(2027, 3, 9)
    make_export(round_, "ddi", Options("sv"), tmp_path / "home", target, day, lambda *_: None)
    with zipfile.ZipFile(target) as folder:
        root = etree.fromstring(folder.read("ddi.xml"))
    assert root.findtext(f".//{SPACE}producer") == "Grann\ufffdskapet"


@pytest.mark.parametrize("what", ["tables", "answers"])
def test_tables_are_described_too(round_, tmp_path, what):
    target, day = tmp_path / "out.zip", date(2027, 3, 9)
    options = Options(
        "sv", what=what, codebook=True, free_text="apart" if what == "answers" else "none"
    )
    make_export(round_, "ddi", options, tmp_path / "home", target, day, lambda *_: None)
    with zipfile.ZipFile(target) as folder:
        root = etree.fromstring(folder.read("ddi.xml"))
        named = {one.text for one in root.iter(f"{SPACE}fileName")}
        assert named == set(folder.namelist()) - {"ddi.xml", "codebook.csv"}
