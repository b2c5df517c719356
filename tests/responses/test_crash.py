"""Killed workers and lost replies lose nothing acknowledged, store nothing twice (E-05, E-06)."""

import json
import os
import random
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode, urlsplit

import pytest
from sqlalchemy import func, select

from engage.extensions import db
from engage.responses.models import CollectionDay, Response, Submission
from tests.factories.responses import english_round, new_key

pytestmark = pytest.mark.sqlite_only
SENDS, CLIENTS = 2000, 12
#: The share of replies that never arrive, as on a bad network.
LOST = 0.05


def send_until_it_arrives(host, path, number, gives_up):
    """Send one answer as a phone does: the same key again and again until somebody says yes."""
    body = urlencode({"children": "no", "wish": f"wish {number}", "do": "send"})
    headers = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
    url = f"{path}?k={new_key()}"
    while time.monotonic() < gives_up:
        try:
            link = HTTPConnection(host, timeout=20)
            link.request("POST", url, body, headers)
            if random.random() < LOST:
                time.sleep(random.random() / 10)
                raise ConnectionResetError("the reply is lost")
            reply = link.getresponse()
            reply.read()
            if reply.status == 200:
                return number
            assert reply.status in {502, 503}, reply.status
        except (HTTPException, OSError):
            time.sleep(0.02)
        finally:
            link.close()
    return None


def kill_now_and_then(server, stop):
    """Kill a worker without a word, again and again."""
    killed = 0
    # Often enough that a fast machine is hit some times, too.
    while not stop.wait(0.25):
        for worker in random.sample(sorted(server.workers()), k=min(1, len(server.workers()))):
            try:
                os.kill(worker, signal.SIGKILL)
            except ProcessLookupError:
                continue
            killed += 1
    return killed


def test_every_acknowledged_answer_is_stored_once_e05_e06_t43_z08(live_server):
    round_ = english_round()
    slug, round_id = round_.slug, round_.id
    db.session.remove()
    host = urlsplit(live_server.url).netloc
    stop, gives_up = threading.Event(), time.monotonic() + 300
    with ThreadPoolExecutor(CLIENTS + 1) as pool:
        killer = pool.submit(kill_now_and_then, live_server, stop)
        sent = pool.map(
            lambda number: send_until_it_arrives(host, f"/en/r/{slug}/answer", number, gives_up),
            range(SENDS),
        )
        acknowledged = [number for number in sent if number is not None]
        stop.set()
        assert killer.result() > 3
    documents = db.session.scalars(select(Response.document).where(Response.round_id == round_id))
    stored = [json.loads(document)["answers"]["wish"] for document in documents]
    assert len(acknowledged) == SENDS
    assert len(stored) == len(set(stored)), "an answer is there twice"
    assert {f"wish {number}" for number in acknowledged} == set(stored)
    assert db.session.scalar(select(func.count()).select_from(Submission)) == SENDS
    assert db.session.scalar(select(func.sum(CollectionDay.answers))) == SENDS
