"""A round is opened from the command line, with one clear line of what happened."""

import pytest

from engage.responses.rounds.commands import round_group
from engage.responses.rounds.queries import open_rounds, rounds
from tests.factories.communities import make_community
from tests.factories.questionnaires import make_questionnaire, small_document


@pytest.fixture
def run(app):
    """Return a function that runs `engage round …`."""

    def running(*args):
        return app.test_cli_runner().invoke(round_group, args)

    return running


def contactable():
    return make_community(contact_name="Samira Holm", contact_phone="021-00 00 00")


def test_a_draft_is_published_and_opened(run, db):
    community = contactable()
    make_questionnaire(community, key="needs")
    db.session.commit()
    done = run("open", "needs", "--slug", "now", "--retention", "Two years.", "--mode", "code")
    assert done.exit_code == 0, done.output
    assert "now is open until" in done.output
    assert "http://localhost/r/now" in done.output
    (found,) = rounds(community)
    assert (found.slug, found.mode, found.languages) == ("now", "code", ["sv", "ar"])
    assert run("open", "needs", "--slug", "again", "--retention", "x").exit_code == 0
    assert {one.version_id for one in rounds(community)} == {found.version_id}


def test_what_is_missing_is_told_and_a_trial_may_do_without(run, db):
    community = make_community()
    make_questionnaire(community, small_document(introduction={}), key="needs")
    db.session.commit()
    refused = run("open", "needs")
    assert refused.exit_code == 1
    assert "contact" in refused.output
    assert rounds(community) == []
    assert run("open", "needs", "--trial", "--language", "sv").exit_code == 0
    assert [one.languages for one in open_rounds(rounds(community)[0].opens_at)] == [["sv"]]


@pytest.mark.parametrize(
    "args", [("open", "nothing"), ("open", "needs", "--community", "nowhere"), ("open",)]
)
def test_what_is_not_there_is_told(run, db, args):
    make_questionnaire(contactable(), key="needs")
    db.session.commit()
    done = run(*args)
    assert done.exit_code != 0
    assert "Error" in done.output


def test_a_trial_protects_people_all_the_same(run, db):
    make_questionnaire(contactable(), key="needs")
    db.session.commit()
    assert run("open", "needs", "--trial", "--profile", "minors", "--k", "5").exit_code == 1
    assert run("open", "needs", "--trial", "--language", "da").exit_code == 1
