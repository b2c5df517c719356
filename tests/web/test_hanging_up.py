"""The server hangs up on who was answered, and never on who still has something to say."""

import runpy
import socket
from types import SimpleNamespace

import pytest
from gunicorn.util import close_graceful

from tests.browsers import ROOT

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def line():
    ours, theirs = socket.socketpair()
    yield ours, theirs
    ours.close()
    theirs.close()


def _after(link, *, left=0, sent=True, response=True):
    """Call the hook as gunicorn does after a request of which `left` bytes were not read."""
    hook = runpy.run_path(str(ROOT / "gunicorn.conf.py"))["post_request"]
    reader = SimpleNamespace() if left is None else SimpleNamespace(length=left)
    request = SimpleNamespace(
        body=SimpleNamespace(reader=reader), unreader=SimpleNamespace(sock=link)
    )
    hook(None, request, {}, SimpleNamespace(headers_sent=sent) if response else None)


def test_who_was_answered_gets_all_of_it_and_holds_nobody_up(line):
    ours, theirs = line
    theirs.sendall(b"GET / HTTP/1.1\r\n\r\n")
    ours.recv(4096)
    ours.sendall(b"the answer")
    _after(ours)
    assert ours.fileno() == -1, "closed, though the phone has not hung up"
    close_graceful(ours)
    assert theirs.recv(4096) == b"the answer"
    assert theirs.recv(4096) == b""


@pytest.mark.parametrize(
    "what",
    [
        {"left": 7},
        {"left": None},
        {"sent": False},
        {"response": False},
    ],
    ids=["unread", "no known length", "nothing sent yet", "no response"],
)
def test_where_something_is_left_to_read_or_say_gunicorn_goes_on(line, what):
    ours, _theirs = line
    _after(ours, **what)
    assert ours.fileno() != -1
