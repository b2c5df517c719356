"""Whatever a program sends: it is a wish, or it is refused in JSON, and never breaks anything."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engage.accounts.models import AuditEntry
from engage.api.throttle import EXPORTS_PER_TOKEN, PER_TOKEN
from engage.exports.models import Export
from engage.extensions import db
from tests.factories.api import make_program
from tests.factories.questionnaires import make_round
from tests.factories.results import make_responses

WISH = {"purpose": "research", "format": "jsonl", "what": "answers"}


@pytest.fixture
def round_(app):
    found = make_round()
    make_responses(found, [{"children": "no"}] * 7)
    return found


@pytest.fixture
def send(app, round_):
    """Return a function that sends a body as it is."""
    program = make_program(app, round_.community)
    where = f"/communities/{round_.community.slug}/rounds/{round_.slug}/exports"

    def send(body, content_type="application/json"):
        data = body if isinstance(body, (bytes, str)) else json.dumps(body)
        return program.post(where, data=data, content_type=content_type)

    return send


def refused(reply, status):
    assert reply.status_code == status, reply.text
    assert reply.mimetype == "application/problem+json"
    assert db.session.scalars(db.select(Export)).all() == []
    return reply.json.get("errors", {})


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("purpose", ""),
        ("purpose", "curiosity"),
        ("purpose", None),
        ("purpose", 1),
        ("purpose", ["research"]),
        ("purpose", "\ud800"),
        ("note", "x" * 301),
        ("note", True),
        ("what", "raw"),
        ("what", "everything"),
        ("format", "../etc"),
        ("format", "pdf"),
        ("format", "csv\0"),
        ("language", "xx"),
        ("language", 7),
        ("free_text", "yes"),
        ("free_text", 1),
        ("places", "false"),
        ("codebook", None),
        ("who", "me"),
        ("csrf_token", "x"),
        ("", "x"),
        ("__proto__", {}),
    ],
)
def test_a_field_that_is_not_right_is_named(send, field, value):
    assert list(refused(send({**WISH, field: value}), 422)) == [field]


def test_everything_that_is_missing_is_named_at_once(send):
    assert set(refused(send({}), 422)) == {"purpose", "format"}


def test_tables_do_not_go_into_a_file_of_single_answers(send):
    errors = refused(send({**WISH, "what": "tables", "format": "sav"}), 422)
    assert errors["format"][0].startswith("This form holds single answers.")


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"null", b"[]", b'"research"', b"1", b"NaN", b"\xff\xfe", b"\xed\xa0\x80"),
        b'{"purpose": NaN}',
        b'{"purpose": "research", "purpose": "council", "format": "jsonl"}',
        b"\xef\xbb\xbf{}",
        b"[" * 16_000,
        b'{"note": ' + b"9" * 10_000 + b"}",
        json.dumps(WISH).encode("utf-16"),
    ],
)
def test_what_is_no_object_of_json_is_refused(send, body):
    refused(send(body), 400)


@pytest.mark.sqlite_only
@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded", "x"])
def test_only_json_is_read(send, kind):
    refused(send(WISH, kind), 415)


@pytest.mark.parametrize("size", [17_000, 1_000_000])
def test_a_body_that_is_too_long_is_refused(send, size):
    refused(send({**WISH, "note": "x" * size}), 413)


def test_a_name_that_is_no_text_is_refused(send):
    assert list(refused(send({**WISH, "\ud800": "x"}), 422)) == [""]


def test_a_note_is_cleaned_as_on_the_page(send):
    reply = send({**WISH, "note": " Två\n\0 rader\u202e\udfff "})
    assert reply.status_code == 202
    assert db.session.scalars(db.select(Export)).one().note == "Två rader"


def test_nobody_chose_a_language_so_it_is_the_first_one(send, round_):
    assert send(WISH).status_code == 202
    made = db.session.scalars(db.select(Export)).one()
    assert made.language == round_.version.document.languages[0]


@pytest.mark.parametrize("odd", ["%00", "%ED%A0%80", "%FF", "a" * 3000, "%F0%9F%98%80"])
def test_odd_addresses_are_not_found(app, round_, odd):
    program = make_program(app, round_.community)
    community = f"/communities/{round_.community.slug}"
    for where in (f"/communities/{odd}/rounds", f"{community}/rounds/{odd}/exports/x"):
        assert program.get(where).status_code == 404
    own = f"{community}/rounds/{round_.slug}/exports/{odd}"
    assert program.get(own).status_code == 404
    assert program.get(f"{own}/file").status_code == 404


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
FIELDS = st.sampled_from(["purpose", "note", "what", "format", "language", "free_text", "places"])


@pytest.mark.sqlite_only
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=200),
        ANYTHING.map(json.dumps),
        st.dictionaries(FIELDS, ANYTHING, max_size=7).map(lambda odd: json.dumps(WISH | odd)),
    )
)
def test_no_body_breaks_it(monkeypatch, send, body):
    monkeypatch.setattr("engage.api.throttle.PER_TOKEN", PER_TOKEN.__class__(10**6, 60))
    monkeypatch.setattr(
        "engage.api.throttle.EXPORTS_PER_TOKEN", EXPORTS_PER_TOKEN.__class__(10**6, 60)
    )
    reply = send(body)
    assert reply.status_code in {202, 400, 422}, reply.text
    noted = db.session.query(AuditEntry).filter_by(action="export_asked_for").count()
    assert noted == db.session.query(Export).count()
