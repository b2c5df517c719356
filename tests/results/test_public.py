"""What everybody may read: nothing until staff choose it and the round has closed."""

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree
from lxml import html as markup
from PIL import Image
from sqlalchemy import select

from engage.accounts.models import AuditEntry
from engage.communities.roles import Role
from engage.extensions import db
from engage.responses.actions.correcting import delete_response
from engage.responses.models import Response
from engage.results.disclosure import Policy
from engage.results.public_page import Kept, outside_policy
from tests.factories.accounts import sign_in
from tests.factories.communities import make_member
from tests.factories.results import make_responses
from tests.results.rounds import forms, make_answered_round

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def round_(community):
    closed = datetime.now(UTC) - timedelta(days=1)
    return make_answered_round(community, closes_at=closed)


@pytest.fixture
def staff(client, community):
    sign_in(client, make_member(community, Role.SECRETARIAT))
    return client


def address(round_, language="sv"):
    return f"/{language}/r/{round_.slug}/results"


def choosing(round_):
    return f"/sv/c/{round_.community.slug}/rounds/{round_.slug}/results/public"


def choose(round_, *keys):
    round_.public_questions = list(keys)
    db.session.commit()


def shown(page):
    return [section.get("id") for section in page.all("//section[@class='result']")]


def words_of(html):
    return " ".join("".join(markup.fromstring(html).itertext()).split())


def test_nothing_is_public_until_staff_choose_it(client, round_):
    assert client.get(address(round_)).status_code == 404


def test_staff_switch_questions_on_and_off_and_the_log_says_so(staff, round_):
    staff.post(choosing(round_), data={"questions": ["mood", "needs"]})
    assert shown(staff.get_page(address(round_))) == ["q-mood", "q-needs", "protection"]
    staff.post(choosing(round_), data={"questions": ["needs"]})
    assert shown(staff.get_page(address(round_))) == ["q-needs", "protection"]
    staff.post(choosing(round_), data={})
    assert staff.get(address(round_)).status_code == 404
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "results_shown"))
    assert [entry.details for entry in entries] == [
        {"shown": ["mood", "needs"], "taken_back": []},
        {"shown": [], "taken_back": ["mood"]},
        {"shown": [], "taken_back": ["needs"]},
    ]


@pytest.mark.parametrize("role", [Role.ANALYST, Role.PARTNER, Role.FACILITATOR])
def test_only_who_manages_rounds_makes_results_public(client, community, round_, role):
    sign_in(client, make_member(community, role))
    assert client.get(choosing(round_)).status_code == 403
    assert client.post(choosing(round_), data={"questions": ["mood"]}).status_code == 403


def test_what_people_wrote_can_never_be_public(staff, round_):
    assert "wish" not in staff.get(choosing(round_)).text
    assert staff.post(choosing(round_), data={"questions": ["wish"]}).status_code == 400
    choose(round_, "wish", "mood")
    assert shown(staff.get_page(address(round_))) == ["q-mood", "protection"]


def test_while_the_round_is_open_the_page_only_says_when(client, round_):
    choose(round_, "mood")
    round_.closes_at = datetime.now(UTC) + timedelta(days=1)
    db.session.commit()
    page = client.get_page(address(round_))
    assert "när enkäten har stängt" in page.words(page.find("//main"))
    assert not page.all("//section")


def test_p30_a_few_changes_after_closing_do_not_move_the_page(client, round_):
    choose(round_, "mood", "first")
    before = client.get(address(round_)).data
    for response in db.session.scalars(select(Response).limit(3)).all():
        delete_response(response)
    db.session.commit()
    assert client.get(address(round_)).data == before
    choose(round_, "mood")  # Choosing fewer makes nothing anew.
    part = client.get_page(address(round_)).find("//section[@id='q-mood']")
    assert " ".join("".join(part.itertext()).split()) in words_of(before)
    make_responses(round_, forms(40, seed=2))
    choose(round_, "mood", "first")
    assert client.get(address(round_)).data != before


def test_every_language_tells_the_same_figures_and_questions_nobody_translated_are_marked(
    client, round_
):
    choose(round_, "first")
    shares = {}
    for language in ("sv", "en", "ar", "fa", "so", "fi", "da"):
        page = client.get_page(address(round_, language))
        assert page.find("/html").get("lang") == language
        svg = page.find("//section[@id='q-first']//*[local-name()='svg'][@role='img']")
        shares[language] = len(svg.xpath(".//*[local-name()='rect']"))
    assert len(set(shares.values())) == 1
    assert page.find("//section[@id='q-first']/h2/bdi[@class='fallback']") is not None


def test_outside_small_numbers_are_those_below_ten_also_in_a_standard_round(client, round_):
    assert outside_policy(5) == Policy(10, zero_tells=True)
    assert outside_policy(15).k == 15
    choose(round_, "age")
    page = client.get_page(address(round_))
    hidden = page.all("//section[@id='q-age']//tbody/tr")
    assert any("För få att visa" in page.words(row) for row in hidden)


def test_the_way_to_the_page_is_shown_where_there_is_one(client, round_):
    place = f"/sv/at/{round_.community.slug}"
    start = f"/sv/r/{round_.slug}"
    assert address(round_) not in client.get(place).text + client.get(start).text
    choose(round_, "mood")
    assert address(round_) in client.get(place).text
    assert address(round_) in client.get(start).text


def test_what_is_kept_holds_until_enough_has_changed():
    kept = Kept({"2027-03-03": (60, 60)}, "1", {}, {}, {})
    policy = outside_policy(5)
    assert kept.holds({"2027-03-03": (60, 60)}, "1", policy)
    assert not kept.holds({"2027-03-03": (60, 60)}, "2", policy)
    assert kept.holds({"2027-03-03": (58, 62)}, "2", policy)
    assert kept.holds({"2027-03-03": (60, 60), "2027-03-04": (9, 9)}, "1", policy)
    assert not kept.holds({"2027-03-03": (60, 60), "2027-03-04": (10, 10)}, "1", policy)


def test_each_chart_can_be_taken_along_with_its_text_alternative(client, staff, round_):
    choose(round_, "mood", "gap", "where", "needs")
    page = client.get_page(address(round_, "ar"))
    kept = page.all("//p[contains(@class,'keep-chart')]/a/@href")
    addresses = [one for one in kept if one.endswith(".svg")]
    assert len(addresses) == 4
    for one in addresses:
        answer = client.get(one)
        assert answer.mimetype == "image/svg+xml"
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
        root = etree.fromstring(answer.data)
        assert root.get("direction") == "rtl"
        assert root.findtext("{*}title").startswith("ع ")
        assert "n = " in root.findtext("{*}desc")
        assert not re.search(r"%\"|rem\"|var\(|\ufffd", answer.text.replace('="100%"', ""))


@pytest.mark.parametrize("language", ["sv", "ar"])
def test_each_chart_can_be_taken_along_as_pixels(client, staff, round_, language):
    choose(round_, "mood", "gap", "where", "needs")
    page = client.get_page(address(round_, language))
    addresses = page.all("//p[contains(@class,'keep-chart')]/a[contains(@href, '.png')]/@href")
    assert len(addresses) == 4
    for one in addresses:
        answer = client.get(one)
        assert answer.mimetype == "image/png"
        with Image.open(io.BytesIO(answer.data)) as picture:
            assert picture.width == 1600
            shades = picture.convert("L").getcolors()
            assert shades, "drawn"
            assert len(shades) > 20, "with words in it"


def test_a_chart_is_public_no_sooner_than_its_question(client, round_):
    choose(round_, "mood")
    file = address(round_) + "/{}.svg"
    assert client.get(file.format("mood")).status_code == 200
    assert client.get(file.format("needs")).status_code == 404
    assert client.get(file.format('mood"')).status_code == 404
    round_.closes_at = None
    db.session.commit()
    assert client.get(file.format("mood")).status_code == 404


def test_s09_staff_take_the_chart_of_a_group_along_hatched(staff, round_):
    page = staff.get_page(choosing(round_).replace("/public", "?group=age%3Dyoung"))
    link = page.find("//section[@id='q-mood']//a[@download][1]").get("href")
    answer = staff.get(link)
    assert "url(#hatch-" in answer.text
    assert staff.get(link.replace("mood", "wish")).status_code == 404


def test_the_printable_version_has_every_table_open_and_no_controls(staff, round_):
    results = choosing(round_).replace("/public", "")
    page = staff.get_page(f"{results}?view=print&group=age%3Dyoung")
    assert not page.all("//main//form")
    assert not page.all("//main//nav")
    tables = page.all("//section[starts-with(@id,'q-')]//details")
    assert tables
    assert all(one.get("open") is not None for one in tables)
    assert page.find("//section[@id='protection']") is not None
    assert "Young" in page.words(page.find("//main"))
    assert page.find("//section[@id='q-mood']//p[@class='base']") is not None
    assert f"{results}?view=print" in staff.get(results).text
