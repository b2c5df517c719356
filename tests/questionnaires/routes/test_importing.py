"""A workbook is read first and stored only when its losses are accepted."""

import io

import openpyxl
import pytest

from engage.questionnaires.queries import questionnaire
from engage.questionnaires.xlsform import write_xlsform
from tests.factories.questionnaires import small_document

pytestmark = pytest.mark.sqlite_only


def workbook(*extra):
    book = openpyxl.Workbook()
    survey = book.active
    survey.title = "survey"
    survey.append(["type", "name", "label::Svenska (sv)"])
    survey.append(["text", "wish", "Vad saknas?"])
    for row in extra:
        survey.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(desk, content, name="form.xlsx", status=200):
    address = f"/en/c/{desk.community.slug}/questionnaires/import"
    data = {"file": (io.BytesIO(content), name)}
    return desk.client.post_page(address, data, status, content_type="multipart/form-data")


def accept(desk, page, status=200, **changes):
    form = page.find("//form[.//input[@name='content']]")
    fields = page.fields("//form[.//input[@name='content']]")
    return desk.client.post_page(form.get("action"), {**fields, **changes}, status)


def test_a_whole_workbook_is_imported_in_two_steps(desk):
    page = upload(desk, write_xlsform(small_document(), "needs-2028"))
    assert "Everything in the workbook can be kept." in page.text
    assert questionnaire(desk.community, "needs-2028") is None
    accept(desk, page)
    assert questionnaire(desk.community, "needs-2028").draft_document == small_document()


def test_losses_are_named_and_have_to_be_accepted(desk):
    page = upload(desk, workbook(["audio", "voice", "Säg något"]))
    table = page.find("//table[contains(., 'This would be lost')]")
    assert "voice" in page.words(table) or "audio" in page.words(table)
    page = accept(desk, page, key="lossy")
    assert page.find("//*[@class='error-summary']") is not None
    assert questionnaire(desk.community, "lossy") is None
    accept(desk, page, key="lossy", accept_losses="y")
    assert list(questionnaire(desk.community, "lossy").draft_document.questions) == ["wish"]


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken", b"\x00" * 5000])
def test_what_is_no_workbook_is_told(desk, content):
    page = upload(desk, content)
    assert page.all("//input[@name='content']") == []
    assert "Nothing was imported" in page.text or "Choose a file" in page.text


def test_no_file_is_told(desk):
    address = f"/en/c/{desk.community.slug}/questionnaires/import"
    page = desk.client.post_page(address, {})
    assert "Choose a file." in page.text


def test_a_short_name_that_is_taken_is_told_and_the_rest_kept(desk):
    page = upload(desk, workbook())
    page = accept(desk, page, key="needs")
    assert "Choose another" in page.text
    accept(desk, page, key="other")
    assert questionnaire(desk.community, "other") is not None


@pytest.mark.parametrize("content", ["", "rubbish", "WyJ7fSIsZmFsc2Vd.signature"])
def test_a_document_that_was_not_read_here_is_not_stored(desk, content):
    address = f"/en/c/{desk.community.slug}/questionnaires/import/accept"
    page = desk.client.post_page(address, {"content": content, "key": "forged"}, 400)
    assert "Choose the file again." in page.text
    assert questionnaire(desk.community, "forged") is None
