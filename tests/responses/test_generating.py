"""Made-up answers are valid, the same for the same seed, and marked as made up."""

from datetime import date
from importlib.resources import files
from random import Random

import pytest

from engage.questionnaires.document import Document
from engage.questionnaires.entry import Entry
from engage.questionnaires.path import form_of, walk_answers
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.responses.commands import MADE_UP
from engage.responses.generating import generate_entry
from engage.responses.models import CollectionDay, Response
from tests.factories.questionnaires import make_round
from tests.factories.results import make_response
from tests.questionnaires.question_types.samples import SAMPLES, Sample

DAY = date(2027, 3, 3)


@pytest.fixture(scope="module")
def example() -> Document:
    text = files("engage.demo").joinpath("questionnaire.json").read_text(encoding="utf-8")
    return Document.model_validate_json(text)


def test_made_up_answers_walk_without_errors(example: Document) -> None:
    chance = Random(3)
    for language in example.languages:
        for _ in range(20):
            entry = generate_entry(example, language, DAY, chance)
            walked = walk_answers(example, form_of(example, entry), language, DAY)
            assert walked.errors == {}
            assert walked.entry == entry


def test_the_same_seed_gives_the_same_answers(example: Document) -> None:
    one, other = (generate_entry(example, "sv", DAY, Random(5)).to_json() for _ in range(2))
    assert one == other


def test_every_question_is_answered_by_somebody(example: Document) -> None:
    chance = Random(1)
    answered: set[str] = set()
    for _ in range(150):
        entry = generate_entry(example, "sv", DAY, chance)
        answered |= entry.answers.keys()
        for child in entry.answers.get("child", []):
            answered |= child.answers.keys()
    asked = {key for key, one in example.questions.items() if QUESTION_TYPES[one.type].is_asked}
    assert asked <= answered


def test_the_command_adds_answers_marked_as_made_up(app, db) -> None:
    round_ = make_round()
    db.session.commit()
    run = app.test_cli_runner().invoke
    result = run(args=["responses", "generate", round_.slug, "--count", "30"])
    assert result.exit_code == 0, result.output
    channels = db.session.scalars(db.select(Response.channel)).all()
    assert channels == [MADE_UP] * 30
    counted = db.session.scalars(db.select(CollectionDay.answers)).all()
    assert sum(counted) == 30


def test_the_command_does_not_mix_them_in_unasked(app, db) -> None:
    round_ = make_round()
    make_response(round_, {"children": "no"})
    db.session.commit()
    run = app.test_cli_runner().invoke
    result = run(args=["responses", "generate", round_.slug, "--count", "3"])
    assert result.exit_code == 1
    assert "has 1 answers of residents" in result.output
    assert run(args=["responses", "generate", "nowhere", "--count", "3"]).exit_code == 1


def test_an_entry_with_nothing_but_reasons_reads_back(example: Document) -> None:
    stored = {"answers": {"child": [{"missing": {"child_age": "skipped"}}, {}]}}
    assert Entry.from_json(stored).to_json() == stored
    assert form_of(example, Entry.from_json(stored)) == {}


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_every_type_can_be_made_up(sample: Sample) -> None:
    if not sample.kind.is_asked:
        pytest.skip("nobody is asked")
    chance = Random(2)
    made = [generate_entry(sample.document, "sv", DAY, chance) for _ in range(40)]
    assert any("q" in one.answers for one in made)
