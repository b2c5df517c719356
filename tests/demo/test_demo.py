"""The example loads once, is whole in seven languages, and keeps what was entered."""

import json

import pytest

from engage.communities.models import Community, Partner
from engage.communities.queries import areas
from engage.demo.mapping import CLOSED, OPEN
from engage.questionnaires.checking import languages_complete, problems_of
from engage.questionnaires.models import QuestionnaireVersion
from engage.responses.models import Response, Round

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def loaded(app, db):
    app.config["INSTANCE_FOLDER"].mkdir(parents=True, exist_ok=True)
    result = app.test_cli_runner().invoke(args=["demo"])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_example_has_a_closed_and_an_open_round(app, db, loaded) -> None:
    rounds = {one.slug: one for one in db.session.scalars(db.select(Round))}
    assert set(rounds) == {CLOSED, OPEN}
    answers = db.session.scalars(db.select(Response.round_id)).all()
    assert answers.count(rounds[CLOSED].id) == 1287
    assert rounds[OPEN].mode == "code"
    assert rounds[CLOSED].mode == "anonymous"


def test_the_questionnaire_is_whole_in_seven_languages(app, db, loaded) -> None:
    document = db.session.scalars(db.select(QuestionnaireVersion)).one().document
    assert problems_of(document) == []
    assert languages_complete(document) == ["sv", "en", "da", "fi", "ar", "so", "fa"]


def test_what_the_example_shows_is_written_in_every_language_it_has(app, db, loaded) -> None:
    for place in db.session.scalars(db.select(Community)):
        assert set(place.name) == set(place.languages)
        assert not place.contact_name or set(place.contact_hours) == set(place.languages)
        for area in areas(place):
            assert set(area.name) == set(place.languages)
    for one in db.session.scalars(db.select(Round)):
        assert set(one.name) == set(one.languages)
        assert "decision" not in one.retention
        assert one.closes_at is not None
        assert one.kept_until is not None
        assert one.kept_until > one.closes_at.date()


def test_the_city_joined_a_year_after_the_first_partners(app, db, loaded) -> None:
    joined = {one.name: one.joined_on for one in db.session.scalars(db.select(Partner))}
    assert joined["IKEA"] == joined["Mimer"]
    assert joined["Västerås stad"].year == joined["IKEA"].year + 1


def test_a_second_time_keeps_what_was_entered(app, db, loaded) -> None:
    community = db.session.scalars(db.select(Community).where(Community.slug == "backby")).one()
    community.contact_name = "Changed"
    db.session.commit()
    again = app.test_cli_runner().invoke(args=["demo"])
    assert again.exit_code == 0
    assert "Loading" not in again.output
    db.session.refresh(community)
    assert community.contact_name == "Changed"


def test_it_says_that_all_is_made_up_and_prints_sign_ins(app, db, loaded) -> None:
    assert "made up" in loaded
    file = app.config["INSTANCE_FOLDER"] / "demo-sign-ins.json"
    assert file.stat().st_mode & 0o077 == 0
    for email, password in json.loads(file.read_text()).items():
        assert f"{email}" in loaded
        assert password in loaded
