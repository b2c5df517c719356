"""X-22: every address says who may open it, and where there is a community a permission."""

import pytest

from engage.web.access import PUBLIC, SIGNED_IN, access_of

pytestmark = pytest.mark.sqlite_only

#: Everything that is open to everybody, by room. A page comes here on purpose, or stays closed.
OPEN_TO_EVERYBODY = {
    "": {"static"},
    "accounts": {"choose_password", "second_step", "sign_in"},
    "addresses": {"languages"},
    "api": {"openapi"},
    "answering": {"already", "answer", "send"},
    "codes": {
        *("again", "change", "delete", "delete_again"),
        *("download", "download_again", "enter", "see"),
    },
    "communities": {"accept"},
    "entry": {"start"},
    "home": {"accessibility", "community", "index", "privacy"},
    "landing": {"begin", "declined", "start"},
    "places": {"area_map"},
    "public_results": {"chart", "page"},
    "questionnaires": {"media"},
    "receipts": {"finish", "receipt"},
    "web": {"healthz", "metrics", "readyz", "set_theme"},
}


def test_every_route_has_an_access_rule(app):
    unmarked = [
        f"{rule} ({rule.endpoint})"
        for rule in app.url_map.iter_rules()
        if access_of(app.view_functions[rule.endpoint]) is None
    ]
    assert not unmarked, "Mark with @public, @signed_in or @requires(…):\n" + "\n".join(unmarked)


def test_a_permission_is_asked_for_a_community(app):
    without = [
        f"{rule} ({rule.endpoint})"
        for rule in app.url_map.iter_rules()
        if access_of(app.view_functions[rule.endpoint]) not in {PUBLIC, SIGNED_IN, None}
        and "community" not in rule.arguments
    ]
    assert not without, "A permission without a community in the address:\n" + "\n".join(without)


def test_pages_of_a_community_are_for_its_members(app):
    loose = [
        f"{rule} ({rule.endpoint})"
        for rule in app.url_map.iter_rules()
        if "/c/<" in rule.rule and access_of(app.view_functions[rule.endpoint]) == SIGNED_IN
    ]
    assert not loose, "Ask for a permission, not only for an account:\n" + "\n".join(loose)


def test_what_is_open_to_everybody_is_meant_to_be(app):
    found = {}
    for endpoint, view in app.view_functions.items():
        if access_of(view) == PUBLIC:
            room, _dot, name = endpoint.rpartition(".")
            found.setdefault(room, set()).add(name)
    assert found == OPEN_TO_EVERYBODY
