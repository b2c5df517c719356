"""A round on paper: a poster with its code for a wall, and cards to hand out."""

from dataclasses import dataclass

import segno
from flask import render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from engage.communities.models import Community
from engage.communities.permissions import Permission, requires
from engage.i18n.current import use_language
from engage.i18n.gettext import gettext as _
from engage.i18n.gettext import ngettext
from engage.i18n.languages import Language
from engage.i18n.text import in_language
from engage.responses.meeting import help_line
from engage.responses.models import Round
from engage.responses.rounds.forms import PaperForm
from engage.responses.rounds.queries import languages_of
from engage.responses.rounds.routes.pages import (
    blueprint,
    found_or_404,
    name_of,
    public_address,
)

MOST_LANGUAGES = 3


@dataclass(frozen=True)
class Tongue:
    """What stands on the paper in one language."""

    language: Language
    title: str
    call: str
    minutes: str
    promise: str
    help: Markup
    help_words: str


def qr_code(address: str) -> Markup:
    """Return an address as a code to scan, drawn in black on white with a quiet zone."""
    made = segno.make(address, error="m", micro=False)
    drawn = made.svg_inline(scale=8, border=4, dark="#000", light="#fff", omitsize=True)
    return Markup(drawn)  # noqa: S704 - drawn here from our own address, holds no text


def tongues(found: Round, chosen: list[Language]) -> list[Tongue]:
    """Return the words of the paper in each language."""
    made = []
    document, community = found.version.document, found.community
    for language in chosen:
        with use_language(language.code):
            about = ngettext("About %(num)s minute", "About %(num)s minutes", document.minutes)
            title = in_language(document.title, language.code)
            made.append(
                Tongue(
                    language=language,
                    title=title or in_language(found.name, language.code) or found.slug,
                    call=_("Scan the code with your phone, or write the address."),
                    minutes=about,
                    promise=_("You need no account and no app, and write no name."),
                    help=help_line(community, language.code),
                    help_words=_("Do you need help?"),
                )
            )
    return made


def _chosen(found: Round) -> list[Language]:
    offered = languages_of(found)
    asked = request.args.getlist("languages")
    return [one for one in offered if not asked or one.code in asked][:MOST_LANGUAGES]


@blueprint.get("/c/<community>/rounds/<slug>/poster")
@requires(Permission.VIEW_COMMUNITY)
def poster(community: Community, slug: str) -> ResponseReturnValue:
    """Show an A4 poster, to print."""
    return _paper("poster", community, slug)


@blueprint.get("/c/<community>/rounds/<slug>/cards")
@requires(Permission.VIEW_COMMUNITY)
def cards(community: Community, slug: str) -> ResponseReturnValue:
    """Show a sheet of cards, to print and cut."""
    return _paper("cards", community, slug)


def _paper(kind: str, community: Community, slug: str) -> str:
    found = found_or_404(community, slug)
    chosen = _chosen(found)
    address = public_address(found, "poster")
    form = PaperForm(offered=languages_of(found), formdata=None)
    form.languages.data = [one.code for one in chosen]
    return render_template(
        f"responses/rounds/{kind}.html",
        community=community,
        round=found,
        name=name_of(found),
        form=form,
        tongues=tongues(found, chosen),
        address=public_address(found).split("://", 1)[-1],
        code=qr_code(address),
    )
