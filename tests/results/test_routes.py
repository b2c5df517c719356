"""The page of results tells each question, to members only, and nothing of too few."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from engage.accounts.models import AuditEntry
from engage.communities.roles import Role
from engage.extensions import db
from engage.questionnaires.entry import Entry
from engage.responses.actions.correcting import correct_response, delete_response
from engage.responses.models import Response
from engage.results import page as page_module
from engage.results.disclosure import CountTable, ShownNumbers, ShownTable
from engage.results.disclosure import disclose as real_disclose
from engage.results.models import TextRelease
from engage.results.table.store import table_folder
from tests.factories.accounts import sign_in
from tests.factories.communities import make_community, make_member
from tests.factories.results import DAY, make_responses, make_stored_responses
from tests.results.rounds import forms, make_answered_round

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def round_(community):
    return make_answered_round(community)


@pytest.fixture
def staff(client, community):
    sign_in(client, make_member(community, Role.SECRETARIAT))
    return client


def address(round_, more="", language="sv"):
    return f"/{language}/c/{round_.community.slug}/rounds/{round_.slug}/results{more}"


def told(page, key):
    return page.words(page.find(f"//section[@id='q-{key}']"))


def test_every_kind_of_question_has_a_finding_a_chart_and_its_table_s07_s08(staff, round_):
    page = staff.get_page(address(round_))
    for key in ("mood", "first", "needs", "order", "trust", "gap", "years", "moved", "where"):
        section = page.find(f"//section[@id='q-{key}']")
        assert section.xpath(".//p[@class='finding']")[0].text.strip(), key
        assert section.xpath(".//*[local-name()='svg'][@role='img'][@aria-label!='']"), key
        assert section.xpath(".//table//td"), key
        assert section.xpath(".//p[@class='base']"), key


def test_the_numbers_are_those_of_the_answers(staff, round_):
    answers = list(forms(60))
    page = staff.get_page(address(round_, language="en"))
    asked = [form["first"] for form in answers if form["first"] != "~dont_know"]
    share = round(100 * asked.count("work") / len(asked))
    rows = page.all("//section[@id='q-first']//tbody/tr")
    cells = [page.words(cell) for cell in rows[0]]
    assert cells[0] == "Work"
    assert cells[1] == f"{share}%"
    assert f"n = about {5 * round(len(asked) / 5)} answers." in told(page, "first")


def test_z15_questions_are_in_the_language_asked_for_and_a_missing_one_is_marked(staff, round_):
    page = staff.get_page(address(round_, "?words=ar"))
    heading = page.find("//section[@id='q-mood']/h2/*")
    assert (heading.get("lang"), page.words(heading)) == ("ar", "ع Fråga mood?")
    page = staff.get_page(address(round_, language="en"))
    heading = page.find("//section[@id='q-mood']/h2/*")
    assert (heading.get("lang"), heading.get("class")) == ("sv", "fallback")


def test_a_round_with_fewer_than_k_answers_shows_nothing(staff, community):
    round_ = make_answered_round(community, number=4)
    page = staff.get_page(address(round_, language="en"))
    assert "Results are shown from 5 answers on" in page.text
    assert not page.all("//section[@class='result']")
    texts = staff.get_page(address(round_, "/texts/wish", language="en"))
    assert "Önskan" not in texts.text


def test_a_group_is_shown_beside_everybody(staff, round_):
    page = staff.get_page(address(round_, "?group=age%3Dyoung", language="en"))
    heads = [page.words(cell) for cell in page.all("//section[@id='q-mood']//thead//th")]
    assert heads == ["Answer", "Young", "Everybody"]
    assert "of one group: Young" in page.text


def test_a_group_too_small_is_greyed_with_the_reason_and_cannot_be_asked_for(staff, community):
    round_ = make_answered_round(community, number=40)
    page = staff.get_page(address(round_, language="en"))
    greyed = [page.words(one) for one in page.all("//option[@disabled]")]
    assert "Old – too few answers" in greyed
    page = staff.get_page(address(round_, "?group=age%3Dold", language="en"))
    assert "of one group" not in page.text
    page = staff.get_page(address(round_, "?group=nonsense%3Dx", language="en"))
    assert "of one group" not in page.text


def test_small_numbers_are_nowhere_in_the_page_s06(staff, community):
    """Three persons chose what nobody else did: neither their number nor their share is there."""
    round_ = make_answered_round(community, number=0)
    rows = [{"answers": {"first": "work"}}] * 50 + [{"answers": {"first": "safety"}}] * 30
    make_stored_responses(round_, rows + [{"answers": {"first": "park"}}] * 3)
    page = staff.get_page(address(round_, language="en"))
    figures = [page.words(cell) for cell in page.all("//section[@id='q-first']//tbody//td")]
    assert figures.count("Too few to show") == 4
    told_numbers = set(re.findall(r"\d+", " ".join(figures)))
    assert not told_numbers & {"3", "4", "30", "36", "5"}
    assert "2 numbers are hidden." in told(page, "first")


def test_every_number_of_the_page_went_through_disclose(staff, community, monkeypatch):
    """With a disclosure that lets nothing through, no figure is left anywhere."""
    round_ = make_answered_round(community)

    def nothing(table, policy):
        shown = real_disclose(table, policy)
        if isinstance(shown, ShownTable):
            nobody = (0,) * len(table.groups)
            empty = CountTable(table.rows, table.counts, nobody, table.groups, exclusive=False)
            return real_disclose(empty, policy)
        if isinstance(shown, ShownNumbers):
            none = (None,) * len(shown.groups)
            return ShownNumbers(shown.groups, none, none)
        return shown

    for module in (
        "filters",
        "overview",
        "summaries.base",
        "summaries.numbers",
        "summaries.ranks",
        "summaries.pairs",
    ):
        monkeypatch.setattr(f"engage.results.{module}.disclose", nothing)
    monkeypatch.setattr("engage.results.summaries.texts.disclose", lambda *_: None)
    monkeypatch.setattr(page_module, "disclose", lambda *_: 60)
    page = staff.get_page(address(round_, language="en"))
    blocks = page.all("//section[starts-with(@id, 'q-')]")
    assert len(blocks) == 11
    for block in blocks:
        assert not re.search(r"\d", page.words(block)), page.words(block)
        assert not block.xpath(".//*[local-name()='svg'][@role='img']")


def test_what_a_deleted_answer_said_is_gone_from_page_and_cache(staff, round_):
    staff.get_page(address(round_))
    folder = table_folder(staff.application.config["INSTANCE_FOLDER"], round_.id)
    before = {file.name for file in (folder / "pages").iterdir()}
    delete_response(db.session.scalars(select(Response)).first())
    db.session.commit()
    staff.get_page(address(round_))
    assert not before & {file.name for file in (folder / "pages").iterdir()}


def test_one_more_answer_does_not_change_the_page(staff, round_):
    before = staff.get_page(address(round_)).text
    make_responses(round_, forms(1, seed=9), day=DAY + timedelta(days=40))
    assert staff.get_page(address(round_)).text == before
    # Enough in every age that comes in: who comes to a group alone waits for others (P-28).
    make_responses(round_, forms(24, seed=9), day=DAY + timedelta(days=40))
    assert staff.get_page(address(round_)).text != before


def test_the_page_is_made_once(staff, round_, monkeypatch):
    first = staff.get_page(address(round_)).text

    def never(*_):
        raise AssertionError

    monkeypatch.setattr("engage.results.routes.results_page", never)
    assert staff.get_page(address(round_)).text == first


@pytest.mark.parametrize("role", list(Role))
def test_only_roles_that_see_results_see_them(client, community, round_, role):
    sign_in(client, make_member(community, role))
    allowed = role in {Role.SECRETARIAT, Role.ANALYST, Role.PARTNER}
    assert client.get(address(round_)).status_code == (200 if allowed else 403)


def test_nobody_from_outside_gets_results_by_guessing_the_address(client, round_):
    assert client.get(address(round_)).status_code in {302, 303}
    other = make_community()
    sign_in(client, make_member(other, Role.SECRETARIAT))
    assert client.get(address(round_)).status_code == 403
    elsewhere = address(round_).replace(round_.community.slug, other.slug)
    assert client.get(elsewhere).status_code == 404
    assert client.get(elsewhere + "/texts/wish").status_code == 404


def test_a_round_that_was_never_opened_has_no_results(staff, community):
    round_ = make_answered_round(community, number=0, opened_at=None)
    assert staff.get(address(round_)).status_code == 404


def decide(client, round_, decision, number=0):
    page = client.get_page(address(round_, "/texts/wish", language="en"))
    fields = page.all("//input[@name='text']/@value")
    return client.post_page(
        address(round_, "/texts/wish", language="en"),
        {"text": fields[number], "decision": decision},
    )


def test_a_text_is_read_by_others_only_after_its_release_p34(staff, community, round_):
    partner = staff.application.test_client()
    sign_in(partner, make_member(community, Role.PARTNER))
    assert "Önskan" not in partner.get_page(address(round_)).text
    decide(staff, round_, "release")
    decide(staff, round_, "withhold")
    text = partner.get_page(address(round_)).text
    assert text.count("Önskan") == 1
    assert "1 released text" in partner.get_page(address(round_, language="en")).text
    assert partner.get(address(round_, "/texts/wish?state=withheld")).status_code == 403
    assert partner.get(address(round_, "/texts/wish?state=waiting")).status_code == 403
    assert partner.post(address(round_, "/texts/wish"), data={}).status_code == 403


def test_marks_are_shown_to_those_who_decide_and_masked_for_others(staff, community, round_):
    page = staff.get_page(address(round_, "/texts/wish"))
    assert page.all("//mark[text()='070-123 45 67']")
    decide(staff, round_, "release")
    partner = staff.application.test_client()
    sign_in(partner, make_member(community, Role.PARTNER))
    read = partner.get_page(address(round_, "/texts/wish")).text
    assert "070-123" not in read
    assert "[***]" in read


def test_a_decision_says_who_and_when_and_goes_with_the_answers(staff, round_):
    """P-34, X-41: the log says who released a text of which question, and nothing of the text."""
    decide(staff, round_, "release")
    noted = db.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence)).all()[-1]
    assert (noted.action, noted.subject) == ("text_released", round_.slug)
    assert noted.details == {"question": "wish"}
    found = db.session.scalars(select(TextRelease)).one()
    assert found.is_released
    assert found.decided_by is not None
    assert found.decided_at is not None
    delete_response(db.session.get(Response, found.response_id))
    db.session.commit()
    assert db.session.scalars(select(TextRelease)).all() == []


def test_a_corrected_text_waits_for_a_new_decision(staff, round_):
    decide(staff, round_, "release")
    found = db.session.scalars(select(TextRelease)).one()
    response = db.session.get(Response, found.response_id)
    stored = json.loads(response.document.replace("Önskan", "Ändrad"))
    assert correct_response(round_, response, Entry.from_json(stored), datetime.now(UTC))
    db.session.commit()
    page = staff.get_page(address(round_, "/texts/wish?state=released", language="en"))
    assert "Önskan" not in page.text
    assert "Ändrad" not in page.text


@pytest.mark.parametrize("field", ["", "xx||", "00||", "||", "0" * 32 + "||"])
def test_a_forged_place_changes_nothing(staff, round_, field):
    answer = staff.post(address(round_, "/texts/wish"), data={"text": field, "decision": "release"})
    assert answer.status_code in {303, 400}
    assert db.session.scalars(select(TextRelease)).all() == []


def test_bidi_overrides_in_a_text_do_nothing(staff, round_):
    make_stored_responses(round_, [{"answers": {"wish": "abc\u202eevil\u2066 می\u200cخواهم"}}])
    pages = [
        staff.get_page(address(round_, f"/texts/wish?page={number}")).text for number in (1, 2)
    ]
    text = " ".join(pages)
    assert "\u202e" not in text
    assert "\u2066" not in text
    assert "می\u200cخواهم" in text
