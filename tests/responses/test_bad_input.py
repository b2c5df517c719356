"""Every line of “Bad input” that concerns answering: a message, nothing lost, never a 500."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest

from tests.factories.questionnaires import make_version
from tests.factories.responses import (
    JSON,
    WHOLE,
    address,
    answers_of,
    english_document,
    english_round,
    responses_of,
    send,
)

pytestmark = pytest.mark.sqlite_only
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def open_round(app):
    return english_round()


def message_of(page):
    return " ".join(page.words(link) for link in page.all("//div[@class='error-summary']//a"))


def post_raw(client, url, body, **headers):
    return client.post(url, data=body, content_type=FORM, headers=headers)


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"children": "maybe"}, "Choose one of the answers in the list"),
        ({"children": ["yes", "no"]}, "Choose one answer only"),
        ({"children": "Yes"}, "Choose one of the answers in the list"),
        ({"children": "yes", "how_many": "two"}, "Write a number with digits, for example 12"),
        ({"children": "yes", "how_many": "0"}, "Write a number from 1 to 20"),
        ({"children": "yes", "how_many": "1e3"}, "Write a number with digits, for example 12"),
        ({"children": "yes", "how_many": "Infinity"}, "Write a number with digits"),
        ({"children": "", "wish": "x"}, "Answer this question"),
        ({"children": "~nothing"}, "Answer this question"),
    ],
)
def test_what_cannot_be_taken_is_said_and_stays_on_the_page(client, open_round, form, message):
    page = client.post_page(address(open_round), {"wish": "Keep me", **form}, status=422)
    assert message in message_of(page)
    assert page.fields()["wish"] == form.get("wish", "Keep me")
    answer = send(client, address(open_round), form)
    assert answer.status_code == 422
    assert message in " ".join(answer.json["errors"].values())
    assert not responses_of(open_round)


def test_arabic_indic_and_persian_digits_are_numbers(client, open_round):
    for digits in ("٣", "۳", " 3 "):
        assert send(client, address(open_round), {**WHOLE, "how_many": digits}).status_code == 200
    assert [one["answers"]["how_many"] for one in answers_of(open_round)] == [3, 3, 3]


def test_answers_off_the_path_are_not_asked_whatever_was_sent_z04(client, open_round):
    form = {"children": "no", "how_many": "7", "wish": "", "relevance": "1", "made_up": "x"}
    assert send(client, address(open_round), form).status_code == 200
    assert answers_of(open_round) == [
        {
            "answers": {"children": "no"},
            "missing": {"how_many": "not_asked", "wish": "skipped"},
        }
    ]


def test_70_000_characters_are_refused_with_a_message_that_keeps_them_z02(client, open_round):
    text = "ö" * 70_000
    page = client.post_page(address(open_round), {**WHOLE, "wish": text}, status=422)
    assert message_of(page) == "Your text is 65,000 characters too long. Shorten it."
    assert page.fields()["wish"] == text


def test_5_000_characters_are_kept_whole(client, open_round):
    text = "👩‍👧" * 5000
    assert send(client, address(open_round), {**WHOLE, "wish": text}).status_code == 200
    assert answers_of(open_round)[0]["answers"]["wish"] == text


def test_a_megabyte_of_text_is_refused_and_kept(client, open_round):
    page = client.post_page(address(open_round), {**WHOLE, "wish": "a" * 2**20}, status=422)
    assert "too long" in message_of(page)
    assert len(page.fields()["wish"]) == 2**20


@pytest.mark.parametrize(
    "bytes_",
    ["%00", "%FF", "%C3", "%ED%A0%80", "%ED%B0%80", "%C0%AF", "%F4%90%80%80"],
    ids=["nul", "no utf-8", "half a letter", "high surrogate", "low surrogate", "long", "beyond"],
)
def test_text_that_is_no_text_is_refused_visibly_z03(client, open_round, bytes_):
    body = f"children=no&wish=before{bytes_}after"
    page = client.checked(post_raw(client, address(open_round), body), 422)
    assert "could not be read" in message_of(page)
    assert page.fields()["wish"].startswith("before�")
    assert page.fields()["wish"].endswith("after")
    answer = post_raw(client, address(open_round), f"{body}&do=send", **JSON)
    assert answer.status_code == 422
    assert not responses_of(open_round)


def test_damage_where_nothing_is_asked_hinders_nobody(client, open_round):
    body = "children=no&how_many=%FF&made_up=%00&do=send"
    assert post_raw(client, address(open_round), body, **JSON).status_code == 200


def test_bidi_overrides_are_kept_and_put_out_of_action_where_they_are_shown_x28(client, open_round):
    text = "abc\u202egnp.exe"
    review = client.post_page(address(open_round), {"children": "no", "wish": text})
    assert "\u202e" not in review.text
    assert send(client, address(open_round), {"children": "no", "wish": text}).status_code == 200
    assert answers_of(open_round)[0]["answers"]["wish"] == text


def test_zwnj_and_zwj_stay_x28(client, open_round):
    text = "می\u200cخواهم 👩\u200d👧"
    review = client.post_page(address(open_round), {"children": "no", "wish": text})
    assert text in review.text


def test_markup_is_text_on_every_page_x26(client, open_round):
    text = "<script>alert(1)</script><img src=x onerror=alert(1)>=HYPERLINK(1)"
    review = client.post_page(address(open_round), {"children": "no", "wish": text})
    assert text in review.text
    assert not review.all("//main//script|//main//img")


def test_10_000_fields_of_nothing_hinder_nobody(client, open_round):
    extra = {f"extra{number}": "x" for number in range(10_000)}
    review = client.post_page(address(open_round), {**WHOLE, **extra})
    assert not [name for name in review.fields() if name.startswith("extra")]
    assert send(client, address(open_round), {**WHOLE, **extra}).status_code == 200


def test_more_fields_than_any_form_has_are_too_many_x03(client, open_round):
    body = urlencode([(f"x{number}", "") for number in range(25_000)])
    assert post_raw(client, address(open_round), body).status_code == 413


def test_16_megabytes_are_too_big_x03(client, open_round):
    assert post_raw(client, address(open_round), b"a=" + b"x" * (17 * 2**20)).status_code == 413


@pytest.mark.parametrize(
    "body", ["", "&&&===", "children", "children=no&children=no", "=x", "%=%", "children[]=no"]
)
def test_a_body_of_odds_and_ends_gets_a_page(client, open_round, body):
    answer = post_raw(client, address(open_round), body)
    assert answer.status_code in {200, 422}


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data", ""])
def test_a_body_of_another_kind_gets_a_page(client, open_round, kind):
    answer = client.post(address(open_round), data=b'{"children": "no"}', content_type=kind)
    assert answer.status_code in {400, 422}


def test_a_multipart_form_is_read_as_well(client, open_round):
    answer = client.post(
        address(open_round),
        data={**WHOLE, "do": "send"},
        content_type="multipart/form-data",
        headers=JSON,
    )
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
    ],
)
def test_a_forged_origin_is_refused_x12(client, open_round, headers):
    answer = client.post(address(open_round), data={**WHOLE, "do": "send"}, headers=headers)
    assert answer.status_code == 403
    assert not responses_of(open_round)


def test_our_own_pages_may_send(client, open_round):
    own = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert send(client, address(open_round), **own).status_code == 200


def test_the_round_that_closed_says_so_and_shows_what_was_written(client, app):
    closed = english_round(closes_at=datetime.now(UTC) - timedelta(minutes=16))
    page = client.post_page(address(closed), {**WHOLE, "do": "send"}, status=410)
    assert "closed before your answers came" in page.text
    assert "More trees" in page.text
    answer = send(client, address(closed))
    assert answer.status_code == 410
    assert answer.json["message"]
    assert not responses_of(closed)


def test_who_began_before_closing_has_a_quarter_of_an_hour_e13(client, app):
    closing = english_round(closes_at=datetime.now(UTC) - timedelta(minutes=14))
    assert send(client, address(closing)).status_code == 200
    assert len(responses_of(closing)) == 1


def test_a_round_that_waits_takes_nothing(client, app):
    waiting = english_round(opens_at=datetime.now(UTC) + timedelta(hours=1))
    assert send(client, address(waiting)).status_code == 410


def test_an_earlier_version_is_judged_by_its_own_questions(client, open_round, db):
    first = open_round.version
    questionnaire = open_round.questionnaire
    items = [{"key": "other", "type": "short_text", "label": {"en": "Other", "ar": "آخر"}}]
    questionnaire.draft = english_document(items=items).to_json()
    open_round.version = make_version(questionnaire=questionnaire)
    db.session.commit()
    assert send(client, address(open_round), {**WHOLE, "version": first.id}).status_code == 200
    [stored] = responses_of(open_round)
    assert stored.version_id == first.id
    assert answers_of(open_round)[0]["answers"]["children"] == "yes"


@pytest.mark.parametrize("version", ["999999", "0"])
def test_a_version_that_is_no_more_is_said_with_the_answers_kept(client, open_round, version):
    page = client.post_page(address(open_round), {**WHOLE, "version": version}, status=409)
    assert "changed while you answered" in page.text
    assert page.fields()["wish"] == "More trees"
    assert send(client, address(open_round), {**WHOLE, "version": version}).status_code == 409


@pytest.mark.parametrize("version", ["x", "-1", "1" * 400, "٣", ""])
def test_a_version_that_is_no_number_counts_as_the_current_one(client, open_round, version):
    assert send(client, address(open_round), {**WHOLE, "version": version}).status_code == 200


def test_a_version_of_another_questionnaire_is_none_of_ours(client, open_round):
    other = make_version()
    assert send(client, address(open_round), {**WHOLE, "version": other.id}).status_code == 409


@pytest.mark.parametrize(
    "key", ["", "short", "x" * 500, "å" * 20, "../../etc/passwd/////", "a b" * 9]
)
def test_a_key_that_is_none_of_ours_is_replaced(client, open_round, key):
    answer = client.post(
        "/en/r/here/answer", query_string={"k": key}, data={**WHOLE, "do": "send"}, headers=JSON
    )
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "do", ["add nothing", "remove x y", "remove", "mask nothing", "keep", "change", "fly", "send x"]
)
def test_a_button_of_ones_own_gets_a_page(client, open_round, do):
    answer = client.post(address(open_round), data={**WHOLE, "do": do})
    assert answer.status_code in {200, 303}


def test_a_language_the_questionnaire_is_not_in_says_which_to_choose(client, open_round):
    form = {**WHOLE, "do": "send"}
    page = client.post_page(address(open_round, language="fi"), form, status=404)
    assert page.h1 == "Valitse toinen kieli"
    assert "/ar/r/here" in page.all("//main//a/@href")
    assert not responses_of(open_round)


def test_who_answers_in_a_language_that_is_taken_away_meanwhile_loses_nothing(client, db):
    round_ = english_round(languages=["en"])
    page = client.post_page(address(round_, language="ar"), WHOLE)
    assert page.fields()["wish"] == "More trees"
    assert send(client, address(round_, language="ar")).status_code == 200
    assert responses_of(round_)[0].language == "ar"
    assert client.get(address(round_, language="ar")).location == "/ar/r/here"


def test_an_expired_token_or_session_costs_nobody_what_was_typed_z10(client, open_round):
    client.set_cookie("session", "rubbish")
    client.set_cookie("receipt", "rubbish.too")
    assert client.post_page(address(open_round), WHOLE).fields()["wish"] == "More trees"
