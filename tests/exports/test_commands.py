"""`engage export`: the same files from the command line, noted, in nobody's way."""

import sqlite3
import zipfile

import pytest

from engage.accounts.models import AuditEntry
from engage.exports import commands
from engage.extensions import db
from tests.factories.questionnaires import make_round
from tests.factories.results import make_responses

pytestmark = pytest.mark.sqlite_only
FORMS = [{"children": "no", "wish": "Ring 070-123 45 67"}] * 7


@pytest.fixture
def round_(app):
    found = make_round()
    make_responses(found, FORMS)
    return found


@pytest.fixture
def run(app, round_, tmp_path):
    def run(*more, slug=None, name="csv"):
        target = tmp_path / f"out.{name}"
        words = ["export", slug or round_.slug, "--format", name, "--output", str(target), *more]
        # The test's own transaction is over, as it is when somebody types a command.
        db.session.commit()
        return app.test_cli_runner().invoke(args=words), target

    return run


def test_it_writes_the_file_and_says_what_it_did(run):
    result, file = run()
    assert result.exit_code == 0, result.output
    assert "7 answers are in" in result.output
    assert file.read_bytes().count(b"\n") == 8
    assert b"070-123" not in file.read_bytes()


def test_every_export_is_noted_with_what_was_in_it(run):
    run("--raw", name="jsonl")
    entry = db.session.scalars(db.select(AuditEntry)).all()[-1]
    assert (entry.action, entry.actor_id) == ("export_asked_for", None)
    assert entry.details["what"] == "raw"


def test_raw_is_as_it_is_stored(run):
    _result, file = run("--raw", name="jsonl")
    assert file.read_text(encoding="utf-8").count("070-123 45 67") == 7


def test_a_codebook_lies_beside_the_answers(run):
    _result, file = run("--codebook")
    with zipfile.ZipFile(file) as packed:
        assert packed.namelist() == ["answers.csv", "codebook.csv"]
        book = packed.read("codebook.csv").decode("utf-8-sig")
    assert "Har du barn?" in book
    assert "نعم" in book


def test_tables_have_no_other_choices(run):
    assert run("--tables")[0].exit_code == 0
    result, _file = run("--tables", "--raw")
    assert result.exit_code == 1
    assert "leave the other choices out" in result.output


@pytest.mark.parametrize(
    ("more", "slug", "said"),
    [
        ((), "nonsuch", "There is no round called nonsuch"),
        (("--language", "so"), None, "not in so"),
    ],
)
def test_what_cannot_be_is_one_clear_line(run, more, slug, said):
    result, file = run(*more, slug=slug)
    assert result.exit_code == 1
    assert said in result.output
    assert not file.exists()


def test_a_place_that_cannot_be_written_is_one_clear_line(app, round_, tmp_path):
    (tmp_path / "taken").write_text("")
    target = str(tmp_path / "taken" / "out.csv")
    words = ["export", round_.slug, "--format", "csv", "--output", target]
    result = app.test_cli_runner().invoke(args=words)
    assert result.exit_code == 1
    assert "was not written" in result.output


def test_nobody_who_sends_waits_for_an_export(run, database, monkeypatch):
    """While the file is written, another connection takes the write lock at once."""
    taken = []
    making = commands.make_export

    def watched(*args):
        *args, tell = args

        def telling(done, total):
            other = sqlite3.connect(database.url.database, timeout=0)
            other.execute("BEGIN IMMEDIATE")
            other.rollback()
            other.close()
            taken.append(done)
            tell(done, total)

        return making(*args, telling)

    monkeypatch.setattr(commands, "make_export", watched)
    result, _file = run()
    assert result.exit_code == 0, result.output
    assert taken


def test_what_holds_single_answers_only_takes_no_tables(run):
    result, file = run("--tables", name="sav")
    assert result.exit_code == 1
    assert "leave --tables out" in result.output
    assert not file.exists()


def test_a_report_is_made_of_figures(run):
    result, file = run(name="pdf")
    assert result.exit_code == 1
    assert "add --tables" in result.output
    result, file = run("--tables", name="pdf")
    assert result.exit_code == 0, result.output
    assert file.read_bytes().startswith(b"%PDF-")
