"""Asking for all rounds: offered where there are several, never for tables, outdated by any."""

import json
import re
import zipfile

import pytest

from engage.accounts.models import AuditEntry
from engage.communities.roles import Role
from engage.exports.models import Export
from engage.extensions import db
from engage.responses.actions.correcting import delete_response
from engage.responses.models import Response
from tests.factories.accounts import sign_in
from tests.factories.communities import make_member
from tests.factories.questionnaires import make_round
from tests.factories.results import make_responses

pytestmark = pytest.mark.sqlite_only
WISH = {
    "purpose": "research",
    "note": "Uppsats",
    "what": "answers",
    "format": "jsonl",
    "language": "sv",
    "rounds": "all",
}
FORMS = [{"children": "no"}] * 7


@pytest.fixture
def rounds(app):
    first = make_round()
    made = [first, make_round(version=first.version), make_round(version=first.version)]
    for round_, number in zip(made, (7, 6, 3), strict=True):
        make_responses(round_, FORMS[:number])
    return made


def address(found, more=""):
    return f"/en/c/{found.community.slug}/rounds/{found.slug}/export{more}"


def member(client, found, role=Role.SECRETARIAT):
    own = client.application.test_client()
    sign_in(own, make_member(found.community, role))
    return own


def asked(browser, found, **given):
    assert browser.post(address(found), data={**WISH, **given}).status_code == 303
    return db.session.scalars(db.select(Export)).one()


def fetched(browser, made):
    reply = browser.post(address(made.round, f"/{made.id}/file"))
    try:
        assert reply.status_code == 200
        return [json.loads(line) for line in reply.data.decode().splitlines()]
    finally:
        reply.close()


def test_it_is_offered_where_several_rounds_were_opened(client, rounds):
    browser = member(client, rounds[0])
    page = browser.get_page(address(rounds[0])).text
    assert "All rounds of the questionnaire" in page
    assert f"With all rounds: 13 answers, of {rounds[0].slug}, {rounds[1].slug}." in page
    assert f"because there are too few answers: {rounds[2].slug}." in page


def test_the_page_says_when_another_round_is_stricter(client, rounds):
    strict = make_round(version=rounds[0].version, profile="minors", k=10)
    make_responses(strict, FORMS * 2)
    page = member(client, rounds[0]).get_page(address(rounds[0])).text
    assert "then counts for all of them: 10 people." in page
    own = member(client, strict).get_page(address(strict)).text
    assert "then counts for all of them" not in own


def test_a_round_alone_has_nothing_to_choose_and_takes_no_other(client, app):
    alone = make_round()
    make_responses(alone, FORMS)
    make_round(version=alone.version, opened_at=None)
    browser = member(client, alone)
    assert "All rounds of the questionnaire" not in browser.get_page(address(alone)).text
    assert browser.post(address(alone), data=WISH).status_code == 200
    assert db.session.scalars(db.select(Export)).all() == []
    given = {key: value for key, value in WISH.items() if key != "rounds"}
    assert browser.post(address(alone), data=given).status_code == 303
    assert not db.session.scalars(db.select(Export)).one().all_rounds


def test_the_answers_of_all_rounds_are_made_fetched_and_noted(client, rounds):
    browser = member(client, rounds[0])
    made = asked(browser, rounds[0])
    page = browser.get_page(address(rounds[0], f"/{made.id}")).text
    assert f"{rounds[0].slug}, {rounds[1].slug}" in page
    assert rounds[2].slug in page
    lines = fetched(browser, made)
    assert {line["round"] for line in lines} == {rounds[0].slug, rounds[1].slug}
    assert len(lines) == 13
    entry = db.session.scalars(
        db.select(AuditEntry).where(AuditEntry.action == "export_asked_for")
    ).one()
    assert entry.details["rounds"] == [rounds[0].slug, rounds[1].slug]
    assert entry.details["purpose"] == "research"


def test_tables_of_figures_are_made_round_by_round(client, rounds):
    browser = member(client, rounds[0])
    reply = browser.post(address(rounds[0]), data={**WISH, "what": "tables", "format": "csv"})
    assert reply.status_code == 200
    assert "Tables of figures are made round by round." in reply.text
    assert "Uppsats" in reply.text
    assert re.search(r'<input checked[^>]*value="all"', reply.text)
    assert db.session.scalars(db.select(Export)).all() == []


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_deletion_in_any_of_the_rounds_makes_the_file_outdated(client, rounds, number):
    """Also in one left out: it may have had enough answers when the file was made."""
    browser = member(client, rounds[0])
    made = asked(browser, rounds[0])
    gone = db.select(Response).where(Response.round_id == rounds[number].id)
    delete_response(db.session.scalars(gone).first())
    db.session.commit()
    page = browser.get_page(address(rounds[0], f"/{made.id}")).text
    assert "corrected or deleted their answers" in page
    assert browser.post(address(rounds[0], f"/{made.id}/file")).status_code == 404
    assert made.failure == "outdated"


def test_a_file_stays_when_answers_come_in_any_round(client, rounds):
    browser = member(client, rounds[0])
    made = asked(browser, rounds[0])
    make_responses(rounds[1], FORMS)
    make_round(version=rounds[0].version)
    assert len(fetched(browser, made)) == 13


def test_raw_answers_of_all_rounds_wait_for_a_second_person(client, rounds):
    first, second = member(client, rounds[0]), member(client, rounds[0])
    made = asked(first, rounds[0], what="raw")
    assert made.state(made.asked_at) == "waiting"
    page = second.get_page(address(rounds[0], f"/{made.id}")).text
    assert f"{rounds[0].slug}, {rounds[1].slug}" in page
    second.post_page(address(rounds[0], f"/{made.id}/approve"))
    assert len(fetched(first, made)) == 13


@pytest.fixture
def run(app, rounds, tmp_path):
    def run(*more, slug=None, name="csv"):
        target = tmp_path / f"out.{name}"
        words = ["export", slug or rounds[0].slug, "--format", name, "--output", str(target), *more]
        db.session.commit()
        return app.test_cli_runner().invoke(args=words), target

    return run


def test_the_command_writes_all_rounds_and_says_which_it_left_out(run, rounds):
    slugs = [one.slug for one in rounds]
    result, file = run("--all-rounds", "--codebook")
    assert result.exit_code == 0, result.output
    assert "13 answers are in" in result.output
    assert f"Too few answers, so left out: {slugs[2]}." in result.output
    with zipfile.ZipFile(file) as packed:
        text = packed.read("answers.csv").decode("utf-8-sig")
    assert text.splitlines()[0].startswith('"round","response"')
    entry = db.session.scalars(db.select(AuditEntry)).all()[-1]
    assert entry.details["rounds"] == slugs[:2]


def test_the_command_takes_no_tables_of_all_rounds_and_no_rounds_of_too_few(run, app):
    result, _file = run("--all-rounds", "--tables")
    assert result.exit_code == 1
    assert "leave the other choices out" in result.output
    few = make_round()
    make_responses(few, FORMS[:4])
    result, file = run("--all-rounds", slug=few.slug)
    assert result.exit_code == 1
    assert "No round of the questionnaire has enough answers yet." in result.output
    assert not file.exists()
