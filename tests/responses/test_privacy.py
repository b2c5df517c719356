"""What is stored tells nothing of who sent it, whoever gets it whole."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from itertools import product

import pytest
from sqlalchemy import inspect, text

from engage.extensions import Model
from engage.extensions import db as database
from engage.responses.actions.tidying import hide_order_of_arrival
from tests.factories.responses import (
    address,
    answers_of,
    english_document,
    english_round,
    new_key,
    send,
)

ADDRESS, AGENT = "203.0.113.77", "LEAKTEST/1.0"
FROM_THERE = {"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": AGENT, "HTTP_REFERER": "http://leak.test/"}


def dump():
    """Return every row of every table, as whoever takes the database gets them."""
    database.session.rollback()
    tables = {}
    for name in inspect(database.engine).get_table_names():
        rows = database.session.execute(text(f'SELECT * FROM "{name}"')).all()
        tables[name] = [
            tuple(bytes(x) if isinstance(x, memoryview) else x for x in r) for r in rows
        ]
    database.session.rollback()
    return tables


def whole_visit(client, round_):
    """Go all the way through, without JavaScript and with it."""
    for path in (f"/r/{round_.slug}", address(round_, "")):
        client.get(path, environ_base=FROM_THERE)
    begun = client.post(address(round_, "start"), data={"take": "yes"}, environ_base=FROM_THERE)
    form = {"children": "no", "wish": "Trees"}
    client.get(begun.location, environ_base=FROM_THERE)
    client.post(begun.location, data={**form, "children": "nix"}, environ_base=FROM_THERE)
    client.post(begun.location, data=form, environ_base=FROM_THERE)
    client.post(begun.location, data={**form, "do": "send"}, environ_base=FROM_THERE)
    client.get(address(round_, "receipt"), environ_base=FROM_THERE)
    client.post("/en/code", data={"code": "1" * 16}, environ_base=FROM_THERE)
    client.get("/en/nothing-here", environ_base=FROM_THERE)
    return begun.location.split("k=")[1].split("&")[0]


def digests_of(word, secret):
    """Return a word in the forms in which it could hide."""
    plain = word.encode()
    for name, keyed in product(("md5", "sha1", "sha256", "sha512"), (False, True)):
        found = hmac.new(secret, plain, name) if keyed else hashlib.new(name, plain)
        yield from (found.hexdigest(), found.digest())
    yield from (word, plain)


def test_address_agent_and_referrer_are_nowhere_p18_t41(app, client, tmp_path, capfd):
    round_ = english_round()
    key = whole_visit(client, round_)
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    logged = "".join(capfd.readouterr())
    stored = repr(dump())
    secret = app.config["SECRET_KEY"].encode()
    for word in (ADDRESS, AGENT, "leak.test", key):
        for form in digests_of(word, secret):
            is_text = isinstance(form, str)
            assert (form if is_text else repr(form)[2:-1]) not in stored, word
            assert (form.encode() if is_text else form) not in kept, word
            assert not (is_text and form in logged), word


def test_no_moment_of_a_send_is_written_down(app, client, capfd):
    round_ = english_round()
    capfd.readouterr()
    whole_visit(client, round_)
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines() if line[:1] == "{"]
    told = [line for line in lines if line.get("page", "").startswith(("answering", "receipts"))]
    assert not [line for line in told if line["status"] < 400]


@pytest.mark.sqlite_only
def test_an_answer_has_these_columns_and_no_moment_p02_p01():
    columns = {column.name for column in Model.metadata.tables["responses"].columns}
    assert columns == {"id", "round_id", "version_id", "language", "channel", "day", "document"}
    submissions = {column.name for column in Model.metadata.tables["submissions"].columns}
    assert submissions == {"key_hash", "round_id", "content_mac", "day"}
    receipts = {column.name for column in Model.metadata.tables["receipts"].columns}
    assert receipts == {"code_hash", "response_id"}


def test_nothing_joins_an_answer_to_the_key_it_came_with_p04(app, client):
    round_ = english_round()
    for _ in range(5):
        send(client, address(round_))
    tables = dump()
    shared = {round_.id, *(row for row in (tables["responses"][0][5],))}
    of_answers = {value for row in tables["responses"] for value in row} - shared
    of_keys = {value for row in tables["submissions"] for value in row} - shared
    assert of_keys & of_answers == set()
    assert tables["receipts"] == []
    secret = app.config["SECRET_KEY"].encode()
    for value in of_answers:
        plain = value if isinstance(value, bytes) else str(value).encode()
        for name in ("sha256", "sha512", "sha1"):
            assert hashlib.new(name, plain).digest() not in of_keys
        assert hmac.digest(secret, plain, "sha256") not in of_keys
        assert hmac.digest(secret, b"submission\0" + plain, "sha256") not in of_keys


def ranks(values):
    order = sorted(range(len(values)), key=values.__getitem__)
    return {index: rank for rank, index in enumerate(order)}


def likeness(left, right):
    """Return Spearman's rank correlation."""
    number = len(left)
    first, second = ranks(left), ranks(right)
    gap = sum((first[index] - second[index]) ** 2 for index in range(number))
    return 1 - 6 * gap / (number * (number**2 - 1))


def test_the_order_of_rows_says_nothing_of_the_order_of_sends_t42_p03(app, client):
    round_, number = english_round(), 120
    for count in range(number):
        assert (
            send(client, address(round_), {"children": "no", "wish": f"{count}"}).status_code == 200
        )
    hide_order_of_arrival(datetime.now(UTC).date())
    database.session.commit()
    tables = dump()
    arrived = [int(json.loads(row[6])["answers"]["wish"]) for row in tables["responses"]]
    assert abs(likeness(arrived, list(range(number)))) < 0.4
    keys = [row[0] for row in tables["submissions"]]
    assert abs(likeness(arrived, [keys.index(key) for key in sorted(keys)])) < 0.4


def test_no_number_of_a_transaction_joins_them_either(app, client):
    if database.engine.dialect.name != "postgresql":
        return
    round_ = english_round(mode="code")
    for _ in range(20):
        send(client, address(round_))
    hide_order_of_arrival(datetime.now(UTC).date())
    database.session.commit()
    for table in ("responses", "submissions", "receipts"):
        count = text(f"SELECT count(DISTINCT xmin::text) FROM {table}")
        assert database.session.scalar(count) == 1


@pytest.mark.sqlite_only
def test_looking_never_writes_z01(app, client):
    round_ = english_round(mode="code")
    key = new_key()
    send(client, address(round_, k=key))
    before = dump()
    paths = [f"/r/{round_.slug}", "/en/code", "/en/", "/ar/r/here/answer"]
    paths += [address(round_, page) for page in ("", "answer", "receipt", "no", "already-sent")]
    for path in paths * 2:
        assert client.get(path).status_code < 500
        client.head(path)
    assert dump() == before


@pytest.mark.sqlite_only
def test_a_scale_runs_the_same_way_in_every_language_z14(app, client):
    steps = [{"key": str(n), "label": {"en": f"Step {n}", "ar": f"درجة {n}"}} for n in range(1, 6)]
    items = [
        {
            "key": "safe",
            "type": "scale",
            "label": {"en": "How safe?", "ar": "كم هو آمن؟"},
            "settings": {"steps": steps},
        }
    ]
    document = english_document(items=items, choice_lists={})
    round_ = english_round(document=document)
    for language in ("en", "ar"):
        page = client.get_page(address(round_, language=language))
        assert page.all("//input[@name='safe']/@value") == list("12345")
    send(client, address(round_, language="ar"), {"safe": "5"})
    assert answers_of(round_)[0]["answers"] == {"safe": "5"}
