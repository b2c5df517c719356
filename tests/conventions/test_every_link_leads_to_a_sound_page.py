"""Links lead to sound pages, staff find the way out, reading changes nothing (S-16, X-12, Z-01)."""

import pytest
from sqlalchemy import select

from engage.accounts.models import User
from engage.communities.roles import Role
from engage.extensions import db
from tests.conventions.example import (
    COMMUNITY,
    OPEN,
    Crawler,
    everything_stored,
    load_example,
)
from tests.conventions.sources import nothing
from tests.factories.accounts import sign_in

pytestmark = pytest.mark.sqlite_only


def test_every_link_leads_to_a_sound_page_and_reading_changes_nothing(app):
    # An error is a finding like any other, and the way goes on.
    app.config["PROPAGATE_EXCEPTIONS"] = False
    load_example(app)
    clients = {"nobody": app.test_client()}
    for role in Role:
        clients[role] = app.test_client()
        email = f"{role}@backby.example"
        sign_in(clients[role], db.session.scalars(select(User).filter_by(email=email)).one())
    db.session.commit()
    before = everything_stored()
    found = []
    for who, client in clients.items():
        for language in ("sv", "ar") if who == "nobody" else ("en",):
            crawler = Crawler(app, client, language)
            starts = [f"/{language}/", f"/r/{OPEN}", f"/{language}/code"]
            if who != "nobody":
                starts = [f"/{language}/staff", f"/{language}/c/{COMMUNITY}"]
            found += [f"{who}: {problem}" for problem in crawler.problems(*starts)]
            assert len(crawler.seen) > 5
    nothing(found, "Something is wrong where a link leads:")
    after = everything_stored()
    changed = [name for name, rows in before.items() if rows != after[name]]
    nothing(changed, "Reading pages changed these tables:")
