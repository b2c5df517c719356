"""A desk of the secretariat with one questionnaire on it."""

from dataclasses import dataclass

import pytest

from engage.accounts.models import User
from engage.communities.models import Community
from engage.extensions import db
from engage.questionnaires.document import Document
from engage.questionnaires.models import Questionnaire
from tests.factories.accounts import sign_in
from tests.factories.communities import make_community, make_member
from tests.factories.questionnaires import make_questionnaire
from tests.pages import Page, PageClient


@dataclass
class Desk:
    """Who works on what: pages of the questionnaire by the end of their address."""

    client: PageClient
    community: Community
    person: User
    questionnaire: Questionnaire

    @property
    def address(self) -> str:
        """The page of the questionnaire."""
        return f"/en/c/{self.community.slug}/questionnaires/{self.questionnaire.key}"

    @property
    def draft(self) -> Document:
        """The draft as it is stored now."""
        db.session.refresh(self.questionnaire)
        return self.questionnaire.draft_document

    def get(self, end: str = "", status: int = 200) -> Page:
        """Open a page of the questionnaire."""
        return self.client.get_page(self.address + end, status)

    def post(self, end: str, data: dict, status: int = 200) -> Page:
        """Send a form to a page of the questionnaire, and return what it leads to."""
        return self.client.post_page(self.address + end, data, status)

    def fill(self, end: str, changes: dict, status: int = 200) -> Page:
        """Open a page, change some of its fields, and send its form as a browser would."""
        page = self.get(end)
        fields = page.fields("//main//form[.//input[@name='opened'] or .//textarea][1]")
        return self.post(end, {**fields, **changes}, status)


@pytest.fixture
def desk(client: PageClient) -> Desk:
    """Return the desk of somebody who runs a community."""
    community = make_community()
    person = make_member(community)
    found = make_questionnaire(community, key="needs")
    sign_in(client, person)
    return Desk(client, community, person, found)
