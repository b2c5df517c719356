"""The place question from the server's side: lists, marks on the grid, the map, words for all."""

import json

import brotli
import pytest

from engage.extensions import db
from engage.responses.receipts import receipt_code
from tests.factories.communities import make_area, make_community, square
from tests.factories.questionnaires import make_version
from tests.factories.responses import (
    address,
    answers_of,
    english_document,
    english_round,
    new_key,
    send,
)

EXACT = "59.603456,16.503456"
KEPT = {50: [59.603396, 16.503039], 250: [59.602946, 16.501931]}


def places(number):
    """Return a list of places; the first are called as the areas are."""
    keys = ["norra", "sodra", *(f"p{n}" for n in range(3, number + 1))]
    listed = [{"key": key, "label": {"en": key.title(), "ar": f"م {key}"}} for key in keys]
    return {"places": {"choices": listed[:number]}}


def place_round(number=2, areas=True, settings=None, **given):
    question = {"key": "where", "type": "place", "label": {"en": "Where?", "ar": "أين؟"}}
    listed = {"choice_list": "places"} if number else {}
    document = english_document(
        items=[{**question, **listed, "settings": settings or {}}], choice_lists=places(number)
    )
    community = make_community()
    for at, key in enumerate(("norra", "sodra") if areas else ()):
        outline = {"type": "MultiPolygon", "coordinates": square(16.5 + at / 100, 59.6)}
        names = {"en": f"Area {key}", "ar": f"منطقة {key}"}
        make_area(community, key, name=names, geometry=outline)
    return english_round(version=make_version(community, document), **given)


def sent_with_code(client, round_, form):
    """Send answers; return the code that opens them."""
    key = new_key()
    assert send(client, address(round_, k=key), form).status_code == 200
    return receipt_code(client.application.config["SECRET_KEY"], key)


@pytest.mark.parametrize(
    ("profile", "grid"), [("standard", 50), ("sensitive", 250), ("minors", 250)]
)
def test_r35_only_the_crossing_of_the_grid_reaches_the_database(client, app, profile, grid):
    round_ = place_round(profile=profile, k=10)
    assert send(client, address(round_), {"where:point": EXACT}).status_code == 200
    assert answers_of(round_)[0]["answers"] == {"where": {"point": KEPT[grid]}}
    everything = " ".join(
        repr(row)
        for table in db.metadata.tables.values()
        for row in db.session.execute(table.select())
    )
    assert "59.6034" not in everything.replace(str(KEPT[50][0]), "")
    assert "16.50345" not in everything


def test_r35_a_crossing_that_comes_again_stays_where_it_is(client, app):
    round_ = place_round(profile="minors", k=10)
    again = ",".join(format(end, "f") for end in KEPT[250])
    send(client, address(round_), {"where:point": again})
    assert answers_of(round_)[0]["answers"]["where"]["point"] == KEPT[250]


@pytest.mark.sqlite_only
def test_the_page_tells_how_coarse_marks_are_kept(client, app):
    page = client.get_page(address(place_round()))
    assert page.find("//input[@data-point]").get("data-grid") == "50"
    assert "about 50 metres" in page.text
    page = client.get_page(address(place_round(slug="there", profile="sensitive", k=10)))
    assert page.find("//input[@data-point]").get("data-grid") == "250"
    assert "about 250 metres" in page.text


@pytest.mark.sqlite_only
def test_r33_twelve_places_lie_first_and_all_are_in_a_list(client, app):
    round_ = place_round(40)
    page = client.get_page(address(round_))
    tiles = [one.get("value") for one in page.all("//input[@name='where:area'][@value!='']")]
    listed = [one.get("value") for one in page.all("//select[@name='where:area']/option")]
    assert tiles == listed[1:13]
    assert len(listed) == 41
    assert page.all("//noscript//input[@name='where:area'][@value='']")
    assert page.all("//input[@name='where:text']")


@pytest.mark.sqlite_only
@pytest.mark.parametrize("sent", [["p3", ""], ["", "p40"], ["p3", "p3"]])
def test_r33_tiles_and_list_are_one_choice(client, app, sent):
    round_ = place_round(40)
    assert send(client, address(round_), {"where:area": sent}).status_code == 200
    assert answers_of(round_)[0]["answers"] == {"where": {"area": next(filter(None, sent))}}


@pytest.mark.sqlite_only
def test_two_places_are_refused_and_kept_to_choose_from(client, app):
    round_ = place_round(40)
    sent = {"where:area": ["p3", "p40"], "where:text": "By the shop", "do": "review"}
    page = client.post_page(address(round_), sent, status=422)
    assert "Choose one place only" in page.text
    assert page.find("//input[@name='where:text']").get("value") == "By the shop"


@pytest.mark.sqlite_only
def test_a_place_from_the_list_is_chosen_again_in_the_list_and_a_tile_as_a_tile(client, app):
    url = address(place_round(40))
    page = client.post_page(url, {"where:area": ["", "p40"], "do": "show"})
    assert page.find("//option[@selected]").get("value") == "p40"
    assert not page.all("//input[@name='where:area'][@checked]")
    page = client.post_page(url, {"where:area": ["p3", ""], "do": "show"})
    assert page.find("//input[@name='where:area'][@checked]").get("value") == "p3"
    assert not page.all("//option[@selected]")


@pytest.mark.sqlite_only
def test_review_and_code_page_tell_the_place_in_words(client, app):
    round_ = place_round(mode="code")
    url = address(round_)
    sent = {"where:point": EXACT, "where:text": "The bus stop"}
    review = client.post_page(url, {**sent, "do": "review"})
    assert "The bus stop" in review.text
    assert "A mark on the map in Area norra" in review.text
    assert "59.60" not in review.text
    arabic = client.post_page(address(round_, language="ar"), {**sent, "do": "review"})
    assert "منطقة norra" in arabic.text
    chosen = client.post_page(url, {**sent, "where:area": "norra", "do": "review"})
    assert "Norra" in chosen.text
    assert "Area norra" not in chosen.text
    code = sent_with_code(client, round_, sent)
    assert "A mark on the map in Area norra" in client.post_page("/en/code", {"code": code}).text


@pytest.mark.sqlite_only
def test_without_a_script_a_mark_can_be_taken_away(client, app):
    page = client.post_page(address(place_round()), {"where:point": EXACT, "do": "show"})
    mark = page.find("//input[@name='where:point']")
    assert mark.get("type") == "checkbox"
    assert mark.get("checked") is not None
    page = client.post_page(address(place_round(slug="there")), {"do": "show"})
    assert page.find("//input[@name='where:point']").get("checked") is None


@pytest.mark.sqlite_only
def test_r34_the_map_is_a_piece_of_a_page_in_the_language_of_the_page(client, app):
    round_ = place_round()
    reply = client.get(address(round_, "map", "ar"))
    assert reply.status_code == 200
    assert reply.headers["Cache-Control"] == "no-store"
    assert "منطقة norra" in reply.text
    assert reply.text.count("data-area=") == 2
    assert "geolocation=()" in reply.headers["Permissions-Policy"]


@pytest.mark.sqlite_only
def test_where_there_are_no_areas_there_is_no_map_and_no_button(client, app):
    round_ = place_round(areas=False)
    assert client.get(address(round_, "map")).status_code == 404
    assert "Show map" not in client.get_page(address(round_)).text
    assert "Show map" in client.get(address(place_round(slug="there"))).text


@pytest.mark.sqlite_only
@pytest.mark.parametrize("given", [{"closes_at": "past"}, {"opened_at": None}])
def test_a_round_that_is_not_open_has_no_map(client, app, given):
    round_ = place_round(**({"opened_at": None} if "opened_at" in given else {}))
    if "closes_at" in given:
        round_.closes_at = round_.opens_at
        db.session.commit()
    assert client.get(address(round_, "map")).status_code == 404


@pytest.mark.sqlite_only
def test_b08_the_map_of_many_detailed_areas_stays_within_350_kb(client, app):
    round_ = place_round(areas=False)
    for number in range(150):
        west, side = 16.5 + number / 100, 0.01 / 75
        bottom = [[west + at * side, 59.6 + at % 7 / 5000] for at in range(75)]
        top = [[west + (74 - at) * side, 59.62 + at % 5 / 5000] for at in range(75)]
        outline = [[[*bottom, *top, bottom[0]]]]
        make_area(
            round_.community,
            f"a{number}",
            geometry={"type": "MultiPolygon", "coordinates": outline},
        )
    body = client.get(address(round_, "map"), headers={"Accept-Encoding": "br"})
    sizes = [len(body.data)]
    for name in ("map.js", "map.css"):
        sizes.append(len(client.get(f"/static/{name}", headers={"Accept-Encoding": "br"}).data))
    assert body.headers["Content-Encoding"] == "br"
    assert brotli.decompress(body.data)
    assert sum(sizes) <= 350 * 1024


@pytest.mark.sqlite_only
def test_x09_only_pages_with_questions_may_ask_where_the_phone_is(client, app):
    round_ = place_round(mode="code")
    asking = client.get(address(round_)).headers["Permissions-Policy"]
    assert asking.startswith("geolocation=(self)")
    shown = client.post(address(round_), data={"do": "show"}).headers["Permissions-Policy"]
    assert shown.startswith("geolocation=(self)")
    for page in ("", "receipt", "map"):
        policy = client.get(address(round_, page)).headers["Permissions-Policy"]
        assert policy.startswith("geolocation=()"), page


@pytest.mark.sqlite_only
def test_the_stored_place_travels_whole_through_a_correction(client, app):
    round_ = place_round(mode="code", profile="sensitive", k=10)
    code = sent_with_code(client, round_, {"where:point": EXACT})
    form = client.post_page("/en/code/change", {"code": code, "do": "edit"})
    again = {**form.fields("//form[@id='answers']"), "do": "send"}
    client.post_page("/en/code/change", again)
    stored = answers_of(round_)[0]["answers"]["where"]
    assert json.dumps(stored) == json.dumps({"point": KEPT[250]})
