"""Staff at the example: from a workbook to an open round, and from answers to files."""

import csv
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pyreadstat
import pytest
from playwright.sync_api import Page

from tests.browsers import PHONE, ROOT
from tests.journeys.conftest import Served, Visitor, command_environment
from tests.questionnaires.xlsform.workbooks import xlsx

pytestmark = pytest.mark.xdist_group("demo")

HOME = "/en/c/backby"
RESULTS = "rounds/backby-2025"
DESK = {"width": 1280, "height": 800}
SIZES = [pytest.param(DESK, id="desk"), pytest.param(PHONE, id="phone")]
WORKBOOK = xlsx(
    {
        "survey": [
            ["type", "name", "label::Svenska (sv)", "label::English (en)"],
            ["select_one yesno", "garden", "Vill du odla?", "Do you want to grow plants?"],
            ["image", "photo", "Ta en bild", "Take a picture"],
            ["text", "why", "Varför?", ""],
        ],
        "choices": [
            ["list_name", "name", "label::Svenska (sv)", "label::English (en)"],
            ["yesno", "yes", "Ja", "Yes"],
            ["yesno", "no", "Nej", "No"],
        ],
        "settings": [["form_title", "form_id"], ["Odling", "growing"]],
    }
)


@pytest.fixture
def worker(demo: Served) -> Iterator[None]:
    """Let somebody do the jobs, as `make demo` does."""
    words = [sys.executable, "-m", "engage.cli", "worker"]
    environment = command_environment(demo.instance, demo.url)
    process = subprocess.Popen(words, cwd=ROOT, env=environment)
    yield
    process.terminate()
    process.wait(timeout=30)


def sign_in(visitor: Visitor, demo: Served, role: str = "secretariat") -> None:
    """Sign in, after a wrong password."""
    page, email = visitor.page, f"{role}@backby.example"
    visitor.go("/en/sign-in")
    visitor.check(dark=True)
    for password in ("not it", demo.sign_ins[email]):
        page.fill("[name=email]", email)
        page.fill("[name=password]", password)
        page.click("main button")
        visitor.check()
    assert page.url.endswith("/sv/staff"), "in the language of the account"


def sign_out(visitor: Visitor) -> None:
    """Sign out; the desk is closed."""
    visitor.page.locator('form[action$="/sign-out"] button').click()
    visitor.go(f"{HOME}/rounds")
    assert "/sign-in" in visitor.page.url


def submit(page: Page, words: str) -> None:
    """Press the button or link of the page with these words."""
    page.locator(f"main :is(button, a.button):has-text({words!r}):visible").first.click()
    page.wait_for_load_state()


@pytest.mark.parametrize("size", SIZES)
def test_a_workbook_becomes_an_open_round(
    demo: Served, visit: Callable[..., Visitor], size: dict[str, int]
) -> None:
    visitor, key = visit(demo, viewport=size), f"growing-{size['width']}"
    page = visitor.page
    sign_in(visitor, demo)
    import_with_losses(visitor, key)
    tell_and_translate(visitor, key)
    review(visit(demo, viewport=size), demo, key)
    visitor.go(f"{HOME}/questionnaires/{key}/publish")
    visitor.check()
    submit(page, "Publish version 1")
    visitor.check()
    submit(page, "Prepare a round with it")
    prepare(visitor, key)
    visitor.go(f"/r/{key}")
    assert page.locator("main a[lang]").count() == 2
    visitor.go(f"{HOME}/rounds/{key}/poster")
    visitor.check()
    page.emulate_media(media="print")
    assert page.locator("main svg:visible").count() >= 1
    assert f"/r/{key}" in page.locator("main").inner_text()
    assert not page.locator("header.frame").is_visible()
    page.emulate_media(media="screen")
    sign_out(visitor)


def import_with_losses(visitor: Visitor, key: str) -> None:
    """Import the workbook: what is lost is named by row, and has to be accepted."""
    page = visitor.page
    visitor.go(f"{HOME}/questionnaires/import")
    visitor.check()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    file = {"name": "growing.xlsx", "mimeType": kind, "buffer": WORKBOOK}
    page.set_input_files("[name=file]", file)
    submit(page, "Read the file")
    lost = page.locator("table:visible tbody tr").filter(has_text="survey").first.inner_text()
    assert "3" in lost
    visitor.check(dark=True)
    page.fill("[name=key]", key)
    submit(page, "Import")
    assert page.title().startswith("Error:")
    visitor.check()
    page.check("[name=accept_losses]")
    submit(page, "Import")
    assert page.url.endswith(f"/questionnaires/{key}")
    visitor.check(dark=True)


def tell_and_translate(visitor: Visitor, key: str) -> None:
    """Write the introduction, and translate what is missing."""
    page, base = visitor.page, f"{HOME}/questionnaires/{key}"
    visitor.go(f"{base}/texts")
    for name in ("who", "why", "what_happens"):
        page.fill(f"[name={name}]", "Grannskapet vill odla tillsammans.")
    submit(page, "Save")
    visitor.go(f"{base}/translate/en?show=missing")
    visitor.check(dark=True)
    texts = page.locator('textarea[name^="text:"]')
    assert texts.count() >= 4
    for text in texts.all():
        text.fill("The neighbourhood wants to grow plants together.")
    submit(page, "Save")
    visitor.check()


def review(visitor: Visitor, demo: Served, key: str) -> None:
    """Read the translation as somebody else than its translator, and say that it is right."""
    page = visitor.page
    sign_in(visitor, demo, "translator")
    visitor.go(f"{HOME}/questionnaires/{key}/translate/en")
    page.check("[name=read]")
    submit(page, "Mark all as reviewed")
    visitor.check()
    sign_out(visitor)


def prepare(visitor: Visitor, key: str) -> None:
    """Fill in the round, look at its previews, and open it."""
    page = visitor.page
    visitor.check()
    page.fill("[name=slug]", key)
    page.fill("[name=opens_at]", datetime.now(UTC).strftime("%Y-%m-%dT00:00"))
    page.fill("[name=retention]", "Two years (example).")
    submit(page, "Save")
    visitor.check(dark=True)
    for language in ("sv", "en"):
        visitor.go(f"/{language}/c/backby/rounds/{key}/preview")
        visitor.check()
        page.locator("aside button[name=seen]").click()
        page.wait_for_load_state()
    visitor.go(f"{HOME}/rounds/{key}")
    submit(page, "Open the round")
    visitor.check()
    submit(page, "Open the round")
    visitor.check()


@pytest.mark.parametrize("size", SIZES)
def test_results_are_read_and_a_text_is_released(
    demo: Served, visit: Callable[..., Visitor], size: dict[str, int]
) -> None:
    visitor = visit(demo, viewport=size)
    page = visitor.page
    sign_in(visitor, demo)
    for words, asked in (("sv", "bor"), ("ar", "بيكبي")):
        visitor.go(f"{HOME}/{RESULTS}/results?words={words}")
        visitor.check(dark=True)
        assert asked in page.locator(f'main [lang="{words}"]').first.inner_text() or asked in (
            page.locator("main").inner_text()
        )
        assert page.locator("main svg").count() > 3
        assert page.locator("main table").count() > 3
    visitor.go(f"/sv/c/backby/{RESULTS}/results")
    visitor.check()
    visitor.go(f"{HOME}/{RESULTS}/results/texts/change")
    visitor.check(dark=True)
    text = page.locator("blockquote").first.inner_text()
    page.locator('button[name="decision"][value="release"]').first.click()
    visitor.check()
    visitor.go(f"{HOME}/{RESULTS}/results/texts/change?state=released")
    assert text in page.locator("main").inner_text()
    visitor.check()
    sign_out(visitor)


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize(("form", "size"), [("csv", DESK), ("xlsx", PHONE)])
def test_an_export_is_made_by_the_worker_and_can_be_read_back(
    demo: Served, visit: Callable[..., Visitor], form: str, size: dict[str, int]
) -> None:
    visitor = visit(demo, viewport=size)
    page = visitor.page
    sign_in(visitor, demo)
    visitor.go(f"{HOME}/{RESULTS}/export")
    visitor.check(dark=True)
    submit(page, "Make the file")
    assert page.title().startswith("Error:")
    visitor.check()
    page.check('[name="purpose"][value="follow_up"]')
    page.fill("[name=note]", "For the neighbourhood meeting.")
    page.check('[name="what"][value="answers"]')
    page.check(f'[name="format"][value="{form}"]')
    submit(page, "Make the file")
    page.locator('form[action$="/file"] button').wait_for(timeout=60_000)
    visitor.check()
    with page.expect_download() as fetched:
        page.locator('form[action$="/file"] button').click()
    rows = read_back(fetched.value.path().read_bytes())
    assert len(rows) == 1 + 1287
    assert "satisfaction" in rows[0]
    assert len({len(row) for row in rows}) == 1
    sign_out(visitor)


@pytest.mark.usefixtures("worker")
def test_from_signing_in_to_a_labelled_file_for_spss_it_takes_four_clicks(
    demo: Served, visit: Callable[..., Visitor], tmp_path: Path
) -> None:
    """What the form asks (what for, which data, which form) is chosen besides."""
    visitor = visit(demo, viewport=DESK)
    page = visitor.page
    sign_in(visitor, demo, "analyst")
    page.locator('main a[href$="/rounds/backby-2026"]').first.click()
    page.locator('main a[href$="/export"]').first.click()
    page.check('[name="purpose"][value="research"]')
    page.check('[name="what"][value="answers"]')
    page.check('[name="format"][value="sav"]')
    page.locator('main form:has([name="purpose"]) button.primary').click()
    button = page.locator('form[action$="/file"] button')
    button.wait_for(timeout=60_000)
    with page.expect_download() as fetched:
        button.click()
    # Beside it lie the entries of repeats and the codebook.
    with zipfile.ZipFile(fetched.value.path()) as packed:
        file = packed.extract("answers.sav", tmp_path)
    _rows, meta = pyreadstat.read_sav(file, output_format="dict")
    labels = dict(zip(meta.column_names, meta.column_labels, strict=True))
    assert labels["satisfaction"]
    assert len(meta.variable_value_labels["satisfaction"]) >= 5
    sign_out(visitor)


def read_back(content: bytes) -> list[list[str]]:
    """Return the rows of the data in a file, whichever form it has."""
    archive = zipfile.ZipFile(io.BytesIO(content)) if content.startswith(b"PK") else None
    if archive is not None and "[Content_Types].xml" in archive.namelist():
        sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
        return [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
    if archive is not None:
        name = next(name for name in archive.namelist() if name.endswith(".csv"))
        content = archive.read(name)
    text = content.decode("utf-8-sig")
    dialect = csv.Sniffer().sniff(text.splitlines()[0], ",;\t")
    return list(csv.reader(io.StringIO(text), dialect))
