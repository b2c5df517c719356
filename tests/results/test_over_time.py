"""Rounds side by side: the shares of each, what changed between them, and nothing of too few."""

from datetime import UTC, datetime, timedelta

import pytest

from engage.communities.roles import Role
from engage.extensions import db
from engage.questionnaires.actions import save_draft
from engage.results.charts.trend import Step, trend_chart
from tests.factories.accounts import sign_in
from tests.factories.communities import make_community, make_member
from tests.factories.questionnaires import make_round, make_version
from tests.factories.results import make_responses
from tests.results.rounds import document, forms

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def staff(client, community):
    sign_in(client, make_member(community, Role.ANALYST))
    return client


@pytest.fixture
def first(community):
    """Return a round of a year ago in which half of 120 people chose “work” first."""
    version = make_version(community, document())
    long_ago = datetime.now(UTC) - timedelta(days=365)
    round_ = make_round(
        version=version,
        slug="first",
        name={"sv": "Våren", "ar": "الربيع"},
        opens_at=long_ago,
        opened_at=long_ago,
    )
    make_responses(round_, _half("work", "park", 120))
    return round_


def _half(one, other, number):
    for at, form in enumerate(forms(number)):
        yield {**form, "first": one if at % 2 else other}


def _second(first, form, number=120, **label):
    questionnaire = first.questionnaire
    changed = document()
    if label:
        items = [
            {**item, "label": {**item["label"], **label}} if item["key"] == "first" else item
            for item in changed.model_dump(mode="json", exclude_defaults=True)["items"]
        ]
        changed = type(changed).model_validate(
            {**changed.model_dump(mode="json", exclude_defaults=True), "items": items}
        )
        save_draft(questionnaire, changed, who=None)
    version = make_version(questionnaire=questionnaire) if label else first.version
    round_ = make_round(version=version, slug="second", name={"sv": "Hösten", "ar": "الخريف"})
    # A tenth keep what they said: where all agree, nothing may be told.
    answers = enumerate(forms(number, seed=2))
    make_responses(round_, [one if at % 10 == 0 else {**one, **form} for at, one in answers])
    db.session.commit()
    return round_


def address(round_, language="en"):
    key = round_.questionnaire.key
    return f"/{language}/c/{round_.community.slug}/questionnaires/{key}/over-time"


def section(page, question):
    [found] = page.all(f"//section[@class='result'][.//h2//*[text()='Fråga {question}?']]")
    return found


def test_a_change_that_chance_hardly_explains_is_the_finding(staff, first):
    _second(first, {"first": "work"})
    page = staff.get_page(address(first))
    told = page.words(section(page, "first"))
    assert "“Work”: 50% in Våren, 9" in told
    assert "% in Hösten. Chance alone hardly explains it." in told
    assert "No answer changed more than chance may explain." in page.words(section(page, "trust"))
    heads = [page.words(one) for one in section(page, "first").xpath(".//thead//th")]
    assert heads == ["Answer", "Våren", "Hösten"]
    chart = section(page, "first").xpath(".//*[local-name()='svg']")[0]
    assert chart.get("role") == "img"
    assert "Work" in chart.get("aria-label")


def test_the_chart_can_be_kept_with_its_numbers(staff, first):
    _second(first, {"first": "work"})
    page = staff.get_page(address(first))
    links = [one.get("href") for one in section(page, "first").xpath(".//a[@download]")]
    assert [one.rsplit(".")[-1] for one in links] == ["svg", "png"]
    svg, png = (staff.get(one) for one in links)
    assert svg.mimetype == "image/svg+xml"
    assert "Work: Våren: 50" in svg.text
    assert png.data.startswith(b"\x89PNG")
    assert staff.get(links[0].replace("/first.", "/nothing.")).status_code == 404


def test_words_that_were_changed_are_marked(staff, first):
    _second(first, {"first": "work"}, sv="Vad saknas mest?")
    page = staff.get_page(address(first))
    changed = page.all("//section[.//h2//*[text()='Vad saknas mest?']]")
    assert "The words were changed before Hösten" in page.words(changed[0])
    assert "The words were changed" not in page.words(section(page, "needs"))


def test_a_language_that_was_added_is_no_change_of_words(staff, first):
    _second(first, {"first": "work"}, fi="Mitä puuttuu eniten?")
    page = staff.get_page(address(first))
    assert "The words were changed" not in page.text


def test_rounds_of_one_name_stay_apart(staff, first):
    second = _second(first, {"first": "work"})
    second.name = dict(first.name)
    db.session.commit()
    told = staff.get_page(address(first)).text
    assert "“Work”: 50% in Våren, 9" in told


def test_a_round_of_too_few_shows_no_number(staff, first):
    _second(first, {"first": "work"}, number=3)
    page = staff.get_page(address(first))
    rows = section(page, "first").xpath(".//tbody/tr")
    assert {page.words(row[2]) for row in rows} == {"Too few to show"}
    assert page.words(section(page, "first").xpath(".//tfoot/tr/td")[1]) == "Too few to show"


def test_what_is_shown_is_what_the_pages_of_the_rounds_show(staff, first):
    second = _second(first, {"first": "safety"})
    page = staff.get_page(address(first))
    rows = section(page, "first").xpath(".//tbody/tr")
    shown = {page.words(row[0]): page.words(row[2]) for row in rows}
    alone = staff.get_page(f"/en/c/{second.community.slug}/rounds/second/results")
    told = alone.words(alone.find("//section[@id='q-first']"))
    assert shown["Safety"].partition(" ")[0] in told


def test_one_round_says_that_a_second_is_needed(staff, first):
    page = staff.get_page(address(first))
    assert "There is one round so far." in page.text
    assert "Only one round has asked this." in page.text
    results = staff.get_page(f"/en/c/{first.community.slug}/rounds/first/results")
    assert "Rounds side by side" not in results.text
    _second(first, {})
    results = staff.get_page(f"/en/c/{first.community.slug}/rounds/first/results")
    assert "Rounds side by side" in results.text


def test_only_members_see_it_and_only_what_was_opened(client, community, first):
    sign_in(client, make_member(make_community(), Role.ANALYST))
    assert client.get(address(first)).status_code == 403
    sign_in(client, make_member(community, Role.ANALYST))
    missing = address(first).replace(first.questionnaire.key, "nothing")
    assert client.get(missing).status_code == 404
    first.opened_at = None
    db.session.commit()
    assert client.get(address(first)).status_code == 404


def test_the_chart_turns_round_and_leaves_hidden_rounds_empty():
    steps = [Step("Våren", 20, 10, 30, "20 %"), Step("Hösten", None, None, None, "För få")]
    plain, turned = (trend_chart("t", "Ja", steps, is_rtl=rtl) for rtl in (False, True))
    assert 'cx="20%"' in plain
    assert 'cx="80%"' in turned
    assert plain.count("<circle") == 1
    assert "För få" in plain


def test_answers_that_one_round_joins_are_joined_in_all(staff, community):
    """Few of the first round said “bad”, so that its ends are joined; the second is told alike."""
    version = make_version(community, document())
    long_ago = datetime.now(UTC) - timedelta(days=365)
    rounds = []
    for at, bad in enumerate((2, 40)):
        name = {"sv": f"Omgång {at}", "ar": f"ج {at}"}
        opened = {"opens_at": long_ago, "opened_at": long_ago} if at == 0 else {}
        rounds.append(make_round(version=version, slug=f"r{at}", name=name, **opened))
        steps = ["bad"] * bad + ["neither", "good", "best"] * 30
        filled = zip(steps, forms(len(steps)), strict=True)
        make_responses(rounds[-1], [{**form, "mood": step} for step, form in filled])
    rows = section(staff.get_page(address(rounds[0], "sv")), "mood").xpath(".//tbody/tr")
    told = {row.xpath("string(./th)").strip(): row.xpath("string(.)") for row in rows}
    assert set(told) == {"Bad eller Neither", "Good eller Best"}
    assert "35" in told["Bad eller Neither"]
    assert "54" in told["Bad eller Neither"]
