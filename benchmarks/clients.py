"""Many clients at once that send forms and wait for the answer, in one thread: they cost little."""

import secrets
import selectors
import socket
import time
from dataclasses import dataclass, field


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
        self.link = socket.create_connection(address, timeout=30)
        self.link.sendall(request)
        self.link.setblocking(False)

    def receive(self) -> bool:
        """Take what has come; say whether the answer is whole."""
        more = self.link.recv(65536)
        self.answer += more
        if not more:
            self.link.close()
        return not more


def send_for(seconds: float, clients: int, port: int, path: str, bodies: list[bytes]) -> Sends:
    """Send forms, each with a key of its own, as fast as they are answered."""
    address, result, number = ("127.0.0.1", port), Sends(seconds), 0
    heads = [
        f"Host: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
        "Accept: application/json\r\nConnection: close\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n".encode()
        + body
        for body in bodies
    ]

    def begin() -> None:
        nonlocal number
        number += 1
        first = f"POST {path}?k={secrets.token_hex(16)} HTTP/1.1\r\n".encode()
        client = _Client(address, first + heads[number % len(heads)])
        waiting.register(client.link, selectors.EVENT_READ, client)

    with selectors.DefaultSelector() as waiting:
        until = time.perf_counter() + seconds
        for _ in range(clients):
            begin()
        while waiting.get_map():
            for key, _events in waiting.select(timeout=30):
                if not key.data.receive():
                    continue
                waiting.unregister(key.fileobj)
                _note(result, key.data, until)
                if time.perf_counter() < until:
                    begin()
    return result


def _note(result: Sends, client: _Client, until: float) -> None:
    now = time.perf_counter()
    first = client.answer.split(b"\r\n", 1)[0]
    if b" 200 " not in first or b'"receipt"' not in client.answer:
        result.refused.append(first)
    elif now <= until:
        result.took.append(now - client.began)
