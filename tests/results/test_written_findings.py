"""Staff put what the answers say in their own words; it stands above the figures, with its day."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from engage.accounts.models import AuditEntry
from engage.communities.roles import Role
from engage.extensions import db
from engage.results.actions import write_finding
from engage.results.models import WrittenFinding
from tests.factories.accounts import make_user, sign_in
from tests.factories.communities import make_member
from tests.results.rounds import make_answered_round

SAID = "Åtta av tio vill ha en park, <b>nära</b>."


@pytest.fixture
def round_(community):
    closed = datetime.now(UTC) - timedelta(days=1)
    return make_answered_round(community, closes_at=closed)


@pytest.fixture
def staff(client, community):
    sign_in(client, make_member(community, Role.SECRETARIAT))
    return client


def address(round_, key="mood", language="sv"):
    slug = round_.community.slug
    return f"/{language}/c/{slug}/rounds/{round_.slug}/results/findings/{key}"


def results(staff, round_, language="sv"):
    path = f"/{language}/c/{round_.community.slug}/rounds/{round_.slug}/results"
    return staff.get_page(path)


def sentences(page, key="mood"):
    return [page.words(one) for one in page.all(f"//section[@id='q-{key}']//p[@class='finding']")]


@pytest.mark.sqlite_only
def test_a_sentence_stands_above_what_the_figures_say(staff, round_):
    before = sentences(results(staff, round_))
    reply = staff.post(address(round_), data={"words_sv": SAID})
    assert reply.location.endswith("#q-mood")
    page = results(staff, round_)
    assert sentences(page) == [SAID, *before]
    assert "Med frågeställarnas egna ord" in page.words(page.find("//section[@id='q-mood']"))
    assert page.find("//section[@id='q-mood']//a[contains(@href, '/findings/mood')]") is not None


@pytest.mark.sqlite_only
def test_readers_of_another_language_are_told_what_the_figures_say(staff, round_):
    staff.post(address(round_), data={"words_sv": SAID})
    path = f"/sv/c/{round_.community.slug}/rounds/{round_.slug}/results?words=ar"
    assert SAID not in sentences(staff.get_page(path))


@pytest.mark.sqlite_only
def test_it_can_be_changed_and_taken_away_and_the_log_says_so(staff, round_):
    before = sentences(results(staff, round_))
    for words in (SAID, "Annat.", ""):
        staff.post(address(round_), data={"words_sv": words, "words_ar": ""})
    assert sentences(results(staff, round_)) == before
    assert db.session.scalars(select(WrittenFinding)).all() == []
    told = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "finding_written"))
    assert [one.details["languages"] for one in told] == [["sv"], ["sv"], []]


@pytest.mark.sqlite_only
def test_everybody_reads_it_at_once_though_the_figures_stay_as_they_were_made(staff, round_):
    round_.public_questions = ["mood", "needs"]
    db.session.commit()
    public = f"/sv/r/{round_.slug}/results"
    before = sentences(staff.get_page(public))
    staff.post(address(round_), data={"words_sv": SAID})
    page = staff.get_page(public)
    assert sentences(page) == [SAID, *before]
    assert "<!--" not in staff.get(public).text.split("<main", 1)[1]
    assert SAID not in staff.get(f"/ar/r/{round_.slug}/results").text


@pytest.mark.sqlite_only
def test_one_that_is_too_long_comes_back_as_it_was_typed(staff, round_):
    page = staff.post_page(address(round_), {"words_sv": "å" * 301})
    assert page.find("//input[@name='words_sv']").get("value") == "å" * 301
    assert page.title.startswith("Fel:")
    assert db.session.scalars(select(WrittenFinding)).all() == []


@pytest.mark.sqlite_only
@pytest.mark.parametrize("role", [Role.ANALYST, Role.PARTNER, Role.FACILITATOR, Role.TRANSLATOR])
def test_only_who_runs_rounds_writes_it(client, round_, role):
    sign_in(client, make_member(round_.community, role))
    assert client.get(address(round_)).status_code == 403


@pytest.mark.sqlite_only
def test_a_question_that_there_is_not_has_no_sentence(staff, round_):
    assert staff.get(address(round_, "nothing")).status_code == 404


def test_it_is_stored_by_question_and_language(app, round_):
    write_finding(round_, "mood", {"sv": SAID}, who=make_user(), now=datetime.now(UTC))
    db.session.commit()
    stored = db.session.scalars(select(WrittenFinding)).one()
    assert (stored.words, stored.question) == ({"sv": SAID}, "mood")
