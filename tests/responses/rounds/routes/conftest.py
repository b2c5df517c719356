"""A desk with a published questionnaire and a round that is being prepared."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from engage.accounts.models import User
from engage.communities.models import Community
from engage.extensions import db
from engage.questionnaires.models import QuestionnaireVersion
from engage.responses.models import Round
from tests.factories.accounts import sign_in
from tests.factories.communities import make_community, make_member
from tests.factories.questionnaires import make_round, make_version
from tests.pages import Page, PageClient


@dataclass
class Desk:
    """Who works on what: pages of rounds by the end of their address."""

    client: PageClient
    community: Community
    person: User
    version: QuestionnaireVersion
    round: Round

    @property
    def address(self) -> str:
        """The list of rounds."""
        return f"/en/c/{self.community.slug}/rounds"

    def get(self, end: str = "", status: int = 200) -> Page:
        """Open a page of rounds."""
        return self.client.get_page(self.address + end, status)

    def post(self, end: str, data: dict, status: int = 200) -> Page:
        """Send a form to a page of rounds, and return what it leads to."""
        return self.client.post_page(self.address + end, data, status)

    def now(self) -> Round:
        """Return the round as it is stored now."""
        db.session.expire_all()
        return self.round


@pytest.fixture
def desk(client: PageClient) -> Desk:
    """Return the desk of somebody who runs a community with a round in preparation."""
    community = make_community(
        contact_name="Samira Holm", contact_phone="021-00 00 00", contact_hours={"sv": "9–16"}
    )
    person = make_member(community)
    version = make_version(community)
    found = make_round(
        version,
        slug="spring",
        name={"sv": "Våren", "ar": "الربيع"},
        opened_at=None,
        closes_at=datetime.now(UTC) + timedelta(days=30),
    )
    sign_in(client, person)
    return Desk(client, community, person, version, found)
