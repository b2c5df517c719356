"""Questionnaires go in and out on the command line."""

import pytest

from engage.questionnaires.models import Questionnaire
from engage.questionnaires.queries import questionnaire
from engage.questionnaires.xlsform import read_xlsform
from tests.factories.communities import make_community
from tests.questionnaires.xlsform.workbooks import xlsx

SURVEY = [["type", "name", "label"], ["text", "street", "Your street"]]
LOSSY = [*SURVEY, ["image", "photo", "A photo"]]


@pytest.fixture
def run(app, db):
    def run_command(*words):
        db.session.commit()
        return app.test_cli_runner().invoke(args=["questionnaire", *map(str, words)])

    return run_command


@pytest.fixture
def file(tmp_path):
    def write(survey=SURVEY, settings=(), name="My form.xlsx"):
        path = tmp_path / name
        sheets = {"survey": survey, **({"settings": settings} if settings else {})}
        path.write_bytes(xlsx(sheets))
        return path

    return write


def _count(db):
    return db.session.query(Questionnaire).count()


def test_a_form_becomes_a_draft_and_comes_out_the_same(run, file, db, tmp_path):
    community = make_community()
    result = run("import", file(), "--language", "en")
    assert result.exit_code == 0, result.output
    assert f"my-form is in {community.slug} as draft 1, questions: 1." in result.output
    found = questionnaire(community, "my-form")
    assert found.draft_document.questions["street"].label == {"en": "Your street"}

    out = tmp_path / "out.xlsx"
    result = run("export", "my-form", out)
    assert result.exit_code == 0
    assert read_xlsform(out.read_bytes(), "out.xlsx", "sv").document == found.draft_document


@pytest.mark.sqlite_only
def test_nothing_is_imported_until_losses_are_accepted(run, file, db):
    community = make_community()
    refused = run("import", file(LOSSY))
    assert refused.exit_code == 1
    assert "survey, row 3, column type | image: Pictures, recordings" in refused.output
    assert "Add --accept-losses" in refused.output
    assert _count(db) == 0
    assert run("import", file(LOSSY), "--accept-losses").exit_code == 0
    assert list(questionnaire(community, "my-form").draft_document.questions) == ["street"]


@pytest.mark.sqlite_only
def test_a_check_reports_and_changes_nothing(run, file, db):
    result = run("import", file(LOSSY), "--check")
    assert result.exit_code == 0
    assert "Cannot be kept (1):" in result.output
    assert "Questions: 1. Languages: sv. Whole in: sv." in result.output
    assert _count(db) == 0


@pytest.mark.sqlite_only
def test_an_unreadable_file_is_one_clear_line_and_an_exit_code(run, tmp_path, db):
    make_community()
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"PK\x03\x04 and no more")
    for words in (("--check",), ("--accept-losses",)):
        result = run("import", path, *words)
        assert result.exit_code == 1
        assert "broken.xlsx: The file is damaged" in result.output
        assert "Error: broken.xlsx cannot be imported." in result.output
    assert _count(db) == 0


@pytest.mark.sqlite_only
def test_a_draft_is_replaced_only_by_name(run, file, db):
    community = make_community()
    assert run("import", file()).exit_code == 0
    again = file([*SURVEY, ["text", "area", "Area"]])
    refused = run("import", again)
    assert refused.exit_code == 1
    assert "Add --key my-form to replace its draft" in refused.output
    assert run("import", again, "--key", "my-form").exit_code == 0
    db.session.expire_all()
    found = questionnaire(community, "my-form")
    assert (found.draft_revision, len(found.draft_document.questions)) == (2, 2)


@pytest.mark.sqlite_only
def test_a_key_may_come_from_the_form_and_must_be_one(run, file):
    make_community()
    path = file(settings=[["form_id"], ["Needs 2027!"]])
    assert "needs-2027 is in" in run("import", path).output
    refused = run("import", path, "--key", "Å B")
    assert refused.exit_code == 1
    assert "Write a short name" in refused.output


@pytest.mark.sqlite_only
def test_among_several_communities_one_is_named(run, file):
    assert "Say which community" in run("import", file()).output
    make_community(slug="one")
    make_community(slug="two")
    refused = run("import", file())
    assert refused.exit_code == 1
    assert "Say which community with --community (one, two)." in refused.output
    assert "There is no community three." in run("import", file(), "--community", "three").output
    assert "is in two" in run("import", file(), "--community", "two").output


@pytest.mark.sqlite_only
def test_pictures_that_are_not_here_are_a_loss(run, file):
    make_community()
    picture = "a" * 64
    rows = [[*SURVEY[0], "media::image"], [*SURVEY[1], picture]]
    refused = run("import", file(rows))
    assert refused.exit_code == 1
    assert f"{picture}: This picture or recording is not here." in refused.output


@pytest.mark.sqlite_only
def test_an_export_of_what_is_not_there_is_refused(run, file, tmp_path):
    make_community()
    run("import", file())
    out = tmp_path / "out.xlsx"
    assert "There is no questionnaire nothing." in run("export", "nothing", out).output
    assert "has no version 3; none is published." in (
        run("export", "my-form", out, "--version", "3").output
    )
    nowhere = run("export", "my-form", tmp_path / "no" / "folder.xlsx")
    assert nowhere.exit_code == 1
    assert "cannot be written" in nowhere.output
    assert "There is no language xx." in run("import", file(), "--language", "xx").output
