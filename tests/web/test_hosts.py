"""Only our own hosts are answered, and only named proxies are believed (X-04)."""

import pytest
from flask import request

from engage.web.access import public

pytestmark = pytest.mark.sqlite_only


def _client(make_app, **settings):
    app = make_app(**settings)

    @app.get("/who")
    @public
    def who():
        return f"{request.remote_addr} {request.scheme} {request.host}"

    return app.test_client()


FORGED = {
    "X-Forwarded-For": "203.0.113.77",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "evil.example",
}


def test_without_proxies_nothing_forwarded_is_believed(make_app):
    client = _client(make_app)
    assert client.get("/who", headers=FORGED).text == "127.0.0.1 http localhost"


def test_one_proxy_is_believed_for_address_and_scheme_but_not_for_the_host(make_app):
    client = _client(make_app, TRUSTED_PROXIES=1)
    assert client.get("/who", headers=FORGED).text == "203.0.113.77 https localhost"


def test_a_visitor_cannot_put_an_address_before_the_proxys(make_app):
    client = _client(make_app, TRUSTED_PROXIES=1)
    answer = client.get("/who", headers={"X-Forwarded-For": "1.2.3.4, 203.0.113.77"})
    assert answer.text.startswith("203.0.113.77 ")


@pytest.mark.parametrize(
    "address", ["http://bäckby.example", "http://engage.example", "http://127.0.0.1:8000"]
)
def test_our_own_hosts_are_answered(make_app, address):
    client = _client(make_app, BASE_URL="https://engage.example")
    status = client.get("/who", base_url=address).status_code
    assert status == (400 if "ä" in address else 200)


@pytest.mark.parametrize("host", ["evil.example", "engage.example.evil.example", "a b", ""])
def test_other_hosts_are_not(make_app, host):
    client = _client(make_app, BASE_URL="https://engage.example")
    answer = client.get("/who", headers={"Host": host})
    assert answer.status_code == 400
    assert host not in answer.text or not host
