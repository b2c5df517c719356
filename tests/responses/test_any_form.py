"""T-33, T-32: whatever a browser, a script or an enemy sends, a page or a sentence comes back."""

import json
from urllib.parse import quote_plus

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engage.questionnaires.document import Repeat
from engage.questionnaires.entry import Entry
from engage.questionnaires.path import form_of, walk_answers
from tests.factories.responses import JSON, address, english_round
from tests.factories.responses import responses_of as stored_in
from tests.questionnaires.question_types.samples import SAMPLES, document_of

pytestmark = pytest.mark.sqlite_only
FORM = "application/x-www-form-urlencoded"
#: Bytes as they may stand behind a name: text, half letters, NUL, halves of surrogate pairs.
BROKEN = (b"%00", b"%FF", b"%ED%A0%80", b"%C3", b"%E2%80%AE", b"%", b"%zz", b"\xff\x00", b"+")
WORDS = (
    *("work", "none", "other", "yes", "~dont_know", "~prefer_not", "~nothing", "-0", "1e999"),
    *("nan", "1", "2", "٣٫٥", "9" * 400, "59.6,16.5", "2024", "31", "14:30", "<b>", "{{7*7}}"),
    *("%(x)s", "{0}", "\u202e1", "=1+1", "' OR 1=1 --", "\u200b", "👩‍👧", "a\u0301" * 40),
)
VALUES = st.one_of(
    st.sampled_from(WORDS).map(quote_plus).map(str.encode),
    # Other control characters are kept as typed until stored; no parser of the tests reads them.
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=12).map(
        lambda text: quote_plus(text).encode()
    ),
    st.lists(st.sampled_from((*BROKEN, b"a", b"1")), max_size=4).map(b"".join),
)
PARTS = ("", ":words", ":day", ":month", ":year", ":1", ":2", ":home", ":text", ":point", ":here")
OWN = (b"do", b"k", b"to", b"version", b"kept", b"easy", b"code", b"csrf_token")
DO = ("", "send", "show", "add kids", "remove kids 1", "mask q1", "keep q1", "change", "send x")


def every_type():
    """Return a questionnaire with a question of every type and setting, and a repeat."""
    items = [
        one.question.model_copy(update={"key": f"q{number}", "required": False})
        for number, one in enumerate(SAMPLES)
        if not list(one.kind.problems(one.question, one.document))
    ]
    age = {"key": "age", "type": "number", "label": {"sv": "Ålder", "ar": "العمر"}}
    kids = Repeat.model_validate({"key": "kids", "title": {"sv": "Barn"}, "items": [age]})
    return document_of(*items, kids).model_copy(update={"title": {"sv": "Allt", "ar": "كل شيء"}})


DOCUMENT = every_type()
NAMES = st.one_of(
    st.tuples(st.sampled_from(sorted(DOCUMENT.questions)), st.sampled_from(PARTS)).map(
        lambda both: "".join(both).encode()
    ),
    st.sampled_from(
        [b"kids.1.age", b"kids.2:here", b"kids.999999.age", b"kids..age", b"kids", b"%FF", b""]
    ),
    st.sampled_from(OWN),
)
#: The same name may well come several times.
FIELDS = st.lists(st.tuples(NAMES, VALUES), max_size=25)
ACTIONS = st.sampled_from(DO).map(quote_plus).map(str.encode)


@pytest.fixture
def sent_to(make_app):
    """Return a function that sends a body of bytes to a round with every type of question."""
    app = make_app(PROPAGATE_EXCEPTIONS=False, ROUND_SECONDS=3600.0)
    with app.app_context():
        round_ = english_round(document=DOCUMENT, languages=["sv", "ar"])
        client = app.test_client()

        def send(body, language="sv", **headers):
            url = address(round_, language=language)
            return client.post(url, data=body, content_type=FORM, headers=headers)

        yield client, round_, send


def body_of(fields, action):
    return b"&".join(name + b"=" + value for name, value in [*fields, (b"do", action)])


NO_NEW_APP = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=40, suppress_health_check=NO_NEW_APP)
@given(FIELDS, ACTIONS, st.sampled_from(["sv", "ar"]))
def test_t33_whatever_is_sent_gets_a_sound_page(sent_to, fields, action, language):
    client, _round, send = sent_to
    reply = send(body_of(fields, action), language)
    assert reply.status_code in {200, 303, 307, 409, 422}, reply.status_code
    if reply.status_code in {200, 409, 422}:
        client.checked(reply, reply.status_code)


@settings(max_examples=40, suppress_health_check=NO_NEW_APP)
@given(FIELDS, ACTIONS)
def test_t32_a_script_gets_json_of_a_known_shape_whatever_it_sends(sent_to, fields, action):
    _client, round_, send = sent_to
    before = len(stored_in(round_))
    reply = send(body_of(fields, action), **JSON)
    stored = len(stored_in(round_)) - before
    if reply.mimetype != "application/json":
        assert reply.status_code in {200, 307}
        assert stored == 0
        return
    told = reply.json
    shapes = {
        200: ({"receipt"}, {"marks"}),
        409: ({"message"}, {"already"}),
        422: ({"errors"}, {"message"}),
    }
    assert set(told) in shapes[reply.status_code], told
    assert stored == ("receipt" in told)
    assert all(isinstance(words, str) and words for words in told.get("errors", {}).values())


@settings(max_examples=80, suppress_health_check=NO_NEW_APP)
@given(FIELDS)
def test_t33_what_was_stored_walks_without_errors(sent_to, fields):
    """What is acknowledged is a valid answer: it can be read again and nothing in it is wrong."""
    _client, round_, send = sent_to
    send(body_of([(b"q0", b"work"), *fields], b"send"), **JSON)
    for stored in stored_in(round_):
        entry = Entry.from_json(json.loads(stored.document))
        walked = walk_answers(DOCUMENT, form_of(DOCUMENT, entry), "sv", stored.day)
        assert not walked.errors
        assert "\0" not in stored.document
        stored.document.encode()
