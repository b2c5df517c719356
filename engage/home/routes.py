"""The front page, the page of a community, the desk of staff, and what must be told by law."""

from collections.abc import Sequence
from datetime import UTC, datetime

from flask import Blueprint, abort, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.current import person
from engage.communities.models import Community, Membership
from engage.communities.queries import memberships_of
from engage.communities.roles import Permission
from engage.communities.words import ROLES
from engage.home.authorities import AUTHORITIES
from engage.home.queries import (
    Desk,
    closed_rounds,
    days_ahead,
    open_rounds_of,
    preparing_rounds,
    public_communities,
    public_community,
    texts_to_read,
    translations_due,
)
from engage.i18n.current import current_language
from engage.i18n.languages import languages_for
from engage.i18n.text import has_text, in_language, with_fallback
from engage.responses.models import Round
from engage.responses.rounds.queries import open_rounds
from engage.web.access import public, signed_in
from engage.web.pages import page_blueprint
from engage.web.preferences import in_suggested_order
from engage.web.rendering import site_languages, url_if

entry = Blueprint("entry", __name__)
blueprint = page_blueprint("home", __name__)


def _now() -> datetime:
    return datetime.now(UTC)


@entry.get("/")
@public
def start() -> ResponseReturnValue:
    """Show the front page to somebody whose language is not known yet."""
    return _front()


@blueprint.get("/")
@public
def index() -> ResponseReturnValue:
    """Show the front page in a language."""
    return _front()


def _front() -> str:
    return render_template(
        "home/index.html",
        rounds=[_offered(one) for one in open_rounds(_now())],
        communities=public_communities(),
        order=in_suggested_order(site_languages()),
    )


def _offered(found: Round) -> dict[str, object]:
    """Return a round as a link: in the reader's language if it is offered, else to choose one."""
    code = current_language().code
    is_spoken = code in found.languages and has_text(found.name, code)
    shown = with_fallback(found.name, code, found.languages)
    return {
        "words": in_language(found.name, code) if is_spoken else shown.text or found.slug,
        "language": code if is_spoken else shown.language,
        "address": (
            url_for("landing.start", slug=found.slug)
            if code in found.languages
            else url_for("addresses.languages", slug=found.slug)
        ),
        "languages": languages_for(found.languages),
        "community": found.community,
        "closes_at": found.closes_at,
    }


@blueprint.get("/at/<slug>")
@public
def community(slug: str) -> ResponseReturnValue:
    """Show a community to everybody: what one can answer now, and who to talk to."""
    found = public_community(slug)
    if found is None:
        abort(404)
    return render_template(
        "home/community.html",
        place=found,
        rounds=[_offered(one) for one in open_rounds(_now(), found)],
        closed=[_closed(one) for one in closed_rounds(found, _now())],
        hours=in_language(found.contact_hours, current_language().code),
    )


def _closed(found: Round) -> dict[str, object]:
    shown = with_fallback(found.name, current_language().code, found.languages)
    results = url_if("public_results.page", slug=found.slug) if found.public_questions else ""
    words = {"words": shown.text or found.slug, "language": shown.language}
    return {**words, "round": found, "results": results}


@blueprint.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    """Say what is kept of answers, who could find out what, and which cookies there are."""
    return render_template("home/privacy.html", communities=_contacts(public_communities()))


@blueprint.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """Say how accessible these pages are, what is lacking, and where to tell."""
    found = public_communities()
    countries = dict.fromkeys(one.country for one in found)
    return render_template(
        "home/accessibility.html",
        communities=_contacts(found),
        authorities=[AUTHORITIES[country] for country in countries if country in AUTHORITIES],
    )


def _contacts(found: Sequence[Community]) -> list[Community]:
    return [one for one in found if one.contact_email or one.contact_phone]


@blueprint.get("/staff")
@signed_in
def staff() -> ResponseReturnValue:
    """Show what needs this person, community by community, and nothing else (S-01)."""
    desks = [_desk(one) for one in memberships_of(person())]
    return render_template("home/staff.html", desks=desks)


def _desk(membership: Membership) -> Desk:
    found, now, home = membership.community, _now(), current_app.config["INSTANCE_FOLDER"]
    may_see_rounds = membership.may(Permission.MANAGE_ROUNDS)
    return Desk(
        community=found,
        role=str(ROLES[membership.role]),
        open=open_rounds_of(found, now),
        preparing=preparing_rounds(found) if may_see_rounds else [],
        translations=translations_due(found) if membership.may(Permission.TRANSLATE) else [],
        texts=texts_to_read(found, now, home) if membership.may(Permission.RELEASE_TEXTS) else [],
        days=days_ahead(found, now) if may_see_rounds else [],
    )
