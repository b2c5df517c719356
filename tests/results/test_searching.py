"""Texts are found by their words, as far as the reader may read them."""

import pytest

from engage.communities.roles import Role
from engage.results.masking import Piece
from engage.results.searching import found_pieces, search_typed, searched_words
from tests.factories.accounts import sign_in
from tests.factories.communities import make_member
from tests.factories.results import make_stored_responses
from tests.results.rounds import make_answered_round

pytestmark = pytest.mark.sqlite_only

WISHES = [
    "En större lekplats vid ån",
    "Fler kaféer, ring 070-123 45 67",
    "می‌خواهم کتابخانه باشد",
    "أريد مَكْتَبة قريبة",
    "Mer belysning på kvällen",
]


def found(text, search, *, sees_all=True, kinds=None):
    """Return what is marked as found, None where the text is not found."""
    pieces = kinds or [Piece(text)]
    told = found_pieces(pieces, searched_words(search), sees_all=sees_all)
    return None if told is None else [piece.text for piece in told if piece.is_found]


@pytest.mark.parametrize(
    ("text", "search", "marked"),
    [
        ("Fler KAFÉER nu", "kafeer", ["KAFÉER"]),
        ("Fler kafe\u0301er nu", "café", None),
        ("Fler kafe\u0301er nu", "kafé", ["kafe\u0301"]),
        ("Får på ön", "får", ["Får"]),
        ("Far på ön", "får", None),
        ("Får på ön", "far", None),
        ("A\u030aret runt", "året", ["A\u030aret"]),
        ("Straße", "STRASSE", ["Straße"]),
        ("أريد مَكْتَبة قريبة", "مكتبه", ["مَكْتَبة"]),
        ("كـــتاب", "کتاب", ["كـــتاب"]),
        ("می\u200cخواهم", "ميخواهم", ["می\u200cخواهم"]),
        ("آب", "اب", ["آب"]),
        ("kl ۱۲", "12", ["۱۲"]),
        ("trygg park, trygg gata", "trygg gata", ["trygg", "trygg", "gata"]),
        ("trygg park", "trygg gata", None),
        ("park", "", []),
        ("park", "\u0301 \u064b", []),
    ],
)
def test_words_are_found_in_every_way_they_are_written(text, search, marked):
    assert found(text, search) == marked


@pytest.mark.parametrize("search", ["070", "123", "ring 070", "67", "0", "***"])
def test_nothing_is_found_through_a_masked_piece(search):
    kinds = [Piece("ring "), Piece("070-123 45 67", "phone"), Piece(" i kväll")]
    assert found("", search, sees_all=False, kinds=kinds) is None
    if search != "***":
        assert found("", search, kinds=kinds)


def test_a_word_is_not_put_together_across_a_masked_piece():
    kinds = [Piece("an"), Piece("070", "phone"), Piece("na")]
    assert found("", "anna", sees_all=False, kinds=kinds) is None
    assert found("", "an na", sees_all=False, kinds=kinds) == ["an", "na"]
    told = found_pieces(kinds, ["an"], sees_all=False)
    assert [piece.text for piece in told if piece.kind] == ["070"]
    assert found("", "n070n", kinds=kinds) == ["n", "070", "n"]


def test_what_is_looked_for_is_one_line_without_controls_and_not_long():
    assert search_typed("  två\x00 \u202eord\n ") == "två ord"
    assert len(search_typed("x" * 5000)) == 200


@pytest.fixture
def round_(community):
    made = make_answered_round(community, number=0)
    make_stored_responses(made, [{"answers": {"wish": wish}} for wish in WISHES])
    return made


@pytest.fixture
def staff(client, community):
    sign_in(client, make_member(community, Role.SECRETARIAT))
    return client


@pytest.fixture
def partner(app, community):
    other = app.test_client()
    sign_in(other, make_member(community, Role.PARTNER))
    return other


def texts(client, round_, **query):
    address = f"/en/c/{round_.community.slug}/rounds/{round_.slug}/results/texts/wish"
    return client.get_page(address, query_string=query)


def quotes(page):
    return [page.words(quote) for quote in page.all("//blockquote")]


def release_all(client, round_):
    page = texts(client, round_)
    for place in page.all("//input[@name='text']/@value"):
        address = f"/en/c/{round_.community.slug}/rounds/{round_.slug}/results/texts/wish"
        client.post_page(address, {"text": place, "decision": "release"})


def test_a_search_shows_the_texts_that_match_with_what_was_found_marked(staff, round_):
    page = texts(staff, round_, q="KAFEER ring")
    assert quotes(page) == [WISHES[1]]
    assert [page.words(mark) for mark in page.all("//mark[@class='found']")] == ["kaféer", "ring"]
    assert page.all("//mark[text()='070-123 45 67']")
    assert page.find("//input[@name='q']").get("value") == "KAFEER ring"
    assert quotes(texts(staff, round_, q="123 45")) == [WISHES[1]]
    assert quotes(texts(staff, round_, q="ميخواهم")) == [WISHES[2]]


def test_a_search_that_matches_nothing_says_so_and_can_be_cleared(staff, round_):
    page = texts(staff, round_, q="simhall", state="waiting")
    assert quotes(page) == []
    assert "No texts match" in page.text
    links = page.all("//form[@role='search']//a/@href")
    assert links
    assert all("q=" not in link for link in links)
    assert len(quotes(staff.get_page(links[0]))) == 5


def test_a_search_is_kept_over_states_pages_and_decisions(staff, community):
    round_ = make_answered_round(community, number=0)
    make_stored_responses(round_, [{"answers": {"wish": f"Park {at}"}} for at in range(24)])
    page = texts(staff, round_, q="park å")
    assert quotes(page) == []
    page = texts(staff, round_, q="park")
    assert len(quotes(page)) == 10
    states = page.all("//nav[@aria-label='Which texts']//a/@href")
    assert len(states) == 3
    following = page.find("//a[@rel='next']").get("href")
    assert all("q=park" in link for link in [*states, following])
    last = texts(staff, round_, q="park", page=3)
    assert len(quotes(last)) == 4
    action = last.all("//section//form[@method='post']/@action")[0]
    assert "q=park" in action
    place = last.all("//input[@name='text']/@value")[0]
    answer = staff.post(action, data={"text": place, "decision": "release"})
    assert "q=park" in answer.headers["Location"]


def test_who_may_not_release_finds_released_texts_by_what_is_not_masked(staff, partner, round_):
    assert quotes(texts(partner, round_, q="kaféer")) == []
    release_all(staff, round_)
    assert quotes(texts(partner, round_, q="kaféer")) == ["Fler kaféer, ring [***]"]
    for search in ("070", "123 45", "67", "ring 070"):
        page = texts(partner, round_, q=search)
        assert quotes(page) == []
        assert "070-123" not in page.text


@pytest.mark.parametrize("typed", ["", " ", "\x00", "a" * 9000, "%", "<b>", "\u202e"])
def test_whatever_is_typed_is_answered(staff, round_, typed):
    page = texts(staff, round_, q=typed)
    assert "\u202e" not in page.text
    assert len(page.find("//input[@name='q']").get("value")) <= 200
    assert texts(staff, round_, page="9" * 40, q=typed)
