"""Makes tokens for programs, and programs that hold each answer against the description."""

import re
from datetime import UTC, datetime
from functools import cache
from typing import Any

from flask import Flask
from jsonschema import Draft202012Validator
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from engage.accounts.models import User
from engage.api.actions import make_token
from engage.api.description import description
from engage.api.models import ANSWERS_TOO, ApiToken
from engage.communities.models import Community
from engage.communities.queries import membership_of
from engage.communities.roles import Role
from engage.extensions import db
from tests.factories.communities import make_member


@cache
def _described() -> dict[str, Any]:
    return description("http://localhost")


def problems_of(app: Flask, reply: TestResponse) -> list[str]:
    """Say where an answer is not as the OpenAPI document has it."""
    try:
        rule, _values = app.url_map.bind("localhost").match(
            reply.request.path, reply.request.method, return_rule=True
        )
    except HTTPException:
        return []
    path = re.sub(r"<(\w+)>", r"{\1}", rule.rule.removeprefix("/api/v1"))
    told = _described()["paths"][path][reply.request.method.lower()]["responses"]
    if str(reply.status_code) not in told:
        return [f"{path} does not tell of {reply.status_code}"]
    content = told[str(reply.status_code)]["content"]
    if "*/*" in content:
        return []
    schema = content[reply.mimetype]["schema"] | {"components": _described()["components"]}
    return [one.message for one in Draft202012Validator(schema).iter_errors(reply.json)]


class Program:
    """A program with a token: no cookie, no redirect, nothing but headers and JSON."""

    def __init__(self, app: Flask, owner: User, token: ApiToken, secret: str) -> None:
        self.owner, self.token, self.secret = owner, token, secret
        self._app, self._client = app, app.test_client(use_cookies=False)

    def ask(self, method: str, address: str, **more: Any) -> TestResponse:
        """Ask an address below `/api/v1` with the token; `headers` replace it."""
        headers = more.pop("headers", {"Authorization": f"Bearer {self.secret}"})
        reply = self._client.open(f"/api/v1{address}", method=method, headers=headers, **more)
        if reply.status_code < 500:
            assert problems_of(self._app, reply) == []
        return reply

    def get(self, address: str, **more: Any) -> TestResponse:
        """Ask for something."""
        return self.ask("GET", address, **more)

    def post(self, address: str, **more: Any) -> TestResponse:
        """Send something."""
        return self.ask("POST", address, **more)


def make_program(
    app: Flask,
    community: Community,
    *,
    role: Role = Role.ANALYST,
    scope: str = ANSWERS_TOO,
    owner: User | None = None,
) -> Program:
    """Store a token of a member, a new one unless given, and return a program that has it."""
    owner = owner or make_member(community, role)
    membership = membership_of(owner, community)
    assert membership is not None
    token, secret = make_token(membership, "Nightly copy", scope, 90, now=datetime.now(UTC))
    db.session.commit()
    return Program(app, owner, token, secret)
