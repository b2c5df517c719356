"""Programs that others use open the files: LibreOffice finds no formula, R's haven finds labels."""

import os
import shutil
import subprocess
from datetime import date

import pytest
from lxml import etree

from engage.exports.contents import Options
from engage.exports.making import make_export

pytestmark = pytest.mark.sqlite_only
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
#: What R is to print of a file: rows, the question's words, values with their words.
ASKED = """
suppressMessages(library(haven))
d <- {read}
cat(nrow(d), attr(d$children, "label"), sep = "\\n")
codes <- attr(d$children, "labels")
cat(paste(names(codes), codes), sep = "\\n")
cat(as.character(d$since), d$wish, sep = "\\n")
"""


def made(round_, folder, name, **given):
    target, day = folder / f"out.{name}", date(2027, 3, 9)
    options = Options("sv", **given)
    return make_export(round_, name, options, folder / "home", target, day, lambda *_: None).file


def run(program, package, *arguments):
    """Run a program that reads files; where it is missing, fail in CI and skip elsewhere."""
    found = shutil.which(program)
    if found is None:
        assert not os.environ.get("CI"), f"{program} is missing: apt-get install {package}"
        pytest.skip(f"{program} is not installed")
    done = subprocess.run(
        [found, *map(str, arguments)], capture_output=True, text=True, timeout=180, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def opened(file, folder):
    """Return a workbook as LibreOffice understands it: page → lines of words."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    where = ("--outdir", folder, file)
    package = "libreoffice-calc-nogui"
    run("soffice", package, profile, "--headless", "--convert-to", "fods", *where)
    tree = etree.parse(file.with_suffix(".fods"))
    assert not tree.xpath("//@*[local-name()='formula']"), "something is counted"
    return {
        page.get(f"{TABLE}name"): [
            ["".join(cell.itertext()).strip() for cell in line if cell.tag == f"{TABLE}table-cell"]
            for line in page.iter(f"{TABLE}table-row")
        ]
        for page in tree.iter(f"{TABLE}table")
    }


@pytest.mark.parametrize("free_text", ["none", "beside"])
def test_libreoffice_opens_a_workbook_without_formulas(round_, tmp_path, free_text):
    """Once with rows that the database engine wrote, once with those that hold words."""
    pages = opened(made(round_, tmp_path, "xlsx", free_text=free_text, mask=False), tmp_path)
    assert list(pages) == ["data", "about", "codebook", "translations"]
    lines = [line for line in pages["data"] if any(line)]
    assert len(lines) == 4
    assert lines[0][0] == "response"
    assert sum("2019-05-04" in line for line in lines) == 1
    assert sum("100000" in line for line in lines) == 1
    assert any("=1+1 åäö نعم" in line for line in lines) == (free_text == "beside")
    words = [cell for line in pages["translations"] for cell in line]
    assert {"Vad är bra på torget?", "ما الجيد؟"} <= set(words)


@pytest.mark.parametrize(
    ("name", "read"), [("sav", "read_sav('{}', user_na = TRUE)"), ("stata", "read_dta('{}')")]
)
def test_haven_reads_questions_values_and_words(round_, tmp_path, name, read):
    file = made(round_, tmp_path, name, free_text="beside", mask=False)
    told = run("Rscript", "r-cran-haven", "-e", ASKED.format(read=read.format(file))).split("\n")
    assert told[:2] == ["3", "Har du barn?"]
    assert {"Ja 1", "Nej 2"} <= set(told)
    assert any(line.startswith("Vill inte svara") for line in told)
    assert "2019-05-04" in told
    assert "=1+1 åäö نعم" in told
