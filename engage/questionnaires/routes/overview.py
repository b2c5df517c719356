"""The list of questionnaires, one of them as an outline, a new one, put away and taken out."""

from collections.abc import Mapping

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.current import person
from engage.communities.models import Community
from engage.communities.permissions import Permission, requires
from engage.extensions import db
from engage.i18n.gettext import s_
from engage.i18n.languages import LANGUAGES, languages_for
from engage.questionnaires.actions import (
    archive_questionnaire,
    create_questionnaire,
    restore_questionnaire,
)
from engage.questionnaires.changes import differences
from engage.questionnaires.checking import languages_complete, problems_of, warnings_of
from engage.questionnaires.document import Document
from engage.questionnaires.editing import free_key
from engage.questionnaires.forms.whole import NewForm
from engage.questionnaires.models import Questionnaire
from engage.questionnaires.outline import outline
from engage.questionnaires.places import PlaceNames
from engage.questionnaires.queries import last_version, reviews
from engage.questionnaires.queries import questionnaires as list_questionnaires
from engage.questionnaires.refusals import Refused
from engage.questionnaires.routes.pages import (
    blueprint,
    found_or_404,
    now,
    source_of,
    title_of,
    to_outline,
)
from engage.questionnaires.starters import STARTERS, starter
from engage.questionnaires.translation.states import State, counts_of, states_of
from engage.web.messages import tell


@blueprint.get("/c/<community>/questionnaires")
@requires(Permission.VIEW_COMMUNITY)
def index(community: Community) -> ResponseReturnValue:
    """List the questionnaires, and those put away."""
    return render_template(
        "questionnaires/index.html",
        community=community,
        questionnaires=[_listed(one) for one in list_questionnaires(community)],
        archived=[_listed(one) for one in list_questionnaires(community, archived=True)],
    )


def _listed(found: Questionnaire) -> tuple[Questionnaire, Document, str]:
    document = found.draft_document
    return found, document, title_of(document, found.key)


@blueprint.route("/c/<community>/questionnaires/new", methods=["GET", "POST"])
@requires(Permission.EDIT_QUESTIONNAIRES)
def new(community: Community) -> ResponseReturnValue:
    """Begin a questionnaire, empty or from an example."""
    form = NewForm(languages=languages_for(community.languages), starters=STARTERS)
    if request.method == "GET":
        form.language.data, form.start.data = community.default_language, ""
    if form.validate_on_submit():
        taken = {one.key for one in list_questionnaires(community)}
        taken |= {one.key for one in list_questionnaires(community, archived=True)}
        key = form.key.data or free_key(form.title.data, taken, "mapping").replace("_", "-")
        document = starter(form.start.data, form.title.data, form.language.data)
        try:
            made = create_questionnaire(community, key, document, now=now(), who=person())
        except Refused as refused:
            form.key.errors = [refused.message]
        else:
            return to_outline(made, s_("The questionnaire is begun. Add questions."))
    return render_template("questionnaires/new.html", community=community, form=form)


@blueprint.get("/c/<community>/questionnaires/<key>")
@requires(Permission.VIEW_COMMUNITY)
def questionnaire(community: Community, key: str) -> ResponseReturnValue:
    """Show a questionnaire as an outline, with what is wrong and how far it is."""
    found = found_or_404(community, key)
    document = found.draft_document
    version = last_version(found)
    return render_template(
        "questionnaires/questionnaire.html",
        community=community,
        questionnaire=found,
        document=document,
        heading=title_of(document, found.key),
        source=source_of(document),
        rows=outline(document),
        problems=problems_of(document),
        names=PlaceNames(document),
        warnings=warnings_of(document),
        complete=languages_complete(document),
        languages=_languages(found, document),
        version=version,
        changes=differences(version.document, document) if version else None,
    )


def _languages(
    found: Questionnaire, document: Document
) -> list[tuple[object, Mapping[State, int]]]:
    """Return the languages with how many texts are in which state."""
    known = reviews(found)
    return [
        (LANGUAGES[code], counts_of(states_of(document, code, known)))
        for code in document.languages
        if code in LANGUAGES
    ]


@blueprint.post("/c/<community>/questionnaires/<key>/archive")
@requires(Permission.EDIT_QUESTIONNAIRES)
def archive(community: Community, key: str) -> ResponseReturnValue:
    """Put a questionnaire away; nothing is lost, and one press brings it back."""
    archive_questionnaire(found_or_404(community, key), now=now(), who=person())
    db.session.commit()
    tell(s_("The questionnaire is put away. You find it at the end of this list."))
    return redirect(url_for("questionnaires.index", community=community.slug), code=303)


@blueprint.post("/c/<community>/questionnaires/<key>/restore")
@requires(Permission.EDIT_QUESTIONNAIRES)
def restore(community: Community, key: str) -> ResponseReturnValue:
    """Take a questionnaire into use again."""
    found = found_or_404(community, key)
    restore_questionnaire(found, now=now(), who=person())
    return to_outline(found, s_("The questionnaire is in use again."))
