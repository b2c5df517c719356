"""Title, introduction and languages of a questionnaire."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict

from engage.accounts.current import person
from engage.communities.models import Community
from engage.communities.permissions import Permission, requires
from engage.i18n.gettext import s_
from engage.i18n.languages import LANGUAGES, languages_for
from engage.i18n.text import Text
from engage.questionnaires.actions import save_draft
from engage.questionnaires.document import Document, Introduction
from engage.questionnaires.forms.whole import TEXTS, LanguagesForm, WholeForm
from engage.questionnaires.forms.words import in_form, speak, with_words
from engage.questionnaires.rebuilding import remade
from engage.questionnaires.routes.pages import (
    blueprint,
    found_or_404,
    source_of,
    title_of,
    to_outline,
)
from engage.questionnaires.routes.parts import as_opened, taken


class Around(BaseModel):
    """The texts around the questions, as one part of the draft."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Text
    who: Text
    why: Text
    what_happens: Text
    more: Text
    thanks: Text
    minutes: int


def _around(document: Document) -> Around:
    told = document.introduction
    return Around(
        title=document.title,
        who=told.who,
        why=told.why,
        what_happens=told.what_happens,
        more=told.more,
        thanks=document.thanks,
        minutes=document.minutes,
    )


def _with_around(document: Document, around: Around) -> Document:
    told = Introduction(
        who=around.who, why=around.why, what_happens=around.what_happens, more=around.more
    )
    return remade(
        document,
        title=around.title,
        thanks=around.thanks,
        minutes=around.minutes,
        introduction=told,
    )


@blueprint.route("/c/<community>/questionnaires/<key>/texts", methods=["GET", "POST"])
@requires(Permission.EDIT_QUESTIONNAIRES)
def texts(community: Community, key: str) -> ResponseReturnValue:
    """Edit what stands around the questions, in the questionnaire's own language."""
    found = found_or_404(community, key, to_change=request.method == "POST")
    document = found.draft_document
    language, current = source_of(document), _around(document)
    form = WholeForm(data=_data(current, language))
    speak(form, TEXTS, language)
    outcome = None
    if form.validate_on_submit():
        outcome = taken(form, current, lambda opened: _typed(form, opened, language))
        if not outcome.clashes:
            save_draft(found, _with_around(document, outcome.part), who=person())
            return to_outline(found, s_("Saved"))
    elif request.method == "GET":
        form.opened.data = as_opened(current)
    html = render_template(
        "questionnaires/texts.html",
        community=community,
        questionnaire=found,
        heading=title_of(document, found.key),
        form=form,
        clashes=outcome.clashes if outcome else (),
        source=language,
    )
    return html, 409 if outcome else 200


def _data(around: Around, language: str) -> Mapping[str, Any]:
    named = {name: getattr(around, name) for name in TEXTS}
    return {**in_form(named, language), "minutes": around.minutes}


def _typed(form: WholeForm, opened: Around, language: str) -> Around:
    named = {name: with_words(getattr(opened, name), language, form[name].data) for name in TEXTS}
    return remade(opened, **named, minutes=form.minutes.data)


@blueprint.route("/c/<community>/questionnaires/<key>/languages", methods=["GET", "POST"])
@requires(Permission.EDIT_QUESTIONNAIRES)
def languages(community: Community, key: str) -> ResponseReturnValue:
    """Choose the languages; the questionnaire's own one stays the first."""
    found = found_or_404(community, key, to_change=request.method == "POST")
    document = found.draft_document
    first = list(dict.fromkeys([*document.languages, *community.languages]))
    form = LanguagesForm(offered=languages_for(first), data={"languages": document.languages})
    if form.validate_on_submit():
        own = source_of(document)
        chosen = [choice.value for choice in form.languages.choices]
        order = [code for code in chosen if code in form.languages.data and code != own]
        save_draft(found, remade(document, languages=(own, *order)), who=person())
        return to_outline(found, s_("Saved"))
    return render_template(
        "questionnaires/languages.html",
        community=community,
        questionnaire=found,
        heading=title_of(document, found.key),
        form=form,
        own=LANGUAGES.get(source_of(document)),
    )
