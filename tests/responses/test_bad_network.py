"""E-06: a slow network that cuts connections, on the way there and back: each answer once."""

import json
import random
import socket
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from engage.extensions import db
from engage.responses.models import Response
from tests.factories.responses import english_round
from tests.responses.test_crash import send_until_it_arrives

pytestmark = pytest.mark.sqlite_only
SENDS, CLIENTS = 60, 20
#: Half of 400 ms each way.
DELAY = 0.2
#: The share of connections that are cut, by turns on the way there and on the way back.
CUT = 0.05


class BadNetwork:
    """A proxy on a loopback port that lets everything wait and cuts some connections."""

    def __init__(self, host):
        self.target = urlsplit(f"//{host}")
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.host = f"127.0.0.1:{self.listening.getsockname()[1]}"
        self.cut = Counter()
        self.number = 0
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with suppress(OSError):
            while True:
                phone, _address = self.listening.accept()
                self.number += 1
                threading.Thread(target=self.serve, args=(phone, self.fate()), daemon=True).start()

    def fate(self):
        """Say where a connection is cut: each first one of its kind, so that both are met."""
        if self.number in {2, 3}:
            return ("there", "back")[self.number - 2]
        return random.choice(("there", "back")) if random.random() < CUT else ""

    def serve(self, phone, fate):
        """Carry one exchange; every client here asks once on each connection."""
        server = socket.create_connection((self.target.hostname, self.target.port))
        with phone, server, suppress(OSError):
            phone.settimeout(20)
            server.settimeout(20)
            asked = whole_request(phone)
            time.sleep(DELAY)
            self.cut[fate] += 1
            if fate == "there":
                server.sendall(asked[: len(asked) - 10])
                return
            server.sendall(asked)
            answer = b"".join(iter(lambda: server.recv(65536), b""))
            time.sleep(DELAY)
            if fate != "back":
                phone.sendall(answer)


def whole_request(phone):
    """Read one request; the server is asked to say nothing more after its answer."""
    asked = b""
    while b"\r\n\r\n" not in asked:
        asked += phone.recv(65536) or b"\r\n\r\n"
    head, _line, body = asked.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0] or 0)
    while len(body) < length and (more := phone.recv(65536)):
        body += more
    return head + b"\r\nConnection: close\r\n\r\n" + body


@pytest.fixture
def network(live_server):
    """Return a bad network in front of the server."""
    made = BadNetwork(urlsplit(live_server.url).netloc)
    yield made
    made.listening.close()


def test_e06_on_a_slow_network_that_cuts_connections_each_answer_is_stored_once(network):
    round_ = english_round()
    path, round_id = f"/en/r/{round_.slug}/answer", round_.id
    db.session.remove()
    gives_up = time.monotonic() + 60
    with ThreadPoolExecutor(CLIENTS) as pool:
        sent = pool.map(
            lambda number: send_until_it_arrives(network.host, path, number, gives_up),
            range(SENDS),
        )
        acknowledged = [number for number in sent if number is not None]
    documents = db.session.scalars(select(Response.document).where(Response.round_id == round_id))
    stored = [json.loads(document)["answers"]["wish"] for document in documents]
    assert network.cut["there"]
    assert network.cut["back"]
    assert len(acknowledged) == SENDS
    assert sorted(stored) == sorted(f"wish {number}" for number in range(SENDS))
