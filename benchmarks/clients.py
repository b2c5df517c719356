"""Many clients at once that send forms and wait for the answer, in one thread: they cost little."""

import secrets
import select
import socket
import time
from dataclasses import dataclass, field

#: Seconds after which a server that says nothing is an error.
_PATIENCE = 30


@dataclass
class Sends:
    """What came of many sends: seconds of each acknowledged one, and what refused the others."""

    seconds: float
    took: list[float] = field(default_factory=list)
    refused: list[bytes] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Return the acknowledged sends a second."""
        return len(self.took) / self.seconds


class _Client:
    """One client with a send under way."""

    def __init__(self, address: tuple[str, int], request: bytes) -> None:
        self.began = time.perf_counter()
        self.answer = b""
        self.link = socket.socket()
        self.link.settimeout(_PATIENCE)
        self.link.connect(address)
        self.link.sendall(request)

    def receive(self) -> None:
        """Take all that has come; the server closes when it has said everything."""
        while more := self.link.recv(65536):
            self.answer += more
        self.link.close()


def send_for(seconds: float, clients: int, port: int, path: str, bodies: list[bytes]) -> Sends:
    """Send forms, each with a key of its own, as fast as they are answered."""
    result, waiting, number = Sends(seconds), {}, 0
    requests = [_after_the_path(port, body) for body in bodies]
    # Woken once for each answer, when it is whole: what clients cost is not what is measured.
    with select.epoll() as closings:

        def begin() -> None:
            nonlocal number
            number += 1
            first = f"POST {path}?k={secrets.token_hex(16)} HTTP/1.1\r\n".encode()
            client = _Client(("127.0.0.1", port), first + requests[number % len(requests)])
            waiting[client.link.fileno()] = client
            closings.register(client.link, select.EPOLLRDHUP)

        until = time.perf_counter() + seconds
        for _ in range(clients):
            begin()
        while waiting:
            for number_of_link, _event in closings.poll(_PATIENCE):
                client = waiting.pop(number_of_link)
                client.receive()
                _note(result, client, until)
                if time.perf_counter() < until:
                    begin()
    return result


def _after_the_path(port: int, body: bytes) -> bytes:
    return (
        f"Host: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
        "Accept: application/json\r\nConnection: close\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def _note(result: Sends, client: _Client, until: float) -> None:
    now = time.perf_counter()
    first = client.answer.split(b"\r\n", 1)[0]
    if b" 200 " not in first or b'"receipt"' not in client.answer:
        result.refused.append(first)
    elif now <= until:
        result.took.append(now - client.began)
