"""The blueprint of the editor, and what each of its pages begins with."""

from datetime import UTC, datetime
from typing import Any

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.communities.models import Community
from engage.communities.naming import plain_text
from engage.extensions import db
from engage.questionnaires.document import Document, Item
from engage.questionnaires.editing import item_of
from engage.questionnaires.models import Questionnaire
from engage.questionnaires.queries import questionnaire as find_questionnaire
from engage.web.messages import tell
from engage.web.pages import page_blueprint

blueprint = page_blueprint("questionnaires", __name__)


def now() -> datetime:
    """Return the moment."""
    return datetime.now(UTC)


def found_or_404(community: Community, key: str, *, to_change: bool = False) -> Questionnaire:
    """Return a questionnaire of this community; `to_change` keeps others from changing it now."""
    found = find_questionnaire(community, key, to_change=to_change)
    if found is None:
        abort(404)
    return found


def item_or_404(document: Document, key: str) -> Item:
    """Return an item of the draft; somebody else may have taken it away."""
    item = item_of(document, key)
    if item is None:
        abort(404)
    return item


def source_of(document: Document) -> str:
    """Return the language the questionnaire is written in."""
    return document.languages[0] if document.languages else "en"


def title_of(document: Document, otherwise: str) -> str:
    """Return what a questionnaire is called, for staff."""
    return plain_text(document.title, document.languages) or otherwise


def keep(words: str = "") -> None:
    """Store what was done, and say so on the next page."""
    db.session.commit()
    if words:
        tell(words)


def to_outline(found: Questionnaire, words: str = "", anchor: str = "") -> ResponseReturnValue:
    """Store what was done and go back to the outline, to the item at hand."""
    keep(words)
    return back_to("questionnaires.questionnaire", found, _anchor=anchor or None)


def back_to(endpoint: str, found: Questionnaire, **values: Any) -> ResponseReturnValue:
    """Go to another page of the same questionnaire."""
    community = found.community.slug
    address = url_for(endpoint, community=community, key=found.key, **values)
    return redirect(address, code=303)
