"""Whoever works in two communities cannot reach the things of one through the other (X-23).

Every address under `/c/<community>/` that names something more is asked twice: with the community
the thing belongs to, where it must be found, and with another one, where it must not be.
"""

import secrets
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from engage.communities.actions.members import invite
from engage.communities.models import Area, Community, Membership, Partner
from engage.communities.roles import Role
from engage.exports.models import Export
from engage.extensions import db
from engage.questionnaires.models import Questionnaire
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.responses.models import Round
from tests.conventions.example import CLOSED, COMMUNITY, OPEN, load_example
from tests.conventions.sources import nothing
from tests.factories import saved
from tests.factories.accounts import make_user, sign_in
from tests.factories.communities import make_community, make_member

pytestmark = pytest.mark.sqlite_only


def _first(model, community):
    return db.session.scalars(
        select(model).filter_by(community_id=community.id).order_by(model.id)
    ).first()


def _export(slug):
    made = Export(
        id=secrets.token_hex(16),
        round_id=db.session.scalars(select(Round).filter_by(slug=slug)).one().id,
        purpose="follow_up",
        format="csv",
        language="en",
        asked_at=datetime.now(UTC),
    )
    return saved(made)


def _things(community):
    """Return what the addresses of each room name, by the room and the name in the address."""
    invitation, _token = invite(
        community, "a@b.example", "A", Role.ANALYST, who=None, now=datetime.now(UTC)
    )
    db.session.flush()
    questionnaire = _first(Questionnaire, community)
    document = questionnaire.draft_document
    name, choices = next(iter(document.choice_lists.items()))
    shared = {
        "key": questionnaire.key,
        "name": name,
        "choice_key": choices.choices[0].key,
        "item_key": next(iter(document.questions)),
        "field": "relevant",
        "code": "ar",
        "number": 1,
        "slug": OPEN,
        "round": OPEN,
        "membership_id": _first(Membership, community).id,
        "invitation_id": invitation.id,
        "partner_id": _first(Partner, community).id,
    }
    areas = {**shared, "key": _first(Area, community).key}
    closed = {**shared, "slug": CLOSED, "round": CLOSED, "format": "csv"}
    closed["export_id"] = _export(CLOSED).id
    typed = [
        key for key, one in document.questions.items() if QUESTION_TYPES[one.type].is_free_text
    ]
    results = {**closed, "key": typed[0]}
    charts = {**closed, "kind": "svg", "key": next(iter(document.questions))}
    return {
        "": shared,
        "communities": areas,
        "results": results,
        "results.chart": charts,
        "findings.finding": charts,
        "over_time.chart": {**shared, "kind": "svg", "question": "satisfaction"},
        "exports": closed,
    }


@pytest.fixture
def asked(app):
    """Return a function that asks every such address in a community for its status."""
    load_example(app)
    home = db.session.scalars(select(Community).filter_by(slug=COMMUNITY)).one()
    things = _things(home)
    person = make_user()
    make_member(home, role=Role.SECRETARIAT, user=person)
    other = make_community()
    make_member(other, role=Role.SECRETARIAT, user=person)
    client = app.test_client()
    sign_in(client, person)
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def ask(where, methods):
        slug = {"home": home, "other": other}[where].slug
        for rule in app.url_map.iter_rules():
            wanted = rule.arguments - {"language", "community"}
            if "/c/<" not in rule.rule or not wanted:
                continue
            room = things.get(rule.endpoint.split(".")[0], things[""])
            known = things.get(rule.endpoint, room)
            assert wanted <= set(known), f"{rule}: say in _things what {wanted - set(known)} is"
            values = {name: known[name] for name in wanted}
            url = app.url_map.bind("localhost").build(
                rule.endpoint, {"language": "en", "community": slug, **values}
            )
            for method in sorted(methods & rule.methods):
                yield method, url, client.open(url, method=method).status_code

    return ask


def test_things_are_found_where_they_belong(asked):
    lost = [
        f"{code} for {method} {url}" for method, url, code in asked("home", {"GET"}) if code == 404
    ]
    nothing(lost, "Not found in its own community (or _things names something else):")


def test_things_are_not_found_through_another_community(asked):
    reached = [
        f"{code} for {method} {url}"
        for method, url, code in asked("other", {"GET", "POST"})
        if code != 404
    ]
    nothing(reached, "Look things up inside the community of the address:")
