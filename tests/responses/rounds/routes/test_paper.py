"""Posters and cards lead to the round, in up to three languages, with everything that is needed."""

import pytest
import segno

from engage.responses.rounds.routes.paper import qr_code
from tests.factories.questionnaires import make_version, small_document

pytestmark = pytest.mark.sqlite_only


def test_a_poster_says_what_where_and_how_long_in_each_language(desk):
    page = desk.get("/spring/poster")
    poster = page.find("//article[@class='poster']")
    assert "localhost/r/spring" in page.words(poster)
    sections = poster.xpath(".//section")
    assert [(one.get("lang"), one.get("dir")) for one in sections] == [("sv", "ltr"), ("ar", "rtl")]
    assert "Hur är det att bo här?" in page.words(sections[0])
    assert "021-00 00 00" in page.words(sections[0])
    assert "كيف هو العيش هنا؟" in page.words(sections[1])
    assert poster.xpath(".//*[local-name()='svg']")
    assert [one.text for one in poster.xpath(".//section[2]//bdi[@dir='ltr']")] == ["021-00 00 00"]


def test_the_code_holds_the_address_of_the_poster():
    drawn = str(qr_code("https://example.org/r/spring?c=poster"))
    same = segno.make("https://example.org/r/spring?c=poster", error="m", micro=False)
    assert same.svg_inline(scale=8, border=4, dark="#000", light="#fff", omitsize=True) == drawn
    assert "style=" not in drawn


def test_languages_are_chosen_and_never_more_than_three(desk):
    page = desk.get("/spring/poster?languages=ar")
    assert page.all("//article//section/@lang") == ["ar"]
    texts = small_document().model_dump()
    for code in ("en", "da", "fi"):
        texts = {**texts, "title": {**texts["title"], code: "T"}}
    make_version(desk.community, small_document(title=texts["title"]))
    page = desk.get("/spring/poster?languages=ar&languages=sv&languages=xx")
    assert page.all("//article//section/@lang") == ["sv", "ar"]


def test_cards_are_read_out_once(desk):
    page = desk.get("/spring/cards")
    cards = page.all("//div[@class='card-sheet']/div")
    assert len(cards) == 10
    assert [card.get("aria-hidden") for card in cards] == [None] + ["true"] * 9
