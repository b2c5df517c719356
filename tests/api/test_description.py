"""The OpenAPI document is sound, says every address and status, and answers are as it says."""

import re

import pytest
from jsonschema import Draft202012Validator

from engage.api.wishes import WishBody
from tests.factories.api import make_program
from tests.factories.questionnaires import make_round
from tests.factories.results import make_responses

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def described(client):
    reply = client.get("/api/v1/openapi.json")
    assert (reply.status_code, reply.mimetype) == (200, "application/json")
    return reply.json


def operations(described):
    for path, item in described["paths"].items():
        for method in item.keys() - {"parameters"}:
            yield path, method.upper(), item, item[method]


def test_every_address_is_described_and_nothing_else(app, described):
    there = {
        (re.sub(r"<(\w+)>", r"{\1}", rule.rule.removeprefix("/api/v1")), method)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in rule.methods & {"GET", "POST", "PUT", "PATCH", "DELETE"}
    }
    assert {(path, method) for path, method, _, _ in operations(described)} == there


def test_places_in_addresses_are_parameters(described):
    for path, _method, item, _operation in operations(described):
        named = [one["name"] for one in item.get("parameters", [])]
        assert re.findall(r"\{(\w+)\}", path) == named
        assert all(one["in"] == "path" and one["required"] for one in item.get("parameters", []))


def test_every_schema_is_sound_and_every_reference_leads_somewhere(described):
    schemas = described["components"]["schemas"]
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    named = set(re.findall(r"#/components/schemas/(\w+)", str(described)))
    assert named == set(schemas)
    assert described["openapi"].startswith("3.1.")


def test_ways_to_ask_have_names_of_their_own_and_say_what_they_need(described):
    names = [operation["operationId"] for *_, operation in operations(described)]
    assert len(names) == len(set(names))
    for _path, _method, _item, operation in operations(described):
        assert all(one["description"] for one in operation["responses"].values())
        if operation["operationId"] != "openapi":
            assert operation["security"] == [{"token": []}]
            assert {"401", "403", "404", "429"} <= set(operation["responses"])


def test_every_field_of_a_wish_is_described(described):
    schema = described["components"]["schemas"]["ExportWish"]
    assert set(schema["properties"]) == set(WishBody.model_fields)
    assert all(one["description"] for one in schema["properties"].values())
    assert schema["additionalProperties"] is False


def test_a_wish_as_described_is_taken_and_another_is_not(app, described):
    """Every other answer is held against the document wherever a test asks (`Program`)."""
    found = make_round()
    make_responses(found, [{"children": "no"}] * 7)
    program = make_program(app, found.community)
    where = f"/communities/{found.community.slug}/rounds/{found.slug}/exports"
    accepted = Draft202012Validator(described["components"]["schemas"]["ExportWish"])
    wish = {"purpose": "research", "what": "tables", "format": "xlsx"}
    assert accepted.is_valid(wish)
    assert program.post(where, json=wish).status_code == 202
    for odd in ({"what": "raw"}, {"note": "x" * 301}, {"who": "me"}, {"places": 1}, {"format": 1}):
        assert not accepted.is_valid(wish | odd)
        assert program.post(where, json=wish | odd).status_code == 422
