"""Translating: one language beside the source, what is missing first, reviewed by a person."""

from collections.abc import Sequence

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from engage.accounts.current import person
from engage.accounts.fields import several_lines
from engage.communities.models import Community
from engage.communities.permissions import Permission, requires
from engage.i18n.gettext import s_, sn_
from engage.i18n.languages import LANGUAGES, Language
from engage.questionnaires.actions import (
    mark_reviewed,
    save_back_translations,
    save_translations,
)
from engage.questionnaires.models import Questionnaire
from engage.questionnaires.places import PlaceNames
from engage.questionnaires.queries import reviews
from engage.questionnaires.routes.pages import (
    back_to,
    blueprint,
    found_or_404,
    keep,
    source_of,
    title_of,
)
from engage.questionnaires.translation.checks import doubts
from engage.questionnaires.translation.states import TextState, counts_of, states_of

_A_PAGE = 40
#: Which texts to show: all, or those that still need somebody.
FILTERS = ("all", "missing", "unreviewed")
_FIELD, _BACK = "text:", "back:"


def _target_or_404(found: Questionnaire, code: str) -> Language:
    document = found.draft_document
    if code not in LANGUAGES or code not in document.languages or code == source_of(document):
        abort(404)
    return LANGUAGES[code]


@blueprint.get("/c/<community>/questionnaires/<key>/translate/<code>")
@requires(Permission.TRANSLATE)
def translate(community: Community, key: str, code: str) -> ResponseReturnValue:
    """Show texts in one language beside the source."""
    found = found_or_404(community, key)
    return _page(found, _target_or_404(found, code), {}, {})


@blueprint.post("/c/<community>/questionnaires/<key>/translate/<code>")
@requires(Permission.TRANSLATE)
def save_translation(community: Community, key: str, code: str) -> ResponseReturnValue:
    """Keep what was translated, and what was read and found right."""
    found = found_or_404(community, key, to_change=True)
    target = _target_or_404(found, code)
    typed = {
        name.removeprefix(_FIELD): several_lines(value)
        for name, value in request.form.items()
        if name.startswith(_FIELD)
    }
    backs = _backs_typed(found, code)
    clashes = _clashes(found, code, typed)
    kept = {place: words for place, words in typed.items() if place not in clashes}
    refused = save_translations(found, code, kept, who=person())
    save_back_translations(found, code, backs)
    read = [place for place in request.form.getlist("reviewed") if place not in refused]
    left = mark_reviewed(found, code, read, who=person())
    keep()
    errors = {place: " ".join(map(str, wrong)) for place, wrong in refused.items()}
    errors |= clashes
    if errors:
        return _page(found, target, typed, errors), 409 if clashes else 200
    keep(s_("Saved"))
    if left:
        words = "%(num)s text has to be reviewed by somebody else than its translator."
        keep(sn_(words, "%(num)s texts have to be reviewed by somebody else.", len(left)))
    return _next(found, code)


def _backs_typed(found: Questionnaire, code: str) -> dict[str, str]:
    """Return the back-translations that were written or changed on this page."""
    stored = {review.place: review.back_translation for review in reviews(found, code)}
    typed = {
        name.removeprefix(_BACK): several_lines(value)
        for name, value in request.form.items()
        if name.startswith(_BACK)
    }
    return {place: said for place, said in typed.items() if said != stored.get(place, "")}


def _clashes(found: Questionnaire, code: str, typed: dict[str, str]) -> dict[str, str]:
    """Return texts that somebody else changed while this page was open, and changed differently."""
    known = found.draft_document
    stored = {one.place: one.words for one in states_of(known, code, ())}
    clashes = {}
    for place, words in typed.items():
        opened = request.form.get(f"opened:{place}", "").replace("\r\n", "\n")
        now = stored.get(place, "")
        if now not in (several_lines(opened), opened, words):
            clashes[place] = s_("Somebody else wrote in the meantime: “%(words)s”", words=now)
    return clashes


def _next(found: Questionnaire, code: str) -> ResponseReturnValue:
    """Go on where the person was: with the same filter, on the same page."""
    show = request.args.get("show", "all")
    page = request.args.get("page", 1, int) if show == "all" else 1
    return back_to(
        "questionnaires.translate",
        found,
        code=code,
        show=show if show in FILTERS and show != "all" else None,
        page=page if page > 1 else None,
    )


def _shown(states: Sequence[TextState], show: str) -> list[TextState]:
    if show == "missing":
        return [state for state in states if state.state == "missing"]
    if show == "unreviewed":
        return [state for state in states if state.state != "reviewed"]
    return list(states)


def _page(
    found: Questionnaire, target: Language, typed: dict[str, str], errors: dict[str, str]
) -> str:
    document = found.draft_document
    states = states_of(document, target.code, reviews(found, target.code))
    show = request.args.get("show", "all")
    chosen = [one for one in states if one.place in typed] if typed else _shown(states, show)
    pages = max(1, -(-len(chosen) // _A_PAGE))
    page = 1 if typed else min(max(request.args.get("page", 1, int), 1), pages)
    here = chosen if typed else chosen[(page - 1) * _A_PAGE : page * _A_PAGE]
    return render_template(
        "questionnaires/translate.html",
        community=found.community,
        questionnaire=found,
        heading=title_of(document, found.key),
        target=target,
        source=LANGUAGES[source_of(document)],
        states=here,
        names=PlaceNames(document),
        typed=typed,
        errors=errors,
        doubts={one.place: doubts(one.source, one.words) for one in here},
        counts=counts_of(states),
        total=len(states),
        show=show if show in FILTERS else "all",
        page=page,
        pages=pages,
        may_review_all=any(one.state in {"draft", "machine"} for one in states),
    )


@blueprint.post("/c/<community>/questionnaires/<key>/translate/<code>/review")
@requires(Permission.TRANSLATE)
def review_all(community: Community, key: str, code: str) -> ResponseReturnValue:
    """Say of every written text in a language that it was read and is right."""
    found = found_or_404(community, key, to_change=True)
    _target_or_404(found, code)
    if "read" not in request.form:
        keep(s_("Tick that you have read all of them. Then press again."))
        return back_to("questionnaires.translate", found, code=code)
    states = states_of(found.draft_document, code, reviews(found, code))
    places = [one.place for one in states if one.state in {"draft", "machine"}]
    left = mark_reviewed(found, code, places, who=person())
    number = len(places) - len(left)
    keep(sn_("%(num)s text is reviewed.", "%(num)s texts are reviewed.", number))
    if left:
        words = "%(num)s text has to be reviewed by somebody else than its translator."
        keep(sn_(words, "%(num)s texts have to be reviewed by somebody else.", len(left)))
    return back_to("questionnaires.translate", found, code=code)
