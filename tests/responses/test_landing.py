"""From the code on the poster to the first question: languages, information or consent."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories.communities import make_community
from tests.factories.responses import address, english_document, english_round

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def open_round(app):
    return english_round(slug="here")


def test_the_first_page_offers_each_language_by_its_own_name(client, open_round):
    page = client.get_page("/r/here")
    links = page.all("//main//ul[@class='language-tiles']//a")
    assert [(link.get("href"), link.get("lang"), link.get("dir")) for link in links] == [
        ("/en/r/here", "en", "ltr"),
        ("/ar/r/here", "ar", "rtl"),
    ]
    assert "العربية" in page.text
    assert "English" in page.text


def test_the_likely_language_comes_first_but_nobody_is_sent_to_it(client, open_round):
    page = client.get_page("/r/here", headers={"Accept-Language": "ar, en;q=0.5"})
    first = page.all("//main//ul[@class='language-tiles']//a")[0]
    assert first.get("lang") == "ar"
    assert "suggested" in first.get("class")
    assert "Accept-Language" in page.response.headers["Vary"]


def test_a_channel_on_the_poster_goes_along(client, open_round):
    page = client.get_page("/r/here?c=poster")
    assert page.all("//main//a/@href")[0] == "/en/r/here?c=poster"
    page = client.get_page("/en/r/here?c=poster")
    answer = client.post("/en/r/here/start", data=page.fields())
    assert answer.status_code == 303
    assert "c=poster" in answer.location


def test_a_made_up_channel_counts_as_a_link(client, open_round):
    answer = client.post("/en/r/here/start", data={"c": "<script>"})
    assert "c=link" in answer.location


def test_starting_gives_a_key_of_128_bits_that_no_two_share_e01(client, open_round):
    keys = {
        client.post("/en/r/here/start").location.split("k=")[1].split("&")[0] for _ in range(20)
    }
    assert len(keys) == 20
    assert all(len(key) == 22 for key in keys)


def test_three_taps_lead_to_the_first_question(client, open_round):
    tiles = client.get_page("/r/here").all("//main//ul//a/@href")
    page = client.get_page(tiles[0])
    started = client.post(page.find("//main//form").get("action"), data=page.fields())
    assert client.get_page(started.location).all("//section[@data-question]")


def test_public_task_tells_and_never_says_consent_p39(client, open_round):
    page = client.get_page("/en/r/here")
    assert page.h1 == "This is how it works"
    assert "consent" not in page.text.lower()
    assert page.all("//main//button[@class='primary']")


def test_consent_asks_with_two_answers_of_the_same_size_p39_p44_r32(client, app):
    english_round(slug="fraga", basis="consent")
    page = client.get_page("/en/r/fraga")
    buttons = page.all("//div[@class='choice-pair']/button")
    assert [button.get("value") for button in buttons] == ["yes", "no"]
    assert {button.get("class") for button in buttons} == {"tile"}


def test_who_says_no_is_thanked_and_nothing_is_stored(client, open_round):
    answer = client.post("/en/r/here/start", data={"take": "no"})
    assert answer.location == "/en/r/here/no"
    assert client.get_page(answer.location).h1 == "Thank you for reading"


def test_it_says_whether_answers_can_be_changed_later(client, app):
    english_round(slug="anonym")
    english_round(slug="kod", mode="code")
    anonymous, code = (client.get_page(f"/en/r/{slug}").text for slug in ("anonym", "kod"))
    assert "You cannot change or take back your answers" in anonymous
    assert "You get a code" in code
    assert "You get a code" not in anonymous


def test_it_never_says_completely_anonymous_p08(client, open_round):
    text = client.get_page("/en/r/here").text.lower()
    assert "anonym" not in text
    assert "may recognise you by what you write" in text
    assert "can see the answers, but not who sent them" in text


def test_a_borrowed_phone_is_said_once_and_stays_said(client, open_round):
    answer = client.post("/en/r/here/start", data={"borrowed": "1"})
    assert answer.location.endswith("&b=1")


def test_a_kiosk_starts_everybody_afresh(client, open_round):
    client.set_cookie("receipt", "somebody else's")
    answer = client.post("/en/r/here/start", data={"c": "kiosk"})
    assert "&c=kiosk&" in answer.location
    assert answer.location.endswith("&b=1")
    assert client.get_cookie("receipt") is None


@pytest.mark.parametrize("path", ["/r/nix", "/en/r/nix", "/en/r/nix/answer", "/en/r/nix/receipt"])
def test_an_unknown_round_says_what_to_do(client, app, path):
    page = client.get_page(path, status=404)
    assert page.text


def test_a_round_being_prepared_is_not_there_yet(client, app):
    english_round(slug="snart", opened_at=None)
    client.get_page("/en/r/snart", status=404)


def test_a_round_not_open_yet_says_when(client, app):
    english_round(slug="vantar", opens_at=datetime.now(UTC) + timedelta(days=30))
    page = client.get_page("/en/r/vantar")
    assert page.h1 == "The survey is not open yet"
    assert not page.all("//main//form")
    assert client.get("/en/r/vantar/answer").location == "/en/r/vantar"
    assert client.post("/en/r/vantar/start").location == "/en/r/vantar"


def test_a_closed_round_says_so(client, app):
    closed = english_round(slug="stangd", closes_at=datetime.now(UTC) - timedelta(hours=1))
    page = client.get_page("/en/r/stangd")
    assert page.h1 == "The survey is closed"
    assert client.get(address(closed)).location == "/en/r/stangd"


def test_a_language_it_is_not_in_offers_those_it_is_in(client, open_round):
    page = client.get_page("/fi/r/here", status=404)
    assert page.all("//main//ul[@class='language-tiles']//a/@href") == [
        "/en/r/here",
        "/ar/r/here",
    ]


def test_a_language_without_catalogue_says_which_words_are_whose(client, app):
    items = [{"key": "a", "type": "short_text", "label": {"tr": "Ne eksik?"}}]
    document = english_document(
        languages=["tr"], title={"tr": "Burada yaşamak?"}, items=items, introduction={}, thanks={}
    )
    community = make_community(default_language="tr")
    english_round(slug="turkce", document=document, community=community)
    page = client.get_page("/tr/r/turkce")
    assert page.find("//header").get("lang") == "en"


def test_the_help_line_is_on_every_page(client, app):
    community = make_community(
        contact_phone="021-39 00 00", contact_hours={"en": "weekdays 9–16", "sv": "vardagar"}
    )
    english_round(slug="hjalp", community=community)
    for path in ("/r/hjalp", "/en/r/hjalp", "/en/r/hjalp/answer", "/en/r/hjalp/no"):
        footer = client.get_page(path).find("//footer")
        assert "021-39 00 00 · weekdays 9–16" in " ".join("".join(footer.itertext()).split())
