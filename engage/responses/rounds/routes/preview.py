"""The questionnaire as residents meet it, with their own pages, and nothing is ever stored."""

from dataclasses import dataclass

from flask import (
    Response,
    abort,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from engage.accounts.current import person
from engage.communities.models import Community
from engage.communities.permissions import Permission, requires
from engage.extensions import csrf
from engage.i18n.current import current_language, interface_language, set_language
from engage.i18n.gettext import s_
from engage.i18n.languages import LANGUAGES, Language, languages_for
from engage.questionnaires.checking import problems_of
from engage.questionnaires.document import Document
from engage.questionnaires.page import shown_page
from engage.questionnaires.queries import questionnaire as find_questionnaire
from engage.questionnaires.queries import version as find_version
from engage.responses.actions.submitting import local_day
from engage.responses.checking import Checked
from engage.responses.exchange import (
    Exchange,
    sent_form,
    take,
    values_of_questions,
    wants_json,
)
from engage.responses.maps import map_of
from engage.responses.meeting import render
from engage.responses.models import Round
from engage.responses.rounds.actions import note_preview
from engage.responses.rounds.pretending import pretended, with_marked_fallbacks
from engage.responses.rounds.routes.pages import blueprint, found_or_404, now, to_round
from engage.web.headers import IN_OUR_FRAMES, WITH_FRAMES

_BEFORE = '<header class="frame"'


@dataclass(frozen=True)
class Looked:
    """What is looked at: the document, the round it belongs to if any, and the way back."""

    community: Community
    document: Document
    back: str
    endpoint: str
    values: dict[str, object]
    round: Round | None = None

    def address(self, code: str, **more: object) -> str:
        """Return the address of this preview in a language."""
        values = {**self.values, **more, "language": code, "community": self.community.slug}
        return url_for(self.endpoint, **values)  # type: ignore[arg-type]


def _desk_language() -> str:
    """Return the language this person works in: the way back leads to a page in it."""
    language = LANGUAGES.get(person().language)
    return language.code if language and language.staff else "en"


def _draft(community: Community, key: str) -> Looked:
    found = find_questionnaire(community, key)
    if found is None:
        abort(404)
    back = url_for(
        "questionnaires.questionnaire",
        community=community.slug,
        key=key,
        language=_desk_language(),
    )
    document = found.draft_document
    return Looked(community, document, back, "rounds.draft_preview", {"key": key})


def _version(community: Community, key: str, number: int) -> Looked:
    found = find_questionnaire(community, key)
    version = find_version(found, number) if found else None
    if version is None:
        abort(404)
    values: dict[str, object] = {"key": key, "number": number}
    back = url_for(
        "questionnaires.version",
        community=community.slug,
        language=_desk_language(),
        key=key,
        number=number,
    )
    return Looked(community, version.document, back, "rounds.version_preview", values)


def _round(community: Community, slug: str) -> Looked:
    found = found_or_404(community, slug)
    back = url_for(
        "rounds.round_page", community=community.slug, slug=slug, language=_desk_language()
    )
    document = found.version.document
    return Looked(community, document, back, "rounds.preview", {"slug": slug}, found)


@blueprint.route("/c/<community>/questionnaires/<key>/preview", methods=["GET", "POST"])
@csrf.exempt
@requires(Permission.VIEW_COMMUNITY)
def draft_preview(community: Community, key: str) -> ResponseReturnValue:
    """Show the draft as residents would meet it, in the language of the address."""
    return _looked_at(_draft(community, key))


@blueprint.route(
    "/c/<community>/questionnaires/<key>/versions/<int:number>/preview", methods=["GET", "POST"]
)
@csrf.exempt
@requires(Permission.VIEW_COMMUNITY)
def version_preview(community: Community, key: str, number: int) -> ResponseReturnValue:
    """Show a published version as residents would meet it."""
    return _looked_at(_version(community, key, number))


@blueprint.route("/c/<community>/rounds/<slug>/preview", methods=["GET", "POST"])
@csrf.exempt
@requires(Permission.VIEW_COMMUNITY)
def preview(community: Community, slug: str) -> ResponseReturnValue:
    """Show a round as residents will meet it."""
    return _looked_at(_round(community, slug))


@blueprint.get("/c/<community>/preview-map")
@requires(Permission.VIEW_COMMUNITY)
def preview_map(community: Community) -> ResponseReturnValue:
    """Give out the areas as the map of a preview, where no round has to be open."""
    drawn, names = map_of(community)
    if not names:
        abort(404)
    set_language(current_language())
    return render_template("responses/_map.html", map=drawn, names=names)


@blueprint.post("/c/<community>/rounds/<slug>/seen")
@requires(Permission.MANAGE_ROUNDS)
def seen(community: Community, slug: str) -> ResponseReturnValue:
    """Remember that the preview was looked at in this language."""
    found = found_or_404(community, slug, to_change=True)
    language = request.form.get("seen", "")
    if language not in found.languages:
        abort(400)
    note_preview(found, language, now=now(), who=person())
    words = s_("It is noted that you looked at it in %(language)s.", language=_named(language))
    return to_round(found, words)


def _named(code: str) -> str:
    return LANGUAGES[code].autonym if code in LANGUAGES else code


def _looked_at(looked: Looked) -> Response:
    """Return the page asked for; one that stands in a frame may stand in ours only."""
    response = make_response(_look(looked))
    if _is_framed():
        response.headers["Content-Security-Policy"] = IN_OUR_FRAMES
    return response


def _is_framed() -> bool:
    return request.args.get("in") == "frame"


def _kept() -> dict[str, str]:
    """Return how the preview is looked at, for the address that comes next."""
    return {name: request.args[name] for name in ("look", "in") if name in request.args}


def _look(looked: Looked) -> ResponseReturnValue:
    """Show the questions, or what the pressed button asks for; a send leads to the end."""
    language = current_language()
    problems = problems_of(looked.document)
    if problems:
        return render_template(
            "responses/rounds/no_preview.html",
            community=looked.community,
            back=looked.back,
            problems=problems,
        )
    if request.args.get("look") == "all":
        return _beside_each_other(looked)
    if language.code not in looked.document.languages:
        return redirect(looked.address(looked.document.languages[0]), code=303)
    band = _band(looked, language)
    set_language(language)
    if request.method == "POST":
        return _answered(looked, language, band)
    if "done" in request.args:
        return _as_preview(
            render_template(
                "responses/rounds/preview_done.html", again=looked.address(language.code, **_kept())
            ),
            band,
        )
    document = with_marked_fallbacks(looked.document, language.code)
    offered = pretended(looked.community, document, looked.round)
    day = local_day(offered.round, now())
    html = render(
        "answer",
        offered,
        **values_of_questions(),
        page=shown_page(document, language.code, day),
        version=offered.round.version,
    )
    return _as_preview(html, band)


def _beside_each_other(looked: Looked) -> ResponseReturnValue:
    """Show phones in every language, light and dark, each with the preview itself (S-03)."""
    response = make_response(
        render_template(
            "responses/rounds/preview_all.html",
            community=looked.community,
            looked=looked,
            languages=languages_for(looked.document.languages),
        )
    )
    response.headers["Content-Security-Policy"] = WITH_FRAMES
    return response


def _answered(looked: Looked, language: Language, band: str) -> ResponseReturnValue:
    sent = sent_form()
    other = sent.one("to")
    if other in looked.document.languages and other != language.code:
        return redirect(looked.address(other, **_kept()), code=303)
    document = with_marked_fallbacks(looked.document, language.code)
    offered = pretended(looked.community, document, looked.round)
    day = local_day(offered.round, now())
    outcome = take(Exchange(offered, offered.round.version, sent, day))
    if isinstance(outcome, Checked):
        end = looked.address(language.code, done=1, **_kept())
        return jsonify(receipt=end) if wants_json() else redirect(end, code=303)
    response = make_response(outcome)
    if response.mimetype == "text/html":
        response.set_data(_as_preview(response.get_data(as_text=True), band))
    return response


def _band(looked: Looked, language: Language) -> str:
    """Return the band that says “preview”, in the language of the desk."""
    set_language(LANGUAGES[_desk_language()], for_staff=True)
    html = render_template(
        "responses/rounds/_preview_band.html",
        desk=interface_language(),
        looked=looked,
        shown=language,
        languages=languages_for(looked.document.languages),
        look=request.args.get("look", ""),
        is_framed=_is_framed(),
    )
    set_language(language, for_staff=True)
    return html


def _as_preview(html: str, band: str) -> str:
    """Put the band over a resident's page, and the page into light or dark if that is asked for."""
    look = request.args.get("look", "")
    if look in {"light", "dark"}:
        html = html.replace("<html ", f'<html data-theme="{look}" ', 1)
    return html.replace(_BEFORE, band + _BEFORE, 1)
